import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HistoryQuery, HistoryTerm, Store, StoredFollowUp, StoredNote } from '../../main/core/ports/index.ts'
import { entry, historyQuery, open } from './temp-store.ts'

const t = 1_760_000_000_000
const minute = 60_000
const pbx = { connection: 'pbx', system: 'telcrm' }
const facts = (callId: string, connection = 'pbx') => ({
  ...{ connection, callId, number: '013500000002', canonical: '13500000002', callStartedAt: t },
})
const noted = (callId: string, note: string, tags: string[] = [], connection = 'pbx'): StoredNote => ({
  ...{ ...facts(callId, connection), note, tags, author: '802', updatedAt: t },
})
const promised = (callId: string, over: Partial<StoredFollowUp> = {}): StoredFollowUp => ({
  ...{ ...facts(callId), promise: '报交期', dueAt: t + 9, createdAt: t, doneAt: null, noticedFor: null, ...over },
})
const term = (text: string, scope: HistoryTerm['scope'] = 'any'): HistoryTerm => ({ text, scope, canonicals: [] })
const ids = (store: Store, over: Partial<HistoryQuery>) =>
  store.history.slice(historyQuery(over)).rows.map(({ callId }) => callId)
const find = (store: Store, ...terms: HistoryTerm[]) => ids(store, { terms })
const count = (store: Store, over: Partial<HistoryQuery>) => store.history.totalsSlice(historyQuery(over)).calls
const call = (callId: string, at: number, over: object = {}) => entry({ callId, startedAt: t + at * minute, ...over })

async function office(): Promise<Store> {
  const store = await open()
  await store.history.save(
    pbx,
    [
      call('a', 1, { note: '系统里写的' }),
      call('b', 2, { extension: '803' }),
      call('c', 3, { result: 'missed' }),
      call('d', 4),
    ],
    t,
  )
  await store.dispositions.saveNote(noted('a', '要11月对账单，周三前寄到', ['报价', '大客户']))
  await store.dispositions.saveNote(noted('b', 'wants the November statement', ['报价']))
  await store.dispositions.saveNote(noted('c', '', ['投诉']))
  await store.dispositions.saveFollowUp(promised('b'))
  return store
}

