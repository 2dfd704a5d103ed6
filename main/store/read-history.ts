import type { HistoryQuery, Person, StoredHistoryEntry } from '../core/ports/index.ts'
import { createQueries } from './queries.ts'
import { prepareReads } from './reads.ts'
import { openForReading, storageFailed } from './sqlite.ts'

/**
 * Calls of a database file that fit, newest first, at most `most`, without opening the program: a running one is not
 * disturbed. `ask` makes the query from the directory in the same file. Errors: storage-failed.
 */
export async function searchHistoryFile(
  file: string,
  most: number,
  ask: (people: Person[]) => Promise<HistoryQuery>,
): Promise<StoredHistoryEntry[]> {
  try {
    const db = openForReading(file)
    try {
      const reads = prepareReads(createQueries({ db, mono: () => 0, onSlow: () => undefined }))
      const query = await ask(reads.directory.entered())
      const rows: StoredHistoryEntry[] = []
      for (let before = query.before; ; ) {
        const slice = reads.history.slice({ ...query, before, limit: most - rows.length })
        rows.push(...slice.rows)
        before = slice.next
        if (before === null || rows.length >= most) return rows
      }
    } finally {
      db.close()
    }
  } catch (error) {
    throw storageFailed(error)
  }
}
