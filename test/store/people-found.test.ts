import { describe, expect, it } from 'vitest'
import { blankPerson } from '../../main/core/directory/merge-people.ts'
import { open } from './temp-store.ts'

describe('whom a search found', () => {
  it('is read at once: name, company and all numbers in their order', async () => {
    const { people } = await open()
    const work = { number: '0755-28000123 转 801', canonical: '075528000123', label: 'work' as const }
    const mobile = { number: '13500000002', canonical: '13500000002', label: 'mobile' as const }
    const li = await people.save(
      { ...blankPerson, name: '李"建\n国', company: '华强', numbers: [work, mobile] },
      null,
      1,
    )
    const wang = await people.save({ ...blankPerson, name: '王' }, null, 1)
    const found = new Map(people.found([wang.id, 999, li.id]).map((row) => [row.id, row]))
    expect([...found.keys()].toSorted()).toEqual([li.id, wang.id].toSorted())
    expect(found.get(li.id)).toEqual({ id: li.id, name: '李"建\n国', company: '华强', numbers: [work, mobile] })
    expect(found.get(wang.id)).toEqual({ id: wang.id, name: '王', company: null, numbers: [] })
  })
})
