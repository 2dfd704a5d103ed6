import type { Clock, HistoryStore, Log } from '../ports/index.ts'

const dayMs = 86_400_000
const firstMs = 5000
/** Between two pieces: calls that come in meanwhile are written first. */
const pieceMs = 20

/** What is older than the kept days goes, soon after the start and once a day, a piece at a time. `days` 0 = keep all. */
export function startRetention(deps: {
  clock: Clock
  log: Log
  store: Pick<HistoryStore, 'purge' | 'compact'>
  days(): number
  /** Calls were deleted. */
  onPurged?(): void
  /** Calls that began before are not kept: neither is what belongs to them. */
  onAged?(before: number): Promise<void>
}): { floor(): number; stop(): void } {
  const { clock, log, store } = deps
  let isStopped = false
  let cancel = clock.after(firstMs, () => void run())
  const floor = () => (deps.days() > 0 ? Math.floor(clock.now() - deps.days() * dayMs) : 0)
  const pause = () => new Promise<void>((resolve) => void clock.after(pieceMs, resolve))

  async function purge(): Promise<void> {
    const before = floor()
    if (before <= 0) return
    let gone = 0
    for (;;) {
      const piece = await store.purge(before)
      gone += piece
      if (piece === 0 || isStopped) break
      await pause()
    }
    await deps.onAged?.(before)
    while (!isStopped && (await store.compact())) await pause()
    if (gone === 0) return
    deps.onPurged?.()
    log.info('history-purged', { rows: gone })
  }

  async function run(): Promise<void> {
    try {
      await purge()
    } catch (error) {
      log.error('history-purge-failed', { error: error instanceof Error ? error.message : 'unknown' })
    }
    if (!isStopped) cancel = clock.after(dayMs, () => void run())
  }

  return {
    floor,
    stop() {
      isStopped = true
      cancel()
    },
  }
}
