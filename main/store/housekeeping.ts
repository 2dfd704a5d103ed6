import type { Clock, Log } from '../core/ports/index.ts'
import { isBackupDue } from './backup.ts'
import { inboxRetentionMs } from './inbox.ts'
import { presenceRetentionMs } from './presence-history.ts'
import { pushRetentionMs } from './pushes.ts'
import { backupInWorker, type RunningBackup } from './worker-thread.ts'
import type { Writer } from './writer.ts'

export interface Housekeeping {
  /** Something was written. */
  changed(): void
  /** Also ends a backup that is being made. */
  stop(): Promise<void>
}

/** After this long without a change there is time to tidy up, ms. */
const idleMs = 30_000
/** And in a house that is never quiet, this long after the first change, ms. */
const longestMs = 600_000
const pruneEveryMs = 3600_000

/** When idle: shorten the log, once an hour drop old folded events and pushes, once a day make a verified backup. */
export function startHousekeeping(deps: {
  file: string
  clock: Clock
  log: Log
  workerUrl: URL
  writer(): Writer
}): Housekeeping {
  const { file, clock, log, workerUrl, writer } = deps
  let firstChangeAt: number | null = null
  let lastChangeAt = clock.mono()
  let prunedAt: number | null = null
  let backup: RunningBackup | null = null
  let isStopped = false
  let cancel = clock.after(idleMs, look)

  function look(): void {
    const now = clock.mono()
    const isIdle = now - lastChangeAt >= idleMs
    if (isIdle || (firstChangeAt !== null && now - firstChangeAt >= longestMs)) {
      firstChangeAt = null
      tidy(now).catch((error: unknown) =>
        log.error('housekeeping-failed', { error: error instanceof Error ? error.message : 'unknown' }),
      )
    }
    cancel = clock.after(isIdle ? longestMs : Math.max(1000, idleMs - (now - lastChangeAt)), look)
  }

  async function tidy(now: number): Promise<void> {
    if (prunedAt === null || now - prunedAt >= pruneEveryMs) {
      prunedAt = now
      while (!isStopped && (await writer().write('inbox.prune', clock.now() - inboxRetentionMs)) > 0);
      while (!isStopped && (await writer().write('pushes.prune', clock.now() - pushRetentionMs)) > 0);
      while (!isStopped && (await writer().write('presence.prune', clock.now() - presenceRetentionMs)) > 0);
    }
    if (isStopped) return
    writer().checkpoint()
    if (backup || !isBackupDue(file, clock.now())) return
    backup = backupInWorker(workerUrl, file, clock.now())
    try {
      log.info('backup-made', { file: await backup.done })
    } catch (error) {
      if (!isStopped) throw error
    } finally {
      backup = null
    }
  }

  return {
    changed() {
      const now = clock.mono()
      const wasIdle = firstChangeAt === null
      firstChangeAt ??= now
      lastChangeAt = now
      if (!wasIdle || isStopped) return
      cancel()
      cancel = clock.after(idleMs, look)
    },
    async stop() {
      isStopped = true
      cancel()
      await backup?.cancel()
    },
  }
}
