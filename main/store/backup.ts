import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { CoreError } from '../core/errors.ts'
import { applicationId, applyPragmas } from './sqlite.ts'

export interface Backup {
  file: string
  /** Grows with every backup: a clock that was set back cannot change which one is the newest. */
  sequence: number
  /** When it was made, epoch ms. */
  at: number
}

const keep = 3
const pagesAtOnce = 1_000_000
const dayMs = 24 * 3600_000
const namePattern = /^(\d{6})-(\d{13})\.sqlite$/

export const backupFolder = (file: string) => join(dirname(file), `${basename(file)}-backups`)

/** Backups of a database file, newest first. */
export function listBackups(file: string): Backup[] {
  const folder = backupFolder(file)
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  return names
    .flatMap((name) => {
      const match = namePattern.exec(name)
      return match ? [{ file: join(folder, name), sequence: Number(match[1]), at: Number(match[2]) }] : []
    })
    .sort((a, b) => b.sequence - a.sequence)
}

/** Once a day; a backup "from tomorrow" was made by a wrong clock and does not count. */
export function isBackupDue(file: string, now: number): boolean {
  const newest = listBackups(file)[0]
  return !newest || Math.abs(now - newest.at) >= dayMs
}

/**
 * Copy a live database with SQLite's backup API, check the copy, then put it beside the others and drop the oldest.
 * A copy that is not perfect never becomes a backup. → its file
 */
export async function makeBackup(file: string, now: number): Promise<string> {
  const folder = backupFolder(file)
  mkdirSync(folder, { recursive: true })
  const part = join(folder, 'new.part')
  await copyDatabase(file, part)
  const flaw = flawOf(part)
  if (flaw) {
    removeDatabase(part)
    throw new CoreError('storage-failed', { reason: `the backup copy is not sound: ${flaw}` })
  }
  const existing = listBackups(file)
  const sequence = (existing[0]?.sequence ?? 0) + 1
  const target = join(
    folder,
    `${String(sequence).padStart(6, '0')}-${String(Math.max(0, now)).padStart(13, '0')}.sqlite`,
  )
  syncFile(part)
  renameSync(part, target)
  syncFolder(folder)
  for (const old of existing.slice(keep - 1)) rmSync(old.file, { force: true })
  return target
}

/** Copy a database that may be in use, log included, as of one moment. */
export async function copyDatabase(file: string, to: string): Promise<void> {
  removeDatabase(to)
  const source = new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 })
  try {
    await source.backup(to, { progress: () => pagesAtOnce })
  } finally {
    source.close()
  }
}

/** Null for a complete, sound database of ours; else what is wrong. Leaves it as a single file without a log. */
export function flawOf(file: string): string | null {
  let db: Database.Database | null = null
  try {
    db = new Database(file, { fileMustExist: true, timeout: 5000 })
    applyPragmas(db, [])
    if (db.pragma('application_id', { simple: true }) !== applicationId) return 'another application id'
    const verdict = String(db.pragma('integrity_check(1)', { simple: true }))
    if (verdict !== 'ok') return 'integrity_check failed'
    db.pragma('journal_mode=DELETE')
    return null
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'cannot be opened'
  } finally {
    db?.close()
  }
}

/** Remove a temporary database with everything SQLite may have left beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true, recursive: true })
}

/** Make a file's content survive a power cut. */
export function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Make a folder's names survive a power cut. Windows has no such call, and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
