import type { Call, HistoryCall, Party } from '../../../preload/contract/index.ts'
import { type CallResult, callResult } from './call-result.ts'

/** What became of a call of the history, in a word or two. While it goes on, what the telephones say goes first. */
export function historyResult(call: HistoryCall, live: Call | null): CallResult {
  if (live && isGoingOn(live)) return callResult(live)
  if (live && call.result === 'running') return callResult(live)
  if (call.result === 'running') return { key: 'talking', look: 'talking', icon: 'phone' }
  if (call.result === 'answered') return answeredResult(live)
  if (call.result === 'failed') return { key: 'noAnswer', look: 'plain', icon: 'x' }
  if (call.result === 'unknown') return { key: 'unknown', look: 'plain', icon: 'clock' }
  if (call.calledBack !== null) return { key: 'missedCalledBack', look: 'plain', icon: 'check' }
  if (call.handledAt !== null) return { key: 'missedHandled', look: 'plain', icon: 'check' }
  const seen = live ? callResult(live) : null
  return seen?.key === 'missedAfter' ? seen : { key: 'missed', look: 'failed', icon: 'missed' }
}

/** Just over, and its card is still there: that knows more of it than the log does. */
function answeredResult(live: Call | null): CallResult {
  const seen = live ? callResult(live) : null
  return seen?.key === 'transferred' ? seen : { key: 'answered', look: 'plain', icon: 'check' }
}

export const isGoingOn = (call: Call): boolean =>
  call.state === 'calling' || call.state === 'ringing' || call.state === 'talking'

/** The party that is not us. Of an internal call: the one who was called. */
export function outsideParty(call: HistoryCall): Party {
  return call.direction === 'incoming' ? call.caller : call.callee
}

/** Seconds talked; null = there was no talk, or it still goes on. */
export function talkedSec(call: HistoryCall): number | null {
  return call.result === 'answered' ? call.durationSec : null
}

/** An incoming call that nobody took and nobody dealt with. */
export const isOpenMissed = (call: HistoryCall): boolean => call.result === 'missed' && call.handledAt === null
