import { isMainLeg } from './call-parties.ts'
import type { CallRecord, LegRecord } from './call-record.ts'
import { type DerivedCall, deriveCall, isLive } from './call-state.ts'
import type { CallHistory } from './call-view.ts'
import { legKey } from './fold.ts'
import type { InboxEvent } from './inbox-event.ts'
import type { RingingPhone } from './ringing-phones.ts'

/** A leg that nobody ended: rings or waits this long at most, ms. */
const ringingLimitMs = 90_000
/** …and talks this long at most, ms. */
const talkingLimitMs = 2 * 3_600_000

/** One call in memory: what was reported, what follows from it, and what this desk did with it. */
export interface CallEntry {
  record: CallRecord
  call: DerivedCall
  /** Last sign of life per leg, monotonic ms. */
  aliveAt: Map<string, number>
  /** When the event that raised the card arrived, monotonic ms; null = no card was raised. */
  raisedAt: number | null
  latencyTaken: boolean
  dismissed: boolean
  /** Brought back by hand: stays until it is put away. */
  pinned: boolean
  /** Since when nothing that this desk looks at goes on any more, monotonic ms. */
  restedAt: number | null
  missedTold: boolean
  answerTold: boolean
  /** The store may know more of this call; read before it pops or is written. */
  storedPartUnread: boolean
  history: CallHistory | null
}

export function createEntry(record: CallRecord): CallEntry {
  return {
    record,
    call: deriveCall(record),
    aliveAt: new Map(),
    raisedAt: null,
    latencyTaken: false,
    dismissed: false,
    pinned: false,
    restedAt: null,
    missedTold: false,
    answerTold: false,
    storedPartUnread: true,
    history: null,
  }
}

const newestReport = ({ seen }: LegRecord) =>
  Math.max(...[seen.calling, seen.ringing, seen.talking].map((at) => at ?? 0))

/** For an entry that was read, not heard: how old its legs are by the wall clock, as monotonic times. */
export function dateLegs(entry: CallEntry, now: number, mono: number): void {
  for (const leg of entry.call.legs) {
    entry.aliveAt.set(legKey(leg), mono - Math.max(0, now - newestReport(leg)))
  }
}

export interface OverdueLeg {
  leg: LegRecord
  expiredAt: number
}

/** Legs that must have ended unnoticed, and when their time was up, epoch ms. */
export function overdueLegs(entry: CallEntry, mono: number): OverdueLeg[] {
  return entry.call.legs.flatMap((leg) => {
    if (!isLive(leg.state)) return []
    const limitMs = leg.state === 'talking' ? talkingLimitMs : ringingLimitMs
    const aliveAt = entry.aliveAt.get(legKey(leg)) ?? mono
    return mono - aliveAt > limitMs ? [{ leg, expiredAt: newestReport(leg) + limitMs }] : []
  })
}

/** What is folded in for a leg whose end never came. */
export function expiredEvent({ callId, connection, caller }: CallRecord, { leg, expiredAt }: OverdueLeg): InboxEvent {
  const { extension: callee, businessId, group } = leg
  const said = { callId, connection, caller, callee, businessId, group }
  return {
    ...said,
    id: 0,
    state: 'expired',
    receivedAt: expiredAt,
    source: '',
    direction: '',
    raw: '',
    charset: 'utf-8',
  }
}

/** The phones that this call rings now, with the number to show on them. */
export function phonesRung({ record, call }: CallEntry): Map<string, RingingPhone> {
  const phones = new Map<string, RingingPhone>()
  if (!isLive(call.state)) return phones
  for (const leg of call.legs) {
    if (leg.state !== 'ringing' || isMainLeg(leg)) continue
    phones.set(leg.extension, { number: record.caller, since: leg.seen.ringing ?? leg.startedAt })
  }
  return phones
}
