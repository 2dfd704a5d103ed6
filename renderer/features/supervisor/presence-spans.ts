import type { SeenPresence } from '../../../preload/contract/board.ts'
import type { PresenceSpan } from '../../../preload/contract/supervision.ts'

/** Local midnight before `at`, epoch ms. */
export function startOfDay(at: number): number {
  const day = new Date(at)
  day.setHours(0, 0, 0, 0)
  return day.getTime()
}

const order: readonly SeenPresence[] = ['online', 'reducing', 'busy', 'offline', 'unknown']

/** How long each presence lasted, ms; only those that occurred. */
export function presenceTotals(spans: readonly PresenceSpan[]): [SeenPresence, number][] {
  return order.flatMap((presence): [SeenPresence, number][] => {
    const ms = spans.reduce((sum, one) => sum + (one.presence === presence ? one.until - one.from : 0), 0)
    return ms === 0 ? [] : [[presence, ms]]
  })
}

const hourMs = 3_600_000

/** The whole hours around everything that was seen, at least one. */
export function stripHours(spans: readonly PresenceSpan[]): { from: number; until: number } {
  const first = spans[0]?.from ?? 0
  const from = new Date(first).setMinutes(0, 0, 0)
  const last = spans.at(-1)?.until ?? first
  return { from, until: from + Math.max(1, Math.ceil((last - from) / hourMs)) * hourMs }
}
