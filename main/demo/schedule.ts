import type { Clock } from '../core/ports/index.ts'

/** Timers that can all be ended at once. */
export interface Schedule {
  after(ms: number, run: () => void): () => void
  /** Ends every timer; later ones never fire. */
  stop(): void
}

export function createSchedule(clock: Clock): Schedule {
  const open = new Set<() => void>()
  let stopped = false
  return {
    after(ms, run) {
      if (stopped) return () => undefined
      const cancelTimer = clock.after(ms, () => {
        open.delete(cancel)
        run()
      })
      function cancel(): void {
        open.delete(cancel)
        cancelTimer()
      }
      open.add(cancel)
      return cancel
    },
    stop() {
      stopped = true
      for (const cancel of [...open]) cancel()
    },
  }
}
