import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { historyJoins } from '../../main/store/history-joins.ts'
import { migrate } from '../../main/store/migrate.ts'
import { migrations } from '../../main/store/migrations/index.ts'
import { createQueries } from '../../main/store/queries.ts'
import { prepareReads } from '../../main/store/reads.ts'
import type { Sqlite } from '../../main/store/sqlite.ts'
import { prepareWrites } from '../../main/store/write-operations.ts'
import { historyQuery } from './samples.ts'

const db = new Database(':memory:')
migrate(db, migrations)

function plan(sql: string): string[] {
  const rows = db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...Array(sql.split('?').length - 1).fill(null), names(sql)) as { detail: string }[]
  return rows.map((row) => row.detail)
}

const names = (sql: string) => Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, null]))

/** Reads of a whole table that are meant: see the comments at the queries. Counts walk an index only. */
const meant: Record<string, RegExp> = {
  // Some twenty imports at most.
  'import-heads': /^SCAN imports$/,
  'directory-everybody': /^SCAN p$/,
  'directory-every-learned': /^SCAN l$/,
  'people-page': /^SCAN people USING COVERING INDEX people_by_sort_key$/,
  'people-count': /^SCAN people USING COVERING INDEX /,
  'people-learned': /^SCAN l$/,
  'people-learned-count': /^SCAN l$/,
  'people-same-number': /^SCAN person_numbers USING COVERING INDEX person_numbers_by_canonical$/,
  'people-same-name': /^SCAN people USING COVERING INDEX people_by_name$/,
  'people-unsorted': /^SCAN people USING INDEX people_unsorted$/,
  'people-groups': /^SCAN people USING COVERING INDEX people_by_group$/,
  'calls-match-number': /^SCAN call_numbers$/,
  'calls-match-name': /^SCAN (p|n)( USING (COVERING )?INDEX \w+)?$/,
  'calls-count': /^SCAN calls USING COVERING INDEX/,
  'calls-count-of': /^SCAN calls USING COVERING INDEX/,
  'calls-unhandled': /^SCAN c USING INDEX calls_unhandled$/,
  'calls-unhandled-count': /^SCAN c USING (COVERING )?INDEX calls_unhandled$/,
  'calls-open': /^SCAN c USING INDEX calls_open$/,
  'missed-dealt-with': /^SCAN c USING INDEX calls_missed$/,
  'missed-dealt-with-of': /^SCAN c USING INDEX calls_missed$/,
  'follow-ups-open': /^SCAN follow_ups USING INDEX follow_ups_open$/,
  'follow-ups-open-count': /^SCAN follow_ups USING (COVERING )?INDEX follow_ups_open$/,
  'tags-used': /^SCAN (call_tags USING COVERING INDEX call_tags_by_time|\(subquery-\d+\))$/,
  'prompt-uploads': /^SCAN prompt_uploads$/,
  // The tags of one call, put in order.
  'own-notes': /^SCAN \(subquery-\d+\)$/,
  'calls-recent-numbers': /^SCAN call_numbers USING INDEX call_numbers_by_time$/,
}

