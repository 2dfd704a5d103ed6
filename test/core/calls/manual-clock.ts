import type { Clock, Log } from '../../../main/core/ports/index.ts'

export interface ManualClock extends Clock {
  /** Let time pass; due timers run in order. Wall and monotonic time move together. */
  advance(ms: number): void
  /** The wall clock jumps; monotonic time does not notice. */
  jumpWall(ms: number): void
}

export function createManualClock(startAt = Date.UTC(2026, 10, 20, 9, 0, 0)): ManualClock {
  let wall = startAt
  let mono = 1000
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => wall,
    mono: () => mono,
    after(ms, run) {
      const timer = { at: mono + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    advance(ms) {
      const end = mono + ms
      for (;;) {
        const next = timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((one) => one !== next)
        wall += Math.max(0, next.at - mono)
        mono = Math.max(mono, next.at)
        next.run()
      }
      wall += end - mono
      mono = end
    },
    jumpWall(ms) {
      wall += ms
    },
  }
}

/** Keeps what was logged: `event` and fields as one text per line. */
export function createListLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const add =
    (level: string) =>
    (event: string, fields: Record<string, unknown> = {}) => {
      lines.push(`${level} ${event} ${JSON.stringify(fields)}`)
    }
  const log = {
    lines,
    debug: add('debug'),
    info: add('info'),
    warn: add('warn'),
    error: add('error'),
    child: () => log,
  }
  return log
}

/** Let promises that are ready run on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
