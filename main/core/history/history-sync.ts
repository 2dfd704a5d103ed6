import type { HistorySpan, HistorySync } from '../../../preload/contract/index.ts'
import { CoreError, toProblem } from '../errors.ts'
import type { CallHistorySource, Clock, HistoryEntry, HistoryStore, Log, LoggedCall } from '../ports/index.ts'
import { createFillWindows, windowStart } from './fill-windows.ts'
import { readSpan } from './read-span.ts'
import { newestGap, spanStart } from './spans.ts'

export interface HistorySyncDeps {
  clock: Clock
  log: Log
  connection: string
  system: string
  source: CallHistorySource
  store: HistoryStore
  toEntry(row: LoggedCall): HistoryEntry | null
  /** Calls that began before this are not kept, epoch ms; 0 = all are. */
  floor(): number
  /** New or changed rows are stored. */
  onStored(entries: HistoryEntry[]): Promise<void> | void
  /** Missed calls that nobody heard of, once after a time without the system. */
  onRecovered(missed: { count: number; from: number; to: number }): void
  onChange(): void
}

export interface ConnectionHistory {
  /** Read what is new, then let older gaps be filled. Errors: as the source's, storage-failed. */
  poll(signal: AbortSignal): Promise<void>
  /** The last poll did not succeed. */
  failed(error: unknown): void
  /** Stop fetching what was never fetched; gaps of an outage are still filled. */
  cancelFill(): void
  resumeFill(): void
  /** Everything that can be filled is filled, or failed. */
  settled(): Promise<void>
  status(): HistorySync
  stop(): Promise<void>
}

/** How often yesterday and today are read whole: notes and recordings come later, some rows only when a call ends. */
const sweepMs = 600_000
/** A call that still runs after this long has lost its end, ms. */
const longestCallMs = 86_400_000
/** One poll reads at most so many windows and so long; what is older is left to the filling. */
const pollWindows = 3
const pollMs = 8000
const pollRows = 100
/** Without the system for longer than this, calls can have been missed unheard, ms. */
const outageMs = 60_000

