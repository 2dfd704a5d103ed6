import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankPerson, mergePeople } from '../../main/core/directory/merge-people.ts'
import type { ImportedPerson, OnKnown, PersonDocument } from '../../main/core/ports/index.ts'
import { open, tempFile } from './temp-store.ts'

const t = Date.UTC(2026, 10, 21, 8)
const number = (canonical: string, label: 'mobile' | 'work' = 'mobile') => ({ number: canonical, canonical, label })
const person = (name: string, over: Partial<PersonDocument> = {}): PersonDocument => ({
  ...blankPerson,
  name,
  numbers: [number('13500000002')],
  ...over,
})
const sale = (product: string, over = {}) => ({
  id: null,
  product,
  comment: '',
  stage: 'open' as const,
  amountFen: 120_000_00,
  expectedOn: '2026-12-31',
  createdAt: t,
  updatedAt: t,
  ...over,
})
const rich = person('李建国', {
  company: '深圳华强电子有限公司',
  group: '重点客户',
  owner: '806',
  qq: '1234567',
  note: '周五前要报价\n"急"',
  numbers: [number('13500000002'), { number: '0755-28000123 转 801', canonical: '075528000123', label: 'work' }],
  fields: [
    { tid: 14, label: '即时信息', value: '998877' },
    { tid: null, label: '来源', value: '展会' },
  ],
  opportunities: [sale('会议终端'), sale('话机', { stage: 'won' })],
})

describe('a person', () => {
  it('is stored whole and comes back after a restart', async () => {
    const file = tempFile()
    const first = await open(file)
    const { id } = await first.people.save(rich, null, t)
    await first.close()
    const stored = (await open(file)).people.get(id)
    expect(stored).toMatchObject({ ...rich, opportunities: [{ product: '会议终端' }, { product: '话机' }] })
    expect(stored).toMatchObject({ createdAt: t, updatedAt: t, connection: null })
  })

  it('is replaced only while nobody else has changed them', async () => {
    const { people } = await open()
    const { id } = await people.save(rich, null, t)
    const { revision } = people.get(id)!
    await people.save({ ...people.get(id)!, name: '李总' }, { id, revision }, t + 1)
    expect(people.get(id)).toMatchObject({ name: '李总', updatedAt: t + 1, createdAt: t })
    await expect(people.save(rich, { id, revision }, t + 2)).rejects.toMatchObject({ code: 'conflict' })
    await expect(people.save(rich, { id: 99, revision }, t + 2)).rejects.toMatchObject({ code: 'not-found' })
    expect(people.get(id)?.name).toBe('李总')
  })

  it('keeps the ids of opportunities that stay, and cannot take over those of others', async () => {
    const { people } = await open()
    const { id } = await people.save(rich, null, t)
    const other = await people.save(person('王', { opportunities: [sale('分机')] }), null, t)
    const [first, second] = people.get(id)!.opportunities
    const theirs = people.get(other.id)!.opportunities[0]!
    const edited = { ...people.get(id)!, opportunities: [{ ...second!, stage: 'lost' as const }, theirs] }
    await people.save(edited, people.get(id)!, t)
    const after = people.get(id)!.opportunities
    expect(after.find(({ id: one }) => one === second!.id)).toMatchObject({ product: '话机', stage: 'lost' })
    expect(after.map(({ id: one }) => one)).not.toContain(first!.id)
    expect(people.get(other.id)!.opportunities).toEqual([theirs])
  })

  it('once deleted comes back exactly, also after a restart', async () => {
    const file = tempFile()
    const first = await open(file)
    const { id } = await first.people.save(rich, null, t)
    const before = first.people.get(id)
    const { change } = await first.people.remove(id, t + 5)
    expect(first.people.get(id)).toBeNull()
    expect(first.directory.lookup('13500000002')).toBeNull()
    await expect(first.people.remove(id, t)).rejects.toMatchObject({ code: 'not-found' })
    await first.people.save(person('别人', { numbers: [number('13100000001')] }), null, t)
    await first.close()
    const { people } = await open(file)
    expect(await people.undo(change)).toEqual({ undone: 1, kept: 0 })
    expect(people.get(id)).toEqual(before)
    expect(await people.undo(change)).toEqual({ undone: 1, kept: 0 })
  })

  it('is as before an edit again, unless somebody edited them since', async () => {
    const { people } = await open()
    const { id } = await people.save(rich, null, t)
    const before = people.get(id)!
    const edit = await people.save(person('李总'), before, t + 1)
    const again = await people.save(person('李董'), people.get(id)!, t + 2)
    expect(await people.undo(edit.change)).toEqual({ undone: 0, kept: 1 })
    expect(people.get(id)?.name).toBe('李董')
    expect(await people.undo(again.change)).toEqual({ undone: 1, kept: 0 })
    expect(people.get(id)?.name).toBe('李总')
  })

  it('belongs to a connection only as long as that is there', async () => {
    const store = await open()
    await store.people.lend('demo', [person('演示'), person('另一个', { numbers: [number('13900000001')] })], t)
    await store.people.lend('demo', [person('演示'), person('另一个', { numbers: [number('13900000001')] })], t)
    expect(store.people.count(null)).toBe(2)
    expect(store.directory.lookup('13500000002')?.name).toBe('演示')
    await store.people.save(person('真的'), null, t)
    expect(store.directory.lookup('13500000002')?.name).toBe('真的')
    expect(await store.people.forget('demo')).toBe(2)
    expect(store.people.list({ group: null, offset: 0, limit: 9 }).map(({ name }) => name)).toEqual(['真的'])
  })
})

