import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
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

/**
 * One running program per data folder: two would fight over the database and the port.
 * Throws `conflict` naming the running process. A lock whose process is gone (power cut, kill) is taken over.
 * Returns the releaser.
 */
export function takeInstanceLock(dataDir: string): () => void {
  const file = join(dataDir, 'instance.lock')
  mkdirSync(dataDir, { recursive: true })
  for (;;) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = Number(readFileSync(file, 'utf8'))
      if (owner && owner !== process.pid && isAlive(owner)) {
        throw new CoreError('conflict', {
          reason: `Frontbell is already running on this data folder (process ${owner})`,
        })
      }
      rmSync(file, { force: true })
    }
  }
}
