import { expect, it } from 'vitest'
import { historyQuery } from '../../../main/core/history/search-terms.ts'
import { HistoryFilter } from '../../../preload/contract/index.ts'

it('a person is looked for by the numbers that they have now; somebody who is gone has none', async () => {
  const people = new Map([[7, ['13500000002', '075528000123']]])
  const canonicalsOf = (filter: object) =>
    historyQuery(HistoryFilter.parse(filter), {
      canonicalsOf: () => [],
      numbersOf: (person) => people.get(person) ?? [],
    }).then(({ canonicals }) => canonicals)
  expect(await canonicalsOf({})).toBeNull()
  expect(await canonicalsOf({ canonical: '13800000417' })).toEqual(['13800000417'])
  expect(await canonicalsOf({ person: 7 })).toEqual(['13500000002', '075528000123'])
  people.set(7, ['13900000001'])
  expect(await canonicalsOf({ person: 7 })).toEqual(['13900000001'])
  expect(await canonicalsOf({ person: 8 })).toEqual([])
  // Both: one number of that person.
  expect(await canonicalsOf({ person: 7, canonical: '13900000001' })).toEqual(['13900000001'])
  expect(await canonicalsOf({ person: 7, canonical: '13500000002' })).toEqual([])
})
