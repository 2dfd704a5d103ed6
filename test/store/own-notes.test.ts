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
    expect(ids(store, { tags: ['报价'], canonicals: ['13500000002'] })).toEqual(['b', 'a'])
    expect(ids(store, { tags: ['报价'], from: t + 2 * minute })).toEqual(['b'])
    expect(ids(store, { followUp: true })).toEqual(['b'])
    expect(ids(store, { followUp: true, tags: ['大客户'] })).toEqual([])
    await store.dispositions.saveFollowUp(promised('b', { doneAt: t + 5 }))
    expect(ids(store, { followUp: true })).toEqual([])
    await store.dispositions.saveFollowUp(promised('b'))
    expect(ids(store, { followUp: true })).toEqual(['b'])
  })

  it('are counted by the hour of the office, each call once', async () => {
    const store = await office()
    const { hours, next } = store.history.hoursSlice(historyQuery({ tags: ['报价', '大客户', '投诉'] }), 8 * 3_600_000)
    // 2025-10-09 16:53 to 16:56 in the office.
    expect(hours).toEqual([{ hour: 16, calls: 3, answered: 2, missed: 1, failed: 0 }])
    expect(next).toBeNull()
    expect(store.history.hoursSlice(historyQuery({ tags: ['没有'] }), 0).hours).toEqual([])
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
    const names = ['c0', 'c1', 'c2', 'c3']
    const n = fc.constantFrom(...names)
    // Moments have few places: rows take the ids that others left. A page may name a call twice.
    const logged = fc.record({ callId: n, at: fc.integer({ min: 1, max: 4 }) })
    const step = fc.oneof(
      fc.record({ do: fc.constant('note' as const), n, text: fc.constantFrom('', '甲乙', '乙丙 ab') }),
      fc.record({ do: fc.constant('tag' as const), n, text: fc.constantFrom('', '急', '缓') }),
      fc.record({ do: fc.constant('promise' as const), n, done: fc.boolean() }),
      {
        arbitrary: fc.record({ do: fc.constant('page' as const), calls: fc.array(logged, { maxLength: 5 }) }),
        weight: 2,
      },
      fc.record({ do: fc.constant('purge' as const), at: fc.integer({ min: 1, max: 4 }) }),
    )
    // One file for all runs: opening one takes longer than a run.
    const store = await open()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 16 }), async (steps) => {
        await store.calls.purge('pbx')
        for (const callId of names) {
          await store.dispositions.saveNote(noted(callId, ''))
          await store.dispositions.saveFollowUp(promised(callId, { doneAt: t }))
        }
        const notes = new Map<string, { note: string; tags: string[] }>()
        const open = new Map<string, boolean>()
        const ownOf = (callId: string) => notes.get(callId) ?? { note: '', tags: [] }
        const write = async (callId: string, change: Partial<{ note: string; tags: string[] }>) => {
          const now = { ...ownOf(callId), ...change }
          notes.set(callId, now)
          await store.dispositions.saveNote(noted(callId, now.note, now.tags))
        }
        for (const one of steps) {
          if (one.do === 'note') await write(one.n, { note: one.text })
          else if (one.do === 'tag') await write(one.n, { tags: one.text === '' ? [] : [one.text] })
          else if (one.do === 'promise') {
            open.set(one.n, !one.done)
            await store.dispositions.saveFollowUp(promised(one.n, { doneAt: one.done ? t : null }))
          } else if (one.do === 'page') {
            const page = one.calls.map(({ callId, at }) => call(callId, at))
            await store.history.save(pbx, page, t)
          } else await store.history.purge(t + one.at * minute)
        }
        const rows = store.history.slice(historyQuery()).rows
        for (const row of rows) {
          const { note, tags } = ownOf(row.callId)
          const followUpAt = open.get(row.callId) ? t + 9 : null
          expect(row).toMatchObject({ ownNote: note === '' ? null : note, tags, followUpAt })
        }
        const having = (fits: (callId: string) => boolean) => rows.map(({ callId }) => callId).filter(fits)
        expect(find(store, term('乙'))).toEqual(having((callId) => ownOf(callId).note.includes('乙')))
        expect(ids(store, { tags: ['急'] })).toEqual(having((callId) => ownOf(callId).tags.includes('急')))
        expect(ids(store, { followUp: true })).toEqual(having((callId) => open.get(callId) === true))
      }),
      { numRuns: 150 },
    )
  })
})
