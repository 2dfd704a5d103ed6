import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createSpeller, loadReadings } from '../../main/core/history/words.ts'
import type { HistoryEntry, HistoryQuery, HistoryTerm, Store } from '../../main/core/ports/index.ts'
import { entry, historyQuery, missedCall, open, tempFile } from './temp-store.ts'

const t = 1_760_000_000_000
const minute = 60_000
const pbx = { connection: 'pbx', system: 'telcrm' }
const spell = createSpeller(await loadReadings())

const named = (callId: string, at: number, number: string, name: string, over: Partial<HistoryEntry> = {}) =>
  entry({ callId, startedAt: t + at * minute, number, name, spelling: spell(name), ...over })
const word = (text: string, scope: HistoryTerm['scope'] = 'any', canonicals: string[] = []): HistoryTerm => ({
  text,
  scope,
  canonicals,
})
const find = (store: Store, ...terms: HistoryTerm[]) => ids(store, { terms })
const ids = (store: Store, over: Partial<HistoryQuery>) =>
  store.history.slice(historyQuery(over)).rows.map(({ callId }) => callId)

async function office(): Promise<Store> {
  const store = await open()
  await store.history.save(
    pbx,
    [
      named('a', 1, '013500000002', '李建国', { note: '要报价，下周一' }),
      named('b', 2, '0755-28000123', '吕梁电器', { direction: 'outgoing', extension: '803', durationSec: 1500 }),
      named('c', 3, '13911112222', '单立人', { result: 'missed', durationSec: 0, group: '3003' }),
      named('d', 4, '803', '', { direction: 'internal', name: null, extension: '802', result: 'failed' }),
      named('e', 5, '+14155552671', 'Anna Lee', { note: '李 wants a 报 价 list', result: 'running' }),
    ],
    t,
  )
  return store
}

