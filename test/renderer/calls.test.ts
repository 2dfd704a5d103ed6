import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Call } from '../../preload/contract/index.ts'
import {
  callExtension,
  callResult,
  otherParty,
  rangForSec,
  talkedExtensions,
  talkedForSec,
} from '../../renderer/features/calls/call-result.ts'
import { callSteps } from '../../renderer/features/calls/call-steps.ts'
import { dayName, dayOf, dayRows } from '../../renderer/features/calls/day-rows.ts'
import { liveRow } from '../../renderer/features/calls/live-row.ts'
import { call, party } from './office.ts'

const at = new Date(2026, 10, 20, 10, 42).getTime()
const hour = 3_600_000

describe('the result of a call', () => {
  test('an incoming call that nobody took says how long it rang', () => {
    const missed = call('m', at, { state: 'missed', ringingAt: at, endedAt: at + 24_400 })
    expect(callResult(missed)).toEqual({ key: 'missedAfter', look: 'failed', icon: 'missed', rangSec: 24 })
  })

  test('without a ringing report it is just missed', () => {
    expect(callResult(call('m', at, { state: 'missed', ringingAt: null, endedAt: at + 5000 })).key).toBe('missed')
  })

  test('dealt with is no alarm any more', () => {
    const handled = call('m', at, { state: 'missed', endedAt: at + 1000, handledAt: at + 9000 })
    expect(callResult(handled)).toMatchObject({ key: 'missedHandled', look: 'plain' })
  })

  test('an outgoing or internal call without an answer is not a missed call', () => {
    for (const direction of ['outgoing', 'internal'] as const) {
      expect(callResult(call('o', at, { state: 'missed', direction, endedAt: at + 1000 })).key).toBe('noAnswer')
    }
  })

  test('an end that was never reported is not shown as answered', () => {
    const stuck = call('u', at, { state: 'hungup', answeredAt: at, endedAt: at + hour, unconfirmed: true })
    expect(callResult(stuck).key).toBe('unconfirmed')
    expect(talkedForSec(stuck, at + 2 * hour)).toBeNull()
  })

  test('after a transfer the last one who talked is named', () => {
    const moved = transferred()
    expect(talkedExtensions(moved)).toEqual(['802', '806'])
    expect(callResult(moved)).toMatchObject({ key: 'transferred', name: '赵敏' })
  })

  test('the caller’s own leg is nobody who talked', () => {
    const plain = call('a', at, {
      state: 'hungup',
      answeredBy: '802',
      legs: [
        { extension: '900', name: null, businessId: 'maincall', group: null, state: 'hungup' },
        { extension: '802', name: '张霞', businessId: 'b', group: null, state: 'hungup' },
      ],
    })
    expect(callResult(plain).key).toBe('answered')
    expect(callExtension({ ...plain, answeredBy: null })).toBe('802')
  })

  test('lengths', () => {
    const talked = call('t', at, {
      state: 'hungup',
      ringingAt: at + 2000,
      answeredAt: at + 8000,
      endedAt: at + 407_900,
    })
    expect(rangForSec(talked)).toBe(6)
    expect(talkedForSec(talked, 0)).toBe(399)
    expect(talkedForSec(call('l', at, { state: 'talking', answeredAt: at }), at + 61_000)).toBe(61)
    expect(rangForSec(call('r', at, { state: 'ringing' }))).toBeNull()
  })

  test('the other party of an outgoing call is the one called', () => {
    const callee = party('137 0000 2290', '何建平')
    expect(otherParty(call('o', at, { direction: 'outgoing', callee }))).toBe(callee)
  })
})

