import { isLive } from '../core/calls/call-state.ts'
import type { LiveCalls } from '../core/calls/live-calls.ts'
import type { Clock, HistoryStore } from '../core/ports/index.ts'
import type { RecordedCall } from '../core/recordings/still-recording.ts'

/** A call that is said to run for longer has lost its end, ms. */
const longestCallMs = 24 * 3_600_000

/** What is known of a call that may have been recorded: what was reported knows its end best, the log how long was talked. */
export function recordedCalls(deps: {
  clock: Clock
  history: Pick<HistoryStore, 'get'>
  live(): Pick<LiveCalls, 'byId'>
}): (call: { connection: string; callId: string }) => RecordedCall | null {
  return ({ connection, callId }) => {
    const found = deps.live().byId(callId)
    const call = found?.connection === connection ? found : null
    const entry = deps.history.get(connection, callId)
    const talkMs = entry?.result === 'answered' ? entry.durationSec * 1000 : null
    if (call) {
      const { state, answeredAt, endedAt } = call
      const reportedMs = answeredAt === null || endedAt === null ? null : endedAt - answeredAt
      return { isRunning: isLive(state), endedAt, talkMs: talkMs ?? reportedMs }
    }
    if (!entry) return null
    const { startedAt, durationSec, result } = entry
    const isRunning = result === 'running' && deps.clock.now() - startedAt < longestCallMs
    return { isRunning, endedAt: isRunning ? null : startedAt + durationSec * 1000, talkMs }
  }
}
