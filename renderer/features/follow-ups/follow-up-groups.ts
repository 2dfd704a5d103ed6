import type { FollowUp } from '../../../preload/contract/index.ts'
import { daysBetween } from '../../i18n/time.ts'

export type DueGroup = 'overdue' | 'today' | 'later'
export const dueGroups = ['overdue', 'today', 'later'] as const satisfies readonly DueGroup[]

/** Due already, later today, or on another day, by the local calendar. */
export function dueGroupOf(dueAt: number, now: number): DueGroup {
  if (dueAt <= now) return 'overdue'
  return daysBetween(now, dueAt) === 0 ? 'today' : 'later'
}

/** In the order of `dueGroups`, soonest first within each; empty ones are left out. */
export function groupFollowUps(followUps: readonly FollowUp[], now: number): { group: DueGroup; rows: FollowUp[] }[] {
  const sorted = followUps.toSorted((a, b) => a.dueAt - b.dueAt)
  return dueGroups
    .map((group) => ({ group, rows: sorted.filter(({ dueAt }) => dueGroupOf(dueAt, now) === group) }))
    .filter(({ rows }) => rows.length > 0)
}