describe('two people', () => {
  it('with one number are both named, and found as duplicates', async () => {
    const store = await open()
    const one = await store.people.save(person('李建国', { company: '华强' }), null, t)
    const two = await store.people.save(person('王芳', { company: '华强' }), null, t)
    expect(store.directory.lookup('13500000002')).toEqual({
      name: '李建国、王芳',
      company: '华强',
      source: 'directory',
    })
    const three = await store.people.save(person('王芳', { company: '华强', numbers: [] }), null, t)
    expect(store.people.duplicates(10)).toEqual([
      { reason: 'number', value: '13500000002', people: [one.id, two.id] },
      { reason: 'name', value: '王芳', people: [two.id, three.id] },
    ])
  })

  it('become one and two again', async () => {
    const { people } = await open()
    const one = people.get((await people.save(rich, null, t)).id)!
    const two = people.get(
      (
        await people.save(
          person('李建国', { company: '华强电子', numbers: [number('13700000001')], opportunities: [sale('网关')] }),
          null,
          t,
        )
      ).id,
    )!
    const { id, change } = await people.merge(one, two, mergePeople(one, two), t + 1)
    const merged = people.get(id)!
    expect(merged.numbers.map(({ canonical }) => canonical)).toEqual(['13500000002', '075528000123', '13700000001'])
    expect(merged.opportunities.map(({ product }) => product)).toEqual(['会议终端', '话机', '网关'])
    expect(merged).toMatchObject({ company: '深圳华强电子有限公司', note: expect.stringContaining('华强电子') })
    expect(people.get(two.id)).toBeNull()
    expect(await people.undo(change)).toEqual({ undone: 2, kept: 0 })
    expect([people.get(one.id), people.get(two.id)]).toEqual([one, two])
  })

  it('stay merged as a whole when the one they became was edited since', async () => {
    const { people } = await open()
    const [one, two] = [await people.save(rich, null, t), await people.save(person('王'), null, t)]
    const [first, second] = [people.get(one.id)!, people.get(two.id)!]
    const { change } = await people.merge(first, second, mergePeople(first, second), t)
    await people.save({ ...people.get(one.id)!, note: '新' }, people.get(one.id)!, t)
    expect(await people.undo(change)).toEqual({ undone: 0, kept: 2 })
    expect(people.get(two.id)).toBeNull()
    await expect(people.merge(first, first, first, t)).rejects.toMatchObject({ code: 'bad-request' })
    await expect(people.merge(first, second, first, t)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('an import', () => {
  const row = (at: number, one: PersonDocument, onKnown: OnKnown = 'fill'): ImportedPerson => ({
    row: at,
    person: one,
    onKnown,
  })

  it('creates, fills, replaces, skips or adds, and says which', async () => {
    const { people } = await open()
    const { id } = await people.save(person('李建国', { company: '华强', qq: null }), null, t)
    const from = { ...rich, company: '深圳华强' }
    const run = async (key: string, onKnown: OnKnown) =>
      (await people.importPeople(key, [row(1, from, onKnown)], t + 1))[0]
    expect(await run('a', 'skip')).toEqual({ row: 1, outcome: 'skipped', person: id })
    expect(await run('b', 'fill')).toEqual({ row: 1, outcome: 'updated', person: id })
    expect(people.get(id)).toMatchObject({ company: '华强', qq: '1234567', owner: '806' })
    expect(await run('c', 'fill')).toEqual({ row: 1, outcome: 'unchanged', person: id })
    expect(await run('d', 'replace')).toEqual({ row: 1, outcome: 'updated', person: id })
    expect(people.get(id)?.company).toBe('深圳华强')
    const created = await run('e', 'create')
    expect(created).toMatchObject({ outcome: 'created' })
    expect(created?.person).not.toBe(id)
  })

  it('meets the person of the same name where several share the number, and never one that belongs to a demo', async () => {
    const { people } = await open()
    await people.lend('demo', [person('王芳')], t)
    await people.save(person('李建国'), null, t)
    const { id } = await people.save(person('王芳'), null, t)
    const [met] = await people.importPeople('a', [row(7, person('王芳', { qq: '5' }))], t)
    expect(met).toEqual({ row: 7, outcome: 'updated', person: id })
  })

  it('whom the PBX was given is marked once, which is no edit; an undo keeps the mark of who was there before', async () => {
    const { people } = await open()
    const { id } = await people.save(rich, null, t)
    const rows = [
      row(1, person('李建国', { qq: '9' }), 'replace'),
      row(2, person('新', { numbers: [number('13900000002')] })),
    ]
    const [, created] = await people.importPeople('i', rows, t)
    const [before, version] = [people.get(id)!, people.version()]
    await people.markInPbx('pbx', [before.numbers[0]!.canonical, '13900000002', '13999999999'], t + 5)
    expect(people.get(id)).toEqual({ ...before, pbx: { connection: 'pbx', at: t + 5 } })
    expect(people.changedSince(version)).toEqual([id, created!.person])
    await people.markInPbx('other', ['13900000002'], t + 6)
    expect(people.get(created!.person)?.pbx).toEqual({ connection: 'pbx', at: t + 5 })
    expect(await people.undo('i')).toEqual({ undone: 2, kept: 0 })
    expect(people.get(id)).toMatchObject({ qq: rich.qq, pbx: { connection: 'pbx', at: t + 5 } })
    expect(people.get(created!.person)).toBeNull()
  })

  it('that is repeated after a cut does no row twice', async () => {
    const file = tempFile()
    const first = await open(file)
    const rows = Array.from({ length: 40 }, (_, at) =>
      row(at, person(`客户${at}`, { numbers: [number(`135${String(at).padStart(8, '0')}`)] }), 'create'),
    )
    const early = await first.people.importPeople('i1', rows.slice(0, 25), t)
    await first.close()
    const { people } = await open(file)
    const all = await people.importPeople('i1', rows, t)
    expect(all.slice(0, 25)).toEqual(early)
    expect(people.count(null)).toBe(40)
    expect(people.undoable('i1')).toBe(40)
  })

  it('is taken back exactly but for whom somebody edited since; it may be stopped on the way', async () => {
    const { people } = await open()
    const { id } = await people.save(rich, null, t)
    const before = people.get(id)
    const rows = [
      row(1, person('李建国', { qq: null, fields: [{ tid: 9, label: '地区', value: '华南' }] })),
      row(2, person('新客户', { numbers: [number('13900000002')] })),
      row(3, person('新客户', { numbers: [number('13900000002')], opportunities: [sale('网关')] })),
      row(4, person('改过的', { numbers: [number('13900000003')] })),
    ]
    const done = await people.importPeople('i', rows, t)
    expect(done.map(({ outcome }) => outcome)).toEqual(['updated', 'created', 'updated', 'created'])
    const edited = people.get(done[3]!.person)!
    await people.save({ ...edited, note: '打过电话' }, edited, t)
    const stopped = people.undo('i', { signal: AbortSignal.abort() })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    const steps: number[] = []
    expect(await people.undo('i', { onProgress: (count) => steps.push(count) })).toEqual({ undone: 3, kept: 1 })
    expect(steps).toEqual([4])
    expect(people.get(id)).toEqual(before)
    expect(people.count(null)).toBe(2)
    expect(people.openOpportunity('13900000002')).toBeNull()
    // The same import again does what was taken back once more.
    const again = await people.importPeople('i', rows, t)
    expect(again.map(({ outcome }) => outcome)).toEqual(['updated', 'created', 'updated', 'created'])
    expect(people.count(null)).toBe(3)
  })

  it('any import, taken back, leaves everybody as they were', async () => {
    const numbers = ['13500000001', '13500000002', '13500000003']
    const anyPerson = fc.record({
      name: fc.constantFrom('李', '王', '张'),
      company: fc.constantFrom(null, '甲', '乙'),
      qq: fc.constantFrom(null, '1', '2'),
      note: fc.constantFrom('', '一', '二'),
      numbers: fc.uniqueArray(fc.constantFrom(...numbers)).map((list) => list.map((one) => number(one))),
      fields: fc.constantFrom<PersonDocument['fields'][]>(
        [],
        [{ tid: 3, label: '甲', value: '1' }],
        [{ tid: 3, label: '甲', value: '2' }],
      ),
      opportunities: fc.constantFrom<PersonDocument['opportunities'][]>([], [sale('网关')], [sale('话机')]),
    })
    const modes = fc.constantFrom<OnKnown>('skip', 'fill', 'replace', 'create')
    const { people } = await open()
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPerson, { maxLength: 3 }),
        fc.array(fc.tuple(anyPerson, modes), { maxLength: 8 }),
        async (existing, imported) => {
          run += 1
          for (const one of existing) await people.save({ ...blankPerson, ...one }, null, t)
          const all = () =>
            people.indexRows(0, 1000).map(({ id }) => {
              const one = people.get(id)
              return one
            })
          const before = all()
          await people.importPeople(
            `run-${run}`,
            imported.map(([one, onKnown], at) => row(at, { ...blankPerson, ...one }, onKnown)),
            t + 1,
          )
          await people.undo(`run-${run}`)
          expect(all()).toEqual(before)
        },
      ),
      { numRuns: 40 },
    )
  })
})

it('what was replaced is forgotten after 30 days, a little with every change', async () => {
  const { people } = await open()
  const rows = Array.from({ length: 700 }, (_, at) => ({
    row: at,
    person: person(`客户${at}`, { numbers: [] }),
    onKnown: 'create' as const,
  }))
  await people.importPeople('old', rows, t)
  const later = t + 31 * 24 * 3_600_000
  await people.save(person('甲'), null, later)
  expect(people.undoable('old')).toBe(200)
  await people.save(person('乙'), null, later)
  await people.save(person('丙'), null, later)
  expect(people.undoable('old')).toBe(0)
  expect(people.count(null)).toBe(703)
})

it('lists people by pinyin, with the surname read as one, and by group', async () => {
  const { people } = await open()
  const names = ['张三', '单建国', '曾敏', 'Bob', '欧阳修', '区伟', '007', '仇英']
  for (const name of names) await people.save(person(name, { group: name === 'Bob' ? '外籍' : null }), null, t)
  const list = people.list({ group: null, offset: 0, limit: 20 }).map(({ name }) => name)
  expect(list).toEqual(['Bob', '区伟', '欧阳修', '仇英', '单建国', '曾敏', '张三', '007'])
  expect(people.list({ group: null, offset: 3, limit: 2 }).map(({ name }) => name)).toEqual(['仇英', '单建国'])
  expect(people.list({ group: '外籍', offset: 0, limit: 20 }).map(({ name }) => name)).toEqual(['Bob'])
  expect([people.count(null), people.count('外籍'), people.groups(5)]).toEqual([8, 1, ['外籍']])
})

it('a save says nothing was stored when the disk refuses, and the same save works later', async () => {
  const { people } = await open()
  const { id } = await people.save(rich, null, t)
  const tooOld = people.save(rich, { id, revision: -5 }, t)
  await expect(tooOld).rejects.toMatchObject({ code: 'conflict', details: { field: 'revision' } })
  await expect(people.save(rich, people.get(id)!, t)).resolves.toMatchObject({ id })
})
