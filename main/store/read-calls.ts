import type { CallRecord } from '../core/calls/call-record.ts'
import { deriveCall } from '../core/calls/call-state.ts'
import { foldEvent } from '../core/calls/fold.ts'
import { toRecord } from './call-rows.ts'
import { createQueries } from './queries.ts'
import { prepareReads } from './reads.ts'
import { openForReading, storageFailed } from './sqlite.ts'

const maxRows = 10_000

export interface ReadCall {
  record: CallRecord
  /** The outside party's name, as the directory or the call log has it. */
  contact: string | null
}

/**
 * The calls of a database file, newest first, without opening the program: a running one is not disturbed. What was
 * received but not yet folded (the program was killed) is folded here, in memory. `since`: epoch ms.
 * Errors: storage-failed.
 */
export function readCalls(options: {
  file: string
  since: number | null
  canonicalOf(number: string): string
}): ReadCall[] {
  const { file, since, canonicalOf } = options
  try {
    const db = openForReading(file)
    try {
      const reads = prepareReads(createQueries({ db, mono: () => 0, onSlow: () => undefined }))
      const { rows } = reads.list.page({
        filter: 'all',
        text: '',
        before: null,
        since,
        limit: maxRows,
        todayFrom: 0,
        extension: null,
        missedExtensions: null,
      })
      const records = new Map(
        rows.map(toRecord).flatMap((record) => (record ? [[record.callId, record] as const] : [])),
      )
      for (const event of reads.inbox.unfolded()) {
        const stored = reads.calls.get(event.callId)
        const known = records.get(event.callId) ?? (stored ? toRecord(stored) : null)
        records.set(event.callId, foldEvent(known, event, canonicalOf))
      }
      return [...records.values()]
        .map((record) => ({
          record,
          contact: reads.directory.lookup(record.canonical)?.name ?? null,
          startedAt: deriveCall(record).startedAt,
        }))
        .filter(({ startedAt }) => since === null || startedAt >= since)
        .sort((a, b) => b.startedAt - a.startedAt)
        .map(({ record, contact }) => ({ record, contact }))
    } finally {
      db.close()
    }
  } catch (error) {
    throw storageFailed(error)
  }
}
