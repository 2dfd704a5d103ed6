import type { Call, Party } from '../../../preload/contract/index.ts'

/** The result of a call: a key under `calls:result`, how it looks, and the values of its sentence. */
export interface CallResult {
  key: CallResultKey
  look: 'ringing' | 'talking' | 'failed' | 'plain'
  icon: 'bell' | 'phone' | 'missed' | 'check' | 'x' | 'transfer' | 'clock'
  /** How long it rang in vain, seconds. */
  rangSec?: number
  /** Who had it last after a transfer. */
  name?: string
}

type CallResultKey =
  | 'calling'
  | 'ringing'
  | 'talking'
  | 'missed'
  | 'missedAfter'
  | 'missedHandled'
  | 'missedCalledBack'
  | 'noAnswer'
  | 'answered'
  | 'transferred'
  | 'unconfirmed'
  | 'unknown'

/** What became of a call, in one word or two. */
export function callResult(call: Call): CallResult {
  if (call.state === 'calling') return { key: 'calling', look: 'plain', icon: 'phone' }
  if (call.state === 'ringing') return { key: 'ringing', look: 'ringing', icon: 'bell' }
  if (call.state === 'talking') return { key: 'talking', look: 'talking', icon: 'phone' }
  if (call.unconfirmed) return { key: 'unconfirmed', look: 'plain', icon: 'clock' }
  if (call.state === 'missed') return missedResult(call)
  const last = talkedExtensions(call).length > 1 ? (call.answeredByName ?? call.answeredBy) : null
  if (last) return { key: 'transferred', look: 'plain', icon: 'transfer', name: last }
  return { key: 'answered', look: 'plain', icon: 'check' }
}

function missedResult(call: Call): CallResult {
  if (call.direction !== 'incoming') return { key: 'noAnswer', look: 'plain', icon: 'x' }
  if (call.handledAt !== null) return { key: 'missedHandled', look: 'plain', icon: 'check' }
  const rangSec = rangForSec(call)
  if (rangSec === null) return { key: 'missed', look: 'failed', icon: 'missed' }
  return { key: 'missedAfter', look: 'failed', icon: 'missed', rangSec }
}

/** Seconds it rang before somebody answered or it ended; null when it never rang or still does. */
export function rangForSec(call: Call): number | null {
  const until = call.answeredAt ?? call.endedAt
  if (call.ringingAt === null || until === null) return null
  return Math.max(0, Math.round((until - call.ringingAt) / 1000))
}

/** Length of the conversation in seconds; null when there was none, or its end is not known. */
export function talkedForSec(call: Call, now: number): number | null {
  if (call.answeredAt === null || call.unconfirmed) return null
  if (call.endedAt === null && call.state !== 'talking') return null
  return Math.max(0, Math.floor(((call.endedAt ?? now) - call.answeredAt) / 1000))
}

/** Extensions that had a conversation in this call, in the order of its legs. The telephone of the called customer is none. */
export function talkedExtensions(call: Call): string[] {
  const talked = call.legs.filter(
    (leg) =>
      leg.businessId !== 'maincall' &&
      (leg.state === 'talking' || leg.state === 'hungup') &&
      (call.direction !== 'outgoing' || leg.extension !== call.callee.number),
  )
  return [...new Set(talked.map((leg) => leg.extension))]
}

/** The party that is not us: whom an outgoing call went to, else who called. */
export function otherParty(call: Call): Party {
  return call.direction === 'outgoing' ? call.callee : call.caller
}

/** The extension a call belongs to in a list: who talked, else whose telephone rang, else who was called. */
export function callExtension(call: Call): string {
  if (call.answeredBy) return call.answeredBy
  const rang = call.legs.find((leg) => leg.businessId !== 'maincall' && leg.extension !== '')
  if (rang) return rang.extension
  return call.direction === 'outgoing' ? call.caller.display : call.callee.display
}
