import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { uptime } from 'node:os'
import { dirname, join } from 'node:path'
import { CoreError } from '../core/errors.ts'

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The clock may be put right by this much after a start, ms. */
const clockSlackMs = 300_000

/** Written before this computer was started: its process is gone, whoever has that number now. */
function isFromBefore(file: string): boolean {
  const madeAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY
  return Date.now() - madeAt > uptime() * 1000 + clockSlackMs
}

/** The codes a user can act on, in words. */
const folderFaults: Record<string, string> = {
  EACCES: 'no permission (EACCES)',
  EPERM: 'not permitted (EPERM)',
  EROFS: 'the disk is read-only (EROFS)',
  ENOSPC: 'the disk is full (ENOSPC)',
  ENAMETOOLONG: 'the name is too long (ENAMETOOLONG)',
  ENOENT: 'no folder can be made there (ENOENT)',
}

/**
 * Make the folder and what is missing above it, level by level: Node's recursive mkdir never returns where the system
 * answers ENOENT for a parent that exists, as in /proc. Calls and names lie in here, so what we make is this user's alone.
 * Throws `bad-request` naming the folder and the reason.
 */
function makeDataDir(dataDir: string): void {
  const fail = (why: string, cause?: unknown): never => {
    const reason = `cannot create the data folder ${dataDir}: ${why}`
    throw new CoreError('bad-request', { field: 'data-dir', reason }, cause)
  }
  const missing: string[] = []
  try {
    let folder = dataDir
    let found = statSync(folder, { throwIfNoEntry: false })
    for (; !found && dirname(folder) !== folder; found = statSync(folder, { throwIfNoEntry: false })) {
      missing.push(folder)
      folder = dirname(folder)
    }
    if (found && !found.isDirectory()) fail(`${folder} is not a folder`)
    for (const one of missing.reverse()) makeFolder(one)
  } catch (error) {
    if (error instanceof CoreError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown failure'
    fail(folderFaults[code] ?? code, error)
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another program made it in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/**
 * One running program per data folder: two would fight over the database and the port.
 * Throws `conflict` naming the running process, `bad-request` when the folder cannot be made. A lock whose process is gone (power cut, kill) is taken over.
 * Returns the releaser.
 */
export function takeInstanceLock(dataDir: string): () => void {
  const file = join(dataDir, 'instance.lock')
  makeDataDir(dataDir)
  for (;;) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = Number(readFileSync(file, 'utf8'))
      if (owner && owner !== process.pid && isAlive(owner) && !isFromBefore(file)) {
        throw new CoreError('conflict', {
          reason: `Frontbell is already running on this data folder (process ${owner})`,
        })
      }
      rmSync(file, { force: true })
    }
  }
}
