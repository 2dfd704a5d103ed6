import Database from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import type { StoredPush } from '../../main/core/ports/index.ts'
import { createManualClock, open, tempFile } from './temp-store.ts'

const push = (over: Partial<StoredPush> = {}): Omit<StoredPush, 'id'> => ({
  kind: 'tts-billing',
  connection: 'voice',
  receivedAt: 1_760_000_000_000,
  subject: '1633764891-0044-567388',
  body: '{"type":"TTSVoiceNotifyBilling","timeLength":"9"}',
  ...over,
})

describe('pushes', () => {
  it('come back as they were stored, newest first, over a restart', async () => {
    const file = tempFile()
    const first = await open(file)
    expect(await first.pushes.add(push())).toBe(true)
    expect(await first.pushes.add(push({ kind: 'tts-audit', subject: '62', receivedAt: 5.4 }))).toBe(true)
    await first.close()
    const second = await open(file)
    const rows = second.pushes.list({ limit: 10 })
    expect(rows.map(({ id: _id, ...row }) => row)).toEqual([
      push({ kind: 'tts-audit', subject: '62', receivedAt: 5 }),
      push(),
    ])
    expect(second.pushes.list({ kind: 'tts-billing', limit: 10 })).toEqual([rows[1]])
    expect(second.pushes.list({ limit: 1 })).toEqual([rows[0]])
    expect(second.pushes.list({ before: rows[0]!.id, limit: 10 })).toEqual([rows[1]])
    expect(second.pushes.list({ kind: 'tts-billing', before: rows[1]!.id, limit: 10 })).toEqual([])
  })

  it('are kept once: the same report of the same thing by the same platform', async () => {
    const store = await open()
    expect(await store.pushes.add(push())).toBe(true)
    expect(await store.pushes.add(push({ receivedAt: 1_760_000_999_000 }))).toBe(false)
    const others = [{ subject: 'x' }, { kind: 'other' as const }, { connection: 'b' }, { body: '{}' }]
    for (const other of others) expect(await store.pushes.add(push(other))).toBe(true)
    expect(store.pushes.list({ limit: 100 })).toHaveLength(5)
  })

  it('are dropped after a year', async () => {
    const file = tempFile()
    const clock = createManualClock()
    const store = await open(file, { clock })
    const old = clock.now() - 366 * 24 * 3600_000
    await store.pushes.add(push({ receivedAt: old }))
    await store.pushes.add(push({ receivedAt: clock.now(), subject: 'new' }))
    clock.advance(31_000)
    const left = () => {
      const db = new Database(file, { readonly: true })
      const subjects = db.prepare('SELECT subject FROM pushes').pluck().all()
      db.close()
      return subjects
    }
    await vi.waitFor(() => expect(left()).toEqual(['new']), { timeout: 15_000, interval: 20 })
  })
})
