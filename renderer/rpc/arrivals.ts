/** How long a card may take from the message to the page before it no longer counts: far more than any page needs. */
const drawnWithinMs = 2000

/**
 * Which calls came while the page was looking. What the first snapshot of a subscription holds was there before, so
 * nobody waited for it here; and a card that is drawn late (another page was open) is not a slow pop.
 */
export interface Arrivals {
  /** A new subscription: the next snapshot is its first. */
  restart(): void
  /** The calls that a snapshot shows as cards, at `now` ms of any steady clock. */
  receive(callIds: readonly string[], now: number): void
  /** True once per call: it has just come, and its card is being drawn now. */
  take(callId: string, now: number): boolean
}

export function createArrivals(): Arrivals {
  let isFirst = true
  let known = new Set<string>()
  const cameAt = new Map<string, number>()
  return {
    restart() {
      isFirst = true
    },
    receive(callIds, now) {
      if (!isFirst) for (const callId of callIds) if (!known.has(callId)) cameAt.set(callId, now)
      isFirst = false
      known = new Set(callIds)
      for (const callId of cameAt.keys()) if (!known.has(callId)) cameAt.delete(callId)
    },
    take(callId, now) {
      const at = cameAt.get(callId)
      cameAt.delete(callId)
      return at !== undefined && now - at <= drawnWithinMs
    },
  }
}
