import type { Clock } from '../ports/index.ts'
import type { CallEntry } from './call-entry.ts'
import { isLive } from './call-state.ts'
import { concernsNow, isMissed, type PopScope } from './screen-pop.ts'

/** Cards in one snapshot; the page shows a handful and says how many more there are. */
const mostShown = 50
/** Cards remembered; beyond that the longest-finished go first. A missed call stays in the missed list all the same. */
const mostKept = 200

/**
 * Which calls have a card: those that were raised here, while they go on, and then until their time is up. A missed one
 * stays until somebody handled it or put it away. When my own part is over and a colleague talks, the card goes too.
 */
export interface CallCards {
  add(entry: CallEntry): void
  /** The call of this card changed. */
  changed(entry: CallEntry): void
  /** Is the card of this call on screen? */
  shows(entry: CallEntry): boolean
  /** Newest first. */
  shown(): CallEntry[]
  remove(callId: string): void
  /** Forget what is not shown any more. */
  prune(): void
  has(callId: string): boolean
  stop(): void
}

export function createCallCards(deps: {
  clock: Clock
  scope(): PopScope
  hideAfterSec(): number
  onChange(): void
}): CallCards {
  const { clock } = deps
  const cards = new Map<string, CallEntry>()
  let cancel: (() => void) | null = null

  const staysMissed = ({ record, call }: CallEntry) => record.handledAt === null && isMissed(record, call, deps.scope())

  /** When the card goes by itself, monotonic ms; Infinity = not by itself. */
  function hidesAt(entry: CallEntry): number {
    const seconds = deps.hideAfterSec()
    if (entry.restedAt === null || entry.pinned || seconds === 0 || staysMissed(entry)) return Number.POSITIVE_INFINITY
    const handled = entry.call.state === 'missed' && entry.record.handledAt !== null
    return handled ? entry.restedAt : entry.restedAt + seconds * 1000
  }

  function shows(entry: CallEntry): boolean {
    return cards.get(entry.record.callId) === entry && !entry.dismissed && clock.mono() < hidesAt(entry)
  }

  function prune(): void {
    for (const [callId, entry] of cards) if (!shows(entry)) cards.delete(callId)
  }

  function scheduleHiding(): void {
    if (cancel) return
    let next = Number.POSITIVE_INFINITY
    for (const entry of cards.values()) next = Math.min(next, hidesAt(entry))
    if (next === Number.POSITIVE_INFINITY) return
    cancel = clock.after(Math.max(1, Math.ceil(next - clock.mono())), () => {
      cancel = null
      prune()
      deps.onChange()
      scheduleHiding()
    })
  }

  /** One card over the limit: the one that has been finished longest, else the oldest. */
  function makeRoom(): void {
    if (cards.size <= mostKept) return
    let victim: CallEntry | undefined
    for (const entry of cards.values()) {
      victim ??= entry
      if (entry.restedAt !== null && (victim.restedAt === null || entry.restedAt < victim.restedAt)) victim = entry
    }
    if (victim) cards.delete(victim.record.callId)
  }

  return {
    add(entry) {
      cards.set(entry.record.callId, entry)
      makeRoom()
    },
    changed(entry) {
      const active =
        isLive(entry.call.state) && (concernsNow(entry.record, entry.call, deps.scope()) || !isTalkedElsewhere(entry))
      if (active) entry.restedAt = null
      else entry.restedAt ??= clock.mono()
      if (entry.restedAt !== null && cards.has(entry.record.callId)) scheduleHiding()
    },
    shows,
    shown() {
      return [...cards.values()]
        .filter(shows)
        .sort((a, b) => b.call.startedAt - a.call.startedAt || (a.record.callId < b.record.callId ? -1 : 1))
        .slice(0, mostShown)
    },
    remove: (callId) => cards.delete(callId),
    prune,
    has: (callId) => cards.has(callId),
    stop: () => cancel?.(),
  }
}

/** While it still rings somewhere the call may come back to me; once somebody talks it is theirs. */
const isTalkedElsewhere = ({ call }: CallEntry) => call.state === 'talking'
