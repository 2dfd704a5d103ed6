import type { CallLog, CallLogRow, Clock, Log } from '../core/ports/index.ts'
import { createPoller, type Poller, type PollOutcome } from './poller.ts'

const rowsPerPoll = 100
const dayMs = 86_400_000
/** No system states a time zone; the call log sample of the PBX proves UTC+8. */
const defaultUtcOffsetMs = 8 * 3_600_000

/** `yyyy-MM-dd` of an instant at a fixed offset from UTC. */
function dayOf(at: number, utcOffsetMs: number): string {
  return new Date(at + utcOffsetMs).toISOString().slice(0, 10)
}

/**
 * Keeps names and last contacts fresh: the newest 100 rows of yesterday and today. `onRows` gets only rows that are new
 * or changed since the last poll; a rejected `onRows` counts as a failed poll and gets the same rows again.
 */
export function createCallLogPoller(deps: {
  clock: Clock
  log: Log
  random(): number
  callLog: CallLog
  intervalMs(): number
  onRows(rows: CallLogRow[]): Promise<void> | void
  onOutcome?(outcome: PollOutcome): void
  utcOffsetMs?: number
}): Poller {
  const { clock, log, random, callLog, intervalMs } = deps
  const utcOffsetMs = deps.utcOffsetMs ?? defaultUtcOffsetMs
  let seen = new Map<string, string>()
  return createPoller({
    clock,
    log,
    random,
    name: 'call-log',
    intervalMs,
    onOutcome: (outcome) => deps.onOutcome?.(outcome),
    async run(signal) {
      const at = clock.now()
      const rows = await callLog.page(
        { offset: 0, limit: rowsPerPoll, fromDay: dayOf(at - dayMs, utcOffsetMs), toDay: dayOf(at, utcOffsetMs) },
        { signal },
      )
      if (signal.aborted) return
      const next = new Map(rows.map((row) => [row.callId, JSON.stringify(row)]))
      const fresh = rows.filter((row) => seen.get(row.callId) !== next.get(row.callId))
      if (fresh.length > 0) await deps.onRows(fresh)
      seen = next
    },
  })
}
