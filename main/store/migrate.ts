import { CoreError } from '../core/errors.ts'
import { applicationId, type Sqlite } from './sqlite.ts'

/** One step of the schema. SQL only, so that it can never depend on code that changes later. */
export interface Migration {
  /** `user_version` after this step; by tens. */
  version: number
  sql: string
}

/** The file was written by a newer Frontbell. It is left exactly as it is. */
export class DatabaseFromFutureError extends CoreError {
  readonly found: number
  readonly known: number

  constructor(found: number, known: number) {
    super('storage-failed', {
      reason: `the database has version ${found}, this program knows versions up to ${known}: install the newer program again`,
    })
    this.found = found
    this.known = known
  }
}

export const latestVersion = (list: readonly Migration[]) => list.at(-1)?.version ?? 0

export const versionOf = (db: Sqlite) => Number(db.pragma('user_version', { simple: true }))

/** Bring a database up to date, one transaction per step. Throws DatabaseFromFutureError, or SQLite's error with that step undone. */
export function migrate(db: Sqlite, list: readonly Migration[]): void {
  assertGrowing(list)
  const from = versionOf(db)
  if (from > latestVersion(list)) throw new DatabaseFromFutureError(from, latestVersion(list))
  for (const { version, sql } of list) {
    if (version <= from) continue
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`application_id=${applicationId}`)
      db.pragma(`user_version=${version}`)
    }).exclusive()
  }
}

function assertGrowing(list: readonly Migration[]): void {
  list.forEach(({ version }, at) => {
    const before = at === 0 ? 0 : (list[at - 1]?.version ?? 0)
    if (!Number.isInteger(version) || version <= before) {
      throw new CoreError('storage-failed', { reason: `migration ${version} stands after ${before}` })
    }
  })
}
