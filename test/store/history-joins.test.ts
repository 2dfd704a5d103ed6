import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HistoryEntry, Store } from '../../main/core/ports/index.ts'
import { entry, historyQuery, missedCall, open } from './temp-store.ts'

const t = 1_760_000_000_000
const source = { connection: 'pbx', system: 'telcrm' }
/** A row of the log that does not tell the call's id; `log-7` is the seventh. */
const logged = (n: number, over: Partial<HistoryEntry> = {}) =>
  entry({ callId: `log-${n}`, toldBy: 'log-row', startedAt: t, result: 'missed', durationSec: 0, ...over })
const reported = (callId: string, over: Partial<HistoryEntry> = {}) =>
  entry({ callId, toldBy: 'report', startedAt: t, result: 'missed', durationSec: 0, ...over })
const save = (store: Store, ...rows: HistoryEntry[]) => store.history.save(source, rows, t)
const kept = (store: Store) => store.history.slice(historyQuery()).rows
const ids = (store: Store) => kept(store).map(({ callId }) => callId)

describe('a log that does not tell the calls’ ids', () => {
  it('joins the call that was reported: its id, note and mark stay, what the log knows comes', async () => {
    const store = await open()
    await store.calls.save([missedCall('a@pbx', t)])
    await save(store, reported('a@pbx', { result: 'running' }))
    await save(store, reported('a@pbx'))
    await store.dispositions.saveNote(noteOn('a@pbx', '要报价'))
    await store.calls.setHandled('a@pbx', t + 5)
    const row = logged(37, { startedAt: t - 2400, note: 'log', recording: '/rec/37.wav', recordingKind: 'telcrm-file' })
    expect(await save(store, row)).toBeGreaterThan(0)
    expect(await save(store, row)).toBe(0)
    expect(kept(store)).toMatchObject([
      {
        callId: 'a@pbx',
        startedAt: t - 2400,
        note: 'log',
        recording: '/rec/37.wav',
        ownNote: '要报价',
        handledAt: t + 5,
      },
    ])
    expect(store.history.unheardMissed('pbx', { from: 0, to: t + 1 }).count).toBe(0)
    expect(store.missed.unheard({ since: 0, to: t + 1, limit: 9 })).toEqual([])
  })

  it('running first and over later, and the other way round: the call is reported after its row', async () => {
    const store = await open()
    await save(store, logged(37, { result: 'running' }))
    await store.dispositions.saveNote(noteOn('log-37', '要报价'))
    await save(store, logged(37, { result: 'answered', durationSec: 9, recording: '/rec/37.wav' }))
    await save(store, reported('a@pbx', { startedAt: t + 3000, result: 'running' }))
    expect(kept(store)).toMatchObject([
      { callId: 'a@pbx', result: 'answered', durationSec: 9, recording: '/rec/37.wav', ownNote: '要报价' },
    ])
    expect(store.history.get('pbx', 'log-37')?.callId).toBe('a@pbx')
    await save(store, logged(37, { result: 'answered', durationSec: 10 }))
    expect(kept(store)).toMatchObject([{ callId: 'a@pbx', durationSec: 10, ownNote: '要报价' }])
  })

  it('a missed call that was taken from the log before it was reported counts once, and stays dealt with', async () => {
    const store = await open()
    await save(store, logged(37))
    await store.calls.save([missedCall('log-37', t)])
    await store.calls.setHandled('log-37', t + 5)
    await store.calls.save([missedCall('a@pbx', t + 1000)])
    await save(store, reported('a@pbx', { startedAt: t + 1000 }))
    expect(store.calls.get('log-37')).toBeNull()
    expect(store.calls.get('a@pbx')?.handledAt).toBe(t + 5)
    expect(store.calls.missed({ extensions: null, limit: 9 }).count).toBe(0)
    expect(kept(store)).toMatchObject([{ callId: 'a@pbx', handledAt: t + 5 }])
  })

  it('what was written under both ids is put together, and found', async () => {
    const store = await open()
    const promise = { promise: '回电', dueAt: t + 9, createdAt: t, doneAt: null, noticedFor: null }
    await save(store, logged(37))
    await store.dispositions.saveNote(noteOn('log-37', '要报价'))
    await store.dispositions.saveFollowUp({ ...factsOf('log-37'), ...promise })
    await store.dispositions.saveNote(noteOn('a@pbx', '样品'))
    await save(store, reported('a@pbx'))
    expect(kept(store)).toMatchObject([
      { callId: 'a@pbx', ownNote: '样品\n要报价', tags: ['大客户'], followUpAt: t + 9 },
    ])
    const search = (text: string) => historyQuery({ terms: [{ scope: 'any', text, canonicals: [] }] })
    for (const text of ['报价', '样品', '大客户']) expect(store.history.slice(search(text)).rows, text).toHaveLength(1)
    expect(store.dispositions.note({ connection: 'pbx', callId: 'log-37' })).toBeNull()
  })

  it('joins what the other log of the same PBX told, in both directions of the change', async () => {
    const store = await open()
    await save(store, entry({ callId: 'a@pbx', startedAt: t }), entry({ callId: 'b@pbx', startedAt: t + 60_000 }))
    await save(
      store,
      ...[0, 60_000].map((ms, n) => logged(n, { startedAt: t + ms, result: 'answered', durationSec: 30 })),
    )
    expect(ids(store)).toEqual(['b@pbx', 'a@pbx'])
    await save(store, logged(9, { startedAt: t + 900_000, result: 'answered' }))
    await save(store, entry({ callId: 'c@pbx', startedAt: t + 900_000, name: '李' }))
    expect(kept(store)).toHaveLength(3)
    expect(kept(store)[0]).toMatchObject({ callId: 'c@pbx', name: '李', durationSec: 30 })
  })

  it('two rows that were taken for two calls become one when the next look shows that they fit', async () => {
    const store = await open()
    await save(store, reported('a@pbx', { direction: 'outgoing', result: 'failed' }))
    // The board was not read yet: whose call it was could not be told.
    await save(store, logged(37))
    expect(kept(store)).toHaveLength(2)
    await save(store, logged(37, { direction: 'outgoing', result: 'failed' }))
    expect(ids(store)).toEqual(['a@pbx'])
    expect(kept(store)).toMatchObject([{ callId: 'a@pbx' }])
  })

  it.each([
    ['somebody else', { number: '13800000417', canonical: '13800000417' }],
    ['the other direction', { direction: 'outgoing', result: 'failed' }],
    ['later', { startedAt: t + 10_001 }],
    ['no number, another telephone', { number: '', canonical: '', extension: '803' }],
  ] as const)('keeps apart: %s', async (_why, over) => {
    const store = await open()
    const anonymous = over && 'extension' in over ? { number: '', canonical: '' } : {}
    await save(store, reported('a@pbx', anonymous))
    await save(store, logged(37, over))
    expect(kept(store)).toHaveLength(2)
    await store.history.save({ connection: 'other', system: 'telcrm' }, [logged(38)], t)
    expect(kept(store)).toHaveLength(3)
  })

  it('rows of one page are calls of their own, though the log tells the id of one and not of the other', async () => {
    const store = await open()
    const told = entry({ callId: 'a@pbx', startedAt: t + 6000 })
    const page = [told, logged(37)]
    await save(store, ...page)
    await save(store, ...page)
    expect(ids(store)).toEqual(['a@pbx', 'log-37'])
    await save(store, entry({ callId: 'b@pbx', startedAt: t + 7000 }), ...page)
    expect(ids(store)).toEqual(['b@pbx', 'a@pbx', 'log-37'])
  })

  it('a group’s number in the log is the same call; the right telephone is preferred', async () => {
    const store = await open()
    await save(
      store,
      reported('a@pbx', { extension: '802' }),
      reported('b@pbx', { extension: '803', startedAt: t + 2000 }),
    )
    await save(
      store,
      logged(1, { extension: '803', startedAt: t + 500 }),
      logged(2, { extension: '3888', startedAt: t }),
    )
    expect(store.history.get('pbx', 'log-1')?.callId).toBe('b@pbx')
    expect(store.history.get('pbx', 'log-2')?.callId).toBe('a@pbx')
    expect(kept(store)).toHaveLength(2)
  })

  it('calls of one caller in a row stay as many, though the clocks are apart', async () => {
    const store = await open()
    const starts = [0, 7000, 13_000]
    await save(store, ...starts.map((ms, n) => reported(`call-${n}`, { startedAt: t + ms })))
    await save(store, ...starts.map((ms, n) => logged(n, { startedAt: t + ms + 6000 })))
    expect(kept(store)).toHaveLength(3)
    for (const n of [0, 1, 2]) expect(store.history.get('pbx', `log-${n}`)?.callId).toBe(`call-${n}`)
  })
})

