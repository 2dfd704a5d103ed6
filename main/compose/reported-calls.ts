import type { CallRecord } from '../core/calls/call-record.ts'
import { clickCallOf } from '../core/calls/click-call.ts'
import type { NumberFacts } from '../core/history/history-entry.ts'
import { reportedCallEntry } from '../core/history/reported-call.ts'
import type { Clock, HistoryEntry, HistoryStore, Log } from '../core/ports/index.ts'

/** Puts reported calls into the history. What a system's own log has said of a call that is over stays: it knows more. */
export function createReportedCalls(
  deps: NumberFacts & {
    clock: Clock
    log: Log
    store: HistoryStore
    /** Many reads in a row, cheaper (`CallStore.together`). */
    together<T>(run: () => T): T
    /** Null for a connection that is gone. */
    systemOf(connection: string): string | null
    /** Its system has a log that tells of every call. */
    hasLog(connection: string): boolean
    onChange(): void
  },
): (records: readonly CallRecord[]) => void {
  const { clock, log, store } = deps

  function entryOf(record: CallRecord): HistoryEntry | null {
    // The log has it under another id; nothing but the log knows both.
    if (clickCallOf(record) && deps.hasLog(record.connection)) return null
    const entry = reportedCallEntry(record, deps)
    const known = store.get(record.connection, record.callId)
    if (!entry || !known || !deps.hasLog(record.connection)) return entry
    if (known.result !== 'running' || entry.result === 'running') return null
    const { name, note, recording, recordingKind } = known
    return { ...entry, name, note, recording, recordingKind }
  }

  async function keep(records: readonly CallRecord[]): Promise<void> {
    for (const connection of new Set(records.map((record) => record.connection))) {
      const system = deps.systemOf(connection)
      if (system === null) continue
      const own = records.filter((record) => record.connection === connection)
      const entries = deps.together(() => own.flatMap((record) => entryOf(record) ?? []))
      if (entries.length === 0) continue
      const changed = await store.save({ connection, system }, entries, Math.round(clock.now()))
      if (changed > 0) deps.onChange()
    }
  }

  return (records) => {
    keep(records).catch((error: unknown) => {
      // The calls themselves are on disk; a log brings these rows again.
      log.warn('reported-calls-not-in-history', { reason: error instanceof Error ? error.message : 'unknown' })
    })
  }
}
