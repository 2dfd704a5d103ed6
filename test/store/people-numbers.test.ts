import { expect, it } from 'vitest'
import { blankPerson } from '../../main/core/directory/merge-people.ts'
import { entry, open } from './temp-store.ts'

const t = Date.UTC(2026, 10, 21, 8)
const person = (name: string, numbers: string[]) => ({
  ...{ ...blankPerson, name },
  numbers: numbers.map((number) => ({ number, canonical: number, label: 'mobile' as const })),
})

it('says how often and when last numbers were called, all names of a number together', async () => {
  const { people, history } = await open()
  const call = (number: string, minutes: number, name: string | null = null) =>
    entry({ ...{ callId: `${number}-${minutes}`, startedAt: t + minutes * 60_000 }, number, name })
  await history.save(
    { connection: 'pbx', system: 'telcrm' },
    [
      call('13500000002', 5, '李建国'),
      call('13800000417', 4),
      call('13500000002', 3),
      call('13900000002', 2),
      call('13500000002', 1, '李总'),
    ],
    t,
  )
  const [li, wang] = [
    { canonical: '13500000002', calls: 3, lastAt: t + 5 * 60_000 },
    { canonical: '13800000417', calls: 1, lastAt: t + 4 * 60_000 },
  ]
  expect(people.contactsOf(['13800000417', '13500000002', '13500000002', '13999999999'])).toEqual([li, wang])
  expect(people.contactsOf([])).toEqual([])
  expect(people.contacts('', 2)).toEqual([li, wang])
  expect(people.contactsSince(t + 4 * 60_000)).toEqual([li, wang])
  expect(people.contactsSince(t + 5 * 60_000)).toEqual([li])
  expect(people.contactsSince(t + 5 * 60_000 + 1)).toEqual([])
})

it('says of each number whether a PBX was given whoever has it', async () => {
  const { people, imports } = await open()
  const numbers = ['13500000002', '13800000417', '13900000002']
  await people.save(person('李建国', numbers.slice(0, 2)), null, t)
  await people.save(person('王芳', numbers.slice(1)), null, t)
  const marked = (connection: string, after = '', limit = 9) =>
    imports
      .markedNumbers(connection, after, limit)
      .map(({ canonical, isMarked }) => `${canonical} ${isMarked ? 'yes' : 'no'}`)
  expect(marked('pbx')).toEqual(numbers.map((one) => `${one} no`))
  await people.markInPbx('pbx', ['13500000002'], t)
  expect(marked('pbx')).toEqual(['13500000002 yes', '13800000417 yes', '13900000002 no'])
  expect(marked('other')).toEqual(numbers.map((one) => `${one} no`))
  expect(marked('pbx', '13500000002', 1)).toEqual(['13800000417 yes'])
})
