import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Call } from '../../preload/contract/calls.ts'
import { holdOrder, myCallOf, orderCards, partyOf, placesOf } from '../../renderer/features/calls-live/card-order.ts'
import { call, party } from './office.ts'

const ids = (cards: readonly Call[]) => cards.map((card) => card.callId)

describe('order of the cards', () => {
  it('puts what rings first, newest at the top, then talks, then missed, then ended', () => {
    const cards = [
      call('ended', 90, { state: 'hungup' }),
      call('talking', 70, { state: 'talking' }),
      call('missed', 80, { state: 'missed' }),
      call('old', 10, {}),
      call('new', 50, { state: 'calling' }),
    ]
    expect(ids(orderCards(cards))).toEqual(['new', 'old', 'talking', 'missed', 'ended'])
  })

  it('keeps known cards where they are while the list is in use, with new ones above', () => {
    const before = [call('b', 20, {}), call('a', 10, {}), call('gone', 5, {})]
    const now = orderCards([call('a', 10, {}), call('b', 20, { state: 'talking' }), call('new', 30, {})])
    expect(ids(now)).toEqual(['new', 'a', 'b'])
    expect(ids(holdOrder(now, ids(before)))).toEqual(['new', 'b', 'a'])
  })

  it('does not depend on the order in the snapshot, and a new call never reorders the others', () => {
    const state = fc.constantFrom<Call['state']>('calling', 'ringing', 'talking', 'hungup', 'missed')
    const cards = fc.uniqueArray(fc.record({ id: fc.integer({ min: 0, max: 99 }), at: fc.nat(5), state }), {
      selector: (one) => one.id,
      maxLength: 8,
    })
    fc.assert(
      fc.property(cards, (given) => {
        const list = given.map((one) => call(`c${one.id}`, one.at, { state: one.state }))
        const ordered = ids(orderCards(list))
        expect(ids(orderCards(list.toReversed()))).toEqual(ordered)
        expect(ids(orderCards([...list, call('fresh', 1000, {})])).filter((id) => id !== 'fresh')).toEqual(ordered)
      }),
    )
  })
})

describe('the call that the keys act on', () => {
  it('is the one I talk on, before one that rings', () => {
    expect(myCallOf([call('ringing', 9, {}), call('talking', 1, { state: 'talking' })])?.callId).toBe('talking')
    expect(myCallOf([call('old', 1, {}), call('new', 9, {})])?.callId).toBe('new')
  })
  it('is never somebody else’s, and never one that has ended', () => {
    expect(
      myCallOf([
        call('other', 1, { mine: false, state: 'talking' }),
        call('ended', 2, { state: 'hungup' }),
        call('missed', 3, { state: 'missed' }),
      ]),
    ).toBeNull()
  })
})

describe('who and where', () => {
  const outside = party('135 0000 0002', '李建国')
  it('shows the other end of the call', () => {
    expect(partyOf(call('in', 1, { caller: outside }), '802')).toBe(outside)
    expect(partyOf(call('out', 1, { direction: 'outgoing', caller: party('802'), callee: outside }), '802')).toBe(
      outside,
    )
    expect(
      partyOf(call('internal', 1, { direction: 'internal', caller: party('802'), callee: party('807') }), '802').number,
    ).toBe('807')
    expect(
      partyOf(call('internal', 1, { direction: 'internal', caller: party('807'), callee: party('802') }), '802').number,
    ).toBe('807')
  })
  it('names the extension that talks, else those that ring', () => {
    const leg = (extension: string, state: Call['state']) => ({
      extension,
      name: null,
      businessId: 'b',
      group: null,
      state,
    })
    expect(placesOf(call('a', 1, { legs: [leg('801', 'ringing'), leg('803', 'ringing')] })).extensions).toEqual([
      '801',
      '803',
    ])
    expect(placesOf(call('a', 1, { legs: [leg('801', 'hungup'), leg('803', 'talking')] })).extensions).toEqual(['803'])
  })
  it('says the number of a group that has no name', () => {
    expect(placesOf(call('a', 1, { group: '3002', groupName: null })).group).toBe('3002')
    expect(placesOf(call('a', 1, { group: '3002', groupName: '售前组' })).group).toBe('售前组')
    expect(placesOf(call('a', 1, { group: '', groupName: null })).group).toBeNull()
  })
})
