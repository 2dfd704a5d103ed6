import type { ExtensionState, LoggedCall } from '../../core/ports/index.ts'
import type { ExtnumState } from './operations/agents.ts'
import type { LoggedCall as WireCall } from './operations/call-log.ts'

type Phone = Pick<ExtensionState, 'phone' | 'direction'>

/** The table says IDEL, the sample says ONLINE for an idle phone. Manual 003 §14. */
const phones = new Map<string, Phone>([
  ['IDEL', { phone: 'idle', direction: null }],
  ['IDLE', { phone: 'idle', direction: null }],
  ['ONLINE', { phone: 'idle', direction: null }],
  ['BUSY_OUTGOING', { phone: 'talking', direction: 'outgoing' }],
  ['BUSY_INCOMING', { phone: 'talking', direction: 'incoming' }],
  ['OFFLINE', { phone: 'offline', direction: null }],
])
const unknownPhone: Phone = { phone: 'unknown', direction: null }

/** `unkown` (vendor spelling) and words that are not listed read as unknown. */
const presences = new Map<string, ExtensionState['presence']>([
  ['online', 'online'],
  ['reducing', 'reducing'],
  ['busy', 'busy'],
  ['offline', 'offline'],
])

/** One row of EXTNUM_STATE in our words. */
export function toExtensionState(row: ExtnumState): ExtensionState {
  const { phone, direction } = phones.get(row.state) ?? phones.get(row.state.toUpperCase()) ?? unknownPhone
  return {
    extension: row.telNum,
    name: row.userName,
    registered: row.telRegState === 1,
    phone,
    direction,
    presence: presences.get(row.presence) ?? presences.get(row.presence.toLowerCase()) ?? 'unknown',
    remoteNumber: row.remoteNum || null,
    missedCount: row.missingCallCount,
  }
}

/** A word that is not listed says nothing: nobody is called back because of it. */
const outcomes = new Map<string, LoggedCall['outcome']>([
  ['STATE_RECEIVED', 'answered'],
  ['STATE_RECEIVING', 'running'],
  ['STATE_FAILED', 'unanswered'],
])

/** One row of the call log in our words. `beginTime` is epoch milliseconds. */
export function toCallLogRow(row: WireCall): LoggedCall {
  return {
    callId: decodeOnce(row.callid || `log-${row.id}`),
    isRowId: !row.callid,
    clickCallId: row.clickcallid || null,
    caller: row.caller,
    callee: row.callee,
    direction: row.callType === 'CENTREX_CALL' ? 'internal' : null,
    name: row.cname || null,
    startedAt: row.beginTime,
    durationSec: row.duration,
    outcome: outcomes.get(row.state) ?? 'unknown',
    extension: null,
    group: null,
    note: row.record || null,
    causeCode: null,
    causeText: null,
    recording: row.recordVoice ? { kind: 'telcrm-file', reference: row.recordVoice } : null,
  }
}

/** The log writes call ids percent-encoded (`%40`), the screen pop gives them plain: one decoding makes them equal. */
function decodeOnce(callId: string): string {
  try {
    return decodeURIComponent(callId)
  } catch {
    return callId // a lone % is part of the id
  }
}
