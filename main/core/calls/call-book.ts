import type { Clock, Log, Store } from '../ports/index.ts'
import { type CallEntry, createEntry, dateLegs } from './call-entry.ts'
import { type CallLinks, createCallLinks } from './call-links.ts'
import type { CallRecord } from './call-record.ts'
import { deriveCall, isLive } from './call-state.ts'
import { type ClickPairs, createClickPairs } from './click-pairs.ts'
import { foldEvent, legKey, mergeRecords } from './fold.ts'
import type { InboxEvent } from './inbox-event.ts'

const keepEndedMs = 10 * 60_000
const mostEnded = 1000

/** The calls in memory: every open one, and those that ended lately. Anything older is read from the store when it is heard of again. */
export interface CallBook {
  readonly links: CallLinks
  readonly clicks: Pick<ClickPairs, 'reportedAs' | 'keyOf'>
  get(callId: string): CallEntry | undefined
  all(): Iterable<CallEntry>
  open(): Iterable<CallEntry>
  /**
   * Fold one event in; `changed` is false for a duplicate. What the store may have of a call that is new in memory is
   * not read yet: in a burst that would cost more than everything else.
   */
  fold(event: InboxEvent, aliveAt: number): { entry: CallEntry; changed: boolean }
  /** Merge in what the store has of this call, once; says whether that changed it. Not readable: tried again next time. */
  complete(entry: CallEntry): boolean
  /** Take a stored record in; its legs are dated by the wall clock. */
  adopt(record: CallRecord): CallEntry
  replace(entry: CallEntry, record: CallRecord): void
  remove(callId: string): void
  /** Forget what ended, is stored, and that nobody `needs`. */
  prune(needed: (callId: string) => boolean): void
}

export function createCallBook(deps: {
  clock: Clock
  log: Log
  store: Pick<Store, 'calls'>
  canonicalOf(number: string): string
}): CallBook {
  const { clock, log } = deps
  const entries = new Map<string, CallEntry>()
  const open = new Set<CallEntry>()
  const links = createCallLinks()
  const clicks = createClickPairs(function* () {
    for (const { record } of entries.values()) yield record
  })

  function sort(entry: CallEntry): void {
    if (isLive(entry.call.state)) open.add(entry)
    else open.delete(entry)
    links.put(entry.record, entry.call.startedAt)
  }

  function put(entry: CallEntry): void {
    entries.set(entry.record.callId, entry)
    sort(entry)
    deriveAnew(clicks.put(entry.record))
  }

  function deriveAnew(callIds: string[]): void {
    for (const callId of callIds) {
      const entry = entries.get(callId)
      if (!entry) continue
      entry.call = deriveCall(clicks.joined(entry.record))
      sort(entry)
    }
  }

  function replace(entry: CallEntry, record: CallRecord): void {
    entry.record = record
    entry.call = deriveCall(record)
    put(entry)
  }

  function complete(entry: CallEntry): boolean {
    if (!entry.storedPartUnread) return false
    const before = entry.record
    try {
      const record = deps.store.calls.get(entry.record.callId)
      entry.storedPartUnread = false
      if (record) replace(entry, mergeRecords(entry.record, record))
    } catch (error) {
      log.warn('call-unreadable', { reason: error instanceof Error ? error.message : 'unknown' })
    }
    return entry.record !== before
  }

  function adopt(record: CallRecord): CallEntry {
    const entry = createEntry(record)
    entry.storedPartUnread = false
    dateLegs(entry, clock.now(), clock.mono())
    put(entry)
    return entry
  }

  function remove(callId: string): void {
    const entry = entries.get(callId)
    if (!entry) return
    entries.delete(callId)
    open.delete(entry)
    links.remove(callId)
    deriveAnew(clicks.remove(callId))
  }

  return {
    links,
    clicks,
    get: (callId) => entries.get(callId),
    all: () => entries.values(),
    open: () => open,
    fold(event, aliveAt) {
      let entry = entries.get(event.callId)
      const before = entry?.record ?? null
      const record = foldEvent(before, event, deps.canonicalOf)
      if (!entry) {
        entry = createEntry(record)
        put(entry)
      } else if (record !== before) replace(entry, record)
      if (event.state !== 'expired')
        entry.aliveAt.set(legKey({ businessId: event.businessId, extension: event.callee }), aliveAt)
      return { entry, changed: record !== before }
    },
    complete,
    adopt,
    replace,
    remove,
    prune(needed) {
      let surplus = entries.size - open.size - mostEnded
      const oldest = clock.now() - keepEndedMs
      for (const [callId, entry] of entries) {
        if (open.has(entry) || needed(callId)) continue
        if (surplus <= 0 && (entry.call.endedAt ?? 0) > oldest) continue
        remove(callId)
        surplus -= 1
      }
    },
  }
}
