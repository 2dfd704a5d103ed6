import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CallsCursor, HistoryCall } from '../../preload/contract/index.ts'
import { callKey } from '../../renderer/features/calls/call-key.ts'
import { createHistoryFeed } from '../../renderer/features/calls/history-feed.ts'
import { liveRow } from '../../renderer/features/calls/live-row.ts'
import { call } from './office.ts'

const at = 1_760_000_000_000
const rowOf = (n: number, over: Partial<HistoryCall> = {}): HistoryCall => ({
  ...liveRow(call(`c${n}`, at + n * 1000, { state: 'hungup', answeredAt: at, endedAt: at + 5000 }), 'telcrm'),
  row: n,
  ...over,
})

/** A log in memory, asked as the core is. */
function createLog(count: number) {
  let rows = Array.from({ length: count }, (_, n) => rowOf(count - 1 - n))
  let failing: Error | null = null
  let asked = 0
  return {
    asked: () => asked,
    add: (...more: HistoryCall[]) => {
      rows = [...more, ...rows].sort((a, b) => b.startedAt - a.startedAt || b.row - a.row)
    },
    change: (callId: string, over: Partial<HistoryCall>) => {
      rows = rows.map((row) => (row.callId === callId ? { ...row, ...over } : row))
    },
    fail: (error: Error | null) => {
      failing = error
    },
    async search({ before, limit }: { before: CallsCursor | null; limit: number }) {
      asked += 1
      if (failing) throw failing
      const rest = before === null ? rows : rows.filter((row) => row.row < before.row)
      const page = rest.slice(0, limit)
      const last = page.at(-1)
      const next = rest.length > page.length && last ? { startedAt: last.startedAt, row: last.row } : null
      return { rows: page, next }
    },
  }
}
const ids = (rows: readonly HistoryCall[]) => rows.map(({ callId }) => callId)

