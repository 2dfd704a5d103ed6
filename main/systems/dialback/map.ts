import type { CallLogRow } from '../../core/ports/index.ts'
import { epochOf } from '../kit/wall-time.ts'
import { nationalNumber } from './numbers.ts'
import type { CallRecord } from './operations/calls.ts'

/** A call record in our words. The record has no start: the first time it knows of stands in. */
export function toCallLogRow(record: CallRecord, timeZone: string): CallLogRow {
  const endedAt = epochOf(record.callEndTime ?? '', timeZone)
  const answeredAt = epochOf(record.callOutAnswerTime ?? '', timeZone) ?? epochOf(record.fwdAnswerTime ?? '', timeZone)
  const between = endedAt !== null && answeredAt !== null ? Math.max(0, Math.round((endedAt - answeredAt) / 1000)) : 0
  return {
    callId: record.sessionId || String(record.id),
    caller: nationalNumber(record.callerNum ?? ''),
    callee: nationalNumber(record.calleeNum ?? ''),
    name: null,
    startedAt: answeredAt ?? endedAt ?? 0,
    durationSec: record.duration ?? between,
    answered: answeredAt !== null,
    internal: false,
    note: null,
    recording: record.recordFileDownloadUrl || null,
  }
}
