import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CallRecord } from '../../main/core/calls/call-record.ts'
import type { CallsCursor } from '../../preload/contract/index.ts'
import { answeredCall, leg, missedCall, open, query, record } from './temp-store.ts'

const t = 1_760_000_000_000
const minute = 60_000
/** Everything that began before this time. */
const upTo = (startedAt: number) => ({ startedAt, row: 0 })
const ids = (rows: CallRecord[]) => rows.map((row) => row.callId)

async function office() {
  const store = await open()
  await store.calls.save([
    missedCall('yesterday', t - 1440 * minute),
    answeredCall('mine', t + minute, { canonical: '13911112222', caller: '13911112222' }),
    missedCall('missed', t + 2 * minute),
    missedCall('theirs', t + 3 * minute, {
      canonical: '075528000123',
      caller: '075528000123',
      legs: [leg('803', { ringing: t + 3 * minute, canceled: t + 4 * minute })],
    }),
    record({
      callId: 'dialled',
      direction: 'outgoing',
      caller: '802',
      canonical: '4008001234',
      legs: [leg('4008001234', { calling: t + 5 * minute })],
    }),
    record({ callId: 'colleague', direction: 'internal', caller: '805', canonical: '805', at: t + 6 * minute }),
  ])
  await store.directory.save({ number: '13911112222', canonical: '13911112222', name: '李先生', company: '100%_Ltd' })
  await store.directory.learn([{ canonical: '075528000123', name: '深圳 Hotel', at: t, connection: 'pbx' }])
  return store
}