describe('search', () => {
  it('finds any part of a number, however it is written', async () => {
    const store = await office()
    expect(find(store, word('3500'))).toEqual(['a'])
    expect(find(store, word('28000123'))).toEqual(['b'])
    expect(find(store, word('0755-2800'))).toEqual(['b'])
    expect(find(store, word('2222', 'number'))).toEqual(['c'])
    expect(find(store, word('39'))).toEqual(['c'])
    expect(find(store, word('999'))).toEqual([])
    expect(find(store, word('3500', 'name'))).toEqual([])
  })

  it('finds names by signs, pinyin and initials from any syllable on', async () => {
    const store = await office()
    for (const typed of ['李', '建国', '李建国', 'lijianguo', 'jianguo', 'jiang', 'ljg', 'jg']) {
      expect(find(store, word(typed, 'name')), typed).toEqual(['a'])
    }
    for (const typed of ['lvliang', 'luliang', 'lldq', '梁电']) expect(find(store, word(typed)), typed).toEqual(['b'])
    for (const typed of ['shanliren', 'danliren', 'slr']) expect(find(store, word(typed)), typed).toEqual(['c'])
    expect(find(store, word('anna'))).toEqual(['e'])
    expect(find(store, word('国建'))).toEqual([])
    expect(find(store, word('"*'))).toEqual([])
    expect(find(store, word("' OR 1=1 --"))).toEqual([])
  })

  it('finds notes by any signs, whoever it is; several words must all fit', async () => {
    const store = await office()
    expect(find(store, word('报价'))).toEqual(['e', 'a'])
    expect(find(store, word('wan', 'note'))).toEqual(['e'])
    expect(find(store, word('李'))).toEqual(['e', 'a'])
    expect(find(store, word('李', 'name'))).toEqual(['a'])
    expect(find(store, word('李'), word('下周'))).toEqual(['a'])
    expect(find(store, word('lee'), word('wants'))).toEqual(['e'])
    expect(find(store, word('1350'), word('ljg'))).toEqual(['a'])
    expect(find(store, word('1350'), word('lvliang'))).toEqual([])
  })

  it('takes the people whom the directory knows by that word', async () => {
    const store = await office()
    expect(find(store, word('王', 'any', ['13911112222']))).toEqual(['c'])
  })

  it('filters by extension on either side, group, direction, result, time and length', async () => {
    const store = await office()
    expect(ids(store, { extension: '803' })).toEqual(['d', 'b'])
    expect(ids(store, { extension: '802', direction: 'internal' })).toEqual(['d'])
    expect(ids(store, { group: '3003' })).toEqual(['c'])
    expect(ids(store, { direction: 'incoming' })).toEqual(['e', 'c', 'a'])
    for (const [result, found] of [
      ['running', 'e'],
      ['missed', 'c'],
      ['failed', 'd'],
    ] as const)
      expect(ids(store, { result })).toEqual([found])
    expect(ids(store, { result: 'answered' })).toEqual(['b', 'a'])
    expect(ids(store, { from: t + 2 * minute, to: t + 4 * minute })).toEqual(['c', 'b'])
    expect(ids(store, { minDurationSec: 30, maxDurationSec: 1400 })).toEqual(['e', 'd', 'a'])
    expect(ids(store, { minDurationSec: 1300 })).toEqual(['b'])
    expect(ids(store, { canonicals: ['13500000002'] })).toEqual(['a'])
    expect(ids(store, { canonicals: ['13911112222', '075528000123'] })).toEqual(['c', 'b'])
    expect(ids(store, { canonicals: ['13911112222', '075528000123'], terms: [word('slr')] })).toEqual(['c'])
    expect(ids(store, { canonicals: ['13500000002', '13911112222'], terms: [word('报价')] })).toEqual(['a'])
    expect(ids(store, { canonicals: [] })).toEqual([])
    expect(ids(store, { connection: 'other' })).toEqual([])
    expect(ids(store, { extension: '803', terms: [word('0755')] })).toEqual(['b'])
    expect(ids(store, { extension: '803', terms: [word('803')] })).toEqual(['d'])
  })

  it('missed calls leave the list once somebody dealt with them, whoever heard of them first', async () => {
    const store = await office()
    expect(ids(store, { unhandled: true })).toEqual(['c'])
    await store.calls.setHandled('c', t + 9)
    expect(ids(store, { unhandled: true })).toEqual([])
    expect(store.history.get('pbx', 'c')?.handledAt).toBe(t + 9)
    await store.calls.save([missedCall('late', t)])
    await store.calls.setHandled('late', t + 1)
    await store.history.save(pbx, [entry({ callId: 'late', startedAt: t, result: 'missed' })], t)
    expect(store.history.get('pbx', 'late')?.handledAt).toBe(t + 1)
  })

  it('a missed call waits until its caller was talked with, from either side, under whatever name', async () => {
    const store = await office()
    await store.history.save(
      pbx,
      [
        named('m1', 10, '13700000001', '', { name: null, result: 'missed' }),
        named('m2', 11, '13700000002', '', { name: null, result: 'missed' }),
        named('none', 12, '', '', { name: null, result: 'missed' }),
        named('try', 13, '13700000001', '', { name: null, direction: 'outgoing', result: 'failed' }),
      ],
      t,
    )
    expect(ids(store, { toCallBack: true })).toEqual(['m2', 'm1', 'c'])
    expect(store.history.get('pbx', 'm1')?.calledBack).toBeNull()
    await store.history.save(
      pbx,
      [
        named('back', 14, '13700000001', '李阳', { direction: 'outgoing', extension: '803' }),
        named('later', 15, '13700000001', '李阳'),
      ],
      t,
    )
    expect(ids(store, { toCallBack: true })).toEqual(['m2', 'c'])
    expect(store.history.get('pbx', 'm1')?.calledBack).toEqual({ at: t + 14 * minute, extension: '803' })
    expect(store.history.get('pbx', 'm2')?.calledBack).toBeNull()
    await store.history.save(pbx, [named('run', 16, '13700000002', '', { name: null, result: 'running' })], t)
    expect(ids(store, { toCallBack: true })).toEqual(['m2', 'c'])
    await store.history.save(pbx, [named('run', 16, '13700000002', '', { name: null, result: 'answered' })], t)
    expect(ids(store, { toCallBack: true })).toEqual(['c'])
  })

  it('with a recording, without one', async () => {
    const store = await office()
    await store.history.save(
      pbx,
      [named('r', 9, '135', '', { recordingKind: 'telcrm-file', recording: 'D:/1.wav' })],
      t,
    )
    expect(ids(store, { recorded: true })).toEqual(['r'])
    expect(ids(store, { recorded: false })).toEqual(['e', 'd', 'c', 'b', 'a'])
  })

  it('pages through calls of one moment without losing or repeating one, and sums up the same set', async () => {
    const store = await open()
    const calls = Array.from({ length: 250 }, (_, n) =>
      entry({
        callId: `c${n}`,
        startedAt: t + Math.floor(n / 60),
        number: `1350000${1000 + (n % 70)}`,
        result: n % 3 === 0 ? 'missed' : 'answered',
        note: n % 5 === 0 ? '回电' : null,
      }),
    )
    await store.history.save(pbx, calls, t)
    for (const over of [{}, { terms: [word('1350')] }, { terms: [word('回电')] }, { result: 'missed' as const }]) {
      const seen: number[] = []
      let before: HistoryQuery['before'] = null
      do {
        const slice = store.history.slice(historyQuery({ ...over, before, limit: 7 }))
        seen.push(...slice.rows.map(({ row }) => row))
        before = slice.next
      } while (before)
      expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a))
      expect(store.history.totalsSlice(historyQuery(over))).toMatchObject({ calls: seen.length, next: null })
      expect(seen.length).toBeGreaterThan(40)
    }
    const both = { terms: [word('1350')], from: t + 1 }
    expect(store.history.totalsSlice(historyQuery(both))).toMatchObject({ calls: 190, talkSec: 190 * 30 })
  })
})

