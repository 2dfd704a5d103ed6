import type { Clock, InboxStore, Log } from '../ports/index.ts'
import type { InboxEvent } from './inbox-event.ts'

/** How many events are kept in memory while the disk takes nothing (R13). */
export const mostHeld = 5000
const firstRetryMs = 1000
const lastRetryMs = 30_000
const atOnce = 500

/**
 * Events that could not be stored: they were folded and popped all the same, the PBX got its 503, and they are written
 * as soon as the disk takes them. Bounded; the oldest goes first and is counted in the log.
 */
export interface HeldEvents {
  hold(event: InboxEvent): void
  size(): number
  forget(connection: string): void
  /** Last try; the store's own close waits for it. */
  stop(): void
}

export function createHeldEvents(deps: {
  clock: Clock
  log: Log
  inbox: Pick<InboxStore, 'append'>
  onStored(rowId: number): void
}): HeldEvents {
  const { clock, log } = deps
  let held: InboxEvent[] = []
  let dropped = 0
  let retryMs = firstRetryMs
  let cancel: (() => void) | null = null
  let stopped = false

  function schedule(): void {
    if (cancel || stopped || held.length === 0) return
    cancel = clock.after(retryMs, () => {
      void writeSome().then(() => {
        cancel = null
        schedule()
      })
    })
  }

  async function write({ id: _none, ...event }: InboxEvent): Promise<boolean> {
    try {
      deps.onStored(await deps.inbox.append(event))
      return true
    } catch {
      // Still full or broken: the event stays held, and the caller logs how many.
      return false
    }
  }

  /** One event tests the disk; only when it was taken do the others follow. */
  async function writeSome(): Promise<void> {
    const batch = held.slice(0, 1)
    const [first] = batch
    if (!first) return
    const stored = new Set<InboxEvent>()
    if (await write(first)) {
      stored.add(first)
      const rest = held.filter((event) => event !== first).slice(0, atOnce)
      const results = await Promise.all(rest.map(write))
      rest.forEach((event, index) => {
        if (results[index]) stored.add(event)
      })
    }
    held = held.filter((event) => !stored.has(event))
    retryMs = stored.size > 0 ? firstRetryMs : Math.min(retryMs * 2, lastRetryMs)
    log.info('held-events', { stored: stored.size, held: held.length, dropped })
  }

  return {
    hold(event) {
      held.push(event)
      if (held.length > mostHeld) {
        held.shift()
        dropped += 1
      }
      schedule()
    },
    size: () => held.length,
    forget(connection) {
      held = held.filter((event) => event.connection !== connection)
    },
    stop() {
      stopped = true
      cancel?.()
      for (const event of held) void write(event)
    },
  }
}
