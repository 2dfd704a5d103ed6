import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { spaced } from '../../main/core/history/words.ts'
import type { HistoryEntry } from '../../main/core/ports/index.ts'
import { createBatchRunner } from '../../main/store/batch-runner.ts'
import { idsPerMs } from '../../main/store/history-rows.ts'
import { toRow } from '../../main/store/history-store.ts'
import { migrate } from '../../main/store/migrate.ts'
import { migrations } from '../../main/store/migrations/index.ts'
import type { Sqlite } from '../../main/store/sqlite.ts'
import type { WriteOperation } from '../../main/store/write-operations.ts'
import { entry, tempFile } from './temp-store.ts'

const t = 1_760_000_000_000
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** The writer's own batches, without its thread, over a real file that is looked at beside it. */
function table() {
  const file = tempFile()
  const fresh = new Database(file)
  fresh.pragma('journal_mode=WAL')
  migrate(fresh, migrations)
  const runner = createBatchRunner(file)
  closing.push(() => {
    runner.close()
    fresh.close()
  })
  const save = (entries: Partial<HistoryEntry>[], connection = 'pbx'): WriteOperation => {
    const rows = entries.map((one) => toRow(entry({ callId: 'a', startedAt: t, ...one })))
    return ['history.save', connection, 'telcrm', rows, t, null, null, []]
  }
  return {
    db: fresh,
    runner,
    save,
    kept: () =>
      fresh
        .prepare(`SELECT h.call_id AS callId, p.number, p.name, h.duration_sec AS durationSec, n.note, h.id / ${idsPerMs} AS startedAt
          FROM history h JOIN parties p ON p.id = h.party LEFT JOIN history_notes n ON n.id = h.id ORDER BY h.id DESC`)
        .all() as { callId: string; number: string; name: string; durationSec: number; note: string | null }[],
  }
}

/** What is counted and indexed says the same as the calls themselves. */
function expectSound(db: Sqlite): void {
  expect(db.pragma('foreign_key_check')).toEqual([])
  const wrong = `SELECT p.id FROM parties p WHERE p.calls <> (SELECT count(*) FROM history h WHERE h.party = p.id)
    OR p.last_call < (SELECT ifnull(max(h.id), 0) FROM history h WHERE h.party = p.id)
    OR p.last_talk < (SELECT ifnull(max(h.id), 0) FROM history h WHERE h.party = p.id AND h.result = 1)`
  expect(db.prepare(wrong).all()).toEqual([])
  const named = db.prepare("SELECT id, number, name FROM parties WHERE name <> ''").all() as {
    id: number
    number: string
    name: string
  }[]
  const words = db.prepare('SELECT rowid FROM party_words WHERE words MATCH ?').pluck()
  const digits = db.prepare('SELECT rowid FROM party_digits WHERE party_digits MATCH ?').pluck()
  for (const { id, name, number } of named) {
    expect(words.all(`"${spaced(name).trim()}"`), name).toContain(id)
    expect(digits.all(`"${number.slice(0, 3)}"`), number).toContain(id)
  }
  const notes = db.prepare('SELECT id, note FROM history_notes').all() as { id: number; note: string }[]
  const noted = db.prepare('SELECT rowid FROM note_words WHERE words MATCH ?').pluck()
  for (const { id, note } of notes) expect(noted.all(`"${spaced(note).trim()}"`), note).toContain(id)
}

