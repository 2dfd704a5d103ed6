import { describe, expect, it } from 'vitest'
import { mergePeople } from '../../main/core/directory/merge-people.ts'
import { number, person, rich, sale, t } from './person-samples.ts'
import { open, tempFile } from './temp-store.ts'

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