/** Keeps one connection's history equal to the log of its system. One reading at a time; a poll goes before a filling. */
export function createHistorySync(deps: HistorySyncDeps): ConnectionHistory {
  const { clock, connection, source, store } = deps
  const identity = { connection, system: deps.system }
  const abort = new AbortController()
  let newestKnown = store.spans(connection).at(-1)?.to ?? 0
  let sweptMono: number | null = null
  let okMono: number | null = null
  let lastSyncAt: number | null = null
  /** End of what was complete when the system was last there; null = nothing to report. */
  let outageFrom: number | null = newestKnown > 0 ? newestKnown : null
  let isCancelled = false
  let problem: HistorySync['problem'] = null
  let progress: HistorySync['progress'] = null
  let pollsWaiting = 0
  let isPolling = false
  let filling: Promise<void> | null = null
  let turn: Promise<void> = Promise.resolve()

  const windows = createFillWindows(source)
  /** The system's clock may be some hours ahead of ours. */
  const ceiling = () => windowStart(source, clock.now()) + 2 * source.windowMs

  /** One reading after the other: an older answer must never be stored after a newer one. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = turn.then(run)
    turn = result.then(
      () => undefined,
      () => undefined,
    )
    return result
  }

  /**
   * The page before (`after` = what is complete with it, null = nothing can) may still be written: this one is handed over all the
   * same, so that the writer never waits. `tell` takes what follows from the rows: it goes on beside the next page.
   */
  async function save(
    rows: LoggedCall[],
    complete: HistorySpan,
    after: HistorySpan | null,
    tell: (told: Promise<void>) => void,
  ): Promise<void> {
    const floor = deps.floor()
    const entries = rows.flatMap((row) => (row.startedAt < floor ? [] : (deps.toEntry(row) ?? [])))
    const changed = await store.save(identity, entries, Math.round(clock.now()), complete, after)
    if (changed > 0) tell(Promise.resolve(deps.onStored(entries)))
  }

  /** Nothing is in this span of time. */
  async function saveEmpty(complete: HistorySpan): Promise<void> {
    await store.save(identity, [], Math.round(clock.now()), complete)
  }

  /** The span is complete from `until` on once its end was reached and it held calls. */
  async function read(span: HistorySpan, until: number, signal: AbortSignal, isEnough: () => boolean, rows: number) {
    const telling: Promise<void>[] = []
    /** What is complete with the page before. */
    let after: HistorySpan | null = null
    const tell = (told: Promise<void>) => {
      // Awaited at the end; a failure meanwhile is not lost.
      told.catch(() => undefined)
      telling.push(told)
    }
    try {
      return await readSpan({
        source,
        span,
        until,
        firstPageRows: rows,
        signal,
        isEnough,
        async onPage(page, { oldest, newest, isEnd }, before) {
          newestKnown = Math.max(newestKnown, newest)
          if (progress) {
            progress = { ...progress, done: progress.done + page.length, from: Math.min(progress.from, oldest) }
            deps.onChange()
          }
          // The oldest moment may go on in the next page; the newest one may not be over.
          const from = Math.max(span.from, isEnd ? until : oldest + 1)
          const complete = { from, to: Math.min(span.to, newestKnown) }
          const above = after
          after = complete.to > complete.from ? complete : null
          // Calls of one moment only leave nothing that tells whether they are stored.
          if (above === null) await before
          await save(page, complete, above, tell)
        },
      })
    } finally {
      await Promise.all(telling)
    }
  }

  async function readNewest(signal: AbortSignal): Promise<void> {
    const startedMono = clock.mono()
    const today = windowStart(source, clock.now())
    const top = store.spans(connection).at(-1)
    const sweep = sweptMono === null || startedMono - sweptMono >= sweepMs
    const wanted = [top ? top.to - source.lateMs : today]
    if (sweep) wanted.push(today - source.windowMs)
    const running = store.oldestRunning(connection, clock.now() - longestCallMs)
    if (running !== null) wanted.push(running)
    const until = Math.max(Math.min(...wanted), deps.floor())
    const oldest = today - (pollWindows - 1) * source.windowMs
    // Out of a poll's reach: what ended, or was logged late, after the last look belongs to the gap that is filled.
    if (sweep && top && top.to - source.lateMs < oldest) await store.reopen(connection, top.to - source.windowMs)
    const from = Math.max(spanStart(until, source.stepMs, source.windowOffsetMs), oldest)
    const span = { from, to: ceiling() }
    const isEnough = () => clock.mono() - startedMono > pollMs
    const { reachedEnd, rows } = await read(span, until, signal, isEnough, pollRows)
    if (rows === 0) {
      // A quiet week, or a clock that is behind: what the system has is older than what was asked for.
      const newest = await source.newestBefore(from, { signal })
      if (newest !== null && newest >= newestKnown) newestKnown = newest + 1
    }
    if (!reachedEnd) return
    const complete = { from: Math.max(from, until), to: Math.min(span.to, newestKnown) }
    if (rows === 0 && complete.to > complete.from) await saveEmpty(complete)
    if (sweep) sweptMono = startedMono
  }

  function gap(): HistorySpan | null {
    const spans = store.spans(connection)
    const floor = isCancelled ? (spans[0]?.from ?? newestKnown) : deps.floor()
    return newestGap(spans, newestKnown, floor)
  }

  /** How much there is to fetch is found out beside the fetching; without it the progress has no end to tell. */
  async function estimate(before: number, signal: AbortSignal): Promise<void> {
    try {
      const total = await source.estimateBefore(before, { signal })
      if (progress) progress = { ...progress, total }
    } catch (error) {
      if (!signal.aborted) deps.log.warn('history-estimate-failed', { connection, code: toProblem(error).code })
    }
  }

  /** Fill (part of) the newest gap. */
  async function fillOnce({ from, to }: HistorySpan, isFirstFill: boolean): Promise<void> {
    const window = windows.newestOf({ from, to })
    const isEnough = () => pollsWaiting > 0 || (isFirstFill && isCancelled)
    const until = Math.max(from, window.from)
    const { reachedEnd, rows } = await read(window, until, abort.signal, isEnough, source.pageRows)
    if (reachedEnd) windows.hadRows(rows)
    if (!reachedEnd || rows > 0) return
    let completeFrom = until
    if (window.from > from) {
      // Nights, holidays, the years before the system was bought: go straight to the next call.
      const next = await source.newestBefore(window.from, { signal: abort.signal })
      completeFrom =
        next === null || next < from ? from : Math.min(window.from, windowStart(source, next) + source.windowMs)
    }
    await saveEmpty({ from: completeFrom, to: Math.max(to, Math.min(window.to, newestKnown)) })
  }

  async function fill(): Promise<void> {
    const filled = new AbortController()
    let estimating = Promise.resolve()
    try {
      for (;;) {
        const next = gap()
        if (!next || abort.signal.aborted) break
        const isFirstFill = next.from <= deps.floor()
        if (isFirstFill && progress === null) {
          progress = { done: 0, total: null, from: next.to, to: next.to }
          deps.onChange()
          estimating = estimate(next.to, AbortSignal.any([filled.signal, abort.signal]))
        }
        await inTurn(() => fillOnce(next, isFirstFill))
      }
      problem = null
    } catch (error) {
      if (!abort.signal.aborted) {
        problem = toProblem(error)
        deps.log.warn('history-fill-failed', { connection, code: problem.code })
      }
    } finally {
      filled.abort()
      await estimating
      progress = null
      filling = null
      reportOutage()
      deps.onChange()
    }
  }

  function startFill(): void {
    if (filling || abort.signal.aborted || gap() === null) return
    filling = fill()
  }

  /** Once everything since the outage is here. */
  function reportOutage(): void {
    if (outageFrom === null || okMono === null) return
    const from = outageFrom
    const open = newestGap(store.spans(connection), newestKnown, from)
    if (open) return
    outageFrom = null
    const missed = store.unheardMissed(connection, { from, to: newestKnown + 1 })
    if (missed.count > 0) deps.onRecovered(missed)
  }

  async function readInTurn(signal: AbortSignal): Promise<void> {
    pollsWaiting += 1
    let counted = true
    const entered = () => {
      if (counted) pollsWaiting -= 1
      counted = false
    }
    try {
      await inTurn(async () => {
        entered()
        if (signal.aborted) throw new CoreError('cancelled')
        isPolling = true
        try {
          await readNewest(signal)
        } finally {
          isPolling = false
        }
      })
    } finally {
      entered()
    }
  }

  return {
    async poll(signal) {
      if (okMono !== null && outageFrom === null && clock.mono() - okMono > outageMs) {
        outageFrom = store.spans(connection).at(-1)?.to ?? null
      }
      await readInTurn(AbortSignal.any([signal, abort.signal]))
      okMono = clock.mono()
      lastSyncAt = clock.now()
      if (!filling) problem = null
      startFill()
      if (!filling) reportOutage()
      deps.onChange()
    },
    failed(error) {
      problem = toProblem(error)
      deps.onChange()
    },
    cancelFill() {
      isCancelled = true
      deps.onChange()
    },
    resumeFill() {
      isCancelled = false
      if (okMono !== null) startFill()
      deps.onChange()
    },
    async settled() {
      while (filling) await filling
    },
    status: () => ({
      connection,
      state: problem ? 'failing' : filling ? 'filling' : isCancelled ? 'cancelled' : isPolling ? 'reading' : 'waiting',
      lastSyncAt,
      complete: [...store.spans(connection)].reverse().slice(0, 20),
      progress,
      problem,
    }),
    async stop() {
      abort.abort()
      await turn
      while (filling) await filling
    },
  }
}
