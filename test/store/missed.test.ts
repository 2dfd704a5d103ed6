import { describe, expect, it } from 'vitest'
import type { HistoryEntry, Store } from '../../main/core/ports/index.ts'
import { leg, open, record } from './temp-store.ts'

const at = 1_760_000_000_000
const minute = 60_000
const caller = '13500000002'
const missed = (callId: string, startedAt = at) =>
  record({
    callId,
    at: startedAt,
    caller,
    canonical: caller,
    legs: [leg('802', { ringing: startedAt, canceled: startedAt + 9000 })],
  })
const talk = (callId: string, startedAt: number, outgoing: boolean) =>
  record({
    callId,
    caller: outgoing ? '805' : caller,
    canonical: caller,
    direction: outgoing ? 'outgoing' : 'incoming',
    legs: [leg(outgoing ? caller : '805', { ringing: startedAt, talking: startedAt + 5000, hungup: startedAt + 9000 })],
  })
const entry = (over: Partial<HistoryEntry>): HistoryEntry => ({
  callId: 'h1',
  toldBy: 'log',
  direction: 'outgoing',
  result: 'answered',
  number: caller,
  canonical: caller,
  name: null,
  spelling: '',
  extension: '805',
  group: null,
  startedAt: at + minute,
  durationSec: 40,
  note: null,
  causeCode: null,
  causeText: null,
  recordingKind: null,
  recording: null,
  ...over,
})
const log = (store: Store, ...rows: HistoryEntry[]) =>
  store.history.save({ connection: 'pbx', system: 'telcrm' }, rows, at)
const openOf = (store: Store) =>
  (['802', null] as const).map((extension) => {
    const { rows, count } = store.calls.missed({ extensions: extension ? [extension] : null, limit: 9 })
    expect(rows).toHaveLength(count)
    return rows.map(({ callId }) => callId)
  })

describe('a missed call', () => {
  it.each([
    ['a call of anyone to that number that was answered', talk('t', at + minute, true), 'called-back'],
    ['the caller rang again and was answered', talk('t', at + minute, false), 'rang-again'],
  ])('is dealt with by %s, in whichever order both are told', async (_what, spoken, how) => {
    for (const order of [
      [missed('m'), spoken],
      [spoken, missed('m')],
    ]) {
      const store = await open()
      for (const one of order) await store.calls.save([one])
      expect(openOf(store)).toEqual([[], []])
      const returned = { at: at + minute + 5000, by: how === 'called-back' ? expect.anything() : '805', how }
      expect(store.missed.returnOf({ connection: 'pbx', callId: 'm' })).toEqual(returned)
      expect(store.missed.dealtWith({ extensions: ['802'], limit: 9 }).map((one) => one.record.callId)).toEqual(['m'])
      // The late report of one leg changes nothing of that.
      await store.calls.save([missed('m')])
      expect(openOf(store)).toEqual([[], []])
    }
  })

  it('is dealt with by a row of any log, before and after it is known', async () => {
    for (const logFirst of [false, true]) {
      const store = await open()
      if (logFirst) await log(store, entry({}))
      await store.calls.save([missed('m')])
      if (!logFirst) await log(store, entry({}))
      expect(openOf(store)).toEqual([[], []])
      expect(store.missed.returnOf({ connection: 'pbx', callId: 'm' })).toEqual({
        at: at + minute,
        by: '805',
        how: 'called-back',
      })
    }
  })

  it('stays open for what was before it, unanswered, internal, or with somebody else; an attempt is told', async () => {
    const store = await open()
    await store.calls.save([missed('m'), talk('before', at - minute, true)])
    await log(
      store,
      entry({ callId: 'no', result: 'failed', startedAt: at + 2 * minute }),
      entry({ callId: 'in', direction: 'internal' }),
      entry({ callId: 'other', number: '13800000417', canonical: '13800000417' }),
      entry({ callId: 'early', startedAt: at - 5 * minute }),
    )
    expect(openOf(store)).toEqual([['m'], ['m']])
    expect(store.missed.attemptSince(caller, at)).toEqual({ at: at + 2 * minute, by: '805' })
    expect(store.missed.attemptSince(caller, at + 3 * minute)).toBeNull()
    expect(store.missed.attemptSince('', at)).toBeNull()
  })

  it('is measured by the clock of its own log: hours of difference do no harm', async () => {
    const store = await open()
    const ahead = 3 * 60 * minute
    const logged = entry({
      callId: 'm',
      direction: 'incoming',
      result: 'missed',
      startedAt: at + ahead,
      durationSec: 0,
    })
    await log(store, logged, entry({ callId: 'before', startedAt: at + ahead - minute }))
    await store.calls.save([missed('m')])
    expect(openOf(store)).toEqual([['m'], ['m']])
    await log(store, entry({ callId: 'after', startedAt: at + ahead + minute }))
    expect(openOf(store)).toEqual([[], []])
  })

  it('is handled by hand, and open again when that is undone; not when its caller was spoken to since', async () => {
    const store = await open()
    await store.calls.save([missed('m')])
    await store.calls.setHandled('m', 5)
    expect(openOf(store)).toEqual([[], []])
    expect(store.missed.dealtWith({ extensions: null, limit: 9 })).toMatchObject([
      { returned: null, record: { handledAt: 5 } },
    ])
    await store.calls.setHandled('m', null)
    expect(openOf(store)).toEqual([['m'], ['m']])
    await log(store, entry({}))
    await store.calls.setHandled('m', 5)
    await store.calls.setHandled('m', null)
    expect(openOf(store)).toEqual([[], []])
  })
})

it('missed calls that only a log knows are found, once, and not those from before this program', async () => {
  const store = await open()
  const now = Date.now()
  const miss = (callId: string, startedAt: number, over: Partial<HistoryEntry> = {}) =>
    entry({
      callId,
      startedAt,
      direction: 'incoming',
      result: 'missed',
      extension: '802',
      group: '3002',
      durationSec: 0,
      ...over,
    })
  await log(
    store,
    miss('new', now - 10 * minute),
    miss('known', now - 11 * minute),
    miss('fresh', now - 1000),
    miss('old', now - 3 * 24 * 60 * minute),
    miss('answered', now - 12 * minute, { result: 'answered' }),
    miss('internal', now - 12 * minute, { direction: 'internal' }),
  )
  await store.calls.save([missed('known', now - 11 * minute)])
  const query = { since: 0, to: now - minute, limit: 9 }
  expect(store.missed.unheard(query)).toEqual([
    { connection: 'pbx', callId: 'new', number: caller, extension: '802', group: '3002', startedAt: now - 10 * minute },
  ])
  await store.calls.setHandled('new', 5)
  expect(store.missed.unheard(query)).toEqual([])
})
