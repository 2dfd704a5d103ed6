import type { Clock } from '../core/ports/index.ts'

export interface Spaced {
  /** Runs at once, or as soon as the gap since the last run is over; asked again meanwhile it is still one run. */
  ask(): void
  /** Nothing runs after this. */
  stop(): void
}

/** `run` at most once in `gapMs`. The last one who asked is never forgotten: what he knew may be newer than the last run. */
export function createSpaced(deps: { clock: Clock; gapMs: number; run(): void }): Spaced {
  const { clock, gapMs, run } = deps
  let ranMono = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | null = null
  let stopped = false

  function now(): void {
    cancel = null
    ranMono = clock.mono()
    run()
  }

  return {
    ask() {
      if (cancel || stopped) return
      const waitMs = ranMono + gapMs - clock.mono()
      if (waitMs <= 0) now()
      else cancel = clock.after(waitMs, now)
    },
    stop() {
      stopped = true
      cancel?.()
    },
  }
}
