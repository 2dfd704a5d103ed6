import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CallRecord } from '../../../main/core/calls/call-record.ts'
import { deriveCall } from '../../../main/core/calls/call-state.ts'
import { foldEvent } from '../../../main/core/calls/fold.ts'
import type { InboxEvent } from '../../../main/core/calls/inbox-event.ts'
import { canonicalOf, dayStart, permutations, popEvent } from './call-events.ts'

type Step = Partial<InboxEvent> & Pick<InboxEvent, 'state'>

/** One second between steps. */
const derive = (...steps: Step[]) => {
  const events = steps.map((step, index) => popEvent({ receivedAt: dayStart + index * 1000, ...step }))
  return deriveCall(events.reduce<CallRecord | null>((record, event) => foldEvent(record, event, canonicalOf), null)!)
}
const main = { businessId: 'maincall', callee: '075528000123' }
const colleague = { businessId: 'b2', callee: '805', group: '3001' }

describe('call state', () => {
  it.each<[string, Step[]]>([
    ['calling', [{ state: 'calling' }]],
    ['ringing', [{ state: 'calling' }, { state: 'ringing' }]],
    ['talking', [{ state: 'ringing' }, { state: 'talking' }]],
    ['talking', [{ state: 'talking' }]],
    ['hungup', [{ state: 'ringing' }, { state: 'talking' }, { state: 'hungup' }]],
    ['missed', [{ state: 'ringing' }, { state: 'canceled' }]],
    ['missed', [{ state: 'ringing' }, { state: 'hungup' }]],
    ['calling', [{ state: 'calling', ...main }]],
    ['missed', [{ state: 'calling', ...main }, { state: 'ringing' }, { state: 'canceled', ...main }]],
    ['hungup', [{ state: 'ringing' }, { state: 'talking' }, { state: 'hungup', ...main }]],
    ['talking', [{ state: 'ringing' }, { state: 'talking' }, { state: 'canceled', ...main }]],
    ['ringing', [{ state: 'ringing' }, { state: 'canceled' }, { state: 'ringing', ...colleague }]],
  ])('%s after %j', (state, steps) => {
    expect(derive(...steps).state).toBe(state)
  })

  it('R8: the state does not depend on the order of arrival, even when times are those of arrival', () => {
    const steps: Step[] = [{ state: 'calling' }, { state: 'ringing' }, { state: 'talking' }, { state: 'hungup' }]
    for (const order of permutations(steps)) {
      expect(derive(...order)).toMatchObject({ state: 'hungup', answeredBy: '802', unconfirmed: false })
    }
  })

  it('an end reported twice keeps its first time', () => {
    const call = derive({ state: 'ringing' }, { state: 'talking' }, { state: 'hungup' }, { state: 'hungup' })
    expect(call).toMatchObject({
      startedAt: dayStart,
      ringingAt: dayStart,
      answeredAt: dayStart + 1000,
      endedAt: dayStart + 2000,
    })
  })

  it('answered by a colleague is not missed, and says who answered', () => {
    const call = derive(
      { state: 'ringing' },
      { state: 'ringing', ...colleague },
      { state: 'talking', ...colleague },
      { state: 'canceled' },
    )
    expect(call).toMatchObject({ state: 'talking', answeredBy: '805', callee: '805' })
    expect(call.legs.map((leg) => [leg.extension, leg.state])).toEqual([
      ['802', 'hungup'],
      ['805', 'talking'],
    ])
  })

  it('a phone that was never told to stop ringing stops when another is picked up', () => {
    const talking = derive({ state: 'ringing' }, { state: 'ringing', ...colleague }, { state: 'talking', ...colleague })
    expect(talking.legs.map((leg) => leg.state)).toEqual(['hungup', 'talking'])
    const ended = derive(
      { state: 'ringing' },
      { state: 'ringing', ...colleague },
      { state: 'talking', ...colleague },
      { state: 'hungup', ...colleague },
    )
    expect(ended).toMatchObject({ state: 'hungup', unconfirmed: false })
  })

  it('a blind transfer is one call; the last one who talked answered it', () => {
    const steps: Step[] = [
      { state: 'ringing' },
      { state: 'talking' },
      { state: 'ringing', ...colleague },
      { state: 'hungup' },
      { state: 'talking', ...colleague },
    ]
    expect(derive(...steps.slice(0, 4))).toMatchObject({ state: 'ringing', callee: '805', answeredBy: '802' })
    expect(derive(...steps)).toMatchObject({ state: 'talking', callee: '805', answeredBy: '805', group: '3001' })
    expect(derive(...steps, { state: 'hungup', ...colleague })).toMatchObject({
      state: 'hungup',
      answeredBy: '805',
      endedAt: dayStart + 5000,
    })
  })

  it('an outgoing call was answered by the extension that dialled', () => {
    const outside = { caller: '802', callee: '13500000002' }
    expect(derive({ state: 'ringing', ...outside }, { state: 'talking', ...outside })).toMatchObject({
      answeredBy: '802',
      callee: '13500000002',
    })
  })

  it('R10: an expired leg is ended but unconfirmed, and a later report takes that back', () => {
    const expired: Step = { state: 'expired', receivedAt: dayStart + 90_000 }
    expect(derive({ state: 'ringing' }, expired)).toMatchObject({
      state: 'missed',
      unconfirmed: true,
      endedAt: dayStart + 90_000,
    })
    const back: Step = { state: 'talking', receivedAt: dayStart + 95_000 }
    expect(derive({ state: 'ringing' }, expired, back)).toMatchObject({
      state: 'talking',
      unconfirmed: false,
      endedAt: null,
    })
    const over: Step = { state: 'hungup', receivedAt: dayStart + 99_000 }
    expect(derive({ state: 'ringing' }, expired, over)).toMatchObject({
      state: 'missed',
      unconfirmed: false,
      endedAt: dayStart + 99_000,
    })
    const again: Step = { state: 'expired', receivedAt: dayStart + 8_000_000 }
    expect(derive({ state: 'ringing' }, expired, back, again)).toMatchObject({
      state: 'hungup',
      unconfirmed: true,
      endedAt: dayStart + 8_000_000,
    })
  })

  it('times are in order whatever was reported', () => {
    const step = fc.record({
      state: fc.constantFrom<InboxEvent['state']>('calling', 'ringing', 'talking', 'canceled', 'hungup', 'expired'),
      businessId: fc.constantFrom('maincall', 'b1', 'b2'),
      callee: fc.constantFrom('801', '802'),
      receivedAt: fc.integer({ min: dayStart, max: dayStart + 10_000_000 }),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (steps) => {
        const call = derive(...steps)
        const ended = call.state === 'hungup' || call.state === 'missed'
        expect(call.endedAt !== null).toBe(ended)
        if (call.endedAt !== null) expect(call.endedAt).toBeGreaterThanOrEqual(call.answeredAt ?? call.startedAt)
        if (call.state === 'missed') expect(call.answeredBy).toBeNull()
        for (const leg of call.legs) if (leg.endedAt !== null) expect(leg.endedAt).toBeGreaterThanOrEqual(leg.startedAt)
      }),
      { numRuns: 2000 },
    )
  })
})
