import type { Problem } from '../../preload/contract/index.ts'
import { CoreError, toProblem } from '../core/errors.ts'
import type { Clock, Log } from '../core/ports/index.ts'

/** How one poll ended. Times are epoch ms, `retryAt` is when the next try comes; null = not before it is started again. */
export type PollOutcome =
  | { ok: true; at: number; latencyMs: number }
  | { ok: false; at: number; problem: Problem; retryAt: number | null }

export interface Poller {
  /** Polls at once, then again and again until `stop`, or until it was refused too often: then this starts it anew. */
  start(): void
  /** No outcome is reported after this. Resolves when the poll under way has ended. */
  stop(): Promise<void>
  /** Poll now. During a poll: once more right after it. Not while the other side asked to be left alone. */
  now(): void
  /** Nobody looks: five times slower. Coming back polls at once. */
  setHidden(hidden: boolean): void
}

export interface PollerDeps {
  clock: Clock
  log: Log
  /** For the log. */
  name: string
  /** Asked anew before every wait. */
  intervalMs(): number
  /** One poll. Must honour the signal and time out by itself. */
  run(signal: AbortSignal): Promise<void>
  /** So many `auth-failed` in a row, and it stops: asking on could lock the account. Absent = there is no account. */
  mostRefusals?: number | undefined
  onOutcome(outcome: PollOutcome): void
  /** 0 … 1, for the jitter. */
  random(): number
}

/** How much slower the polls of a hidden board are. */
export const hiddenFactor = 5
const firstRetryMs = 1000
/** With the jitter on top this stays within 30 s. */
const longestRetryMs = 25_000
const hardCapMs = 30_000
/** Longer than any operation's own time-out: only a run that lost its way gets here. */
const runLimitMs = 20_000
const heartbeatMs = 1000
/** A heartbeat that comes this much late means that the machine slept. */
const sleptMs = 5000
const stopWaitMs = 1000

/** Wait before try `failures + 1`: 1-2-4-8-16-25 s, each ±20 %, never above 30 s. */
export function retryDelayMs(failures: number, random: number): number {
  const base = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 10))
  const jitter = Number.isFinite(random) ? Math.min(1, Math.max(0, random)) : 0.5
  return Math.min(hardCapMs, Math.round(base * (0.8 + 0.4 * jitter)))
}

