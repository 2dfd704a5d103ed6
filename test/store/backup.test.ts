import { existsSync, readdirSync, statSync, truncateSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { backupFolder, flawOf, isBackupDue, listBackups, makeBackup } from '../../main/store/backup.ts'
import { createManualClock, createTestLog, event, open, record, tempFile } from './temp-store.ts'

const dayMs = 24 * 3600_000
const countIn = (file: string | undefined) => {
  const db = new Database(file, { readonly: true })
  try {
    return Number(db.prepare('SELECT count(*) FROM inbox').pluck().get())
  } finally {
    db.close()
  }
}

describe('backups', () => {
  it('copy a database in use, log included, into one sound file', async () => {
    const file = tempFile()
    const store = await open(file)
    for (let at = 0; at < 20; at += 1) await store.inbox.append(event())
    const backup = await makeBackup(file, 1000)
    expect(countIn(backup)).toBe(20)
    expect(flawOf(backup)).toBeNull()
    expect(readdirSync(backupFolder(file))).toEqual(['000001-0000000001000.sqlite'])
  })

  it('keep the newest three, whatever the clock says', async () => {
    const file = tempFile()
    const store = await open(file)
    for (const now of [5000, 1000, 9000, 2000, 3000]) {
      await store.inbox.append(event())
      await makeBackup(file, now)
    }
    expect(listBackups(file).map(({ sequence, at }) => [sequence, at])).toEqual([
      [5, 3000],
      [4, 2000],
      [3, 9000],
    ])
    expect(listBackups(file).map((backup) => countIn(backup.file))).toEqual([5, 4, 3])
  })

  it('are never replaced by a copy that is not sound', async () => {
    const file = tempFile()
    const store = await open(file)
    for (let at = 0; at < 500; at += 1) await store.calls.save([record({ callId: `c${at}` })])
    for (const now of [1, 2, 3]) await makeBackup(file, now)
    await store.close()
    const before = listBackups(file)
    const db = new Database(file)
    db.unsafeMode(true)
    db.pragma('writable_schema=ON')
    // An index that points at another index's pages: opens, reads, and is wrong.
    db.exec(
      `UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'calls_open') WHERE name = 'calls_by_start'`,
    )
    db.close()
    await expect(makeBackup(file, 4)).rejects.toMatchObject({ code: 'storage-failed' })
    expect(listBackups(file)).toEqual(before)
    expect(readdirSync(backupFolder(file))).toHaveLength(3)
  })

  it('are due once a day; one from the future does not count', async () => {
    const file = tempFile()
    await open(file)
    const now = 1_760_000_000_000
    expect(isBackupDue(file, now)).toBe(true)
    await makeBackup(file, now)
    expect(isBackupDue(file, now + dayMs - 1)).toBe(false)
    expect(isBackupDue(file, now + dayMs)).toBe(true)
    expect(isBackupDue(file, now - 2 * dayMs)).toBe(true)
  })

  it('a damaged backup is told from a sound one', async () => {
    const file = tempFile()
    await open(file)
    const backup = await makeBackup(file, 1)
    truncateSync(backup, 4096)
    expect(flawOf(backup)).not.toBeNull()
    expect(flawOf(`${backup}.none`)).not.toBeNull()
  })
})

describe('housekeeping', () => {
  const walBytes = (file: string) => statSync(`${file}-wal`).size

  it('shortens the log and makes one backup a day, 30 s after the last write', async () => {
    const file = tempFile()
    const clock = createManualClock()
    const { log, lines } = createTestLog()
    const store = await open(file, { clock, log })
    await store.inbox.append(event())
    clock.advance(29_000)
    await store.inbox.append(event())
    clock.advance(29_000)
    await store.flush()
    expect(walBytes(file)).toBeGreaterThan(0)
    expect(listBackups(file)).toEqual([])
    clock.advance(2_000)
    await vi.waitFor(() => expect(listBackups(file)).toHaveLength(1), { timeout: 15_000, interval: 20 })
    await vi.waitFor(() => expect(walBytes(file)).toBe(0), { timeout: 15_000, interval: 20 })
    await store.inbox.append(event())
    clock.advance(3600_000)
    await vi.waitFor(() => expect(walBytes(file)).toBe(0), { timeout: 15_000, interval: 20 })
    expect(listBackups(file)).toHaveLength(1)
    clock.advance(24 * 3600_000)
    await vi.waitFor(() => expect(listBackups(file)).toHaveLength(2), { timeout: 15_000, interval: 20 })
    expect(lines.filter((line) => line.level === 'error')).toEqual([])
  })

  it('a backup that is being made does not outlive the store', async () => {
    const file = tempFile()
    const clock = createManualClock()
    const store = await open(file, { clock })
    clock.advance(30_000)
    await store.flush()
    const from = performance.now()
    await store.close()
    // A second is what it gives itself; a busy machine adds to it.
    expect(performance.now() - from).toBeLessThan(4000)
    expect(existsSync(`${file}-wal`)).toBe(false)
    await open(file, { clock })
  })

  it('drops folded events after 30 days, never unfolded ones', async () => {
    const file = tempFile()
    const clock = createManualClock()
    const store = await open(file, { clock })
    const old = clock.now() - 31 * dayMs
    for (const receivedAt of [old, old, clock.now()]) await store.inbox.append(event({ receivedAt }))
    await store.calls.save([], 3)
    await store.inbox.append(event({ receivedAt: old }))
    clock.advance(31_000)
    await vi.waitFor(() => expect(countIn(file)).toBe(2), { timeout: 15_000, interval: 20 })
    expect(store.inbox.unfolded()).toHaveLength(1)
  })

  it('comes round in a house that is never quiet', async () => {
    const file = tempFile()
    const clock = createManualClock()
    const store = await open(file, { clock })
    for (let at = 0; at < 65; at += 1) {
      await store.inbox.append(event())
      clock.advance(10_000)
    }
    await vi.waitFor(() => expect(listBackups(file)).toHaveLength(1), { timeout: 15_000, interval: 20 })
  })

  it('does nothing when the writes changed nothing', async () => {
    const file = tempFile()
    const clock = createManualClock()
    const store = await open(file, { clock })
    const names = [{ canonical: '1', name: 'A', at: 1, connection: 'pbx' }]
    await store.directory.learn(names)
    for (let at = 0; at < 4; at += 1) {
      clock.advance(10_000)
      await store.directory.learn(names)
    }
    await vi.waitFor(() => expect(walBytes(file)).toBe(0), { timeout: 15_000, interval: 20 })
  })
})