/** A word index that is asked for a row or a word is no scan. */
const isLookUp = (detail: string) =>
  /^SCAN (json_each|j VIRTUAL|\(join|CONSTANT|w$)/.test(detail) || /VIRTUAL TABLE INDEX \d+:./.test(detail)
const isScan = (detail: string) => /^SCAN /.test(detail) && !isLookUp(detail)

const queries = createQueries({ db, mono: () => 0, onSlow: () => {} })
const reads = prepareReads(queries)
reads.list.prepareAll()

/** Every way a search of the history can go: which index leads it must never be left to the planner. */
const word = (text: string) => [{ scope: 'any' as const, text, canonicals: ['135'] }]
db.exec(`INSERT INTO parties VALUES (1, '135', '135', '李', 'li', 1, 1024, 0), (2, '801', '801', '', '', 9999, 1024, 0);
  INSERT INTO party_words (rowid, words) VALUES (1, ' 李  li'); INSERT INTO party_digits (rowid, digits) VALUES (1, '135'), (2, '801')`)
const searches: [lead: RegExp, over: Parameters<typeof historyQuery>[0]][] = [
  [/SEARCH h USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/, {}],
  [
    /SEARCH h USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/,
    { direction: 'incoming', result: 'answered', maxDurationSec: 5 },
  ],
  [/SEARCH h USING (COVERING )?INDEX history_unanswered \(result=\? AND rowid>\? AND rowid<\?\)/, { result: 'missed' }],
  [
    /SEARCH h USING (COVERING )?INDEX history_unhandled \(direction=\? AND rowid>\? AND rowid<\?\)/,
    { unhandled: true },
  ],
  [/SEARCH h USING INDEX history_unhandled \(direction=\? AND rowid>\? AND rowid<\?\)/, { toCallBack: true }],
  [/SEARCH h USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/, { recorded: true }],
  [/SEARCH h USING (COVERING )?INDEX history_long \(result=\? AND rowid>\? AND rowid<\?\)/, { minDurationSec: 3600 }],
  [
    /SEARCH h USING (COVERING )?INDEX history_by_extension \(extension=\? AND rowid>\? AND rowid<\?\)/,
    { extension: '802', result: 'missed' },
  ],
  [
    /SEARCH h USING (COVERING )?INDEX history_by_(extension|party) \((extension|party)=\? AND rowid>\? AND rowid<\?\)/,
    { extension: '801' },
  ],
  [/SEARCH h USING (COVERING )?INDEX history_by_group \(call_group=\? AND rowid>\? AND rowid<\?\)/, { group: '3003' }],
  [
    /SEARCH h USING (COVERING )?INDEX history_by_party|SCAN w VIRTUAL TABLE INDEX|SCAN note_words VIRTUAL/,
    { terms: word('李') },
  ],
  [/SEARCH h USING (COVERING )?INDEX history_by_party/, { canonicals: ['135', '136'] }],
  [/SEARCH h USING INTEGER PRIMARY KEY|VIRTUAL TABLE INDEX/, { terms: word('801') }],
  [
    /SEARCH w USING (COVERING )?INDEX call_tags_in_history \(tag=\? AND history_id>\? AND history_id<\?\)/,
    { tags: ['甲', '乙'] },
  ],
  [
    /SEARCH w USING (COVERING )?INDEX call_tags_in_history \(tag=\? AND history_id>\? AND history_id<\?\)/,
    { tags: ['甲'], result: 'missed', extension: '801' },
  ],
  [/SEARCH h USING (COVERING )?INDEX history_by_party|VIRTUAL TABLE INDEX/, { tags: ['甲'], terms: word('李') }],
  [/SEARCH w USING (COVERING )?INDEX call_tags_in_history|VIRTUAL TABLE INDEX/, { tags: ['甲'], terms: word('801') }],
  [
    /SEARCH w USING (COVERING )?INDEX follow_ups_open_in_history \(history_id>\? AND history_id<\?\)/,
    { followUp: true },
  ],
]

describe('query plans', () => {
  it.each(queries.prepared().map(({ name, sql }) => [name, sql]))('%s reads no table from end to end', (name, sql) => {
    const scans = plan(sql).filter((detail) => isScan(detail) && !meant[name]?.test(detail))
    expect(scans).toEqual([])
  })

  it('covers every list form, and would notice a scan', () => {
    const pages = queries.prepared().filter(({ name }) => name.startsWith('calls-page-'))
    expect(pages).toHaveLength(12)
    expect(queries.prepared().length).toBeGreaterThan(25)
    expect(plan('SELECT * FROM calls WHERE caller = ?').filter(isScan)).toEqual(['SCAN calls'])
  })

  it('sorts nothing where a page is walked by time', () => {
    const sorted = queries
      .prepared()
      .filter(
        ({ name, sql }) =>
          /^calls-page-.*-(none|many)$|unhandled$/.test(name) &&
          plan(sql).some((detail) => detail.includes('TEMP B-TREE')),
      )
    expect(sorted.map(({ name }) => name)).toEqual([])
  })

  it('begins a page at its cursor instead of walking there', () => {
    const pages = queries.prepared().filter(({ name }) => /^calls-page-.*-(none|many)$/.test(name))
    expect(pages).toHaveLength(8)
    for (const { name, sql } of pages) expect(plan(sql)[0], name).toMatch(/started_at>\?.*started_at(<\?|,call\)<)/)
  })

  it.each(searches)('a search is led by %s', (lead, over) => {
    const ways = reads.history.explain(historyQuery(over))
    expect(ways.length).toBeGreaterThan(0)
    for (const { name, sql, params } of ways) {
      const details = (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(params) as { detail: string }[]).map(
        (row) => row.detail,
      )
      const led = details.filter((detail) => !/^CO-ROUTINE/.test(detail))[0]
      expect(led, `${name}: ${details.join(' | ')}`).toMatch(lead)
      expect(details.filter((detail) => isScan(detail))).toEqual([])
      // Only a few calls, all looked at, may be sorted.
      if (name !== 'history-few-by-by_party') expect(details.join()).not.toContain('TEMP B-TREE')
    }
  })

  it('finds the numbers of one person by an index', () => {
    reads.history.explain(historyQuery({ canonicals: ['135', '136'] }))
    const parties = queries
      .prepared()
      .filter(({ name, sql }) => name === 'history-parties' && sql.includes('(@canonicals)'))
    expect(parties).toHaveLength(1)
    expect(plan(parties[0]?.sql ?? '')[0]).toMatch(/^SEARCH parties USING (COVERING )?INDEX \w+ \(canonical=\?\)$/)
  })

  it('writes look their rows up by an index', () => {
    const statements: string[] = []
    const recording = {
      prepare(sql: string) {
        statements.push(sql)
        return db.prepare(sql)
      },
    } as unknown as Sqlite
    prepareWrites(recording)
    expect(statements.length).toBeGreaterThan(15)
    // Everything of a connection is read once, when it is forgotten; of spans there are a handful, of voice files some dozens.
    const looked = statements.filter(
      (sql) =>
        !/^SELECT h.id.* WHERE h.source = |^(UPDATE|DELETE FROM) history_ranges .*to_at [<>]/.test(sql) &&
        !/^\s*DELETE FROM prompt_(sounds|backups|uploads) WHERE (hash NOT IN|id IN|connection = )/.test(sql),
    )
    expect(statements.length - looked.length).toBeLessThanOrEqual(9)
    const isWhole = (detail: string) => isScan(detail) && !detail.endsWith('USING INDEX parties_unused')
    for (const sql of looked) expect(plan(sql).filter(isWhole), sql).toEqual([])
  })
})

it('the same call is looked for among the calls of that time, and only where rows of a log wait for it', () => {
  const statements: string[] = []
  historyJoins(
    (sql) => {
      statements.push(sql)
      return db.prepare(sql)
    },
    () => undefined,
    () => undefined,
  )
  const leads = (part: string) => statements.filter((sql) => sql.includes(part)).map((sql) => plan(sql)[0])
  expect(leads('h.log_id IS NULL')).toEqual(['SEARCH h USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'])
  const waiting = 'SEARCH h USING INDEX history_unjoined (source=? AND rowid>? AND rowid<?)'
  expect(leads('h.log_id = h.call_id')).toEqual([waiting, waiting])
  expect(leads('h.log_id = ?')).toEqual(['SEARCH h USING INDEX history_by_log_id (log_id=?)'])
})

it('a day of statistics is one piece of the table', () => {
  const tally = queries.prepared().find(({ name }) => name === 'history-tally')
  expect(plan(tally?.sql ?? '')[0]).toBe('SEARCH history USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)')
})