/** One poll in flight, slower when hidden, patient when the other side is down, alive whatever its own parts throw. */
export function createPoller(deps: PollerDeps): Poller {
  const { clock, log } = deps
  let running = false
  let hidden = false
  let failures = 0
  let refusals = 0
  let wasOk: boolean | null = null
  let again = false
  /** The other side asked to be left alone until then, monotonic ms. */
  let quietUntil = Number.NEGATIVE_INFINITY
  let cancelWait: (() => void) | null = null
  let cancelHeartbeat: (() => void) | null = null
  let flight: { abort: AbortController; settled: Promise<void> } | null = null

  /** Nothing that a dependency throws may end the loop. */
  function guarded<T>(what: string, fallback: T, run: () => T): T {
    try {
      return run()
    } catch (error) {
      try {
        log.error('poller-part-failed', {
          poller: deps.name,
          part: what,
          error: error instanceof Error ? error.name : 'unknown',
        })
      } catch {
        // The log itself failed: there is nobody left to tell, and polling matters more.
      }
      return fallback
    }
  }

  function wait(ms: number): void {
    cancelWait?.()
    cancelWait = clock.after(ms, () => {
      cancelWait = null
      poll()
    })
  }

  function pauseMs(tookMs: number): number {
    const interval = guarded('interval', hardCapMs, deps.intervalMs)
    const wanted = (Number.isFinite(interval) && interval > 0 ? interval : hardCapMs) * (hidden ? hiddenFactor : 1)
    return Math.max(wanted - tookMs, wanted / 4)
  }

  function succeeded(latencyMs: number): void {
    if (wasOk !== true) guarded('log', undefined, () => log.info('poll-ok', { poller: deps.name, failures }))
    wasOk = true
    failures = 0
    refusals = 0
    wait(again ? 0 : pauseMs(latencyMs))
    guarded('outcome', undefined, () => deps.onOutcome({ ok: true, at: clock.now(), latencyMs }))
  }

  function failed(error: unknown): void {
    failures += 1
    const problem = toProblem(error)
    if (wasOk !== false)
      guarded('log', undefined, () => log.warn('poll-failed', { poller: deps.name, code: problem.code }))
    wasOk = false
    refusals = problem.code === 'auth-failed' ? refusals + 1 : 0
    if (deps.mostRefusals !== undefined && refusals >= deps.mostRefusals) {
      halt()
      guarded('log', undefined, () => log.warn('poll-stopped', { poller: deps.name, code: problem.code, refusals }))
      guarded('outcome', undefined, () => deps.onOutcome({ ok: false, at: clock.now(), problem, retryAt: null }))
      return
    }
    const ownMs = again ? 0 : retryDelayMs(failures, guarded('random', 0.5, deps.random))
    const askedMs = problem.details.retryAfterMs ?? 0
    const delayMs = Math.max(ownMs, askedMs)
    quietUntil = clock.mono() + askedMs
    wait(delayMs)
    const at = clock.now()
    guarded('outcome', undefined, () => deps.onOutcome({ ok: false, at, problem, retryAt: at + delayMs }))
  }

  function halt(): void {
    running = false
    cancelWait?.()
    cancelHeartbeat?.()
    cancelWait = cancelHeartbeat = null
  }

  function poll(): void {
    if (!running || flight) return
    again = false
    const abort = new AbortController()
    const startedAt = clock.mono()
    const limit = clock.after(runLimitMs, () =>
      end(new CoreError('timeout', { reason: `no answer within ${runLimitMs / 1000} s` })),
    )
    let open = true
    /** First of: the run's own end, the limit. Whatever comes later is ignored, its signal is aborted. */
    function end(error: unknown): void {
      if (!open) return
      open = false
      limit()
      if (flight?.abort !== abort) return
      flight = null
      // Given up on waking from sleep: what it brought is from before.
      if (abort.signal.aborted) wait(0)
      else if (error === null) succeeded(clock.mono() - startedAt)
      else {
        abort.abort()
        failed(error)
      }
    }
    const settled = (async () => deps.run(abort.signal))().then(
      () => end(null),
      (error: unknown) => end(error ?? new CoreError('server-error')),
    )
    flight = { abort, settled }
  }

  function now(): void {
    if (!running || clock.mono() < quietUntil) return
    if (flight) again = true
    cancelWait?.()
    cancelWait = null
    poll()
  }

  /** Notices sleep on every platform: where the monotonic clock stands still the wall clock ran ahead, else both jumped. */
  function heartbeat(): void {
    const beganAt = clock.now()
    const beganMono = clock.mono()
    cancelHeartbeat = clock.after(heartbeatMs, () => {
      const lateMs = Math.max(clock.now() - beganAt, clock.mono() - beganMono) - heartbeatMs
      heartbeat()
      if (lateMs < sleptMs) return
      if (flight) flight.abort.abort()
      else now()
    })
  }

  return {
    start() {
      if (running) return
      running = true
      failures = refusals = 0
      heartbeat()
      poll()
    },
    async stop() {
      halt()
      const open = flight
      if (!open) return
      flight = null
      open.abort.abort()
      let cancelGiveUp = (): void => undefined
      const giveUp = new Promise<void>((resolve) => {
        cancelGiveUp = clock.after(stopWaitMs, resolve)
      })
      await Promise.race([open.settled, giveUp])
      cancelGiveUp()
    },
    now,
    setHidden(next) {
      const shown = hidden && !next
      hidden = next
      if (shown) now()
    },
  }
}
