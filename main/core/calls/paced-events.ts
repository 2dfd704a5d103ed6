import type { Clock } from '../ports/index.ts'
import type { InboxEvent } from './inbox-event.ts'

/** More events than this in one window, and it is a burst. */
const burstEvents = 100
const windowMs = 100
/** Events that wait at most (some 10 MB), more than the intake lets one source send at once; beyond that the oldest is taken at once. */
const mostWaiting = 12_000
const sliceEveryMs = 20
/** Time for waiting events in each slice: little while more come in, much once it is quiet. */
const busySliceMs = 1
const quietSliceMs = 12

/**
 * Keeps the answers to the PBX ahead of everything else: in a burst, events that nobody at this desk waits for are
 * folded in small slices instead of at once. They are in the inbox already, and order does not matter to the fold.
 */
export interface PacedEvents {
  add(event: InboxEvent, receivedMono: number, urgent: boolean): void
  /** Take everything now. */
  drain(): void
  stop(): void
}

export function createPacedEvents(
  clock: Clock,
  take: (event: InboxEvent, receivedMono: number) => void,
  /** Wraps each slice. */
  together: (slice: () => void) => void,
): PacedEvents {
  let waiting: { event: InboxEvent; receivedMono: number }[] = []
  /** Start of `waiting` that was taken already. */
  let taken = 0
  let windowFrom = Number.NEGATIVE_INFINITY
  let inWindow = 0
  let lastAt = 0
  let cancel: (() => void) | null = null

  function takeOne(): boolean {
    const next = waiting[taken]
    if (!next) return false
    taken += 1
    if (taken === waiting.length || taken > mostWaiting) {
      waiting = waiting.slice(taken)
      taken = 0
    }
    take(next.event, next.receivedMono)
    return true
  }

  function schedule(): void {
    cancel ??= clock.after(sliceEveryMs, () => {
      cancel = null
      const startedAt = clock.mono()
      const sliceMs = startedAt - lastAt < 2 * sliceEveryMs ? busySliceMs : quietSliceMs
      let more = true
      together(() => {
        while (more && clock.mono() - startedAt < sliceMs) more = takeOne()
      })
      if (more) schedule()
    })
  }

  return {
    add(event, receivedMono, urgent) {
      const now = clock.mono()
      lastAt = now
      if (now - windowFrom > windowMs) {
        windowFrom = now
        inWindow = 0
      }
      inWindow += 1
      const calm = inWindow <= burstEvents && taken === waiting.length
      if (urgent || calm) {
        take(event, receivedMono)
        return
      }
      waiting.push({ event, receivedMono })
      if (waiting.length - taken > mostWaiting) takeOne()
      schedule()
    },
    drain() {
      while (takeOne());
    },
    stop() {
      cancel?.()
    },
  }
}
