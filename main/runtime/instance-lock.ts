import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
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

/**
 * One running program per data folder: two would fight over the database and the port.
 * Throws `conflict` naming the running process. A lock whose process is gone (power cut, kill) is taken over.
 * Returns the releaser.
 */
export function takeInstanceLock(dataDir: string): () => void {
  const file = join(dataDir, 'instance.lock')
  // Calls and names lie in here: a folder that we make is this user's alone.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
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
