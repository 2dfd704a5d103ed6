import type { Statement } from './sqlite.ts'

/**
 * Notes, tags and promises that were there before the log's row. Linked once a page, since looking for them row by row costs
 * more than the rest of the insert. The other way round, and a row that goes, are left to triggers (migration 0130).
 */
export interface HistoryLinks {
  /** `ids` = rows inserted since they were last linked; which of them still stand, and for which call, the table says. */
  link(connection: string, ids: readonly number[]): void
}

export function historyLinks(statement: (sql: string) => Statement): HistoryLinks {
  const isOf = (table: string) =>
    `EXISTS (SELECT 1 FROM ${table} w WHERE w.connection = @connection AND w.call_id = h.call_id)`
  // Before the desk has written anything, as while a log is fetched for the first time, there is nothing to look for.
  const hasWritten = statement(`SELECT EXISTS (SELECT 1 FROM call_notes WHERE connection = @connection)
    OR EXISTS (SELECT 1 FROM follow_ups WHERE connection = @connection)`).pluck()
  const written = statement(`SELECT h.id FROM json_each(@ids) CROSS JOIN history h ON h.id = json_each.value
    WHERE ${isOf('call_notes')} OR ${isOf('follow_ups')}`).pluck()
  const links = ['call_notes', 'call_tags', 'follow_ups'].map((table) =>
    statement(`UPDATE ${table} SET history_id = @id
      WHERE connection = @connection AND call_id = (SELECT call_id FROM history WHERE id = @id)`),
  )

  return {
    link(connection, ids) {
      if (ids.length === 0 || hasWritten.get({ connection }) === 0) return
      for (const id of written.all({ ids: JSON.stringify(ids), connection }))
        for (const link of links) link.run({ id, connection })
    },
  }
}
