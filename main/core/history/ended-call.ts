import type { CallRecord } from '../calls/call-record.ts'
import { deriveCall, isLive } from '../calls/call-state.ts'
import type { HistoryEntry } from '../ports/index.ts'
import { type NumberFacts, toHistoryEntry } from './history-entry.ts'

/**
 * A call that was reported while it lasted, as a row of the history: it stands there at once, and of systems without a log
 * nothing else ever comes. Null while it goes on.
 */
export function endedCallEntry(record: CallRecord, facts: NumberFacts): HistoryEntry | null {
  const call = deriveCall(record)
  if (isLive(call.state)) return null
  const { answeredAt, endedAt } = call
  const talkedMs = answeredAt === null || endedAt === null || call.unconfirmed ? 0 : endedAt - answeredAt
  return toHistoryEntry(
    {
      callId: record.callId,
      caller: record.caller,
      callee: call.callee,
      direction: record.direction,
      name: null,
      startedAt: call.startedAt,
      durationSec: talkedMs / 1000,
      outcome: answeredAt === null ? 'unanswered' : 'answered',
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
}