describe('what happened', () => {
  test('a transferred call: the time of the transfer is not invented', () => {
    const steps = callSteps(transferred())
    expect(steps.map(({ key }) => key)).toEqual(['cameInGroup', 'rangFor', 'answeredSomebody', 'transferred', 'ended'])
    expect(steps.find(({ key }) => key === 'transferred')).toMatchObject({ at: null, who: '赵敏' })
    expect(steps[1]).toMatchObject({ who: '802、806', rangSec: 6 })
  })

  test('a missed call ends without an answer, and being dealt with is part of its story', () => {
    const steps = callSteps(call('m', at, { state: 'missed', endedAt: at + 24_000, handledAt: at + 90_000 }))
    expect(steps.map(({ key }) => key)).toEqual(['cameIn', 'rangFor', 'endedMissed', 'handled'])
  })

  test('the telephone of a called customer is not an extension that answered or took over', () => {
    const leg = { name: null, businessId: 'b', group: null, state: 'hungup' as const }
    const outgoing = call('o', at, {
      direction: 'outgoing',
      state: 'hungup',
      caller: party('803', '孙丽'),
      callee: party('021-6415 1234'),
      legs: [
        { ...leg, extension: '803' },
        { ...leg, extension: '02164151234' },
      ],
      answeredAt: at + 4000,
      endedAt: at + 9000,
      answeredBy: '803',
      answeredByName: '孙丽',
    })
    expect(callResult(outgoing).key).toBe('answered')
    const steps = callSteps(outgoing)
    expect(steps.map(({ key }) => key)).toEqual(['wentOut', 'rangFor', 'connected', 'ended'])
    expect(steps[1]?.who).toBe('803、021-6415 1234')
  })

  test('a running call has no end yet', () => {
    expect(callSteps(call('r', at, {})).map(({ key }) => key)).toEqual(['cameIn', 'rang'])
  })

  test('each step stands once, known times never go back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Call['state']>('calling', 'ringing', 'talking', 'hungup', 'missed'),
        fc.constantFrom<Call['direction']>('incoming', 'outgoing', 'internal'),
        fc.option(fc.nat(60_000)),
        fc.option(fc.nat(60_000)),
        fc.boolean(),
        (state, direction, ringing, answer, unconfirmed) => {
          const ringingAt = ringing === null ? null : at + ringing
          const answeredAt = answer === null || ringingAt === null ? null : ringingAt + answer
          const endedAt = state === 'hungup' || state === 'missed' ? (answeredAt ?? ringingAt ?? at) + 1000 : null
          const steps = callSteps(call('p', at, { state, direction, ringingAt, answeredAt, endedAt, unconfirmed }))
          expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length)
          const times = steps.flatMap((step) => step.at ?? [])
          expect(times).toEqual(times.toSorted((a, b) => a - b))
        },
      ),
    )
  })
})

describe('days', () => {
  const rowsAt = (...times: number[]) => times.map((time, index) => liveRow(call(`c${index}`, time, {}), 'telcrm'))

  test('today has no heading, every other day one', () => {
    const rows = dayRows(rowsAt(at, at - hour, at - 20 * hour, at - 21 * hour, at - 50 * hour), at)
    expect(rows.map((row) => (row.kind === 'day' ? dayName(row.day, at) : row.call.callId))).toEqual([
      'c0',
      'c1',
      'yesterday',
      'c2',
      'c3',
      'date',
      'c4',
    ])
  })

  test('a call of the future stands with today', () => {
    expect(dayRows(rowsAt(at + 48 * hour, at), at).map(({ kind }) => kind)).toEqual(['call', 'call'])
  })

  test('another year carries its year', () => {
    expect(dayName(dayOf(new Date(2025, 11, 31).getTime()), at)).toBe('dateWithYear')
    const newYear = new Date(2026, 0, 1, 9).getTime()
    expect(dayName(dayOf(new Date(2025, 11, 31, 23).getTime()), newYear)).toBe('yesterday')
  })

  test('every call keeps its place and index, whatever the days', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40 * 24 * hour)), (ages) => {
        const calls = rowsAt(...ages.toSorted((a, b) => a - b).map((age) => at - age))
        const rows = dayRows(calls, at).filter((row) => row.kind === 'call')
        expect(rows.map((row) => row.call)).toEqual(calls)
        expect(rows.map((row) => row.index)).toEqual(calls.map((_call, index) => index))
      }),
    )
  })
})

function transferred(): Call {
  return call('x', at, {
    state: 'hungup',
    groupName: '总机',
    ringingAt: at + 3000,
    answeredAt: at + 9000,
    endedAt: at + 482_000,
    answeredBy: '806',
    answeredByName: '赵敏',
    legs: [
      { extension: '802', name: '张霞', businessId: 'a', group: null, state: 'hungup' },
      { extension: '806', name: '赵敏', businessId: 'b', group: null, state: 'hungup' },
    ],
  })
}
