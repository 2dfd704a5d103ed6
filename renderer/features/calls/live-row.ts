import type { Call, HistoryCall } from '../../../preload/contract/index.ts'
import { callExtension, talkedForSec } from './call-result.ts'

/** A call that goes on, as a row of the history. It has no place in the store yet: `row` is -1. */
export function liveRow(call: Call, system: string): HistoryCall {
  const isOver = call.state === 'hungup' || call.state === 'missed'
  const unanswered = call.direction === 'incoming' ? 'missed' : 'failed'
  return {
    row: -1,
    callId: call.callId,
    connection: call.connection,
    system,
    direction: call.direction,
    result: !isOver ? 'running' : call.answeredAt === null ? unanswered : 'answered',
    caller: call.caller,
    callee: call.callee,
    extension: callExtension(call),
    group: call.group,
    groupName: call.groupName,
    startedAt: call.startedAt,
    durationSec: talkedForSec(call, call.endedAt ?? call.startedAt) ?? 0,
    note: null,
    ownNote: null,
    tags: [],
    followUpAt: null,
    cause: null,
    recording: null,
    handledAt: call.handledAt,
    calledBack: null,
    seenAt: call.startedAt,
  }
}
