import type { HistorySync } from '../../../preload/contract/index.ts'
import { CoreError, toProblem } from '../errors.ts'
import type { Log } from '../ports/index.ts'
import { windowStart } from './fill-windows.ts'
import { createHistoryFill } from './history-fill.ts'
import { newestGap, spanStart } from './spans.ts'
import { createSpanStoring, type SpanStoringDeps } from './store-span.ts'

export interface HistorySyncDeps extends Omit<SpanStoringDeps, 'onRead'> {
  log: Log
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
  const abort = new AbortController()
  let newestKnown = store.spans(connection).at(-1)?.to ?? 0
  let sweptMono: number | null = null
  let okMono: number | null = null
  let lastSyncAt: number | null = null
  /** End of what was complete when the system was last there; null = nothing to report. */
  let outageFrom: number | null = newestKnown > 0 ? newestKnown : null
  let problem: HistorySync['problem'] = null
  let pollsWaiting = 0
  let isPolling = false
  let turn: Promise<void> = Promise.resolve()

  const storing = createSpanStoring({
    ...deps,
    onRead(rows, { oldest, newest }) {
      newestKnown = Math.max(newestKnown, newest)
      fill.hadRows(rows, oldest)
      return newestKnown
    },
  })
  const fill = createHistoryFill({
    ...deps,
    storing,
    newestKnown: () => newestKnown,
    inTurn,
    isAwaited: () => pollsWaiting > 0,
    signal: abort.signal,
    onEnd(failure) {
      problem = failure
      reportOutage()
      deps.onChange()
    },
  })
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
    const read = await storing.store({ span, until, signal, isEnough, firstPageRows: pollRows })
    const { reachedEnd, rows } = read
    await read.stored
    if (rows === 0) {
      // A quiet week, or a clock that is behind: what the system has is older than what was asked for.
      const newest = await source.newestBefore(from, { signal })
      if (newest !== null && newest >= newestKnown) newestKnown = newest + 1
    }
    if (!reachedEnd) return
    const complete = { from: Math.max(from, until), to: Math.min(span.to, newestKnown) }
    if (rows === 0 && complete.to > complete.from) await storing.storeEmpty(complete)
    if (sweep) sweptMono = startedMono
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

  function state(): HistorySync['state'] {
    const { isFilling, isCancelled } = fill.state()
    if (problem) return 'failing'
    if (isFilling) return 'filling'
    if (isCancelled) return 'cancelled'
    return isPolling ? 'reading' : 'waiting'
  }

  return {
    async poll(signal) {
      if (okMono !== null && outageFrom === null && clock.mono() - okMono > outageMs) {
        outageFrom = store.spans(connection).at(-1)?.to ?? null
      }
      await readInTurn(AbortSignal.any([signal, abort.signal]))
      okMono = clock.mono()
      lastSyncAt = clock.now()
      if (!fill.state().isFilling) problem = null
      fill.start()
      if (!fill.state().isFilling) reportOutage()
      deps.onChange()
    },
    failed(error) {
      problem = toProblem(error)
      deps.onChange()
    },
    cancelFill() {
      fill.cancel()
      deps.onChange()
    },
    resumeFill() {
      fill.resume()
      if (okMono !== null) fill.start()
      deps.onChange()
    },
    settled: fill.settled,
    status() {
      return {
        connection,
        state: state(),
        lastSyncAt,
        complete: [...store.spans(connection)].reverse().slice(0, 20),
        progress: fill.state().progress,
        problem,
      }
    },
    async stop() {
      abort.abort()
      await turn
      await fill.settled()
    },
  }
}
