/** Announced more than this many at once is one message. */
const mostApart = 3

/** How those that are due are announced: one by one, or, after a long absence, together. */
export function announcements<T>(due: readonly T[]): { apart: T[] } | { together: T[] } {
  return due.length <= mostApart ? { apart: [...due] } : { together: [...due] }
}
