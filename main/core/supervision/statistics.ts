import type { CallStatistics, StatisticsRange } from '../../../preload/contract/index.ts'
import type { CallTally, Clock, HistoryStore, StatisticsStore } from '../ports/index.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** The offices this is made for keep one time; the PBX's log does too. */
const officeOffsetMs = 8 * hourMs
const daysOf: Record<StatisticsRange, number> = { today: 1, '7d': 7, '30d': 30 }
/** A day is looked up in so many parts: the loop waits for one, not for all. */
const looksPerDay = 2
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

/** Counts of the cached call log, a part of a day after the other: whatever is due runs in between. */
export function createStatistics(deps: {
  clock: Clock
  store: StatisticsStore
  history: Pick<HistoryStore, 'spans'>
  groupOf(extension: string): string | null
}): Statistics {
  const { clock, store } = deps
  const kept = new Map<string, CallTally[]>()
  const keyOf = (connection: string, day: number) => `${connection}/${day}`
  /** Whatever was counted before may be wrong now. */
  let changes = 0
  const pause = () => new Promise<void>((resolve) => void clock.after(0, resolve))

  async function tallyOf(connection: string, day: number, today: number): Promise<CallTally[]> {
    const key = keyOf(connection, day)
    const known = kept.get(key)
    if (known) return known
    const before = changes
    const tally: CallTally[] = []
    for (let hour = 0; hour < 24; hour += 24 / looksPerDay) {
      const from = day + hour * hourMs
      const part = store.tally({ connection, from, until: from + dayMs / looksPerDay })
      for (const one of part) tally.push({ ...one, hour: one.hour + hour })
      // What comes after today's is only adding up.
      if (day < today || hour === 0) await pause()
    }
    if (day < today && changes === before) {
      if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '')
      kept.set(key, tally)
    }
    return tally
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
        const tally = await tallyOf(connection, day, today)
        const ofDay = { at: day, ...none() }
        for (const one of tally) {
          if (group !== null && groupOf(one.extension) !== group) continue
          const { extension } = one
          let agent = agents.get(extension)
          if (!agent) {
            agent = { extension, ...none(), talkSec: 0 }
            agents.set(extension, agent)
          }
          count(hours[one.hour] ?? none(), one)
          count(ofDay, one)
          count(agent, one)
          count(totals, one)
          if (one.result !== 'answered' && one.result !== 'running') continue
          agent.talkSec += one.talkSec
          totals.talkSec += one.talkSec
        }
        days.push(ofDay)
      }
      return {
        from,
        until: today + dayMs,
        totals,
        hours,
        days,
        // Calls that nobody is named for belong to no agent.
        agents: [...agents.values()].filter(({ extension }) => extension !== ''),
        completeFrom: completeFrom(connection, from),
      }
    },
    touched(connection, moments) {
      changes += 1
      for (const day of new Set(moments.map(dayOf))) kept.delete(keyOf(connection, day))
    },
    forget() {
      changes += 1
      kept.clear()
    },
  }
}
