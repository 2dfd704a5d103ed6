import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CallRecord } from '../../../main/core/calls/call-record.ts'
import { deriveCall } from '../../../main/core/calls/call-state.ts'
import { foldEvent, mergeRecords } from '../../../main/core/calls/fold.ts'
import { type InboxEvent, screenPopStates } from '../../../main/core/calls/inbox-event.ts'
import { canonicalOf, dayStart, permutations, popEvent } from './call-events.ts'

const foldAll = (events: readonly InboxEvent[], start: CallRecord | null = null) =>
  events.reduce<CallRecord | null>((record, event) => foldEvent(record, event, canonicalOf), start)!

const sortedJson = (calls: [string, CallRecord][]) =>
  JSON.stringify(calls, (_key, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

const anyEvent = fc
  .record({
    callId: fc.constantFrom(...Array.from({ length: 20 }, (_, index) => `c${index}@pbx`)),
    state: fc.constantFrom<InboxEvent['state']>(...screenPopStates, 'expired'),
    businessId: fc.constantFrom('maincall', 'b1', 'b2'),
    callee: fc.constantFrom('801', '802', '13800000000', ''),
    caller: fc.constantFrom('13500000002', '013500000002', '802', '', '+8613500000002', '075528000123'),
    group: fc.constantFrom('', '3003', '3001'),
    connection: fc.constantFrom('pbx', ''),
    delayMs: fc.nat(200_000),
  })
  .map(({ delayMs, ...fields }) => popEvent({ ...fields, receivedAt: dayStart + delayMs }))
const ofOneCall = anyEvent.map((event) => ({ ...event, callId: 'c1@pbx' }))
const someEvents = fc.array(ofOneCall, { minLength: 1, maxLength: 12 })

describe('fold', () => {
  it('R8: every order of five events on two legs gives the same record', () => {
    const events = [
      popEvent({ state: 'calling', businessId: 'maincall', callee: '075528000123', receivedAt: dayStart }),
      popEvent({ state: 'ringing', receivedAt: dayStart + 1 }),
      popEvent({ state: 'talking', receivedAt: dayStart + 2 }),
      popEvent({ state: 'ringing', callee: '805', businessId: 'b2', group: '3001', receivedAt: dayStart + 3 }),
      popEvent({ state: 'hungup', receivedAt: dayStart + 4 }),
    ]
    const orders = permutations(events)
    expect(orders).toHaveLength(120)
    const expected = foldAll(events)
    for (const order of orders) expect(foldAll(order)).toEqual(expected)
    expect(deriveCall(expected)).toMatchObject({ state: 'ringing', callee: '805', answeredBy: '802' })
  })

  it('R8: 10,000 random interleavings of 20 calls give the same records', () => {
    const foldCalls = (events: InboxEvent[]) => {
      const calls = new Map<string, CallRecord>()
      for (const event of events)
        calls.set(event.callId, foldEvent(calls.get(event.callId) ?? null, event, canonicalOf))
      return [...calls].sort(([a], [b]) => (a < b ? -1 : 1))
    }
    fc.assert(
      fc.property(
        fc
          .array(anyEvent, { minLength: 20, maxLength: 40 })
          .chain((events) =>
            fc.tuple(
              fc.constant(events),
              fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
            ),
          ),
        ([events, shuffled]) => {
          // Records are built with their keys in any order; equal text of sorted keys is equal content, and quick.
          return sortedJson(foldCalls(shuffled)) === sortedJson(foldCalls(events))
        },
      ),
      { numRuns: 10_000 },
    )
  }, 90_000)

  it('R7: an event that is already in it gives the very same record', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const record = foldAll(events)
        for (const event of events) expect(foldEvent(record, event, canonicalOf)).toBe(record)
      }),
    )
  })

  it('merging is commutative, associative and idempotent, and equals folding', () => {
    fc.assert(
      fc.property(someEvents, someEvents, someEvents, (x, y, z) => {
        const [a, b, c] = [foldAll(x), foldAll(y), foldAll(z)]
        expect(mergeRecords(a, b)).toEqual(mergeRecords(b, a))
        expect(mergeRecords(mergeRecords(a, b), c)).toEqual(mergeRecords(a, mergeRecords(b, c)))
        expect(mergeRecords(a, a)).toBe(a)
        expect(mergeRecords(a, b)).toEqual(foldAll([...x, ...y]))
      }),
      { numRuns: 2000 },
    )
  })

  it('merging keeps the newest "handled"', () => {
    const record = foldAll([popEvent({ state: 'ringing' })])
    const handled = { ...record, handledAt: dayStart + 5 }
    expect(mergeRecords(record, handled)).toEqual(handled)
    expect(mergeRecords(handled, record)).toBe(handled)
  })

  it('refuses to merge two different calls', () => {
    const a = foldAll([popEvent({ state: 'ringing' })])
    expect(() => mergeRecords(a, { ...a, callId: 'other' })).toThrow('two different calls')
  })

  it('tells the direction by the numbers, never by the reserved field', () => {
    const direction = (caller: string, callee: string) =>
      foldAll([popEvent({ state: 'ringing', caller, callee, direction: 'incoming' })]).direction
    expect(direction('13500000002', '802')).toBe('incoming')
    expect(direction('10086', '802')).toBe('incoming')
    expect(direction('', '802')).toBe('incoming')
    expect(direction('802', '13500000002')).toBe('outgoing')
    expect(direction('802', '95588')).toBe('outgoing')
    expect(direction('802', '805')).toBe('internal')
  })

  it('keeps history under the outside number, whoever dialled', () => {
    const canonical = (caller: string, callee: string) =>
      foldAll([popEvent({ state: 'ringing', caller, callee })]).canonical
    expect(canonical('013500000002', '802')).toBe('13500000002')
    expect(canonical('802', '013500000002')).toBe('13500000002')
    expect(canonical('802', '805')).toBe('802')
  })

  it('a transfer leg that names the colleague as caller does not hide the customer', () => {
    const record = foldAll([
      popEvent({ state: 'talking' }),
      popEvent({ state: 'ringing', caller: '802', callee: '805', businessId: 'b2' }),
    ])
    expect(record).toMatchObject({ caller: '13500000002', canonical: '13500000002', direction: 'incoming' })
  })
})
