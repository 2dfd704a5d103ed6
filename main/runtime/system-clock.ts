import { performance } from 'node:perf_hooks'
import type { Clock, Log } from '../core/ports/index.ts'

/** The real clock. A callback that throws is logged and never ends the process or a loop. */
export function createSystemClock(log: Log): Clock {
  return {
    now: () => Date.now(),
    mono: () => performance.now(),
    after(ms, run) {
      const timer = setTimeout(() => {
        try {
          run()
        } catch (error) {
          log.error('timer-failed', { error: error instanceof Error ? error.message : 'unknown' })
        }
      }, ms)
      return () => clearTimeout(timer)
    },
  }
}