describe('a page of calls', () => {
  it('is kept in the order in which the log gave calls of one moment', () => {
    const { runner, save, kept } = table()
    runner.run([save(['third', 'second', 'first'].map((callId) => ({ callId })))])
    expect(kept().map(({ callId }) => callId)).toEqual(['third', 'second', 'first'])
    runner.run([save([{ callId: 'fifth' }, { callId: 'fourth' }, { callId: 'third' }])])
    expect(kept().map(({ callId }) => callId)).toEqual(['fifth', 'fourth', 'third', 'second', 'first'])
  })

  it('that names a call twice keeps it once', () => {
    const { db, runner, save, kept } = table()
    const twice = [{ callId: 'a', durationSec: 9 }, { callId: 'b' }, { callId: 'a', durationSec: 3 }]
    expect(runner.run([save(twice)]).failures).toEqual([])
    expect(kept()).toHaveLength(2)
    expect(kept().find(({ callId }) => callId === 'a')?.durationSec).toBe(9)
    expectSound(db)
  })

  it('with ids that JSON writes otherwise, or that look alike, keeps each once however often it comes', () => {
    const { db, runner, save, kept } = table()
    const callIds = [
      'a\0b',
      'a\0c',
      'bad\ud800id',
      '😀@pbx',
      '"quoted\\"',
      '',
      ' ',
      '123456789-1-1234567',
      '123456789-2-1234567',
    ]
    const page = callIds.map((callId, n) => ({ callId, startedAt: t + n }))
    expect(runner.run([save(page)]).results).toEqual([callIds.length])
    expect(runner.run([save(page)]).results).toEqual([0])
    expect(kept()).toHaveLength(callIds.length)
    expectSound(db)
  })

  it('keeps the same id of two connections apart', () => {
    const { runner, save, kept } = table()
    runner.run([save([{ callId: 'a' }]), save([{ callId: 'a', number: '139' }], 'other')])
    expect(runner.run([save([{ callId: 'a' }]), save([{ callId: 'a', number: '139' }], 'other')]).results).toEqual([
      0, 0,
    ])
    expect(kept().map(({ number }) => number)).toEqual(['139', '13500000002'])
  })

  it('completes its span where the page before it is there, and not where that one failed', () => {
    const { db, runner, save } = table()
    const page = (callId: string, from: number, after: [number, number] | null): WriteOperation => {
      const [name, connection, system, rows, seenAt] = save([{ callId, startedAt: from }]) as Extract<
        WriteOperation,
        ['history.save', ...unknown[]]
      >
      return [name, connection, system, rows, seenAt, [from, t + 100], after, []]
    }
    const spans = () => db.prepare('SELECT from_at, to_at FROM history_ranges').raw().all()
    runner.run([page('first', t + 50, null), page('third', t + 10, [t + 30, t + 100])])
    expect(spans()).toEqual([[t + 50, t + 100]])
    expect(db.prepare('SELECT count(*) FROM history').pluck().get()).toBe(2)
    runner.run([page('second', t + 30, [t + 50, t + 100]), page('third', t + 10, [t + 30, t + 100])])
    expect(spans()).toEqual([[t + 10, t + 100]])
  })

  it('more calls of one moment than it has places for are all kept', () => {
    const { db, runner, save, kept } = table()
    const many = Array.from({ length: idsPerMs + 50 }, (_, n) => ({ callId: `c${n}` }))
    expect(runner.run([save([{ callId: 'next', startedAt: t + 1 }]), save(many)]).failures).toEqual([])
    expect(new Set(kept().map(({ callId }) => callId)).size).toBe(many.length + 1)
    expectSound(db)
  })
})

describe('a party that was made and undone again', () => {
  it('is not taken for another one later', () => {
    const { db, runner, save, kept } = table()
    const person = (number: string, over: Partial<HistoryEntry> = {}) => ({
      callId: `of-${number}`,
      number,
      canonical: number,
      name: `N${number}`,
      ...over,
    })
    // The second write makes a party, then fails: a length that is no number.
    const broken = { callId: 'broken', durationSec: 'long' as unknown as number }
    const outcome = runner.run([save([person('131')]), save([broken, person('132', { startedAt: t - 5 })])])
    expect(outcome.failures.map(([at]) => at)).toEqual([1])
    runner.run([save([person('133')])])
    runner.run([save([person('132')])])
    expect(kept().map(({ callId, number }) => [callId, number])).toEqual([
      ['of-132', '132'],
      ['of-133', '133'],
      ['of-131', '131'],
    ])
    expectSound(db)
  })

  it('nor one that went with its last call', () => {
    const { db, runner, save, kept } = table()
    runner.run([save([{ callId: 'old', number: '131', canonical: '131', name: 'Old' }])])
    while ((runner.run([['history.purge', t + 1]]).results[0] ?? 0) > 0);
    runner.run([save([{ callId: 'new', number: '132', canonical: '132', name: 'New' }])])
    runner.run([save([{ callId: 'old', number: '131', canonical: '131', name: 'Old', startedAt: t + 9 }])])
    expect(kept().map(({ callId, name }) => [callId, name])).toEqual([
      ['old', 'Old'],
      ['new', 'New'],
    ])
    expectSound(db)
  })
})

const change = fc.record({
  callId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
  startedAt: fc.integer({ min: t, max: t + 3 }),
  number: fc.constantFrom('13500000001', '13500000002', '13500000003'),
  name: fc.constantFrom(null, '李建国', 'Anna Lee'),
  result: fc.constantFrom('answered' as const, 'missed' as const, 'running' as const),
  durationSec: fc.integer({ min: 0, max: 2 }),
  note: fc.constantFrom(null, '回电', 'call back'),
})

describe('whatever pages come, in whatever order', () => {
  it('the newest word about each call is what is kept, and what is counted and indexed fits', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 8 }), { minLength: 1, maxLength: 8 }), (pages) => {
        const { db, runner, save, kept } = table()
        const truth = new Map<string, object>()
        for (const page of pages) {
          const rows = page.map((one) => ({ ...one, canonical: one.number }))
          expect(runner.run([save(rows)]).failures).toEqual([])
          for (const { callId, number, name, durationSec, note, startedAt } of rows.toReversed())
            truth.set(callId, { callId, number, name: name ?? '', durationSec, note, startedAt })
        }
        const byId = (a: { callId: string }, b: { callId: string }) => (a.callId < b.callId ? -1 : 1)
        expect(kept().sort(byId)).toEqual([...(truth.values() as Iterable<{ callId: string }>)].sort(byId))
        expectSound(db)
        for (const close of closing.splice(0)) close()
      }),
      { numRuns: 40 },
    )
  })
})
