import { isMainLeg } from './call-parties.ts'
import type { CallRecord } from './call-record.ts'
import { type DerivedCall, type DerivedLeg, isLive } from './call-state.ts'

/** An event older than this is recorded but raises nothing, ms. */
export const popFreshnessMs = 10_000

/** Whose calls this desk wants to see. */
export interface PopScope {
  scope: 'extension' | 'groups' | 'all'
  /** My extension; null = not set up yet. */
  extension: string | null
  /** Ids of my groups. */
  groups: readonly string[]
}

/** Fresh by the monotonic clock: what waited longer than 10 s is history. */
export const isFresh = (receivedMono: number, nowMono: number): boolean => nowMono - receivedMono <= popFreshnessMs

/**
 * Does this desk want this leg? The caller's own leg never counts. With no extension and no group set up there is
 * nothing to filter by, so every call shows: a desk that stays silent looks broken.
 */
export function wantsLeg(leg: { businessId: string; extension: string; group: string }, scope: PopScope): boolean {
  if (isMainLeg(leg)) return false
  if (scope.scope === 'all') return true
  if (scope.extension === null && (scope.scope === 'extension' || scope.groups.length === 0)) return true
  if (leg.extension === scope.extension) return true
  return scope.scope === 'groups' && scope.groups.includes(leg.group)
}

const dialledBy = (record: CallRecord, extension: string | null) => extension !== null && record.caller === extension

/** Is the call one of those that this desk looks at, now or earlier? */
export function inScope(record: CallRecord, scope: PopScope): boolean {
  const legs = record.legs.filter((leg) => !isMainLeg(leg))
  return legs.some((leg) => wantsLeg(leg, scope)) || (legs.length > 0 && dialledBy(record, scope.extension))
}

/** Something of the call that this desk looks at goes on right now. */
export function concernsNow(record: CallRecord, call: DerivedCall, scope: PopScope): boolean {
  if (!isLive(call.state)) return false
  if (dialledBy(record, scope.extension)) return call.legs.some((leg) => !isMainLeg(leg))
  return call.legs.some((leg: DerivedLeg) => isLive(leg.state) && wantsLeg(leg, scope))
}

/** Nobody picked it up here: outgoing calls and calls that I dialled are never missed calls. */
export function isMissed(record: CallRecord, call: DerivedCall, scope: PopScope): boolean {
  return (
    call.state === 'missed' &&
    record.direction !== 'outgoing' &&
    !dialledBy(record, scope.extension) &&
    inScope(record, scope)
  )
}

/** What a fresh event does to a call that has no card yet. A call that I dial gets a card, but nobody has to be told. */
export function popDecision(record: CallRecord, call: DerivedCall, scope: PopScope): 'pop' | 'card' | 'nothing' {
  if (!concernsNow(record, call, scope)) return 'nothing'
  if (dialledBy(record, scope.extension)) return 'card'
  return record.direction === 'outgoing' ? 'nothing' : 'pop'
}
