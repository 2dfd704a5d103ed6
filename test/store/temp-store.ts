import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Clock, Log, Store } from '../../main/core/ports/index.ts'
import { openStore } from '../../main/store/open.ts'
import { createTestLog, realClock } from './samples.ts'

export * from './samples.ts'

const folders: string[] = []
const opened: Store[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const memoryDisk = '/dev/shm'

/** A database path in a folder of its own that is removed after the test. In memory where there is such a disk: tests share one slow one. */
export function tempFile(root = existsSync(memoryDisk) ? memoryDisk : tmpdir()): string {
  const folder = mkdtempSync(join(root, 'store-'))
  folders.push(folder)
  return join(folder, 'frontbell.sqlite')
}

/** Open a store that is closed after the test. */
export async function open(
  file = tempFile(),
  options: { clock?: Clock; log?: Log; workerUrl?: URL } = {},
): Promise<Store> {
  const store = await openStore({ file, clock: realClock, log: createTestLog().log, ...options })
  opened.push(store)
  return store
}

/** A clock that stands still until it is moved; due timers run in order. */
export function createManualClock(now = Date.UTC(2026, 0, 15, 8)): Clock & { advance(ms: number): void } {
  let mono = 0
  let timers: { at: number; run(): void }[] = []
  return {
    now: () => now + mono,
    mono: () => mono,
    after(ms, run) {
      const timer = { at: mono + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    advance(ms) {
      const until = mono + ms
      for (;;) {
        const next = timers.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((one) => one !== next)
        mono = next.at
        next.run()
      }
      mono = until
    },
  }
}
