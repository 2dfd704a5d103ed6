import type { CallRecord } from '../core/calls/call-record.ts'
import { endedCallEntry } from '../core/history/ended-call.ts'
import type { NumberFacts } from '../core/history/history-entry.ts'
import type { Clock, HistoryStore, Log } from '../core/ports/index.ts'

/** Puts calls that ended into the history. What a system's own log has said of a call stays: it knows more. */
export function createEndedCalls(
  deps: NumberFacts & {
    clock: Clock
    log: Log
    store: HistoryStore
    /** Null for a connection that is gone. */
    systemOf(connection: string): string | null
    /** Its system has a log that tells of every call. */
    hasLog(connection: string): boolean
    onChange(): void
  },
): (records: readonly CallRecord[]) => void {
  const { clock, log, store } = deps

  async function keep(records: readonly CallRecord[]): Promise<void> {
    for (const connection of new Set(records.map((record) => record.connection))) {
      const system = deps.systemOf(connection)
      if (system === null) continue
      const entries = records.flatMap((record) => {
        if (record.connection !== connection) return []
        if (deps.hasLog(connection) && store.get(connection, record.callId) !== null) return []
        return endedCallEntry(record, deps) ?? []
      })
      if (entries.length === 0) continue
      await store.save({ connection, system }, entries, Math.round(clock.now()))
      deps.onChange()
    }
  }

  return (records) => {
    keep(records).catch((error: unknown) => {
      // The calls themselves are on disk; a log brings these rows again.
      log.warn('ended-calls-not-in-history', { reason: error instanceof Error ? error.message : 'unknown' })
    })
  }
}
