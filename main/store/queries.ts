import { CoreError } from '../core/errors.ts'
import { compile, type Sqlite, storageFailed } from './sqlite.ts'

type Value = string | number | null
type Named = Record<string, Value>

/** A statement, compiled once. Arguments are bound by position, or by name from one object. */
export interface Query<Row> {
  get(...args: Value[] | [Named]): Row | undefined
  all(...args: Value[] | [Named]): Row[]
}

export interface Queries {
  /** `name` is what the log calls it. */
  query<Row>(name: string, sql: string): Query<Row>
  /** Several reads in one transaction: far cheaper while the writer is busy, as each read alone would drop the page cache. */
  together<T>(run: () => T): T
  /** Everything prepared so far, for checking query plans. */
  prepared(): { name: string; sql: string }[]
}

const slowMs = 40

/** Prepare and time read statements. Failures are `storage-failed`; a read over 40 ms is reported to `onSlow`. */
export function createQueries(deps: { db: Sqlite; mono(): number; onSlow(name: string, ms: number): void }): Queries {
  const known = new Map<string, { name: string; query: Query<unknown> }>()

  function prepare(name: string, sql: string): Query<unknown> {
    const statement = compile(deps.db, sql)
    function timed<T>(run: () => T): T {
      if (!deps.db.open) throw new CoreError('storage-failed', { reason: 'the store is closed' })
      const from = deps.mono()
      try {
        return run()
      } catch (error) {
        throw storageFailed(error)
      } finally {
        const ms = deps.mono() - from
        if (ms > slowMs) deps.onSlow(name, Math.round(ms))
      }
    }
    return {
      get: (...args) => timed(() => statement.get(...args)),
      all: (...args) => timed(() => statement.all(...args)),
    }
  }

  return {
    query<Row>(name: string, sql: string) {
      const found = known.get(sql) ?? { name, query: prepare(name, sql) }
      known.set(sql, found)
      // The row type is what the SQL says; the store's tests read every column back.
      return found.query as Query<Row>
    },
    together(run) {
      const { db } = deps
      if (!db.open || db.inTransaction) return run()
      // A transaction that cannot begin or end changes nothing here but the speed; the reads report their own trouble.
      const begun = attempt(() => db.exec('BEGIN'))
      try {
        return run()
      } finally {
        if (begun && db.open && db.inTransaction) attempt(() => db.exec('COMMIT'))
      }
    },
    prepared: () => [...known].map(([sql, { name }]) => ({ name, sql })),
  }
}

function attempt(run: () => unknown): boolean {
  try {
    run()
    return true
  } catch {
    return false
  }
}
