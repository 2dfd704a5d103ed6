import Database from 'better-sqlite3'
import { CoreError } from '../core/errors.ts'

export type Sqlite = Database.Database
export type Statement = Database.Statement<unknown[], unknown>

/** `FBEL` in the file header: tells our database from any other SQLite file. */
export const applicationId = 0x4642454c

/** Below this, SQLite could corrupt a WAL database (the WAL-reset bug of 3.7.0 to 3.51.2). */
const oldestSqlite = [3, 51, 3] as const

/** How long a locked database may hold up one attempt to write, ms. The queue above tries again. */
const writerBusyMs = 250
/** Readers run on the thread that answers webhooks: they may hardly wait. In WAL mode they need not. */
const readerBusyMs = 50

/**
 * Pages of the log after which it is written back. A page of a call log changes a thousand; most of them the next one again. The
 * log keeps room for that many: cutting it off each time costs a fifth of every commit.
 */
const checkpointPages = 4000

/** The writing connection. Every commit is on the disk before it returns. */
export function openForWriting(file: string): Sqlite {
  const db = new Database(file, { fileMustExist: true, timeout: writerBusyMs })
  try {
    applyPragmas(db, [
      'journal_mode=WAL',
      'synchronous=FULL',
      'checkpoint_fullfsync=ON',
      'secure_delete=ON',
      'cache_size=-16000',
      'journal_size_limit=16777216',
      `wal_autocheckpoint=${checkpointPages}`,
    ])
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** A connection that cannot write, whatever is asked of it. */
export function openForReading(file: string): Sqlite {
  const db = new Database(file, { fileMustExist: true, readonly: true, timeout: readerBusyMs })
  try {
    // A search in a long history touches some thousand pages; what is not used is not taken.
    applyPragmas(db, ['query_only=ON', 'cache_size=-16000', 'temp_store=MEMORY'])
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Pragmas that hold for every connection, then the given ones. */
export function applyPragmas(db: Sqlite, pragmas: readonly string[]): void {
  for (const pragma of ['foreign_keys=ON', 'trusted_schema=OFF', ...pragmas]) db.pragma(pragma)
}

/**
 * A statement that is planned once. In a join SQLite looks at the value behind `column = ?` while it plans (where.c,
 * whereLoopOutputAdjust), so it plans again whenever another one is bound: 50 to 170 µs, where the look-up takes three. With a
 * sign before it, the value is an expression that nobody looks into.
 */
export function compile(db: Sqlite, sql: string): Statement {
  return db.prepare<unknown[]>(sql.replace(/(=|\bIS) (?=[?@])/g, '$1 +'))
}

/** Throws when the SQLite inside the driver is too old to be trusted with WAL. */
export function assertSqliteVersion(db: Sqlite): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get())
  const parts = version.split('.').map(Number)
  const difference = oldestSqlite.map((least, at) => (parts[at] ?? 0) - least).find((one) => one !== 0) ?? 0
  if (difference < 0) {
    throw new CoreError('storage-failed', {
      reason: `SQLite ${version} is too old, ${oldestSqlite.join('.')} is needed`,
    })
  }
}

/** SQLite's code of an error, e.g. `SQLITE_BUSY_SNAPSHOT`; empty for anything that is not an SQLite error. */
export function sqliteCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : ''
}

export const isBusy = (code: string) => /^SQLITE_(BUSY|LOCKED)/.test(code)

/** The disk, not the statement: nothing else in the same batch can succeed either. */
export const isDiskTrouble = (code: string) => /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)/.test(code)

const reasons: [RegExp, string][] = [
  [/^SQLITE_FULL/, 'the disk is full'],
  [/^SQLITE_(BUSY|LOCKED)/, 'another program holds the database'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'the database is damaged; restart to repair it'],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/, 'the database file cannot be opened for writing'],
  [/^SQLITE_IOERR/, 'the disk reported an error'],
]

/** Anything that went wrong in here as the core's error. SQLite's own text may quote data and is not passed on. */
export function storageFailed(error: unknown): CoreError {
  if (error instanceof CoreError) return error
  const code = sqliteCode(error)
  return storageFailedCode(code, error instanceof Error ? error.name : 'unknown failure', error)
}

export function storageFailedCode(code: string, otherwise: string, cause?: unknown): CoreError {
  const sentence = reasons.find(([pattern]) => pattern.test(code))?.[1]
  const reason = code === '' ? otherwise : sentence ? `${sentence} (${code})` : code
  return new CoreError('storage-failed', { reason }, cause)
}
