import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CallTally, HistoryEntry, Store } from '../../main/core/ports/index.ts'
import { createStatistics } from '../../main/core/supervision/statistics.ts'
import { createManualClock } from '../core/calls/manual-clock.ts'
import { open } from './temp-store.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** 2026-11-20 17:00 of the office: its day began 16:00 UTC on the 19th. */
const now = Date.UTC(2026, 10, 20, 9)
const midnight = Date.UTC(2026, 10, 19, 16)

let serial = 0
const entry = (more: Partial<HistoryEntry> & Pick<HistoryEntry, 'startedAt'>): HistoryEntry => {
  serial += 1
  return {
    callId: `call-${serial}`,
    toldBy: 'log',
    direction: 'incoming',
    result: 'answered',
    number: '13500000002',
    canonical: '13500000002',
    name: null,
    spelling: '',
    extension: '802',
    group: null,
    durationSec: 60,
    note: null,
    causeCode: null,
    causeText: null,
    recordingKind: null,
    recording: null,
    ...more,
  }
}

const save = (store: Store, rows: HistoryEntry[], connection = 'pbx') =>
  store.history.save({ connection, system: 'telcrm' }, rows, now)

/** What is due runs at once. */
const after = (_ms: number, run: () => void) => {
  queueMicrotask(run)
  return () => undefined
}

/** Counts its looks; `before` each of them. */
function counting(store: Store, before: (from: number) => void = () => undefined) {
  let looks = 0
  const statistics = createStatistics({
    clock: { ...createManualClock(now), after },
    store: {
      tally(query): CallTally[] {
        looks += 1
        before(query.from)
        return store.statistics.tally(query)
      },
    },
    history: store.history,
    groupOf: (extension) => (extension === '802' ? '3001' : null),
  })
  return { statistics, looks: () => looks }
}

it('counts by the hours and days of the office, by who took or missed the call', async () => {
  const store = await open()
  await save(store, [
    entry({ startedAt: midnight - 1 }),
    entry({ startedAt: midnight }),
    entry({ startedAt: midnight + 9 * hourMs, durationSec: 30, extension: '806' }),
    entry({ startedAt: midnight + 9 * hourMs + 5, result: 'missed', durationSec: 0 }),
    entry({ startedAt: midnight + 9 * hourMs + 6, result: 'unknown', durationSec: 0 }),
    entry({ startedAt: midnight + 10 * hourMs, direction: 'outgoing', durationSec: 100 }),
    entry({ startedAt: midnight + 10 * hourMs, direction: 'outgoing', result: 'failed', durationSec: 7 }),
    // A colleague, called by 802: 802 talked, and called nobody outside.
    entry({ startedAt: midnight + 11 * hourMs, direction: 'internal', number: '801', durationSec: 5 }),
    entry({
      startedAt: midnight + 11 * hourMs,
      direction: 'internal',
      number: '801',
      result: 'missed',
      durationSec: 0,
    }),
  ])
  await save(store, [entry({ startedAt: midnight + 9 * hourMs })], 'another')
  const { statistics } = counting(store)
  const today = await statistics.of({ connection: 'pbx', range: 'today', group: null })
  expect([today.from, today.until]).toEqual([midnight, midnight + dayMs])
  expect(today.totals).toEqual({ answered: 2, missed: 1, outgoing: 2, internal: 2, talkSec: 195 })
  expect(today.hours[0]).toEqual({ answered: 1, missed: 0, outgoing: 0, internal: 0 })
  expect(today.hours[9]).toEqual({ answered: 1, missed: 1, outgoing: 0, internal: 0 })
  expect(today.hours[10]).toEqual({ answered: 0, missed: 0, outgoing: 2, internal: 0 })
  expect(today.hours[11]).toEqual({ answered: 0, missed: 0, outgoing: 0, internal: 2 })
  expect(today.agents.find(({ extension }) => extension === '806')).toEqual({
    extension: '806',
    answered: 1,
    missed: 0,
    outgoing: 0,
    internal: 0,
    talkSec: 30,
  })
  const week = await statistics.of({ connection: 'pbx', range: '7d', group: '3001' })
  expect(week.days).toHaveLength(7)
  expect(week.days.at(-2)).toEqual({ at: midnight - dayMs, answered: 1, missed: 0, outgoing: 0, internal: 0 })
  expect(week.totals).toEqual({ answered: 2, missed: 1, outgoing: 2, internal: 2, talkSec: 225 })
  expect(week.agents.map(({ extension }) => extension)).toEqual(['802'])
})

