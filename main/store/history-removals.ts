import type { NoteWrites } from './history-notes.ts'
import { createPartyCounts, type PartyCounts, type PartyWrites } from './history-parties.ts'
import { type HistoryWrites, idsPerMs } from './history-rows.ts'
import { compile, type Sqlite, type Statement } from './sqlite.ts'

/** Deletes one call with its note. */
export type RemoveCall = (id: number, party: number, note: string | null, counts: PartyCounts) => void

const purgeRows = 2000
const compactPages = 512
const mergePages = 256

/** How calls leave the history; statements run inside the caller's transaction. */
export function historyRemovals(
  db: Sqlite,
  parties: PartyWrites,
  notes: NoteWrites,
  remove: RemoveCall,
): Pick<HistoryWrites, 'history.purge' | 'history.compact' | 'history.forget'> {
  const statement = (sql: string): Statement => compile(db, sql)
  const doomed = 'SELECT h.id, h.party, n.note FROM history h LEFT JOIN history_notes n ON n.id = h.id'
  const oldest = statement(`${doomed} WHERE h.id < ? ORDER BY h.id LIMIT ${purgeRows}`).raw()
  const ofSource = statement(
    `${doomed} WHERE h.source = (SELECT id FROM history_sources WHERE connection = ?) ORDER BY h.id`,
  ).raw()
  const clip = statement('UPDATE history_ranges SET from_at = ? WHERE from_at < ? AND to_at > ?')
  const dropOld = statement('DELETE FROM history_ranges WHERE to_at <= ?')
  const dropRanges = statement('DELETE FROM history_ranges WHERE connection = ?')
  const dropSource = statement('DELETE FROM history_sources WHERE connection = ?')
  const oldCalls = statement(`DELETE FROM calls WHERE id IN (
    SELECT id FROM calls WHERE started_at < ? AND ended_at IS NOT NULL ORDER BY started_at LIMIT ${purgeRows})`)
  const oldNumbers = statement('DELETE FROM call_numbers WHERE last_at < ?')
  const merges = ['party_words', 'party_digits', 'note_words'].map((table) =>
    statement(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${mergePages})`),
  )
  const freePages = () => Number(db.pragma('freelist_count', { simple: true }))

  function removeAll(rows: unknown[]): number {
    const counts = createPartyCounts()
    notes.begin()
    for (const [id, party, note] of rows as [number, number, string | null][]) remove(id, party, note, counts)
    parties.count(counts)
    parties.dropUnused(purgeRows)
    notes.index()
    return rows.length
  }

  return {
    'history.purge'(before) {
      const gone = removeAll(oldest.all(before * idsPerMs)) + oldCalls.run(before).changes
      if (gone > 0) return gone
      oldNumbers.run(before)
      dropOld.run(before)
      clip.run(before, before, before)
      return 0
    },
    'history.compact'() {
      for (const merge of merges) merge.run()
      const free = freePages()
      if (free > 0) db.pragma(`incremental_vacuum(${compactPages})`)
      return free - freePages()
    },
    'history.forget'(connection) {
      const gone = removeAll(ofSource.all(connection))
      dropRanges.run(connection)
      dropSource.run(connection)
      return gone
    },
  }
}
