import type { CallRecord } from '../calls/call-record.ts'
import { deriveCall, isLive } from '../calls/call-state.ts'
import type { HistoryEntry } from '../ports/index.ts'
import { type NumberFacts, toHistoryEntry } from './history-entry.ts'

/**
 * A call that was reported while it lasted, as a row of the history: it stands there at once, and of systems without a log
 * nothing else ever comes.
 */
export function reportedCallEntry(record: CallRecord, facts: NumberFacts): HistoryEntry | null {
  const call = deriveCall(record)
  const { answeredAt, endedAt } = call
  const talkedMs = answeredAt === null || endedAt === null || call.unconfirmed ? 0 : endedAt - answeredAt
  const ended = answeredAt === null ? 'unanswered' : 'answered'
  const entry = toHistoryEntry(
    {
      callId: record.callId,
      caller: record.caller,
      callee: call.callee,
      direction: record.direction,
      name: null,
      startedAt: call.startedAt,
      durationSec: talkedMs / 1000,
      outcome: isLive(call.state) ? 'running' : ended,
      extension: record.direction === 'incoming' ? (call.answeredBy ?? call.callee) : null,
      group: call.group,
      note: null,
      causeCode: null,
      causeText: null,
      recording: null,
    },
    facts,
    () => '',
  )
  return entry && { ...entry, toldBy: 'report' }
}