describe('a list of the history', () => {
  test('pages follow each other to the end, each call once', async () => {
    const log = createLog(700)
    const feed = createHistoryFeed(log.search)
    await feed.reload()
    while (feed.read().hasMore) await feed.more()
    expect(ids(feed.read().rows)).toEqual(Array.from({ length: 700 }, (_, n) => `c${699 - n}`))
  })

  test('read ahead and opened: asked once while the answer is on its way, and again by who comes later', async () => {
    const log = createLog(10)
    const feed = createHistoryFeed(log.search)
    await Promise.all([feed.open(), feed.open()])
    expect([log.asked(), feed.read().rows.length]).toEqual([1, 10])
    log.add(rowOf(10))
    const again = feed.open()
    // What was read before is shown meanwhile.
    expect([feed.read().phase, feed.read().rows.length]).toEqual(['ready', 10])
    await again
    expect([log.asked(), feed.read().rows.length]).toEqual([2, 11])
  })

  test('a reading ahead that failed is not what is shown: opening it reads anew', async () => {
    const log = createLog(10)
    const feed = createHistoryFeed(log.search)
    log.fail(new Error('away'))
    await feed.open()
    expect(feed.read().phase).toBe('failed')
    log.fail(null)
    const opened = feed.open()
    expect(feed.read()).toMatchObject({ phase: 'loading', error: null })
    await opened
    expect([feed.read().phase, feed.read().rows.length]).toEqual(['ready', 10])
  })

  test('while it is held, new calls wait and nothing moves; known ones are brought up to date where they stand', async () => {
    const log = createLog(100)
    const feed = createHistoryFeed(log.search)
    await feed.reload()
    feed.hold(true)
    const before = ids(feed.read().rows)
    log.add(rowOf(100), rowOf(101), rowOf(102))
    log.change('c99', { note: '要报价' })
    await feed.refresh()
    expect(ids(feed.read().rows)).toEqual(before)
    expect(feed.read().rows[0]?.note).toBe('要报价')
    expect(ids(feed.read().waiting)).toEqual(['c102', 'c101', 'c100'])
    await feed.release()
    expect(ids(feed.read().rows).slice(0, 4)).toEqual(['c102', 'c101', 'c100', 'c99'])
    expect(feed.read().waiting).toEqual([])
  })

  test('when nobody reads, new calls go in at once', async () => {
    const log = createLog(10)
    const feed = createHistoryFeed(log.search)
    await feed.reload()
    log.add(rowOf(10))
    await feed.refresh()
    expect(ids(feed.read().rows).slice(0, 2)).toEqual(['c10', 'c9'])
  })

  test('a call that goes on stands once: the row of the history takes its place', async () => {
    const log = createLog(5)
    const feed = createHistoryFeed(log.search)
    await feed.reload()
    const ringing = rowOf(7, { row: -1, result: 'running' })
    feed.offer([ringing])
    feed.offer([ringing])
    expect(ids(feed.read().rows)).toEqual(['c7', 'c4', 'c3', 'c2', 'c1', 'c0'])
    log.add(rowOf(7))
    await feed.refresh()
    expect(feed.read().rows.filter(({ callId }) => callId === 'c7')).toEqual([rowOf(7)])
  })

  test('too much for a few pages: the list is read anew, while it is held only when asked for', async () => {
    const log = createLog(100)
    const feed = createHistoryFeed(log.search)
    await feed.reload()
    feed.hold(true)
    log.add(...Array.from({ length: 400 }, (_, n) => rowOf(100 + n)))
    await feed.refresh()
    expect(feed.read().waitingMore).toBe(true)
    expect(feed.read().rows[0]?.callId).toBe('c99')
    await feed.release()
    expect(feed.read()).toMatchObject({ waitingMore: false, hasMore: true })
    expect(feed.read().rows[0]?.callId).toBe('c499')
  })

  test('older calls that come in behind the last one are found', async () => {
    const log = createLog(3)
    const feed = createHistoryFeed(log.search)
    await feed.reload()
    expect(feed.read().hasMore).toBe(false)
    log.add(rowOf(-5), rowOf(-6))
    feed.reopen()
    await feed.more()
    expect(ids(feed.read().rows)).toEqual(['c2', 'c1', 'c0', 'c-5', 'c-6'])
  })

  test('a first page that fails is a failed list; a failed look later leaves what stands there', async () => {
    const log = createLog(300)
    const feed = createHistoryFeed(log.search)
    log.fail(new Error('away'))
    await feed.reload()
    expect(feed.read()).toMatchObject({ phase: 'failed', rows: [] })
    log.fail(null)
    await feed.reload()
    log.fail(new Error('away'))
    await feed.refresh()
    await feed.more()
    expect(feed.read()).toMatchObject({ phase: 'ready', moreError: new Error('away') })
    expect(feed.read().rows).toHaveLength(60)
    log.fail(null)
    await feed.more()
    expect(feed.read()).toMatchObject({ moreError: null })
    expect(feed.read().rows).toHaveLength(260)
  })

  test('news that come while a look is under way are looked for afterwards', async () => {
    const log = createLog(5)
    const feed = createHistoryFeed(log.search)
    await feed.reload()
    const first = feed.refresh()
    log.add(rowOf(5))
    await Promise.all([first, feed.refresh()])
    expect(feed.read().rows[0]?.callId).toBe('c5')
  })

  test('whatever comes in, in whatever order it is read: each call once, newest first, and nothing held moves', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 90 }) }),
      fc.constant({ kind: 'refresh' as const, count: 0 }),
      fc.constant({ kind: 'more' as const, count: 0 }),
      fc.constant({ kind: 'hold' as const, count: 0 }),
      fc.constant({ kind: 'release' as const, count: 0 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(250), fc.array(step, { maxLength: 25 }), async (count, steps) => {
        const log = createLog(count)
        const feed = createHistoryFeed(log.search)
        await feed.reload()
        let newest = count
        let held = false
        for (const { kind, count: more } of steps) {
          const before = ids(feed.read().rows)
          if (kind === 'add') for (let n = 0; n < more; n += 1) log.add(rowOf(newest++))
          else if (kind === 'hold') {
            held = !held
            feed.hold(held)
          } else await feed[kind]()
          const now = ids(feed.read().rows)
          if (held && kind !== 'release' && before.length > 0) expect(now.slice(0, before.length)).toEqual(before)
          expect(new Set(feed.read().rows.map(callKey)).size).toBe(now.length)
          const times = feed.read().rows.map(({ startedAt }) => startedAt)
          expect(times).toEqual(times.toSorted((a, b) => b - a))
        }
        feed.hold(false)
        await feed.refresh()
        await feed.release()
        expect(feed.read().rows[0]?.callId).toBe(newest === 0 ? undefined : `c${newest - 1}`)
        while (feed.read().hasMore) await feed.more()
        expect(feed.read().rows).toHaveLength(newest)
      }),
      { numRuns: 60 },
    )
  })
})