const factsOf = (callId: string) => ({
  connection: 'pbx',
  callId,
  number: '13500000002',
  canonical: '13500000002',
  callStartedAt: t,
})
const noteOn = (callId: string, note: string) => ({
  ...factsOf(callId),
  note,
  author: null,
  tags: ['大客户'],
  updatedAt: t,
})

/** What becomes known of one call, by whom, in the order in which each of them tells it. */
const told = fc.record({
  gapMs: fc.integer({ min: 8000, max: 20_000 }),
  skewMs: fc.integer({ min: -3000, max: 3000 }),
  answered: fc.boolean(),
  extension: fc.constantFrom('802', '803'),
})

it('whatever is told first, each call stands once, under its own id', async () => {
  const store = await open()
  await fc.assert(
    fc.asyncProperty(
      fc.array(told, { minLength: 1, maxLength: 6 }),
      fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
      async (calls, turns) => {
        await store.calls.purge('pbx')
        let at = t
        const tasks = calls.map((call, n) => {
          at += call.gapMs
          const result = call.answered ? ('answered' as const) : ('missed' as const)
          const own = { startedAt: at, extension: call.extension }
          const log = { startedAt: at + call.skewMs, extension: call.extension }
          const callId = `call-${n}@pbx`
          return {
            reports: [reported(callId, { ...own, result: 'running' }), reported(callId, { ...own, result })],
            rows: [logged(n, { ...log, result: 'running' }), logged(n, { ...log, result, recording: `/rec/${n}.wav` })],
          }
        })
        const reports = tasks.flatMap((one) => one.reports)
        const rows = tasks.flatMap((one) => one.rows)
        for (const isReport of turns) {
          const next = isReport ? reports.shift() : rows.shift()
          // As core does: what the log has said of a call that is over stays.
          const known = next && next.toldBy === 'report' ? store.history.get('pbx', next.callId) : null
          if (next && !(known && known.result !== 'running')) await save(store, next)
        }
        for (const report of reports)
          if (store.history.get('pbx', report.callId)?.result !== 'missed') await save(store, report)
        await save(store, ...tasks.map((one) => one.rows[1]!))
        const found = kept(store).reverse()
        expect(found.map(({ callId, result, recording }) => ({ callId, result, recording }))).toEqual(
          calls.map(({ answered }, n) => ({
            callId: `call-${n}@pbx`,
            result: answered ? 'answered' : 'missed',
            recording: `/rec/${n}.wav`,
          })),
        )
      },
    ),
    { numRuns: 60 },
  )
})
