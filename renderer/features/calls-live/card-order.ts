import type { Call, Party } from '../../../preload/contract/calls.ts'

/** Still ringing or talking. */
export function isLive(call: Pick<Call, 'state'>): boolean {
  return call.state === 'calling' || call.state === 'ringing' || call.state === 'talking'
}

/** Smaller stands higher: what rings, then what is talked on, then missed, then ended. */
export function cardRank(call: Pick<Call, 'state'>): number {
  if (call.state === 'talking') return 1
  if (isLive(call)) return 0
  return call.state === 'missed' ? 2 : 3
}

/** By `cardRank`; newest first within each. */
export function orderCards(cards: readonly Call[]): Call[] {
  return cards.toSorted(
    (a, b) => cardRank(a) - cardRank(b) || b.startedAt - a.startedAt || (a.callId < b.callId ? -1 : 1),
  )
}

/**
 * The same cards with those of `held` in the places they have, and new ones above them: nothing moves under a pointer,
 * and a field that somebody types in is not torn out of the page.
 */
export function holdOrder(ordered: readonly Call[], held: readonly string[]): Call[] {
  const byId = new Map(ordered.map((call) => [call.callId, call]))
  const known = new Set(held)
  return [
    ...ordered.filter((call) => !known.has(call.callId)),
    ...held.map((id) => byId.get(id)).filter((call) => call !== undefined),
  ]
}

/** The call that T and H act on: the one I talk on, else the one that rings here. */
export function myCallOf(cards: readonly Call[]): Call | null {
  const mine = orderCards(cards).filter((call) => call.mine && isLive(call))
  return mine.find((call) => call.state === 'talking') ?? mine[0] ?? null
}

/** It went out from here, to somebody outside or to a colleague. */
export function wasDialled(call: Call, myExtension: string | null): boolean {
  return call.direction === 'outgoing' || (call.direction === 'internal' && call.caller.number === myExtension)
}

/** The person at the other end, seen from this desk. */
export function partyOf(call: Call, myExtension: string | null): Party {
  return wasDialled(call, myExtension) ? call.callee : call.caller
}

/** Is there a whole number to dial or to put a name to? Not when it was withheld, or some of its digits were. */
export function isDialable(party: Pick<Party, 'canonical'>): boolean {
  return /^[+*#]?\d[\d#]*$/.test(party.canonical)
}

/** Where a call came in and where it is: the group (by number when it has no name) and the extensions that ring or talk. */
export function placesOf(call: Call): { group: string | null; extensions: string[] } {
  const talking = call.legs.filter((leg) => leg.state === 'talking')
  const ringing = call.legs.filter((leg) => leg.state === 'ringing' || leg.state === 'calling')
  const legs = talking.length > 0 ? talking : ringing.length > 0 ? ringing : call.legs
  const extensions = [...new Set(legs.map((leg) => leg.extension).filter(Boolean))]
  const group = call.groupName ?? (call.group || null)
  if (call.state === 'hungup' && call.answeredBy) return { group, extensions: [call.answeredBy] }
  return { group, extensions }
}
