import type { Clock, Log } from '../../main/core/ports/index.ts'

export interface FakeClock extends Clock {
  /** Let time pass, timers fire in order, promises settle in between. */
  advance(ms: number): Promise<void>
  /** The machine sleeps: the wall clock runs on, the monotonic one and the timers stand still. */
  sleep(ms: number): void
  /** Somebody sets the wall clock. */
  jump(ms: number): void
  /** Timers that have not fired. */
  pending(): number
}

/** Everything that is due in promises runs. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve()
}

/** A clock that stands still until a test moves it. */
export function createFakeClock(startAt = Date.UTC(2026, 2, 2, 2, 30)): FakeClock {
  let wall = startAt
  let mono = 1000
  let order = 0
  const timers = new Map<number, { at: number; run: () => void }>()
  return {
    now: () => wall,
    mono: () => mono,
    after(ms, run) {
      order += 1
      const id = order
      timers.set(id, { at: mono + Math.max(0, ms), run })
      return () => void timers.delete(id)
    },
    async advance(ms) {
      const until = mono + ms
      await settle()
      for (;;) {
        const due = [...timers]
          .filter(([, timer]) => timer.at <= until)
          .sort(([a, x], [b, y]) => x.at - y.at || a - b)[0]
        if (!due) break
        const [id, timer] = due
        timers.delete(id)
        const step = Math.max(0, timer.at - mono)
        mono += step
        wall += step
        timer.run()
        await settle()
      }
      wall += until - mono
      mono = until
    },
    sleep(ms) {
      wall += ms
    },
    jump(ms) {
      wall += ms
    },
    pending: () => timers.size,
  }
}

/** Remembers its lines. */
export function createTestLog(): Log & { lines: { level: string; event: string; fields: Record<string, unknown> }[] } {
  const lines: { level: string; event: string; fields: Record<string, unknown> }[] = []
  const at =
    (level: string) =>
    (event: string, fields: Record<string, unknown> = {}) =>
      void lines.push({ level, event, fields })
  const log = { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: () => log }
  return log
}
