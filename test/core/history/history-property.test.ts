import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LoggedCall } from '../../../main/core/ports/index.ts'
import { open, tempFile } from '../../store/temp-store.ts'
import { busyDay, desk, minute, noon, truth } from './simulated-desk.ts'
import { dayMs, SimulatedLog } from './simulated-log.ts'

type Step =
  | { do: 'call'; gapMs: number; answered: boolean; lengthMs: number; late: boolean }
  | { do: 'poll'; cutAfter: number | null }
  | { do: 'pass'; ms: number }
  | { do: 'restart'; reopens: boolean }
  | { do: 'note' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      gapMs: fc.integer({ min: 0, max: 200_000 }),
      answered: fc.boolean(),
      lengthMs: fc.integer({ min: 0, max: 3_000_000 }),
      late: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('poll' as const), cutAfter: fc.option(fc.integer({ min: 0, max: 6 })) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(15_000, 20 * minute, 9 * 60 * minute, 5 * dayMs),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('restart' as const), reopens: fc.nat(4).map((n) => n === 0) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'note' as const }) },
)

describe('whatever happens', () => {
  it('after a quiet while the table equals the log of the system, row by row', { timeout: 120_000 }, async () => {
    const file = tempFile()
    let store = await open(file)
    const run = async (steps: Step[], old: number, pageRows: number, skewHours: number) => {
      const log = new SimulatedLog(noon - 3 * dayMs, pageRows)
      busyDay(log, old, 40 * minute)
      // One file for all runs: opening one takes longer than a run.
      await store.calls.purge('pbx')
      const made = await desk(log, { skewMs: skewHours * 60 * minute, kept: { file, store } })
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
        else if (one.do === 'restart') {
          await made.restart(one.reopens)
          store = made.store()
        } else if (one.do === 'note') {
          const newest = log.rows.at(-1)
          // What is written on calls of earlier days is not looked for.
          if (newest && log.now - newest.startedAt < dayMs / 2) newest.note = `note ${log.rows.length}`
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
