import { array, assert, boolean, constantFrom, integer, option, property, record, string } from 'fast-check'
import { expect, it } from 'vitest'
import { Board, textOfBoard, WholeText, wholeTexts } from '../../preload/contract/index.ts'

const extension = record({
  extension: string({ minLength: 1 }),
  name: string(),
  phone: constantFrom('idle', 'ringing', 'talking', 'offline', 'unregistered', 'unknown'),
  direction: constantFrom('incoming', 'outgoing', null),
  presence: constantFrom('online', 'reducing', 'busy', 'offline', 'unknown'),
  registered: boolean(),
  remote: option(record({ number: string(), display: string(), name: option(string()) })),
  missedCount: integer({ min: 0, max: 3 }),
  since: integer({ min: 0 }),
  group: option(string()),
})
const board = record({
  connection: option(string()),
  polledAt: option(integer({ min: 0 })),
  stale: boolean(),
  problem: constantFrom(null, { code: 'timeout' as const, details: { reason: 'silent' } }),
  groups: array(record({ id: string(), name: string() })),
  extensions: array(extension),
})

/** What the link at one end writes, and the one at the other end makes of it. */
function across(text: WholeText): unknown {
  const kind = wholeTexts.find(({ condition }) => condition(text))
  return kind?.deserialize(JSON.parse(JSON.stringify(kind.serialize(text))))
}

it('any board arrives as it was sent, with every field that the contract says', () => {
  assert(
    property(board, (sent) => {
      const arrived = across(textOfBoard(sent))
      expect(arrived).toEqual(sent)
      expect(Board.safeParse(arrived).success).toBe(true)
    }),
  )
})

it('a quiet house is told in a third of the words', () => {
  const extensions = Array.from({ length: 100 }, (_, n) => ({
    ...{
      extension: String(801 + n),
      name: `同事${n}`,
      phone: 'idle' as const,
      direction: null,
      presence: 'online' as const,
    },
    ...{ registered: true, remote: null, missedCount: 0, since: 1_700_000_000_000 + n, group: null },
  }))
  const sent = { connection: 'pbx', polledAt: 1, stale: false, problem: null, groups: [], extensions }
  expect(textOfBoard(sent).json.length * 2.5).toBeLessThan(JSON.stringify(sent).length)
})

it('any other snapshot arrives as it was sent', () => {
  const sent = { revision: 1, tags: ['售后'], focus: null }
  expect(across(new WholeText(JSON.stringify(sent)))).toEqual(sent)
})
