import type { PeopleStore } from '../core/ports/index.ts'
import { createQueries } from './queries.ts'
import { prepareReads } from './reads.ts'
import { openForReading, storageFailed } from './sqlite.ts'

/** What a search of a file needs of the directory. */
export type PeopleOfFile = Pick<
  PeopleStore,
  | 'contacts'
  | 'contactsOf'
  | 'contactsSince'
  | 'indexRows'
  | 'indexRowsOf'
  | 'learnedRows'
  | 'version'
  | 'changedSince'
  | 'learnedVersion'
  | 'withNumber'
  | 'get'
>

/** Look at the people of a database file, without opening the program: a running one is not disturbed. Errors: storage-failed. */
export async function withPeopleOf<T>(file: string, look: (people: PeopleOfFile) => Promise<T>): Promise<T> {
  try {
    const db = openForReading(file)
    try {
      const { people } = prepareReads(createQueries({ db, mono: () => 0, onSlow: () => undefined }))
      return await look({ ...people, version: () => 1, changedSince: () => [], learnedVersion: () => 1 })
    } finally {
      db.close()
    }
  } catch (error) {
    throw storageFailed(error)
  }
}
