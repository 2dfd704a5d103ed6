import { CoreError } from '../errors.ts'
import { directionOf, partyNumber, strongerNumber } from './call-parties.ts'
import type { CallRecord, LegRecord } from './call-record.ts'
import type { InboxEvent } from './inbox-event.ts'

/** What one leg is known by: the same extension may be rung twice under different leg ids. */
export const legKey = (leg: { businessId: string; extension: string }): string => `${leg.businessId}\n${leg.extension}`

/** One event as the record of a call that nothing else is known about. */
function recordOf(event: InboxEvent, canonicalOf: (number: string) => string): CallRecord {
  const { businessId, group, callee: extension } = event
  const legs: LegRecord[] = [{ businessId, extension, group, seen: { [event.state]: event.receivedAt } }]
  return {
    callId: event.callId,
    connection: event.connection,
    caller: event.caller,
    canonical: canonicalOf(partyNumber(event.caller, legs)),
    direction: directionOf(event.caller, legs),
    legs,
    handledAt: null,
  }
}

/**
 * A call with one more event in it. Returns the same object when the event adds nothing (a duplicate).
 * Any order and any number of repetitions of the same events give an equal record.
 */
export function foldEvent(
  record: CallRecord | null,
  event: InboxEvent,
  canonicalOf: (number: string) => string,
): CallRecord {
  const one = recordOf(event, canonicalOf)
  return record ? mergeRecords(record, one) : one
}

/**
 * Everything that two records of one call know, together: commutative, associative, idempotent. First times are minima;
 * only `expired`, which we write ourselves, keeps the newest, because a call can come back to life and expire again.
 * Returns `a` itself when `b` adds nothing.
 */
export function mergeRecords(a: CallRecord, b: CallRecord): CallRecord {
  if (a.callId !== b.callId) {
    throw new CoreError('bad-request', { field: 'callId', reason: 'records of two different calls cannot be merged' })
  }
  const legs = mergeLegs(a.legs, b.legs)
  const caller = strongerNumber(a.caller, b.caller)
  const merged: CallRecord = {
    callId: a.callId,
    connection: firstText(a.connection, b.connection),
    caller,
    canonical: mergeCanonical(a, b, partyNumber(caller, legs)),
    direction: directionOf(caller, legs),
    legs,
    handledAt: later(a.handledAt, b.handledAt),
  }
  return legs === a.legs && sameHead(merged, a) ? a : merged
}

function sameHead(a: CallRecord, b: CallRecord): boolean {
  return (
    a.caller === b.caller &&
    a.canonical === b.canonical &&
    a.connection === b.connection &&
    a.direction === b.direction &&
    a.handledAt === b.handledAt
  )
}

/** The canonical form was worked out by whichever record already had the number that now counts. */
function mergeCanonical(a: CallRecord, b: CallRecord, party: string): string {
  const fromA = partyNumber(a.caller, a.legs) === party
  const fromB = partyNumber(b.caller, b.legs) === party
  if (fromA && fromB) return firstText(a.canonical, b.canonical)
  return fromA ? a.canonical : b.canonical
}

function mergeLegs(a: LegRecord[], b: LegRecord[]): LegRecord[] {
  let changed = false
  const legs = new Map(a.map((leg) => [legKey(leg), leg]))
  for (const leg of b) {
    const key = legKey(leg)
    const known = legs.get(key)
    const merged = known ? mergeLeg(known, leg) : leg
    if (merged === known) continue
    changed = true
    legs.set(key, merged)
  }
  if (!changed) return a
  return [...legs].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, leg]) => leg)
}

function mergeLeg(a: LegRecord, b: LegRecord): LegRecord {
  const group = firstText(a.group, b.group)
  const seen = { ...a.seen }
  let changed = group !== a.group
  for (const [state, at] of Object.entries(b.seen) as [InboxEvent['state'], number][]) {
    const known = seen[state]
    if (known !== undefined && (state === 'expired' ? known >= at : known <= at)) continue
    seen[state] = at
    changed = true
  }
  return changed ? { businessId: a.businessId, extension: a.extension, group, seen } : a
}

/** Something before nothing, then the smaller text. */
function firstText(a: string, b: string): string {
  if (a === '' || b === '') return a === '' ? b : a
  return a <= b ? a : b
}

function later(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}
