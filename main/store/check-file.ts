import { lstatSync } from 'node:fs'
import { DatabaseFromFutureError, latestVersion, versionOf } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { openForReading, sqliteCode } from './sqlite.ts'

/** How a database file looks from outside. */
export type DatabaseHealth =
  | { kind: 'missing' }
  | { kind: 'sound'; bytes: number; version: number }
  | { kind: 'damaged'; why: string }

/** Reads the file through without changing it, also while the program runs. Never throws. */
export function checkDatabase(file: string): DatabaseHealth {
  const found = lstatSync(file, { throwIfNoEntry: false })
  if (!found) return { kind: 'missing' }
  try {
    const db = openForReading(file)
    try {
      const version = versionOf(db)
      if (version > latestVersion(migrations)) throw new DatabaseFromFutureError(version, latestVersion(migrations))
      const verdict = String(db.pragma('quick_check(1)', { simple: true }))
      return verdict === 'ok' ? { kind: 'sound', bytes: found.size, version } : { kind: 'damaged', why: verdict }
    } finally {
      db.close()
    }
  } catch (error) {
    const why = error instanceof DatabaseFromFutureError ? error.message : sqliteCode(error) || 'cannot be read'
    return { kind: 'damaged', why }
  }
}
