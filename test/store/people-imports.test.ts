import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankPerson } from '../../main/core/directory/merge-people.ts'
import type { ImportedPerson, OnKnown, PersonDocument } from '../../main/core/ports/index.ts'
import { number, person, rich, sale, t } from './person-samples.ts'
import { open, tempFile } from './temp-store.ts'

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