describe('notes and tags in the history', () => {
  it('are found by any signs of them, beside the notes of the log', async () => {
    const store = await office()
    expect(find(store, term('对账'))).toEqual(['a'])
    expect(find(store, term('账单', 'note'))).toEqual(['a'])
    expect(find(store, term('nov'))).toEqual(['b'])
    expect(find(store, term('投诉'))).toEqual(['c'])
    expect(find(store, term('报价'))).toEqual(['b', 'a'])
    expect(find(store, term('对账', 'name'))).toEqual([])
    // Words of the log's note and of ours, and of the party.
    expect(find(store, term('系统'), term('对账'))).toEqual(['a'])
    expect(find(store, term('1350'), term('对账'))).toEqual(['a'])
    expect(find(store, term('对账'), term('november'))).toEqual([])
    // Never across the border of note and tag, or of two tags.
    expect(find(store, term('到报'))).toEqual([])
    expect(find(store, term('价大'))).toEqual([])
    expect(count(store, { terms: [term('报价')] })).toBe(2)
  })

  it('stand on the row: note, tags in their order, an open promise', async () => {
    const store = await office()
    const rows = new Map(store.history.slice(historyQuery()).rows.map((row) => [row.callId, row]))
    expect(rows.get('a')).toMatchObject({
      ownNote: '要11月对账单，周三前寄到',
      tags: ['报价', '大客户'],
      followUpAt: null,
    })
    expect(rows.get('b')).toMatchObject({ tags: ['报价'], followUpAt: t + 9 })
    expect(rows.get('c')).toMatchObject({ ownNote: null, tags: ['投诉'] })
    expect(rows.get('d')).toMatchObject({ ownNote: null, tags: [], followUpAt: null })
    expect(store.history.get('pbx', 'a')).toMatchObject({ tags: ['报价', '大客户'] })
  })

  it('filter: any of the tags, with every other condition; an open promise', async () => {
    const store = await office()
    expect(ids(store, { tags: ['报价'] })).toEqual(['b', 'a'])
    expect(ids(store, { tags: ['投诉', '大客户', '没有'] })).toEqual(['c', 'a'])
    expect(count(store, { tags: ['报价', '大客户'] })).toBe(2)
    expect(ids(store, { tags: ['报价'], extension: '803' })).toEqual(['b'])
    expect(ids(store, { tags: ['报价', '投诉'], result: 'missed' })).toEqual(['c'])
    expect(ids(store, { tags: ['报价'], terms: [term('1350')] })).toEqual(['b', 'a'])
    expect(ids(store, { tags: ['报价'], terms: [term('对账')] })).toEqual(['a'])
    expect(count(store, { tags: ['报价', '大客户'], terms: [term('1350')] })).toBe(2)
    expect(ids(store, { tags: ['报价'], canonical: '13500000002' })).toEqual(['b', 'a'])
    expect(ids(store, { tags: ['报价'], from: t + 2 * minute })).toEqual(['b'])
    expect(ids(store, { followUp: true })).toEqual(['b'])
    expect(ids(store, { followUp: true, tags: ['大客户'] })).toEqual([])
    await store.dispositions.saveFollowUp(promised('b', { doneAt: t + 5 }))
    expect(ids(store, { followUp: true })).toEqual([])
    await store.dispositions.saveFollowUp(promised('b'))
    expect(ids(store, { followUp: true })).toEqual(['b'])
  })

  it('pages through a tag without losing or repeating a call', async () => {
    const store = await open()
    const rows = Array.from({ length: 250 }, (_, n) => call(`c${n}`, n % 50))
    await store.history.save(pbx, rows, t)
    for (const [n, { callId }] of rows.entries())
      if (n % 2 === 0) await store.dispositions.saveNote(noted(callId, '', n % 4 === 0 ? ['甲', '乙'] : ['乙']))
    const found: string[] = []
    let before: HistoryQuery['before'] = null
    do {
      const slice = store.history.slice(historyQuery({ tags: ['甲', '乙'], before, limit: 20 }))
      found.push(...slice.rows.map(({ callId }) => callId))
      before = slice.next
    } while (before !== null)
    expect(found).toHaveLength(125)
    expect(new Set(found).size).toBe(125)
    expect(count(store, { tags: ['甲', '乙'] })).toBe(125)
  })

  it('what came first does not matter: a note written while it rings is found on the row of the log', async () => {
    const store = await open()
    await store.dispositions.saveNote(noted('x', '先写的', ['急']))
    await store.dispositions.saveFollowUp(promised('x'))
    await store.dispositions.saveNote(noted('x', '别的话机系统', [], 'cloud'))
    expect(find(store, term('先写'))).toEqual([])
    await store.history.save(pbx, [call('x', 1)], t)
    expect(find(store, term('先写'))).toEqual(['x'])
    expect(find(store, term('别的'))).toEqual([])
    // The log knows another beginning: the row moves.
    await store.history.save(pbx, [call('x', 2)], t)
    expect(find(store, term('先写'))).toEqual(['x'])
    expect(ids(store, { tags: ['急'] })).toEqual(['x'])
    expect(ids(store, { followUp: true })).toEqual(['x'])
    await store.dispositions.saveNote(noted('x', '改过', ['缓']))
    expect(find(store, term('先写'))).toEqual([])
    expect(find(store, term('改过'))).toEqual(['x'])
    expect(ids(store, { tags: ['急'] })).toEqual([])
    await store.dispositions.saveNote(noted('x', '', []))
    expect(find(store, term('改过'))).toEqual([])
    expect(store.history.get('pbx', 'x')).toMatchObject({ ownNote: null, tags: [] })
  })

  it('whatever is written, moved and deleted, in any order: what is found is what stands there', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('note' as const), n: fc.nat(3), text: fc.constantFrom('', '甲乙', '乙丙 ab') }),
      fc.record({ do: fc.constant('tag' as const), n: fc.nat(3), text: fc.constantFrom('', '急', '缓') }),
      fc.record({ do: fc.constant('call' as const), n: fc.nat(3), at: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ do: fc.constant('purge' as const), at: fc.integer({ min: 1, max: 4 }) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const store = await open()
        const notes = new Map<number, { note: string; tags: string[] }>()
        const write = async (n: number, change: Partial<{ note: string; tags: string[] }>) => {
          const now = { ...(notes.get(n) ?? { note: '', tags: [] }), ...change }
          notes.set(n, now)
          await store.dispositions.saveNote(noted(`c${n}`, now.note, now.tags))
        }
        for (const one of steps) {
          if (one.do === 'note') await write(one.n, { note: one.text })
          else if (one.do === 'tag') await write(one.n, { tags: one.text === '' ? [] : [one.text] })
          else if (one.do === 'call') await store.history.save(pbx, [call(`c${one.n}`, one.at)], t)
          else await store.history.purge(t + one.at * minute)
        }
        const rows = store.history.slice(historyQuery()).rows
        for (const row of rows) {
          const own = notes.get(Number(row.callId.slice(1))) ?? { note: '', tags: [] }
          expect(row).toMatchObject({ ownNote: own.note === '' ? null : own.note, tags: own.tags })
        }
        const having = (fits: (own: { note: string; tags: string[] }) => boolean) =>
          rows.filter(({ callId }) => fits(notes.get(Number(callId.slice(1))) ?? { note: '', tags: [] }))
        expect(find(store, term('乙'))).toEqual(having(({ note }) => note.includes('乙')).map(({ callId }) => callId))
        expect(ids(store, { tags: ['急'] })).toEqual(
          having(({ tags }) => tags.includes('急')).map(({ callId }) => callId),
        )
        await store.close()
      }),
      { numRuns: 25 },
    )
  })
})
