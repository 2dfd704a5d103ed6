import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { migrate } from '../../main/store/migrate.ts'
import { migrations } from '../../main/store/migrations/index.ts'
import { createQueries } from '../../main/store/queries.ts'
import { prepareReads } from '../../main/store/reads.ts'
import type { Sqlite } from '../../main/store/sqlite.ts'
import { prepareWrites } from '../../main/store/write-operations.ts'

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
  'directory-everybody': /^SCAN p$/,
  'directory-every-learned': /^SCAN l$/,
  'calls-match-number': /^SCAN call_numbers$/,
  'calls-match-name': /^SCAN (p|n)( USING COVERING INDEX person_numbers_by_person)?$/,
  'calls-count': /^SCAN calls USING COVERING INDEX/,
  'calls-count-of': /^SCAN calls USING COVERING INDEX/,
  'calls-unhandled': /^SCAN c USING INDEX calls_unhandled$/,
  'calls-unhandled-count': /^SCAN c USING (COVERING )?INDEX calls_unhandled$/,
  'calls-open': /^SCAN c USING INDEX calls_open$/,
  'calls-recent-numbers': /^SCAN call_numbers USING INDEX call_numbers_by_time$/,
}

const isScan = (detail: string) => /^SCAN /.test(detail) && !/^SCAN (json_each|\(join|CONSTANT)/.test(detail)

const queries = createQueries({ db, mono: () => 0, onSlow: () => {} })
prepareReads(queries).list.prepareAll()

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
    for (const sql of statements) expect(plan(sql).filter(isScan), sql).toEqual([])
  })
})
