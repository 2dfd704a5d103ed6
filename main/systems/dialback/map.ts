import type { LoggedCall } from '../../core/ports/index.ts'
import { epochOf } from '../kit/wall-time.ts'
import { nationalNumber } from './numbers.ts'
import type { CallRecord } from './operations/calls.ts'

/** The only code that `direction` has. */
const outgoing = '0'

/** A call record in our words. The record has no start: the first time it knows of stands in. */
export function toLoggedCall(record: CallRecord, timeZone: string): LoggedCall {
  const endedAt = epochOf(record.callEndTime ?? '', timeZone)
  const answeredAt = epochOf(record.callOutAnswerTime ?? '', timeZone) ?? epochOf(record.fwdAnswerTime ?? '', timeZone)
  const between = endedAt !== null && answeredAt !== null ? Math.max(0, Math.round((endedAt - answeredAt) / 1000)) : 0
  return {
    callId: record.sessionId || String(record.id),
    caller: nationalNumber(record.callerNum ?? ''),
    callee: nationalNumber(record.calleeNum ?? ''),
    direction: record.direction === outgoing ? 'outgoing' : null,
    name: null,
    startedAt: answeredAt ?? endedAt ?? 0,
    durationSec: record.duration ?? between,
    outcome: answeredAt !== null ? 'answered' : 'unanswered',
    extension: null,
    group: null,
    note: null,
    causeCode: null,
    causeText: null,
    recording: record.recordFileDownloadUrl ? { kind: 'dialback-url', reference: record.recordFileDownloadUrl } : null,
  }
}
