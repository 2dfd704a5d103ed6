import type { Clock } from '../core/ports/index.ts'

/** Repeat through the clock; returns the canceller. */
export function every(clock: Clock, ms: number, run: () => void): () => void {
  let cancel = clock.after(ms, function again() {
    cancel = clock.after(ms, again)
    run()
  })
  return () => cancel()
}
