import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createTestLog, event, open } from '../store/temp-store.ts'
import { smallDisk } from './small-disk.ts'

it('R13: a full disk refuses clearly, loses nothing that was acknowledged, and goes on when there is room', async () => {
  const disk = smallDisk('2m')
  const { log, lines } = createTestLog()
  const file = join(disk.dir, 'frontbell.sqlite')
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

  disk.grow('30m')
  await store.inbox.append(event({ callId: 'room again' }))
  await store.close()
  const again = await open(file)
  expect(again.notices).toEqual([])
  expect(again.inbox.unfolded().map((row) => row.callId)).toEqual([...acknowledged, 'room again'])
})
