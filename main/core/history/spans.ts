import type { HistorySpan } from '../../../preload/contract/index.ts'

/** The beginning of the span that a moment is in, where spans of `lengthMs` follow each other from `offsetMs` after 00:00 UTC on; epoch ms. */
export const spanStart = (at: number, lengthMs: number, offsetMs: number): number =>
  Math.floor((at - offsetMs) / lengthMs) * lengthMs + offsetMs

/** Spans of time joined where they touch, oldest first. */
export function joinSpans(spans: readonly HistorySpan[]): HistorySpan[] {
  const joined: HistorySpan[] = []
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    if (to <= from) continue
    const last = joined.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else joined.push({ from, to })
  }
  return joined
}

/** The newest span before `before` (and not before `floor`) that none of `complete` covers; null = there is none. */
export function newestGap(complete: readonly HistorySpan[], before: number, floor: number): HistorySpan | null {
  let to = before
  for (const span of joinSpans(complete).reverse()) {
    if (span.from >= to) continue
    if (span.to < to) return to > floor ? { from: Math.max(span.to, floor), to } : null
    to = span.from
  }
  return to > floor ? { from: floor, to } : null
}
