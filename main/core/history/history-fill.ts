import type { HistorySpan, HistorySync } from '../../../preload/contract/index.ts'
import { toProblem } from '../errors.ts'
import type { Log } from '../ports/index.ts'
import { createFillWindows, windowStart } from './fill-windows.ts'
import { newestGap } from './spans.ts'
import type { SpanStoring, SpanStoringDeps } from './store-span.ts'

export interface HistoryFillDeps extends Pick<SpanStoringDeps, 'connection' | 'source' | 'store' | 'floor'> {
  log: Log
  storing: SpanStoring
  /** The end of what is known of the log, epoch ms. */
  newestKnown(): number
  /** One reading after the other. */
  inTurn<T>(run: () => Promise<T>): Promise<T>
  /** Somebody waits for the turn. */
  isAwaited(): boolean
  signal: AbortSignal
  /** `problem` = what it could not go on for. */
  onEnd(problem: HistorySync['problem']): void
  onChange(): void
}

export interface HistoryFill {
  /** Unless it is under way, was stopped, or there is nothing to fill. */
  start(): void
  /** Everything that can be filled is filled, or failed. */
  settled(): Promise<void>
  /** Stop fetching what was never fetched; gaps of an outage are still filled. */
  cancel(): void
  resume(): void
  /** Calls came in. */
  hadRows(rows: number, oldest: number): void
  state(): { isFilling: boolean; isCancelled: boolean; progress: HistorySync['progress'] }
}

/** A reading that is over: `complete` is, once its calls are stored. */
interface Filled {
  complete: HistorySpan | null
  stored: Promise<void>
}

/** Reads what is missing of one connection's history, from the newest gap to the oldest. */
export function createHistoryFill(deps: HistoryFillDeps): HistoryFill {
  const { connection, source, store, storing, signal } = deps
  const windows = createFillWindows(source)
  let isCancelled = false
  let progress: HistorySync['progress'] = null
  let filling: Promise<void> | null = null

  function gap(besides: HistorySpan | null): HistorySpan | null {
    const spans = store.spans(connection)
    const newestKnown = deps.newestKnown()
    const floor = isCancelled ? (spans[0]?.from ?? newestKnown) : deps.floor()
    return newestGap(besides ? [...spans, besides] : spans, newestKnown, floor)
  }

  /** How much there is to fetch is found out beside the fetching; without it the progress has no end to tell. */
  async function estimate(before: number, until: AbortSignal): Promise<void> {
    try {
      const total = await source.estimateBefore(before, { signal: until })
      if (progress) progress = { ...progress, total }
    } catch (error) {
      if (!until.aborted) deps.log.warn('history-estimate-failed', { connection, code: toProblem(error).code })
    }
  }

  /** Fill (part of) the newest gap. */
  async function fillOnce({ from, to }: HistorySpan, isFirstFill: boolean): Promise<Filled> {
    const window = windows.newestOf({ from, to })
    const until = Math.max(from, window.from)
    const isEnough = () => deps.isAwaited() || (isFirstFill && isCancelled)
    const read = { span: window, until, signal, isEnough, firstPageRows: source.pageRows }
    const { reachedEnd, rows, stored } = await storing.store(read)
    if (reachedEnd) windows.hadRows(rows)
    if (!reachedEnd) return { complete: null, stored }
    const end = Math.min(window.to, deps.newestKnown())
    if (rows > 0) return { complete: { from: until, to: end }, stored }
    let completeFrom = until
    if (window.from > from) {
      // Nights, holidays, the years before the system was bought: go straight to the next call.
      const next = await source.newestBefore(window.from, { signal })
      completeFrom =
        next === null || next < from ? from : Math.min(window.from, windowStart(source, next) + source.windowMs)
    }
    await storing.storeEmpty({ from: completeFrom, to: Math.max(to, end) })
    return { complete: null, stored }
  }

  /** The next gap is read while the calls of the one before are still written. */
  async function fillAll(onFirst: (next: HistorySpan) => void): Promise<void> {
    let before: Filled = { complete: null, stored: Promise.resolve() }
    try {
      for (;;) {
        let next = before.complete && gap(before.complete)
        if (!next) {
          await before.stored
          next = gap(null)
        }
        if (!next || signal.aborted) return
        const here = next
        const isFirstFill = here.from <= deps.floor()
        if (isFirstFill) onFirst(here)
        const { stored } = before
        before = await deps.inTurn(() => fillOnce(here, isFirstFill))
        await stored
      }
    } catch (error) {
      await Promise.allSettled([before.stored])
      throw error
    }
  }

  async function fill(): Promise<void> {
    const filled = new AbortController()
    let estimating = Promise.resolve()
    let problem: HistorySync['problem'] = null
    try {
      await fillAll(({ to }) => {
        if (progress !== null) return
        progress = { done: 0, total: null, from: to, to }
        deps.onChange()
        estimating = estimate(to, AbortSignal.any([filled.signal, signal]))
      })
    } catch (error) {
      if (!signal.aborted) {
        problem = toProblem(error)
        deps.log.warn('history-fill-failed', { connection, code: problem.code })
      }
    } finally {
      filled.abort()
      await estimating
      progress = null
      filling = null
      deps.onEnd(problem)
    }
  }

  function start(): void {
    if (filling || signal.aborted || gap(null) === null) return
    filling = fill()
  }

  return {
    start,
    async settled() {
      while (filling) await filling
    },
    cancel() {
      isCancelled = true
    },
    resume() {
      isCancelled = false
    },
    hadRows(rows, oldest) {
      if (!progress) return
      progress = { ...progress, done: progress.done + rows, from: Math.min(progress.from, oldest) }
      deps.onChange()
    },
    state: () => ({ isFilling: filling !== null, isCancelled, progress }),
  }
}
