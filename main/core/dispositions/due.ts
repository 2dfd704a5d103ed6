import type { StoredFollowUp } from '../ports/index.ts'

/** Announced more than this many at once is one message. */
const mostApart = 3

/** Those whose time has come and that were not announced for that time yet, longest waiting first. */
export function dueNow(followUps: readonly StoredFollowUp[], now: number): StoredFollowUp[] {
  return followUps
    .filter(({ doneAt, dueAt, noticedFor }) => doneAt === null && dueAt <= now && noticedFor !== dueAt)
    .sort((a, b) => a.dueAt - b.dueAt)
}

/** How they are announced: one by one, or, after a long absence, together. */
export function announcements<T>(due: readonly T[]): { apart: T[] } | { together: T[] } {
  return due.length <= mostApart ? { apart: [...due] } : { together: [...due] }
}
