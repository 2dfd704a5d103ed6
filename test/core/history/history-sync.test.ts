import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHistoryEntry } from '../../../main/core/history/history-entry.ts'
import { type ConnectionHistory, createHistorySync } from '../../../main/core/history/history-sync.ts'
import { canonicalNumber } from '../../../main/core/numbers/index.ts'
import type { LoggedCall, Store } from '../../../main/core/ports/index.ts'
import { createManualClock, createTestLog, historyQuery, open, tempFile } from '../../store/temp-store.ts'
import { dayMs, SimulatedLog } from './simulated-log.ts'

const minute = 60_000
const facts = { canonicalOf: canonicalNumber, isExtension: (number: string) => /^8\d\d$/.test(number) }
const never = new AbortController().signal

/** A desk that synchronises a simulated system into a real database, and can be killed and started again. */
async function desk(log: SimulatedLog, options: { floor?: number; skewMs?: number } = {}) {
  const clock = createManualClock(log.now - (options.skewMs ?? 0))
  const file = tempFile()
  let store: Store = await open(file)
  const recovered: { count: number; from: number; to: number }[] = []
  const { lines, log: testLog } = createTestLog()
  const start = () =>
    createHistorySync({
      clock,
      log: testLog,
      connection: 'pbx',
      system: 'telcrm',
      source: log.source(),
      store: store.history,
      toEntry: (row) => toHistoryEntry(row, facts, () => ''),
      floor: () => options.floor ?? 0,
      onStored: () => undefined,
      onRecovered: (missed) => void recovered.push(missed),
      onChange: () => undefined,
    })
  let sync: ConnectionHistory = start()
  return {
    clock,
    recovered,
    lines,
    sync: () => sync,
    store: () => store,
    pass(ms: number) {
      clock.advance(ms)
      log.now += ms
    },
    async poll() {
      await sync.poll(never)
      await sync.settled()
    },
    /** The program ends, whatever it was doing, and is started again. */
    async restart() {
      await sync.stop().catch(() => undefined)
      await store.close()
      store = await open(file)
      sync = start()
    },
    kept() {
      const rows: ReturnType<typeof comparable>[] = []
      let before = null as ReturnType<Store['history']['slice']>['next']
      do {
        const slice = store.history.slice(historyQuery({ before, limit: 500 }))
        rows.push(...slice.rows.map((row) => comparable({ ...row, outcome: row.result })))
        before = slice.next
      } while (before)
      return rows.sort((a, b) => (a.callId < b.callId ? -1 : 1))
    },
  }
}

const comparable = (row: { callId: string; startedAt: number; durationSec: number; note: string | null; outcome: string }) => ({
  callId: row.callId,
  startedAt: row.startedAt,
  durationSec: row.durationSec,
  note: row.note,
  outcome: row.outcome === 'unanswered' ? 'missed' : row.outcome,
})
const truth = (log: SimulatedLog) => log.rows.map(comparable).sort((a, b) => (a.callId < b.callId ? -1 : 1))

function busyDay(log: SimulatedLog, calls: number, gapMs: number): LoggedCall[] {
  return Array.from({ length: calls }, () => {
    log.now += gapMs
    const row = log.begin()
    log.end(row, calls % 2 === 0)
    return row
  })
}

const noon = Date.UTC(2026, 5, 10, 12)

