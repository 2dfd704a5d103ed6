import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Call } from '../../preload/contract/index.ts'
import { isOver, leadOf, maxCards, stackOf } from '../../renderer/features/pop/stack-order.ts'
import { steady } from '../../renderer/features/pop/use-steady-cards.ts'
import { call } from './office.ts'

const at = 1_790_000_000_000
const order: Call['state'][] = ['ringing', 'talking', 'missed', 'hungup']

describe('the stack', () => {
  test('newest first', () => {
    const stack = stackOf([call('old', at - 9000, {}), call('new', at, {}), call('mid', at - 1000, {})])
    expect(stack.shown.map(({ callId }) => callId)).toEqual(['new', 'mid', 'old'])
    expect(stack.more).toBe(0)
  })

  test('what rings stands before a newer conversation, and that before what was missed', () => {
    const stack = stackOf([
      call('missed', at, { state: 'missed' }),
      call('talk', at - 1000, { state: 'talking' }),
      call('ring', at - 9000, {}),
      call('calling', at - 8000, { state: 'calling' }),
      call('over', at - 500, { state: 'hungup' }),
    ])
    expect(stack.shown.map(({ callId }) => callId)).toEqual(['calling', 'ring', 'talk', 'missed', 'over'])
  })

  test('eight calls: five cards, three counted; the conversation stays although it is the oldest', () => {
    const ringing = Array.from({ length: 7 }, (_, index) => call(`r${index}`, at - index, {}))
    const stack = stackOf([call('talk', at - 99_000, { state: 'talking', answeredAt: at }), ...ringing])
    expect(stack.shown.map(({ callId }) => callId)).toEqual(['r0', 'r1', 'r2', 'r3', 'talk'])
    expect(stack.more).toBe(3)
  })

  test('nothing that rings is hidden behind what is over', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(100_000), fc.constantFrom<Call['state']>('ringing', 'talking', 'hungup', 'missed')), {
          maxLength: 30,
        }),
        (list) => {
          const cards = list.map(([age, state], index) => call(`c${index}`, at - age, { state }))
          const { shown, more } = stackOf(cards)
          expect(shown.length).toBe(Math.min(cards.length, maxCards))
          expect(more).toBe(cards.length - shown.length)
          const live = cards.filter((one) => !isOver(one)).length
          expect(shown.filter((one) => !isOver(one)).length).toBe(Math.min(live, maxCards))
          const places = shown.map(({ state, startedAt }) => [order.indexOf(state), -startedAt] as const)
          expect(places).toEqual(places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]))
        },
      ),
    )
  })

  test('the same cards in another order make the same stack', () => {
    const cards = Array.from({ length: 9 }, (_, index) => call(`c${index}`, at - (index % 3), {}))
    expect(stackOf(cards.toReversed())).toEqual(stackOf(cards))
  })

  test('the newest that lives is drawn whole, a missed one only when nothing lives', () => {
    const missed = call('m', at, { state: 'missed' })
    expect(leadOf([missed, call('r', at - 1, {})])?.callId).toBe('r')
    expect(leadOf([missed])?.callId).toBe('m')
    expect(leadOf([])).toBeNull()
  })
})

describe('while the pointer moves over the stack', () => {
  test('cards keep their places, say what is true now, and go when they are gone', () => {
    const before = [call('a', at, {}), call('b', at - 1, {}), call('c', at - 2, {})]
    const now = [call('new', at + 5, {}), { ...before[0]!, state: 'talking' as const }, before[2]!]
    expect(
      steady(
        now,
        before.map(({ callId }) => callId),
      ),
    ).toEqual([now[1], now[2]])
  })
})