it('a day that is over is looked up once, unless calls of it come in', async () => {
  /** Of a day, each looked up by itself. */
  const parts = 2
  const store = await open()
  const { statistics, looks } = counting(store)
  const of = () => statistics.of({ connection: 'pbx', range: '30d', group: null })
  await of()
  expect(looks()).toBe(30 * parts)
  await of()
  expect(looks()).toBe(31 * parts)
  const late = [entry({ startedAt: midnight - 5 * dayMs })]
  await save(store, late)
  statistics.touched(
    'pbx',
    late.map(({ startedAt }) => startedAt),
  )
  expect((await of()).totals.answered).toBe(1)
  expect(looks()).toBe(33 * parts)
  statistics.forget()
  await of()
  expect(looks()).toBe(63 * parts)
})

it('a day that calls came in for while it was being looked up is not remembered', async () => {
  const store = await open()
  const day = midnight - 5 * dayMs
  const { statistics } = counting(store, (from) => {
    if (from === day + 12 * hourMs) statistics.touched('pbx', [day])
  })
  const answered = async () => (await statistics.of({ connection: 'pbx', range: '30d', group: null })).totals.answered
  expect(await answered()).toBe(0)
  // What was told of comes to the disk only now: whoever remembers the day never sees it.
  await save(store, [entry({ startedAt: day })])
  expect(await answered()).toBe(1)
})

it('says since when every call is known', async () => {
  const store = await open()
  const { statistics } = counting(store)
  const of = async () => (await statistics.of({ connection: 'pbx', range: '7d', group: null })).completeFrom
  expect(await of()).toBeNull()
  const source = { connection: 'pbx', system: 'telcrm' }
  await store.history.save(source, [], now, { from: midnight - dayMs, to: now })
  expect(await of()).toBe(midnight - dayMs)
  await store.history.save(source, [], now, { from: 0, to: midnight })
  expect(await of()).toBe(midnight - 6 * dayMs)
})

it('counts every call exactly once, as whoever adds them up one by one', async () => {
  let connection = 0
  const store = await open()
  const calls = fc.array(
    fc.record({
      startedAt: fc.integer({ min: midnight - 8 * dayMs, max: midnight + dayMs - 1 }),
      direction: fc.constantFrom('incoming' as const, 'outgoing' as const, 'internal' as const),
      result: fc.constantFrom('running' as const, 'answered' as const, 'missed' as const, 'failed' as const),
      extension: fc.constantFrom('801', '802', ''),
      durationSec: fc.integer({ min: 0, max: 900 }),
    }),
    { maxLength: 40 },
  )
  await fc.assert(
    fc.asyncProperty(calls, async (list) => {
      connection += 1
      const name = `c${connection}`
      await save(store, list.map(entry), name)
      const { statistics } = counting(store)
      const found = await statistics.of({ connection: name, range: '7d', group: null })
      const inside = list.filter(({ startedAt }) => startedAt >= midnight - 6 * dayMs)
      const sum = (of: (typeof found)['hours']) =>
        of.reduce((all, one) => all + one.answered + one.missed + one.outgoing + one.internal, 0)
      expect(sum(found.hours)).toBe(inside.length)
      expect(sum(found.days)).toBe(inside.length)
      expect(sum(found.agents)).toBe(inside.filter(({ extension }) => extension !== '').length)
      const talked = inside.filter(({ result }) => result === 'answered' || result === 'running')
      expect(found.totals.talkSec).toBe(talked.reduce((all, { durationSec }) => all + durationSec, 0))
      for (const way of ['outgoing', 'internal'] as const)
        expect(found.totals[way]).toBe(inside.filter(({ direction }) => direction === way).length)
    }),
    { numRuns: 40 },
  )
})