describe('the history of a connection', () => {
  it('fills from newest to oldest, over years without calls, and says how far it is', async () => {
    const log = new SimulatedLog(noon - 900 * dayMs, 50)
    busyDay(log, 120, minute)
    log.now = noon - 2 * dayMs
    busyDay(log, 130, minute)
    log.now = noon
    const { sync, kept, poll } = await desk(log)
    const seen: string[] = []
    log.onAsked = () => {
      const { progress, state } = sync().status()
      if (progress) seen.push(`${state} ${progress.done > 0} ${progress.total}`)
    }
    await poll()
    expect(kept()).toEqual(truth(log))
    expect(sync().status()).toMatchObject({ state: 'waiting', progress: null, problem: null })
    expect(sync().status().complete).toHaveLength(1)
    expect(sync().status().complete[0]?.from).toBe(0)
    expect(seen).toContain('filling true 250')
    expect(log.asked).toBeLessThan(40)
  })

  it('a poll with nothing new costs one request', async () => {
    const log = new SimulatedLog(noon, 1000)
    busyDay(log, 300, minute)
    const { poll, pass } = await desk(log)
    await poll()
    pass(15_000)
    const before = log.asked
    await poll()
    expect(log.asked - before).toBe(1)
  })

  it('rows that arrive while paging push others on: none is lost', async () => {
    const log = new SimulatedLog(noon, 20)
    busyDay(log, 200, 1000)
    const { poll, kept } = await desk(log)
    let arrivals = 60
    log.onAsked = () => {
      for (let n = 0; n < 7 && arrivals > 0; n += 1, arrivals -= 1) busyDay(log, 1, 1)
    }
    await poll()
    await poll()
    expect(kept()).toEqual(truth(log))
  })

  it('rows that go away above would open a hole: the reading steps back over it', async () => {
    const log = new SimulatedLog(noon - dayMs, 20)
    const rows = busyDay(log, 200, 1000)
    log.now = noon
    const { poll, kept } = await desk(log)
    log.onAsked = () => {
      if (log.asked === 4 || log.asked === 6) log.rows.splice(-9, 9)
    }
    await poll()
    const have = new Set(kept().map(({ callId }) => callId))
    expect(rows.slice(0, 180).filter(({ callId }) => !have.has(callId))).toEqual([])
  })

  it('a running call is read until it ended, however many came after it', async () => {
    const log = new SimulatedLog(noon, 20)
    const { poll, kept, pass } = await desk(log)
    const long = log.begin()
    await poll()
    for (let n = 0; n < 5; n += 1) {
      pass(30 * minute)
      busyDay(log, 30, 1)
      await poll()
    }
    log.end(long, true)
    pass(15_000)
    await poll()
    expect(kept()).toEqual(truth(log))
    expect(kept().find(({ callId }) => callId === long.callId)?.outcome).toBe('answered')
  })

  it('after an outage: everything of it is here, and one notice sums up who was missed', async () => {
    const log = new SimulatedLog(noon - 40 * dayMs, 100)
    busyDay(log, 50, minute)
    const made = await desk(log)
    await made.poll()
    expect(made.recovered).toEqual([])
    made.pass(20 * dayMs)
    busyDay(log, 3, minute)
    made.pass(19 * dayMs)
    await made.restart()
    await made.poll()
    await made.poll()
    expect(made.kept()).toEqual(truth(log))
    expect(made.recovered).toEqual([{ count: 3, from: expect.any(Number), to: log.rows.at(-1)?.startedAt }])
  })

  it('a first fill can be stopped and goes on later; new calls come in meanwhile', async () => {
    const log = new SimulatedLog(noon - 30 * dayMs, 50)
    for (let day = 0; day < 30; day += 1) {
      busyDay(log, 40, minute)
      log.now += dayMs - 40 * minute
    }
    const { sync, poll, kept, pass } = await desk(log)
    log.onAsked = () => {
      if (log.asked === 9) sync().cancelFill()
    }
    await poll()
    const partly = kept().length
    expect(partly).toBeGreaterThan(40)
    expect(partly).toBeLessThan(600)
    expect(sync().status().state).toBe('cancelled')
    pass(minute)
    busyDay(log, 1, 1)
    await poll()
    expect(kept()).toHaveLength(partly + 1)
    sync().resumeFill()
    await sync().settled()
    expect(kept()).toEqual(truth(log))
  })

  it('keeps nothing from before the retention', async () => {
    const log = new SimulatedLog(noon - 10 * dayMs, 50)
    busyDay(log, 20, minute)
    log.now = noon
    busyDay(log, 20, minute)
    const { poll, kept } = await desk(log, { floor: noon - dayMs })
    await poll()
    expect(kept()).toHaveLength(20)
    await poll()
    expect(log.asked).toBeLessThan(12)
  })

  it.each([-8, 8])('works against a clock that is %i hours off', async (hours) => {
    const log = new SimulatedLog(noon, 30)
    busyDay(log, 70, minute)
    const { poll, kept, pass } = await desk(log, { skewMs: hours * 60 * minute })
    await poll()
    for (let n = 0; n < 4; n += 1) {
      pass(5 * 60 * minute)
      busyDay(log, 3, 1000)
      await poll()
      expect(kept()).toEqual(truth(log))
    }
  })

  it('a log that never holds still is a problem that is told, not a loop', async () => {
    const log = new SimulatedLog(noon, 20)
    busyDay(log, 300, 1000)
    const { sync } = await desk(log)
    log.onAsked = () => {
      log.rows.splice(-30, 30)
      busyDay(log, 30, 1)
      for (const row of log.rows) row.callId = `${row.callId}x`
    }
    await expect(sync().poll(never)).rejects.toMatchObject({ code: 'unexpected-response' })
  })
})

