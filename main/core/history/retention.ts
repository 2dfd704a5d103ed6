import type { Problem } from '../../../preload/contract/index.ts'
import { toProblem } from '../errors.ts'
import type { Clock, HistoryStore, Log, RetentionStore } from '../ports/index.ts'

const dayMs = 86_400_000
const firstMs = 5000
/** What a disk did not take is not left standing for a day. */
const retryMs = 600_000
/** Between two pieces: calls that come in meanwhile are written first. */
const pieceMs = 20

export interface Retention {
  /** Calls that began before are not kept, epoch ms; 0 = all are. */
  floor(): number
  /** The days were changed: look at once. */
  wake(): void
  /** `failed`: the last one ended before its time, and when it goes on, epoch ms. */
  state(): { isRunning: boolean; deleted: number; failed: { problem: Problem; retryAt: number } | null }
  stop(): void
}

/**
 * What is older than the kept days goes, soon after the start, when the days change and once a day, a piece at a time: calls first,
 * then what was only known because of them. `days` 0 = keep all; other days while it runs end what it does and begin anew. What
 * fails is tried again soon.
 */
export function startRetention(deps: {
  clock: Clock
  log: Log
  store: Pick<HistoryStore, 'purge' | 'compact'>
  rest: Omit<RetentionStore, 'count'>
  days(): number
  /** Something was deleted. */
  onPurged?(): void
  /** Calls that began before are not kept: neither is what belongs to them. */
  onAged?(before: number): Promise<void>
}): Retention {
  const { clock, log, store, rest } = deps
  let isStopped = false
  let isRunning = false
  let deleted = 0
  let ranFor: number | null = null
  let failed: ReturnType<Retention['state']>['failed'] = null
  let cancel = clock.after(firstMs, () => void run())
  const floorOf = (days: number) => (days > 0 ? Math.floor(clock.now() - days * dayMs) : 0)
  const pause = () => new Promise<void>((resolve) => void clock.after(pieceMs, resolve))

  async function purge(days: number): Promise<void> {
    const before = floorOf(days)
    if (before <= 0) return
    const mayGoOn = () => !isStopped && deps.days() === days
    deleted = 0
    for (const purgePiece of [store.purge, rest.purge]) {
      while (mayGoOn()) {
        const piece = await purgePiece(before)
        deleted += piece
        if (piece === 0) break
        await pause()
      }
    }
    if (mayGoOn()) await deps.onAged?.(before)
    if (deleted > 0) {
      deps.onPurged?.()
      let begin = true
      while (!isStopped && (await rest.scrub(begin))) {
        begin = false
        await pause()
      }
    }
    while (!isStopped && (await store.compact())) await pause()
    if (deleted === 0) return
    rest.finish()
    log.info('history-purged', { rows: deleted })
  }

  async function run(): Promise<void> {
    if (isRunning) return
    cancel()
    isRunning = true
    try {
      do {
        ranFor = deps.days()
        await purge(ranFor)
      } while (!isStopped && ranFor !== deps.days())
      failed = null
    } catch (error) {
      failed = { problem: toProblem(error), retryAt: Math.round(clock.now() + retryMs) }
      log.error('history-purge-failed', { error: error instanceof Error ? error.message : 'unknown' })
    } finally {
      isRunning = false
    }
    if (!isStopped) cancel = clock.after(failed ? retryMs : dayMs, () => void run())
  }

  return {
    floor: () => floorOf(deps.days()),
    wake() {
      // Before the first look the start is still busy with other things.
      if (!isStopped && ranFor !== null && ranFor !== deps.days()) void run()
    },
    state: () => ({ isRunning, deleted, failed }),
    stop() {
      isStopped = true
      cancel()
    },
  }
}
