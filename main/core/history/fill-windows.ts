import type { HistorySpan } from '../../../preload/contract/index.ts'
import type { CallHistorySource } from '../ports/index.ts'
import { spanStart } from './spans.ts'

/** A reading is to be some pages long: many short ones wait for each other, a long one moves slowly through its offsets. */
const leastPages = 10
const mostPages = 40

/** What one reading of the filling spans: a window at first, and more of them where there are few calls. */
export interface FillWindows {
  /** The newest part of a gap, in whole windows. */
  newestOf(gap: HistorySpan): HistorySpan
  /** The whole of it was read, and this many rows were in it. */
  hadRows(rows: number): void
}

/** The beginning of the window that a moment is in, epoch ms. */
export const windowStart = ({ windowMs, windowOffsetMs }: CallHistorySource, at: number): number =>
  spanStart(at, windowMs, windowOffsetMs)

export function createFillWindows(source: CallHistorySource): FillWindows {
  const { windowMs, mostWindows, pageRows } = source
  let count = 1

  return {
    newestOf({ from, to }) {
      const last = windowStart(source, to - 1)
      return { from: Math.max(windowStart(source, from), last - (count - 1) * windowMs), to: last + windowMs }
    },
    hadRows(rows) {
      if (rows < leastPages * pageRows) count = Math.min(mostWindows, count * 2)
      else if (rows > mostPages * pageRows) count = Math.max(1, Math.floor(count / 2))
    },
  }
}
