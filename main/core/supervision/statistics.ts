import type { CallStatistics, StatisticsRange } from '../../../preload/contract/index.ts'
import type { CallTally, Clock, HistoryStore, StatisticsStore } from '../ports/index.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** The offices this is made for keep one time; the PBX's log does too. */
const officeOffsetMs = 8 * hourMs
const daysOf: Record<StatisticsRange, number> = { today: 1, '7d': 7, '30d': 30 }
/** Days that are over are counted once. */
const mostKept = 64

export interface Statistics {
  of(query: { connection: string; range: StatisticsRange; group: string | null }): Promise<CallStatistics>
  /** Calls of these moments (epoch ms) came in or changed: their days are counted anew. */
  touched(connection: string, moments: readonly number[]): void
  /** Calls were deleted. */
  forget(): void
}

/** Midnight of the office before `at`. */
const dayOf = (at: number) => Math.floor((at + officeOffsetMs) / dayMs) * dayMs - officeOffsetMs

const none = () => ({ answered: 0, missed: 0, outgoing: 0, internal: 0 })
type Counts = ReturnType<typeof none>

function count(counts: Counts, { direction, result, calls }: CallTally): void {
  if (direction === 'internal') counts.internal += calls
  else if (direction === 'outgoing') counts.outgoing += calls
  // What became of it is not known: it counts for neither.
  else if (result === 'unknown') return
  else if (result === 'missed' || result === 'failed') counts.missed += calls
  else counts.answered += calls
}

/** Counts of the cached call log, day by day: a day is one short look, and whatever is due runs in between. */
export function createStatistics(deps: {
  clock: Clock
  store: StatisticsStore
  history: Pick<HistoryStore, 'spans'>
  groupOf(extension: string): string | null
}): Statistics {
  const { clock, store } = deps
  const kept = new Map<string, CallTally[]>()
  const keyOf = (connection: string, day: number) => `${connection}/${day}`
  const pause = () => new Promise<void>((resolve) => void clock.after(0, resolve))

  /** True when it had to be looked up. */
  function tallyOf(connection: string, day: number, today: number): { tally: CallTally[]; looked: boolean } {
    const key = keyOf(connection, day)
    const known = kept.get(key)
    if (known) return { tally: known, looked: false }
    const tally = store.tally({ connection, from: day, until: day + dayMs })
    if (day < today) {
      if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '')
      kept.set(key, tally)
    }
    return { tally, looked: true }
  }

  function completeFrom(connection: string, from: number): number | null {
    const last = deps.history.spans(connection).at(-1)
    return last === undefined ? null : Math.max(last.from, from)
  }

  return {
    async of({ connection, range, group }) {
      const today = dayOf(clock.now())
      const from = today - (daysOf[range] - 1) * dayMs
      const hours = Array.from({ length: 24 }, none)
      const agents = new Map<string, Counts & { extension: string; talkSec: number }>()
      const totals = { ...none(), talkSec: 0 }
      const days: CallStatistics['days'] = []
      const groups = new Map<string, string | null>()
      const groupOf = (extension: string): string | null => {
        const known = groups.get(extension)
        if (known !== undefined) return known
        const found = deps.groupOf(extension)
        groups.set(extension, found)
        return found
      }
      for (let day = from; day <= today; day += dayMs) {
        const { tally, looked } = tallyOf(connection, day, today)
        const ofDay = { at: day, ...none() }
        for (const one of tally) {
          if (group !== null && groupOf(one.extension) !== group) continue
          const { extension } = one
          const agent = agents.get(extension) ?? { extension, ...none(), talkSec: 0 }
          if (extension !== '') agents.set(extension, agent)
          for (const counts of [hours[one.hour] ?? none(), ofDay, agent, totals]) count(counts, one)
          if (one.result !== 'answered' && one.result !== 'running') continue
          agent.talkSec += one.talkSec
          totals.talkSec += one.talkSec
        }
        days.push(ofDay)
        if (looked && day < today) await pause()
      }
      return {
        from,
        until: today + dayMs,
        totals,
        hours,
        days,
        agents: [...agents.values()],
        completeFrom: completeFrom(connection, from),
      }
    },
    touched(connection, moments) {
      for (const day of new Set(moments.map(dayOf))) kept.delete(keyOf(connection, day))
    },
    forget: () => kept.clear(),
  }
}
