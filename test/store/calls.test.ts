import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { HistoryEntry, Store } from '../../main/core/ports/index.ts'
import {
  answeredCall,
  createTestLog,
  entry,
  event,
  leg,
  missedCall,
  open,
  query,
  realClock,
  record,
  tempFile,
} from './temp-store.ts'

const t = 1_760_000_000_000
const minute = 60_000

describe('calls', () => {
  it('returns a record exactly as it was saved, and the newest version of it', async () => {
    const store = await open()
    const first = record({ legs: [leg('802', { ringing: t }), leg('', { calling: t - 5 }, 'maincall')] })
    await store.calls.save([first])
    expect(store.calls.get('call-1')).toEqual(first)
    const ended = answeredCall('call-1', t, { handledAt: t + 1 })
    await store.calls.save([ended])
    expect(store.calls.get('call-1')).toEqual(ended)
    expect(store.calls.get('other')).toBeNull()
    expect(store.calls.list(query()).counts.all).toBe(1)
  })

  it('keeps calls of two connections with the same id apart', async () => {
    const store = await open()
    await store.calls.save([record(), record({ connection: 'demo', caller: '1' })])
    expect(
      store.calls
        .list(query())
        .rows.map((row) => row.connection)
        .sort(),
    ).toEqual(['demo', 'pbx'])
  })

  it('knows which calls have no end', async () => {
    const store = await open()
    await store.calls.save([record({ callId: 'rings' }), missedCall('missed', t), answeredCall('done', t)])
    expect(store.calls.open().map((row) => row.callId)).toEqual(['rings'])
    await store.calls.save([missedCall('rings', t)])
    expect(store.calls.open()).toEqual([])
  })

  it('counts missed calls until they are handled, for everybody or for some extensions', async () => {
    const store = await open()
    await store.calls.save([
      missedCall('m1', t),
      missedCall('m2', t + minute, { legs: [leg('803', { ringing: t + minute, canceled: t + minute + 1 })] }),
      missedCall('out', t, { direction: 'outgoing', caller: '802' }),
      missedCall('in-house', t, { direction: 'internal', caller: '805' }),
      answeredCall('a', t),
      record({ callId: 'rings' }),
    ])
    expect(store.calls.missed({ extensions: null, limit: 10 })).toMatchObject({
      count: 2,
      rows: [{ callId: 'm2' }, { callId: 'm1' }],
    })
    expect(store.calls.missed({ extensions: null, limit: 1 })).toMatchObject({ count: 2, rows: [{ callId: 'm2' }] })
    expect(store.calls.missed({ extensions: ['802', '899'], limit: 10 })).toMatchObject({
      count: 1,
      rows: [{ callId: 'm1' }],
    })
    await store.calls.setHandled('m1', t + 5)
    expect(store.calls.get('m1')?.handledAt).toBe(t + 5)
    expect(store.calls.missed({ extensions: null, limit: 10 }).count).toBe(1)
    await store.calls.setHandled('m1', null)
    expect(store.calls.missed({ extensions: null, limit: 10 }).count).toBe(2)
    await expect(store.calls.setHandled('nobody', t)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('counts the missed calls of a number since a time, without the one on screen', async () => {
    const store = await open()
    await store.calls.save([
      missedCall('old', t - minute),
      missedCall('m1', t),
      missedCall('m2', t + 1),
      answeredCall('a', t),
    ])
    expect(store.calls.missedSince('13500000002', t, 'm2')).toBe(1)
    expect(store.calls.missedSince('13500000002', 0, 'none')).toBe(3)
    await store.calls.save([missedCall('hidden', t, { caller: '', canonical: '' })])
    expect(store.calls.missedSince('', 0, 'none')).toBe(0)
  })

  it('lists recent outside numbers once each, newest first', async () => {
    const store = await open()
    await store.calls.save([
      missedCall('1', t),
      answeredCall('2', t + 2 * minute, { connection: 'demo' }),
      answeredCall('3', t + minute, {
        direction: 'outgoing',
        caller: '802',
        canonical: '075528000123',
        legs: [leg('075528000123', { calling: t + minute })],
      }),
      answeredCall('4', t + 3 * minute, { direction: 'internal', caller: '805', canonical: '805' }),
      missedCall('5', t + 4 * minute, { caller: '', canonical: '' }),
    ])
    expect(store.calls.recentNumbers(10)).toEqual([
      { number: '013500000002', canonical: '13500000002', at: t + 2 * minute, direction: 'incoming' },
      { number: '075528000123', canonical: '075528000123', at: t + minute, direction: 'outgoing' },
    ])
    expect(store.calls.recentNumbers(1)).toHaveLength(1)
  })

  it('skips a row whose content is damaged, and says so in the log', async () => {
    const file = tempFile()
    const { log, lines } = createTestLog()
    const store = await open(file, { clock: realClock, log })
    await store.calls.save([answeredCall('good', t), answeredCall('bad', t)])
    const db = new Database(file)
    db.prepare(`UPDATE calls SET legs = '[{' WHERE call_id = 'bad'`).run()
    db.close()
    expect(store.calls.list(query()).rows.map((row) => row.callId)).toEqual(['good'])
    expect(store.calls.get('bad')).toBeNull()
    expect(lines.filter((line) => line.event === 'call-rows-unreadable')).toHaveLength(2)
  })

  it('forgets everything of a purged connection and nothing else', async () => {
    const file = tempFile()
    const store = await open(file)
    for (const connection of ['demo', 'pbx']) {
      await store.inbox.append(event({ connection }))
      await store.calls.save([missedCall(`m-${connection}`, t, { connection, canonical: connection })])
      await saveLog(store, connection, [logged({ callId: 'l', canonical: connection })])
      await store.directory.learn([{ canonical: connection, name: 'X', at: t, connection }])
    }
    const version = store.directory.version()
    await store.calls.purge('demo')
    expect(store.directory.version()).toBeGreaterThan(version)
    expect(store.calls.list(query()).rows.map((row) => row.connection)).toEqual(['pbx'])
    expect(store.calls.list(query()).counts).toMatchObject({ all: 1, mine: 1 })
    expect(store.inbox.unfolded().map((row) => row.connection)).toEqual(['pbx'])
    expect(store.directory.lookup('demo')).toBeNull()
    expect(store.calls.lastTalk('demo', t * 2)).toBeNull()
    expect(store.directory.lookup('pbx')?.name).toBe('X')
    await store.close()
    const db = new Database(file, { readonly: true })
    expect(db.prepare('SELECT count(*) FROM call_legs').pluck().get()).toBe(1)
    db.close()
  })
})

describe('last talk', () => {
  it('is the newest answered call before a time, from our calls or the call log', async () => {
    const store = await open()
    expect(store.calls.lastTalk('13500000002', t)).toBeNull()
    await store.calls.save([answeredCall('a1', t), missedCall('m', t + minute), answeredCall('now', t + 9 * minute)])
    expect(store.calls.lastTalk('13500000002', t + 9 * minute)).toEqual({
      at: t + 4000,
      extension: '802',
      direction: 'incoming',
      note: null,
    })
    await saveLog(store, 'pbx', [
      logged({
        callId: 'l1',
        startedAt: t + 2 * minute,
        extension: '803',
        direction: 'outgoing',
        note: 'wants a quote',
      }),
      logged({ callId: 'l2', startedAt: t + 3 * minute, result: 'missed' }),
    ])
    expect(store.calls.lastTalk('13500000002', t + 9 * minute)).toEqual({
      at: t + 2 * minute,
      extension: '803',
      direction: 'outgoing',
      note: 'wants a quote',
    })
    expect(store.calls.lastTalk('13500000002', t + minute)?.extension).toBe('802')
    expect(store.calls.lastTalk('', t * 2)).toBeNull()
  })

  it('takes the note of a call from the log row of the same call', async () => {
    const store = await open()
    await store.calls.save([answeredCall('a1', t)])
    await saveLog(store, 'pbx', [logged({ callId: 'a1', startedAt: t + 6000, note: 'call back on Monday' })])
    expect(store.calls.lastTalk('13500000002', t + minute)).toMatchObject({ at: t + 4000, note: 'call back on Monday' })
  })

  it('replaces a log row that is seen again with other content', async () => {
    const store = await open()
    await saveLog(store, 'pbx', [logged({ result: 'missed' })])
    expect(store.calls.lastTalk('13500000002', t * 2)).toBeNull()
    await saveLog(store, 'pbx', [logged({ direction: 'internal', durationSec: 13 })])
    expect(store.calls.lastTalk('13500000002', t * 2)?.direction).toBe('internal')
  })
})

const saveLog = (store: Store, connection: string, rows: HistoryEntry[]) =>
  store.history.save({ connection, system: 'telcrm' }, rows, t)

const logged = (over: Partial<HistoryEntry> = {}) =>
  entry({ callId: 'l1', startedAt: t, canonical: '13500000002', number: '13500000002', durationSec: 30, ...over })
