import type { StoredPerson } from '../core/ports/index.ts'
import { type PersonTable, snapshotOf } from './person-table.ts'
import { compile, type Sqlite } from './sqlite.ts'

type Kind = 'create' | 'edit' | 'remove' | 'merge' | 'import'

export interface ChangeJournal {
  find(change: string): number | null
  begin(change: string, kind: Kind, at: number): number
  /** What a row of a change did; null = nothing, or it was taken back. */
  done(set: number, row: number): { person: number; isNew: boolean } | null
  add(set: number, row: number, person: number, before: StoredPerson | null, revision: number | null): void
  /** → rows looked at; 0 = there is nothing left to take back */
  undo(change: string, at: number, most: number): number
}

interface ChangeRow {
  row: number
  person: number
  before: string | null
  revision: number | null
}

/** What was deleted can come back for so long; then what was said of them is really gone, ms. */
const keptMs = 30 * 24 * 3_600_000
const pruneRows = 500

/** What every change of the directory replaced, so that it can be taken back. */
export function changeJournal(db: Sqlite, table: PersonTable): ChangeJournal {
  const statement = (sql: string) => compile(db, sql)
  const find = statement('SELECT id FROM directory_change_sets WHERE key = ?').pluck()
  const kindOf = statement('SELECT kind FROM directory_change_sets WHERE id = ?').pluck()
  const begin = statement('INSERT INTO directory_change_sets (key, kind, at) VALUES (?, ?, ?)')
  const one = statement('SELECT person, before FROM directory_changes WHERE change_set = ? AND row = ? AND state <> 1')
  const add = statement(
    'INSERT OR REPLACE INTO directory_changes (change_set, row, person, before, revision) VALUES (?, ?, ?, ?, ?)',
  )
  const last = statement(`
    SELECT row, person, before, revision FROM directory_changes INDEXED BY directory_changes_done
    WHERE change_set = ? AND state = 0 ORDER BY row DESC LIMIT ?`)
  const settle = statement(
    'UPDATE directory_changes SET state = ?, before = iif(? = 1, NULL, before) WHERE change_set = ? AND row = ?',
  )
  const expired = statement('SELECT id FROM directory_change_sets WHERE at < ? ORDER BY at LIMIT 1').pluck()
  const prune = statement(
    `DELETE FROM directory_changes WHERE change_set = ? AND row IN (SELECT row FROM directory_changes WHERE change_set = ? LIMIT ${pruneRows})`,
  )
  const drop = statement('DELETE FROM directory_change_sets WHERE id = ?')

  function forgetOld(at: number): void {
    const set = expired.get(at - keptMs)
    if (set !== undefined && prune.run(set, set).changes < pruneRows) drop.run(set)
  }

  /** Nobody touched them since. */
  const isAsLeft = ({ person, revision }: ChangeRow) => (table.load(person)?.revision ?? null) === revision

  function takeBack({ person, before }: ChangeRow): void {
    if (before === null) table.remove(person)
    else {
      const old = JSON.parse(before) as StoredPerson
      // What a PBX has been given since, it keeps.
      table.restore({ ...old, pbx: old.pbx ?? table.load(person)?.pbx ?? null })
    }
  }

  return {
    find: (change) => (find.get(change) as number | undefined) ?? null,
    begin(change, kind, at) {
      forgetOld(at)
      return Number(begin.run(change, kind, at).lastInsertRowid)
    },
    done(set, row) {
      const found = one.get(set, row) as { person: number; before: string | null } | undefined
      return found ? { person: found.person, isNew: found.before === null } : null
    },
    add(set, row, person, before, revision) {
      add.run(set, row, person, before && snapshotOf(before), revision)
    },
    undo(change, at, most) {
      const set = find.get(change) as number | undefined
      if (set === undefined) return 0
      const rows = last.all(set, most) as ChangeRow[]
      // A merge is two people: both come back, or neither.
      const isWhole = kindOf.get(set) === 'import' || rows.every(isAsLeft)
      for (const row of rows) {
        const isFree = isWhole && isAsLeft(row)
        if (isFree) takeBack(row)
        const state = isFree ? 1 : 2
        settle.run(state, state, set, row.row)
      }
      forgetOld(at)
      return rows.length
    },
  }
}
