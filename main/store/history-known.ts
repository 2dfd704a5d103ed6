import { callIdParams, hasCallId } from './call-id.ts'
import type { HistoryRow } from './history-rows.ts'
import type { Statement } from './sqlite.ts'

/** A call as the table has it. */
export interface KnownCall {
  id: number
  party: number
  /** As `factsOf` a row. */
  facts: unknown[]
  handledAt: number | null
  seenAt: number
  note: string | null
  /** Of the log's row that it is or has joined. */
  logId: string | null
}

/** The columns that a log may change, in the order of the table. */
export const factsOf = (row: HistoryRow) => [row[7], row[8], row[1], row[2], row[10], ...row.slice(12, 16)]
export const resultFact = 3
export const missed = 2

const columns = `h.id, h.party, h.extension, h.call_group, h.direction, h.result, h.duration_sec, h.cause_code, h.cause_text,
  h.recording_kind, h.recording, h.handled_at, h.seen_at, (SELECT note FROM history_notes n WHERE n.id = h.id), h.log_id`

/** Text that is the same inside JSON and outside of it. */
const isPlain = (callId: string) => callId.isWellFormed() && !callId.includes('\0')

/**
 * What the table knows of the calls of a page, asked for all of them at once: one statement a row costs more than the
 * looking up. The result is called row by row while they are written: it sees what was written before.
 */
export function knownCalls(
  statement: (sql: string) => Statement,
): (rows: readonly HistoryRow[], source: number) => (row: HistoryRow) => KnownCall | undefined {
  // A join with the notes would cost ten times as much as the look at them.
  const one = statement(`SELECT NULL, ${columns} FROM history h WHERE ${hasCallId('h.')} AND h.source = ?`).raw()
  const all =
    statement(`SELECT json_each.key, ${columns} FROM json_each(?) CROSS JOIN history h INDEXED BY history_by_call
    ON substr(h.call_id, 1, 9) || substr(h.call_id, -7) = substr(json_each.value, 1, 9) || substr(json_each.value, -7)
    AND h.call_id = json_each.value AND h.source = ?`).raw()

  return (rows, source) => {
    const callIds = rows.map(([callId]) => callId)
    const found = new Map<string, KnownCall>()
    for (const columns of callIds.length === 0 ? [] : (all.all(JSON.stringify(callIds), source) as unknown[][]))
      found.set(callIds[Number(columns[0])]!, toKnown(columns))
    const asked = new Set<string>()
    return ([callId]) => {
      if (isPlain(callId) && !asked.has(callId)) {
        asked.add(callId)
        return found.get(callId)
      }
      const columns = one.get(...callIdParams(callId), source) as unknown[] | undefined
      return columns && toKnown(columns)
    }
  }
}

/** When missed calls of a page were dealt with, as they were reported: asked for all of them at once as well. */
export function handledCalls(
  statement: (sql: string) => Statement,
): (rows: readonly HistoryRow[], connection: string) => (callId: string) => number | null {
  const all = statement(`SELECT c.call_id, c.handled_at FROM json_each(?) CROSS JOIN calls c
    ON c.call_id = json_each.value AND c.connection = ? WHERE c.handled_at IS NOT NULL`).raw()

  const one = statement('SELECT handled_at FROM calls WHERE call_id = ? AND connection = ?').pluck()

  return (rows, connection) => {
    const callIds = rows.flatMap((row) => (row[2] === missed ? [row[0]] : []))
    const found = callIds.length === 0 ? [] : all.all(JSON.stringify(callIds), connection)
    const handled = new Map(found as [callId: string, handledAt: number][])
    return (callId) =>
      (isPlain(callId) ? handled.get(callId) : (one.get(callId, connection) as number | null | undefined)) ?? null
  }
}

function toKnown(columns: unknown[]): KnownCall {
  return {
    id: Number(columns[1]),
    party: Number(columns[2]),
    facts: columns.slice(3, 12),
    handledAt: columns[12] as number | null,
    seenAt: Number(columns[13]),
    note: columns[14] as string | null,
    logId: columns[15] as string | null,
  }
}
