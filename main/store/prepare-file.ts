import { copyFileSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { Notice } from '../../preload/contract/index.ts'
import { CoreError } from '../core/errors.ts'
import type { Clock, Log } from '../core/ports/index.ts'
import { copyDatabase, flawOf, listBackups, makeBackup, removeDatabase, syncFile, syncFolder } from './backup.ts'
import { inspect, isHeld, markerOf, sidecars, upgrade, type Verdict } from './inspect.ts'
import { DatabaseFromFutureError, type Migration, migrate } from './migrate.ts'
import { applyPragmas, storageFailed } from './sqlite.ts'

export interface PrepareOptions {
  file: string
  clock: Clock
  log: Log
  migrations: readonly Migration[]
}

/** How long a start waits for another program that holds the file, ms. */
const patienceMs = 5000
const retryMs = 50
/** Look, repair, look again; more rounds only while other programs interfere. */
const maxRounds = 5

/**
 * Leave a sound database of the current version at `file`: create, migrate (after a backup), or set a damaged one aside
 * and restore the newest good backup. Says in notices what was lost. Throws DatabaseFromFutureError or storage-failed.
 */
export async function prepareFile(options: PrepareOptions): Promise<Notice[]> {
  const { file, migrations } = options
  const notices: Notice[] = []
  try {
    mkdirSync(dirname(file), { recursive: true })
    removeDatabase(`${file}.new`)
    for (let round = 0; round < maxRounds; round += 1) {
      let verdict = await patiently(() => inspect(file, migrations))
      if (verdict.kind === 'missing') verdict = await create(file, migrations)
      if (verdict.kind === 'outdated') verdict = await bringUpToDate(options)
      if (verdict.kind === 'sound') return notices
      if (verdict.kind === 'damaged') notices.push(await setAside(options, verdict.why))
    }
  } catch (error) {
    throw storageFailed(error)
  }
  throw new CoreError('storage-failed', { reason: 'no usable database could be made' })
}

/** Written beside its place and moved there whole: an empty or half database file always means damage. */
async function create(file: string, migrations: readonly Migration[]): Promise<Verdict> {
  const fresh = `${file}.new`
  const db = new Database(fresh)
  try {
    // Before the first table: room that deleted rows leave can then be given back a little at a time.
    applyPragmas(db, ['journal_mode=MEMORY', 'synchronous=OFF', 'auto_vacuum=INCREMENTAL'])
    migrate(db, migrations)
    db.pragma('journal_mode=WAL')
  } finally {
    db.close()
  }
  await moveInPlace(fresh, file)
  return { kind: 'sound' }
}

async function moveInPlace(from: string, file: string): Promise<void> {
  syncFile(from)
  await patiently(() => renameSync(from, file))
  rmSync(markerOf(file), { force: true })
  syncFolder(dirname(file))
}

/**
 * Migrate, with a backup before. Tried on a copy first: a database that cannot be migrated is damaged, and its backup
 * must not push out a good one.
 */
async function bringUpToDate({ file, clock, log, migrations }: PrepareOptions): Promise<Verdict> {
  const trial = `${file}.new`
  await copyDatabase(file, trial)
  const verdict = upgrade(trial, migrations)
  removeDatabase(trial)
  if (verdict.kind !== 'sound') return verdict
  await makeBackup(file, clock.now())
  log.info('database-migrating', { file })
  return patiently(() => upgrade(file, migrations))
}

/** Rename the damaged files, put the newest good copy in their place, and report both. */
async function setAside({ file, clock, log, migrations }: PrepareOptions, why: string): Promise<Notice> {
  const now = clock.now()
  const stamp = freeStamp(file, now)
  for (const suffix of sidecars) {
    const from = `${file}${suffix}`
    if (lstatSync(from, { throwIfNoEntry: false })) await patiently(() => renameSync(from, `${from}.corrupt-${stamp}`))
  }
  rmSync(markerOf(file), { force: true })
  const damagedFile = `${file}.corrupt-${stamp}`
  log.error('database-damaged', { file, why, movedTo: basename(damagedFile) })
  const restored = await restore(file, migrations, why === 'its log is gone' ? damagedFile : null)
  log.warn(restored ? 'database-restored' : 'database-started-empty', { file, bytes: restored?.at ?? 0 })
  const params = { file: basename(damagedFile), why }
  return restored
    ? {
        id: `database-restored-${stamp}`,
        kind: 'database-restored',
        at: now,
        params: { ...params, backupAt: new Date(restored.at).toISOString() },
      }
    : { id: `database-quarantined-${stamp}`, kind: 'database-quarantined', at: now, params }
}

/**
 * Try copies from newest to oldest; one counts when it is intact and its tables are right for this program.
 * A database that only lost its log is itself the newest.
 */
async function restore(
  file: string,
  migrations: readonly Migration[],
  withoutLog: string | null,
): Promise<{ at: number } | null> {
  const own = withoutLog && existsSync(withoutLog) ? [{ file: withoutLog, at: lstatSync(withoutLog).mtimeMs }] : []
  const copy = `${file}.new`
  for (const candidate of [...own, ...listBackups(file)]) {
    removeDatabase(copy)
    copyFileSync(candidate.file, copy)
    if (flawOf(copy) !== null || !isUsable(copy, migrations)) continue
    await moveInPlace(copy, file)
    return { at: candidate.at }
  }
  removeDatabase(copy)
  return null
}

/** Migrates the copy on the way. A backup from a newer program is of no use to this one. */
function isUsable(copy: string, migrations: readonly Migration[]): boolean {
  try {
    return upgrade(copy, migrations).kind === 'sound'
  } catch (error) {
    if (error instanceof DatabaseFromFutureError) return false
    throw error
  }
}

/** `20261120T125733Z`, with a number behind it when that name is taken. */
function freeStamp(file: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  for (let copy = 1; ; copy += 1) {
    const name = copy === 1 ? stamp : `${stamp}-${copy}`
    if (sidecars.every((suffix) => !existsSync(`${file}${suffix}.corrupt-${name}`))) return name
  }
}

/** Virus scanners and backup programs hold files for a moment: try again, then give up with the error. */
async function patiently<T>(attempt: () => T): Promise<T> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      return attempt()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      const isWindowsHeld = process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY' || code === 'EACCES')
      if (!(isHeld(error) || isWindowsHeld) || performance.now() > until) throw error
    }
    await sleep(retryMs)
  }
}