describe('list of calls', () => {
  it('filters, newest first, and counts every filter', async () => {
    const { calls } = await office()
    const today = { todayFrom: t }
    expect(ids(calls.list(query()).rows)).toEqual(['colleague', 'dialled', 'theirs', 'missed', 'mine', 'yesterday'])
    expect(ids(calls.list(query({ filter: 'today', ...today })).rows)).toEqual([
      'colleague',
      'dialled',
      'theirs',
      'missed',
      'mine',
    ])
    expect(ids(calls.list(query({ filter: 'missed' })).rows)).toEqual(['theirs', 'missed', 'yesterday'])
    expect(ids(calls.list(query({ filter: 'missed', missedExtensions: ['803', '1'] })).rows)).toEqual(['theirs'])
    expect(ids(calls.list(query({ filter: 'mine' })).rows)).toEqual([
      'colleague',
      'dialled',
      'missed',
      'mine',
      'yesterday',
    ])
    expect(ids(calls.list(query({ filter: 'mine', extension: null })).rows)).toEqual([])
    expect(calls.list(query(today)).counts).toEqual({ all: 6, missed: 3, mine: 5, today: 5 })
    expect(calls.list(query({ ...today, missedExtensions: ['803'], extension: null })).counts).toEqual({
      all: 6,
      missed: 1,
      mine: 0,
      today: 5,
    })
  })

  it('keeps a handled call among the missed ones', async () => {
    const { calls } = await office()
    await calls.setHandled('missed', t)
    expect(ids(calls.list(query({ filter: 'missed' })).rows)).toContain('missed')
  })

  it('pages with before, since and limit', async () => {
    const { calls } = await office()
    expect(ids(calls.list(query({ limit: 2 })).rows)).toEqual(['colleague', 'dialled'])
    expect(ids(calls.list(query({ limit: 2, before: upTo(t + 5 * minute) })).rows)).toEqual(['theirs', 'missed'])
    expect(ids(calls.list(query({ since: t + 3 * minute, before: upTo(t + 6 * minute) })).rows)).toEqual([
      'dialled',
      'theirs',
    ])
    expect(ids(calls.list(query({ filter: 'mine', limit: 1, before: upTo(t + 5 * minute) })).rows)).toEqual(['missed'])
  })

  it.each([
    ['all', ''],
    ['today', ''],
    ['missed', ''],
    ['mine', ''],
    ['all', '1350'],
    ['mine', '1350'],
  ] as const)(
    'page after page of %s gives every call once, also those of one millisecond (text "%s")',
    async (filter, text) => {
      const { calls } = await open()
      const at = (one: number) => t + Math.floor(one / 7)
      await calls.save(Array.from({ length: 30 }, (_, one) => missedCall(`c${one}`, at(one))))
      for (const limit of [1, 2, 5, 30]) {
        const found: string[] = []
        let before: CallsCursor | null = null
        do {
          const page = calls.list(query({ filter, text, limit, before }))
          found.push(...ids(page.rows))
          before = page.next
        } while (before !== null && found.length < 100)
        expect(found, `${limit} a page`).toEqual(Array.from({ length: 30 }, (_, one) => `c${29 - one}`))
      }
    },
  )

  it.each([
    ['part of a number', '2800', ['theirs']],
    ['a number as people write it', ' 139-1111 2222 ', ['mine']],
    ['full-width digits', '１３９１', ['mine']],
    ['a name from the directory', '李', ['mine']],
    ['a company', 'ltd', ['mine']],
    ['a sign that LIKE knows', '%_', ['mine']],
    ['a learned name, any case', 'HOTEL', ['theirs']],
    ['a colleague', '805', ['colleague']],
    ['nothing that exists', 'zzz', []],
    ['an underscore that stands for itself', '1_9', []],
  ])('finds by %s', async (_what, text, found) => {
    const { calls } = await office()
    expect(ids(calls.list(query({ text })).rows)).toEqual(found)
  })

  it('combines text with a filter', async () => {
    const { calls } = await office()
    expect(ids(calls.list(query({ text: '1350', filter: 'missed' })).rows)).toEqual(['missed', 'yesterday'])
    expect(ids(calls.list(query({ text: '1350', filter: 'today', todayFrom: t })).rows)).toEqual(['missed'])
    expect(ids(calls.list(query({ text: '400', filter: 'mine' })).rows)).toEqual(['dialled'])
    expect(ids(calls.list(query({ text: '2800', filter: 'mine' })).rows)).toEqual([])
    expect(ids(calls.list(query({ text: '2800', filter: 'missed', missedExtensions: ['803'] })).rows)).toEqual([
      'theirs',
    ])
  })

  it('gives what a plain filter over all rows gives, also when a text fits thousands of numbers', async () => {
    const store = await open()
    const all = Array.from({ length: 3000 }, (_, at) => {
      const number = `1${String(30_000_000 + at * 7919).padStart(10, '0')}`
      const extension = at % 3 === 0 ? '802' : '803'
      const legs = [
        leg(extension, {
          ringing: t + at,
          ...(at % 4 === 0 ? { canceled: t + at + 1 } : { talking: t + at + 1, hungup: t + at + 2 }),
        }),
      ]
      return record({ callId: `c${at}`, caller: number, canonical: number, legs })
    })
    await store.calls.save(all)
    const newestFirst = all.toReversed()
    fc.assert(
      fc.property(
        fc.constantFrom('all', 'missed', 'mine'),
        fc.constantFrom('', '1', '3', '77', '1300', '300079', '9'),
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 1, max: 80 }),
        fc.option(fc.constantFrom<string[]>(['802'], ['803', '802']), { nil: null }),
        (filter, text, beforeIndex, limit, missedExtensions) => {
          const before = t + beforeIndex
          const expected = newestFirst.filter((call) => {
            const at = call.legs[0]?.seen.ringing ?? 0
            const extension = call.legs[0]?.extension ?? ''
            const isMissed =
              call.legs[0]?.seen.canceled !== undefined && (missedExtensions?.includes(extension) ?? true)
            const fits = filter === 'all' || (filter === 'missed' ? isMissed : extension === '802')
            return at < before && fits && call.canonical.includes(text)
          })
          const found = store.calls.list(query({ filter, text, before: upTo(before), limit, missedExtensions })).rows
          expect(ids(found)).toEqual(ids(expected.slice(0, limit)))
        },
      ),
      { numRuns: 150 },
    )
  })
})
