import type { Call, LastContact, Party } from '../../../preload/contract/index.ts'
import type { CallStore } from '../ports/index.ts'
import { directionOf, isMainLeg, looksLikeExtension } from './call-parties.ts'
import type { CallRecord } from './call-record.ts'
import { type DerivedCall, isLive } from './call-state.ts'
import { clickCallOf } from './click-call.ts'

const recentMs = 7 * 24 * 3_600_000
/** A PBX logs this very call under a slightly earlier second of its own clock; that is no earlier contact. */
const ownLogRowMs = 10_000

/** What is known of a number from earlier calls. */
export interface CallHistory {
  lastContact: LastContact | null
  /** Missed calls in the 7 days before this one. */
  recentMissed: number
}

export interface CallNames {
  identify(number: string): Party
  extensionName(extension: string): string | null
  groupName(id: string): string | null
  isExtension(number: string): boolean
  myExtension(): string | null
}

/** What the store knows about the party of this call before it began. Two index look-ups; do it once per call. */
export function readHistory(
  record: CallRecord,
  call: DerivedCall,
  store: Pick<CallStore, 'lastTalk' | 'missedSince'>,
  names: CallNames,
): CallHistory {
  if (record.canonical === '') return { lastContact: null, recentMissed: 0 }
  const talk = store.lastTalk(record.canonical, call.startedAt - ownLogRowMs)
  return {
    lastContact: talk && { ...talk, name: talk.extension === null ? null : names.extensionName(talk.extension) },
    recentMissed: store.missedSince(record.canonical, call.startedAt - recentMs, record.callId),
  }
}

const direction = (record: CallRecord, names: CallNames) =>
  directionOf(record.caller, record.legs, (number) => names.isExtension(number) || looksLikeExtension(number))

/** Has my extension a part in the call that has not ended? */
export function isMine(record: CallRecord, call: DerivedCall, extension: string | null): boolean {
  if (extension === null || !isLive(call.state)) return false
  if (record.caller === extension) return true
  return call.legs.some((leg) => leg.extension === extension && isLive(leg.state) && !isMainLeg(leg))
}

/** The call as the page shows it. Names are looked up now, so a name learned a second ago is already there. */
export function viewCall(
  record: CallRecord,
  call: DerivedCall,
  history: CallHistory,
  linkedCallId: string | null,
  names: CallNames,
): Call {
  const nameOf = (extension: string | null) => (extension === null ? null : names.extensionName(extension))
  return {
    callId: record.callId,
    connection: record.connection,
    direction: direction(record, names),
    state: call.state,
    caller: names.identify(record.caller),
    callee: names.identify(call.callee),
    group: call.group,
    groupName: call.group === null ? null : names.groupName(call.group),
    legs: call.legs.map((leg) => ({
      extension: leg.extension,
      name: nameOf(leg.extension),
      businessId: leg.businessId,
      group: leg.group === '' ? null : leg.group,
      state: leg.state,
    })),
    startedAt: call.startedAt,
    ringingAt: call.ringingAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    answeredBy: call.answeredBy,
    answeredByName: nameOf(call.answeredBy),
    mine: isMine(record, call, names.myExtension()),
    unconfirmed: call.unconfirmed,
    ringsHere: call.ringsHere,
    hasLogId: clickCallOf(record) === null,
    linkedCallId,
    lastContact: history.lastContact,
    recentMissed: history.recentMissed,
    handledAt: record.handledAt,
  }
}
