import type { CallHistorySource, CallOptions, LoggedCall } from '../../core/ports/index.ts'

const dayMs = 86_400_000
const stepMs = 60_000
/** Where rows come when a call ends: hardly one is longer. */
const longCallMs = 4 * 3_600_000
/** These services are younger. */
const firstCallAt = Date.UTC(2010, 0, 1)

/** What a service that lists the calls of a time tells. Times are epoch ms, `to` is not included; any order. */
export interface TimedLog {
  rows(span: { from: number; to: number }, options?: CallOptions): Promise<LoggedCall[]>
  /** Is there any call? One request. */
  hasRows(span: { from: number; to: number }, options?: CallOptions): Promise<boolean>
}

/**
 * The history of a service that lists calls between two times, in an order that its document leaves open: every span is
 * read whole and sorted here.
 */
export function wholeHistory(
  log: TimedLog,
  { windowOffsetMs, lateMs = longCallMs }: { windowOffsetMs: number; lateMs?: number },
): CallHistorySource {
  const windowStart = (at: number) => Math.floor((at - windowOffsetMs) / dayMs) * dayMs + windowOffsetMs

  return {
    windowMs: dayMs,
    windowOffsetMs,
    // All rows of a reading are held at once.
    mostWindows: 1,
    stepMs,
    lateMs,
    pageRows: Number.MAX_SAFE_INTEGER,
    async page({ from, to }, options) {
      const rows = await log.rows({ from, to }, options)
      return { rows: rows.sort((a, b) => b.startedAt - a.startedAt), next: null }
    },
    async newestBefore(at, options) {
      let to = at
      let lengthMs = dayMs
      // Twice as far back every time, then the half in which the newest is, until it is a window.
      while (!(await log.hasRows({ from: to - lengthMs, to }, options))) {
        to -= lengthMs
        if (to <= firstCallAt) return null
        lengthMs *= 2
      }
      let from = to - lengthMs
      while (to - from > dayMs) {
        const middle = windowStart((from + to) / 2)
        if (middle <= from || middle >= to) break
        if (await log.hasRows({ from: middle, to }, options)) from = middle
        else to = middle
      }
      const rows = await log.rows({ from, to }, options)
      return rows.length === 0 ? null : Math.max(...rows.map(({ startedAt }) => startedAt))
    },
    estimateBefore: async () => null,
  }
}
