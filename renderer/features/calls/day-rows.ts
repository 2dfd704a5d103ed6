import type { HistoryCall } from '../../../preload/contract/index.ts'

/** A line of the table: a call, or the heading of a day. */
export type DayRow = { kind: 'call'; call: HistoryCall; index: number } | { kind: 'day'; day: number }

/** Midnight (local time) of the day that `at` lies in. */
export function dayOf(at: number): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** Calls, newest first, with a heading before each day but today. */
export function dayRows(calls: readonly HistoryCall[], now: number): DayRow[] {
  const rows: DayRow[] = []
  let day = dayOf(now)
  for (const [index, call] of calls.entries()) {
    // A clock that was wrong may have written calls of the future; they stand with today.
    if (call.startedAt < day) {
      day = dayOf(call.startedAt)
      rows.push({ kind: 'day', day })
    }
    rows.push({ kind: 'call', call, index })
  }
  return rows
}

/** Which words name a day: today, yesterday or its date (with the year when it is another one). */
export function dayName(day: number, now: number): 'today' | 'yesterday' | 'date' | 'dateWithYear' {
  const today = dayOf(now)
  if (day === today) return 'today'
  // Noon of yesterday, so that a day of 23 or 25 hours does not matter.
  if (day === dayOf(today - 12 * 3_600_000)) return 'yesterday'
  return new Date(day).getFullYear() === new Date(now).getFullYear() ? 'date' : 'dateWithYear'
}