describe('saving', () => {
  it('adds, changes and leaves alone; says how many; moves a call whose time was corrected', async () => {
    const store = await open()
    const one = entry({ callId: 'a', startedAt: t, result: 'running', durationSec: 0 })
    expect(await store.history.save(pbx, [one, entry({ callId: 'b', startedAt: t })], 111)).toBe(2)
    expect(await store.history.save(pbx, [one], 222)).toBe(0)
    expect(store.history.oldestRunning('pbx', 0)).toBe(t)
    const ended = { ...one, result: 'answered' as const, name: '李', spelling: 'li l', note: '回电', startedAt: t + 5 }
    expect(await store.history.save(pbx, [ended], 333)).toBe(1)
    expect(store.history.oldestRunning('pbx', 0)).toBeNull()
    expect(store.history.get('pbx', 'a')).toMatchObject({ startedAt: t + 5, name: '李', note: '回电', seenAt: 111 })
    expect(ids(store, {})).toEqual(['a', 'b'])
    expect(find(store, word('回电'))).toEqual(['a'])
    expect(await store.history.save(pbx, [{ ...ended, note: '已回' }], 444)).toBe(1)
    expect(find(store, word('回电'))).toEqual([])
    expect(find(store, word('已回'))).toEqual(['a'])
  })

  it('joins spans that touch, in the same transaction as their rows', async () => {
    const store = await open()
    const save = (from: number, to: number) => store.history.save(pbx, [], t, { from, to })
    await save(10, 20)
    await save(40, 50)
    expect(store.history.spans('pbx')).toEqual([
      { from: 10, to: 20 },
      { from: 40, to: 50 },
    ])
    await save(20, 30)
    await save(12, 15)
    expect(store.history.spans('pbx')).toEqual([
      { from: 10, to: 30 },
      { from: 40, to: 50 },
    ])
    await save(25, 45)
    expect(store.history.spans('pbx')).toEqual([{ from: 10, to: 50 }])
    expect(store.history.spans('other')).toEqual([])
  })

  it('knows the missed calls that no screen pop told of', async () => {
    const store = await open()
    // The same id on another connection is another call.
    await store.calls.save([missedCall('heard', t), missedCall('silent', t, { connection: 'other' })])
    await store.history.save(
      pbx,
      ['heard', 'silent', 'before'].map((callId, n) =>
        entry({ callId, startedAt: callId === 'before' ? t - 1 : t + n, result: 'missed' }),
      ),
      t,
    )
    await store.history.save(pbx, [entry({ callId: 'unclear', startedAt: t + 5, result: 'unknown' })], t)
    expect(store.history.get('pbx', 'unclear')?.result).toBe('unknown')
    expect(ids(store, { result: 'unknown' })).toEqual(['unclear'])
    expect(store.history.unheardMissed('pbx', { from: t, to: t + 99 })).toEqual({ count: 1, from: t + 1, to: t + 1 })
  })
})

describe('purge', () => {
  it('leaves nothing of old calls in the file, and gives the room back', async () => {
    const empty = tempFile()
    await (await open(empty)).close()
    const file = tempFile()
    const store = await open(file)
    const old = Array.from({ length: 5000 }, (_, n) =>
      named(`old-${n}`, 0, `1380000${String(n).padStart(4, '0')}`, `龘${n}`, {
        note: `秘密secretnote${n}`,
        startedAt: t + n,
      }),
    )
    await store.history.save(pbx, [...old, named('new', 1000, '13911112222', '李建国', { note: '报价' })], t, {
      from: t,
      to: t + 1000 * minute,
    })
    const cut = t + 500 * minute
    let gone = 0
    for (let piece = -1; piece !== 0; gone += piece) piece = await store.history.purge(cut)
    expect(gone).toBe(5000)
    while (await store.history.compact());
    expect(ids(store, {})).toEqual(['new'])
    expect(store.history.spans('pbx')).toEqual([{ from: cut, to: t + 1000 * minute }])
    await store.close()
    const db = new Database(file)
    expect(db.prepare('SELECT count(*) FROM parties').pluck().get()).toBe(1)
    expect(db.pragma('freelist_count', { simple: true })).toBe(0)
    expect(db.prepare(`SELECT count(*) FROM note_words WHERE words MATCH '"秘 密"'`).pluck().get()).toBe(0)
    expect(db.serialize().includes('secretnote')).toBe(false)
    expect(db.serialize().length).toBeLessThan(statSync(empty).size + 100_000)
    db.close()
  })
})
