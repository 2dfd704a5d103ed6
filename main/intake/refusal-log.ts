import type { Clock, Log } from '../core/ports/index.ts'
import { limits } from './limits.ts'

/** Refused requests, by field and never by value; a flood of them is counted, not written out. */
export function createRefusalLog(clock: Clock, log: Log): { add(fields: Record<string, unknown>): void } {
  let windowFrom = Number.NEGATIVE_INFINITY
  let written = 0
  let unwritten = 0
  return {
    add(fields) {
      const now = clock.mono()
      if (now - windowFrom > 10_000) {
        if (unwritten > 0) log.warn('requests-refused', { more: unwritten })
        windowFrom = now
        written = 0
        unwritten = 0
      }
      if (written >= limits.loggedRefusals) unwritten += 1
      else {
        written += 1
        log.warn('request-refused', fields)
      }
    },
  }
}
