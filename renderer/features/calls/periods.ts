import { HistoryPeriod } from '../../../preload/contract/index.ts'
import { dayOf } from './day-rows.ts'

/** Spans of time that move with the calendar; anything else is a pair of dates. */
export const periods = HistoryPeriod.options
export type Period = HistoryPeriod

export interface TimeSpan {
  /** Epoch ms, local midnight; null = open. `to` is not included. */
  from: number | null
  to: number | null
}

/** Midnight some days away; days of 23 and 25 hours count as one. */
function dayAway(day: number, days: number): number {
  const date = new Date(day)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime()
}

/** `week` and `month` are the last 7 and 30 days, today included. */
export function spanOfPeriod(period: Period, now: number): TimeSpan {
  const today = dayOf(now)
  if (period === 'today') return { from: today, to: null }
  if (period === 'yesterday') return { from: dayAway(today, -1), to: today }
  return { from: dayAway(today, period === 'week' ? -6 : -29), to: null }
}

/** `2026-11-20`, as a date field has it; '' for none. */
export function toDateField(at: number | null): string {
  if (at === null) return ''
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Local midnight of a date field; null when it is empty or no date. */
function fromDateField(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return null
  const at = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])).getTime()
  return at >= 0 ? at : null
}

/** Two date fields as a span, both days included; in the wrong order they are turned round. */
export function spanOfDates(first: string, last: string): TimeSpan {
  const from = fromDateField(first)
  const to = fromDateField(last)
  const [low, high] = from !== null && to !== null && from > to ? [to, from] : [from, to]
  return { from: low, to: high === null ? null : dayAway(high, 1) }
}

/** The last day of a span, which `to` is the end of. */
export const lastDay = (to: number | null): number | null => (to === null ? null : dayAway(dayOf(to - 1), 0))
