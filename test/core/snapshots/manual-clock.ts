import type { Clock } from '../../../main/core/ports/index.ts'

/** A clock that stands still until it is told to move. */
export function createManualClock(): Clock & { advance(ms: number): void; pending(): number } {
  let time = 0
  const timers = new Set<{ at: number; run(): void }>()
  return {
    now: () => 1_700_000_000_000 + time,
    mono: () => time,
    after(ms, run) {
      const timer = { at: time + ms, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    pending: () => timers.size,
    advance(ms) {
      const until = time + ms
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers.delete(next)
        time = next.at
        next.run()
      }
      time = until
    },
  }
}