type Step =
  | { do: 'call'; gapMs: number; answered: boolean; lengthMs: number; late: boolean }
  | { do: 'poll'; cutAfter: number | null }
  | { do: 'pass'; ms: number }
  | { do: 'restart' }
  | { do: 'note' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('call' as const), gapMs: fc.integer({ min: 0, max: 200_000 }), answered: fc.boolean(), lengthMs: fc.integer({ min: 0, max: 3_000_000 }), late: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('poll' as const), cutAfter: fc.option(fc.integer({ min: 0, max: 6 })) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(15_000, 20 * minute, 9 * 60 * minute, 5 * dayMs) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'note' as const }) },
)

describe('whatever happens', () => {
  it('after a quiet while the table equals the log of the system, row by row', { timeout: 120_000 }, async () => {
    const run = async (steps: Step[], old: number, pageRows: number, skewHours: number) => {
      const log = new SimulatedLog(noon - 3 * dayMs, pageRows)
      busyDay(log, old, 40 * minute)
      const made = await desk(log, { skewMs: skewHours * 60 * minute })
      const ending: { row: LoggedCall; at: number; answered: boolean; late: boolean }[] = []
      const settle = () => {
        for (const one of ending.splice(0)) {
          if (one.at > log.now) ending.push(one)
          else {
            log.end(one.row, one.answered)
            if (one.late) log.rows.push(one.row)
          }
        }
      }
      for (const one of steps) {
        settle()
        if (one.do === 'call') {
          made.pass(one.gapMs)
          const row = log.begin()
          // Some systems write a call down only when it ended, in the place where it began.
          if (one.late) log.rows.pop()
          ending.push({ row, at: log.now + one.lengthMs, answered: one.answered, late: one.late })
        } else if (one.do === 'pass') made.pass(one.ms)
        else if (one.do === 'restart') await made.restart()
        else if (one.do === 'note') {
          const newest = log.rows.at(-1)
          if (newest) newest.note = `note ${log.rows.length}`
        } else {
          let left = one.cutAfter
          log.onAsked = () => {
            made.pass(7)
            settle()
            if (left === null) return
            left -= 1
            if (left < 0) throw new Error('cut')
          }
          await made.poll().catch(() => undefined)
          log.onAsked = () => undefined
        }
      }
      made.pass(4 * 60 * minute)
      settle()
      await made.poll()
      made.pass(11 * minute)
      await made.poll()
      expect(made.kept()).toEqual(truth(log))
      expect(made.sync().status().problem).toBeNull()
      await made.sync().stop()
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 8, max: 40 }),
        fc.constantFrom(-8, -1, 0, 0, 1, 8),
        run,
      ),
      { numRuns: 60, endOnFailure: false },
    )
  })
})
