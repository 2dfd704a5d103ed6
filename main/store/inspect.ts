import { closeSync, lstatSync, openSync, readSync } from 'node:fs'
import Database from 'better-sqlite3'
import { DatabaseFromFutureError, latestVersion, type Migration, migrate, versionOf } from './migrate.ts'
import { createQueries } from './queries.ts'
import { prepareReads } from './reads.ts'
import {
  applicationId,
  applyPragmas,
  assertSqliteVersion,
  isBusy,
  openForWriting,
  type Sqlite,
  sqliteCode,
} from './sqlite.ts'
import { prepareWrites } from './write-operations.ts'

/** `outdated` = sound, but from an older version: back it up, then migrate. */
export type Verdict = { kind: 'missing' } | { kind: 'sound' } | { kind: 'outdated' } | { kind: 'damaged'; why: string }

/** Bigger files that were closed cleanly are not read through at every start (about 1.5 ms per MB). */
const alwaysCheckedBytes = 64_000_000
/** Up to this size indexes are compared with their rows at every start too: a few milliseconds. */
const fullyCheckedBytes = 4_000_000

/** Says that somebody has the database open. Left behind by a process that was killed. */
export const markerOf = (file: string) => `${file}.open`
export const sidecars = ['', '-wal', '-shm'] as const

/**
 * Look at a database file without changing it, as far as SQLite allows. Throws DatabaseFromFutureError; and SQLite's
 * own error where the file may be fine but cannot be used now (locked, no permission, disk error).
 */
export function inspect(file: string, migrations: readonly Migration[]): Verdict {
  const [main, wal] = sidecars.map((suffix) => lstatSync(`${file}${suffix}`, { throwIfNoEntry: false }))
  const marker = lstatSync(markerOf(file), { throwIfNoEntry: false })
  if (!main) return wal && wal.size > 0 ? damaged('the database file is gone, its log is there') : { kind: 'missing' }
  const odd = sidecars.some((suffix) => lstatSync(`${file}${suffix}`, { throwIfNoEntry: false })?.isFile() === false)
  if (odd) return damaged('not a file')
  if (main.size === 0) return damaged('the file is empty')
  // While the database is open its log exists, if only with 0 bytes; so does it after a kill.
  if (marker && !wal) return damaged('its log is gone')
  const flaw = headerFlaw(file)
  if (flaw) return damaged(flaw)
  const wasClosed = !marker && !wal
  try {
    // Without the right to write, so that looking never folds a log into a file that turns out to be damaged.
    const look = new Database(file, { fileMustExist: true, readonly: true, timeout: 250 })
    const verdict = withConnection(look, (db) => examine(db, migrations, !wasClosed, main.size))
    if (verdict.kind !== 'sound') return verdict
    withConnection(openForWriting(file), prepareAll)
    return verdict
  } catch (error) {
    if (isDamage(sqliteCode(error))) return damaged(sqliteCode(error))
    throw error
  }
}

/** What can be told from the first 100 bytes. SQLite would delete the log of a file that is no database. */
function headerFlaw(file: string): string | null {
  const header = Buffer.alloc(100)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, header, 0, header.length, 0)
  } finally {
    closeSync(handle)
  }
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return 'not a database'
  if (header.readUInt32BE(68) !== applicationId) return 'not a Frontbell database'
  // Format 3 and up would make SQLite treat the file as read-only for ever.
  const formats = [header[18], header[19]]
  return formats.every((format) => format === 1 || format === 2) ? null : 'an unknown file format'
}

function examine(db: Sqlite, migrations: readonly Migration[], thoroughly: boolean, bytes: number): Verdict {
  applyPragmas(db, ['cache_size=-8000'])
  assertSqliteVersion(db)
  const version = versionOf(db)
  if (isFuture(version, migrations)) throw new DatabaseFromFutureError(version, latestVersion(migrations))
  if (!migrations.some((one) => one.version === version)) return damaged(`version ${version} never existed`)
  if (thoroughly || bytes <= alwaysCheckedBytes) {
    const check = thoroughly || bytes <= fullyCheckedBytes ? 'integrity_check(1)' : 'quick_check(1)'
    if (db.pragma(check, { simple: true }) !== 'ok') return damaged(`${check} failed`)
  }
  return { kind: version < latestVersion(migrations) ? 'outdated' : 'sound' }
}

/** One flipped bit in the upper half of a version that we know is damage. Whatever else is above ours is taken at its word. */
function isFuture(version: number, migrations: readonly Migration[]): boolean {
  const isFlipped = version > 0xffff && migrations.some((one) => one.version === (version & 0xffff))
  return version > latestVersion(migrations) && !isFlipped
}

/** Bring an outdated file up to date. → damaged, when its tables are not what its version says. */
export function upgrade(file: string, migrations: readonly Migration[]): Verdict {
  try {
    withConnection(openForWriting(file), (db) => {
      migrate(db, migrations)
      giveRoomBack(db)
      prepareAll(db)
    })
    return { kind: 'sound' }
  } catch (error) {
    if (isDamage(sqliteCode(error))) return damaged(`migration failed with ${sqliteCode(error)}`)
    throw error
  }
}

/** Databases made before room was given back a little at a time are written anew, once. */
function giveRoomBack(db: Sqlite): void {
  if (db.pragma('auto_vacuum', { simple: true }) === 2) return
  db.pragma('journal_mode=DELETE')
  db.pragma('auto_vacuum=INCREMENTAL')
  db.exec('VACUUM')
  db.pragma('journal_mode=WAL')
}

/** Every statement compiles: the tables and columns are there, whatever happened to the schema page. */
function prepareAll(db: Sqlite): void {
  prepareWrites(db)
  prepareReads(createQueries({ db, mono: () => 0, onSlow: () => {} }))
}

function isDamage(code: string): boolean {
  return /^SQLITE_(CORRUPT|NOTADB|ERROR|SCHEMA|FORMAT|MISMATCH|CONSTRAINT|IOERR_SHORT_READ|TOOBIG)/.test(code)
}

/** Busy is not damage: somebody (a virus scanner, a backup program) has it for a moment. */
export const isHeld = (error: unknown) => isBusy(sqliteCode(error))

const damaged = (why: string): Verdict => ({ kind: 'damaged', why })

function withConnection<T>(db: Sqlite, use: (db: Sqlite) => T): T {
  try {
    return use(db)
  } finally {
    db.close()
  }
}
