import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createTestLog, event, open, tempFile } from '../store/temp-store.ts'

/** A disk of its own, so that it can be filled for real. */
function smallDisk(): string {
  const folder = join(dirname(tempFile()), 'disk')
  mkdirSync(folder)
  mount('-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder)
  mounted.push(folder)
  return folder
}

const mounted: string[] = []
afterEach(() => {
  for (const folder of mounted.splice(0)) execFileSync('umount', ['-l', folder])
})

function mount(...args: string[]): void {
  try {
    execFileSync('mount', args, { stdio: 'pipe' })
  } catch (error) {
    throw new Error(
      'This test fills a disk and must mount a 2 MB tmpfs: run it as root, or with CAP_SYS_ADMIN (docker run --cap-add SYS_ADMIN).',
      { cause: error },
    )
  }
}

it('R13: a full disk refuses clearly, loses nothing that was acknowledged, and goes on when there is room', async () => {
  const folder = smallDisk()
  const { log, lines } = createTestLog()
  const file = join(folder, 'frontbell.sqlite')
  const store = await open(file, { log })
  const acknowledged: string[] = []
  let failure: unknown = null
  for (let at = 0; at < 5000 && failure === null; at += 1) {
    const callId = `c${at}`
    await store.inbox.append(event({ callId, raw: 'x'.repeat(4000) })).then(
      () => acknowledged.push(callId),
      (error: unknown) => {
        failure = error
      },
    )
  }
  expect(failure).toMatchObject({ code: 'storage-failed', details: { reason: 'the disk is full (SQLITE_FULL)' } })
  expect(lines.some((line) => line.event === 'writes-failed')).toBe(true)
  const together = await Promise.allSettled(
    Array.from({ length: 30 }, () => store.inbox.append(event({ raw: 'x'.repeat(4000) }))),
  )
  expect(together.every((one) => one.status === 'rejected')).toBe(true)
  const kept = new Set(store.inbox.unfolded().map((row) => row.callId))
  expect(acknowledged.filter((callId) => !kept.has(callId))).toEqual([])

  mount('-o', 'remount,size=30m', folder)
  await store.inbox.append(event({ callId: 'room again' }))
  await store.close()
  const again = await open(file)
  expect(again.notices).toEqual([])
  expect(again.inbox.unfolded().map((row) => row.callId)).toEqual([...acknowledged, 'room again'])
})
