import type { Clock } from '../core/ports/index.ts'
import { limits } from './limits.ts'

/** Reports unknown sources, each at most once a second, and remembers only so many. */
export function createStrangers(clock: Clock, report: (address: string) => void): (address: string) => void {
  const reportedAt = new Map<string, number>()
  return (address) => {
    const now = clock.mono()
    if (now - (reportedAt.get(address) ?? Number.NEGATIVE_INFINITY) < limits.unknownSourceGapMs) return
    reportedAt.delete(address)
    if (reportedAt.size >= limits.rememberedSources) {
      const [oldest] = reportedAt.keys()
      if (oldest !== undefined) reportedAt.delete(oldest)
    }
    reportedAt.set(address, now)
    report(address)
  }
}
