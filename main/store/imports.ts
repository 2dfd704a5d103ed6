import type { ImportHead, ImportStore, StagedRow } from '../core/ports/index.ts'
import type { Queries } from './queries.ts'
import { compile, type Sqlite } from './sqlite.ts'
import type { Writer } from './writer.ts'

type RowColumns = [
  row: number,
  cells: string,
  local: number,
  pbx: number,
  known: StagedRow['known'],
  reason: string | null,
]
type SettledColumns = [row: number, local: number | null, pbx: number | null, reason: string | null]

export interface ImportWriteArguments {
  'imports.save': [id: string, createdAt: number, head: string]
  /** The same row again replaces it. */
  'imports.stage': [id: string, rows: RowColumns[]]
  'imports.settle': [id: string, createdAt: number, head: string, rows: SettledColumns[]]
  /** What was being sent is lost. → rows */
  'imports.recover': [id: string]
  /** Drop rows, some thousands at once: all, or those that no report shows. → rows dropped */
  'imports.prune': [id: string, all: number]
  'imports.drop': [id: string]
  'imports.remember': [kind: string, headers: string, mapping: string]
}

const pruneRows = 2000
/** Rows that a report shows: those that were not reached, refused or not certain, and those left out with a reason. */
const shown = 'local = 1 OR pbx IN (1, 2, 4, 5, 6, 7, 8) OR (local = 0 AND pbx = 0 AND reason IS NOT NULL)'
const rowColumns = 'row, cells, local, pbx, known, reason'

export function importWrites(db: Sqlite): {
  [N in keyof ImportWriteArguments]: (...args: ImportWriteArguments[N]) => number
} {
  const statement = (sql: string) => compile(db, sql)
  const save = statement(`
    INSERT INTO imports (id, created_at, head) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET head = excluded.head`)
  const stage = statement(`INSERT OR REPLACE INTO import_rows (import, ${rowColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)`)
  const settle = statement(`
    UPDATE import_rows SET local = ifnull(?, local), pbx = ifnull(?, pbx), reason = ifnull(?, reason) WHERE import = ? AND row = ?`)
  const recover = statement('UPDATE import_rows SET pbx = 7 WHERE import = ? AND pbx = 2')
  const pruneAll = statement(
    `DELETE FROM import_rows WHERE import = ? AND row IN (SELECT row FROM import_rows WHERE import = ? LIMIT ${pruneRows})`,
  )
  const pruneDone = statement(
    `DELETE FROM import_rows WHERE import = ? AND row IN
     (SELECT row FROM import_rows WHERE import = ? AND NOT (${shown}) LIMIT ${pruneRows})`,
  )
  const drop = statement('DELETE FROM imports WHERE id = ?')
  const remember = statement('INSERT OR REPLACE INTO import_mappings (kind, headers, mapping) VALUES (?, ?, ?)')
  return {
    'imports.save': (id, createdAt, head) => save.run(id, createdAt, head).changes,
    'imports.stage'(id, rows) {
      for (const row of rows) stage.run(id, ...row)
      return rows.length
    },
    'imports.settle'(id, createdAt, head, rows) {
      for (const [row, local, pbx, reason] of rows) settle.run(local, pbx, reason, id, row)
      return save.run(id, createdAt, head).changes
    },
    'imports.recover': (id) => recover.run(id).changes,
    'imports.prune': (id, all) => (all ? pruneAll : pruneDone).run(id, id).changes,
    'imports.drop': (id) => drop.run(id).changes,
    'imports.remember': (kind, headers, mapping) => remember.run(kind, headers, mapping).changes,
  }
}

export type ImportReads = Pick<
  ImportStore,
  'list' | 'localWaiting' | 'pbxWaiting' | 'failed' | 'mapping' | 'knownNumbers' | 'namedNumbers' | 'markedNumbers'
>

export function createImportReads({ query }: Queries): ImportReads {
  type Row = Omit<StagedRow, 'cells'> & { cells: string }
  // All of them, on purpose: some twenty are kept.
  const heads = query<{ head: string }>('import-heads', 'SELECT head FROM imports ORDER BY created_at DESC')
  const local = query<Row>(
    'import-local',
    `SELECT ${rowColumns} FROM import_rows INDEXED BY import_rows_local WHERE import = ? AND local = 1 ORDER BY row LIMIT ?`,
  )
  const pbx = query<Row>(
    'import-pbx',
    `SELECT ${rowColumns} FROM import_rows INDEXED BY import_rows_pbx
     WHERE import = ? AND pbx = ? AND pbx IN (1, 2, 7) AND row > ? ORDER BY row LIMIT ?`,
  )
  const failed = query<Row>(
    'import-failed',
    `SELECT ${rowColumns} FROM import_rows WHERE import = ? AND row > ? AND (${shown}) ORDER BY row LIMIT ?`,
  )
  const mapping = query<{ mapping: string }>(
    'import-mapping',
    'SELECT mapping FROM import_mappings WHERE kind = ? AND headers = ?',
  )
  const known = query<{ canonical: string }>(
    'import-known',
    'SELECT DISTINCT canonical FROM person_numbers WHERE canonical > ? ORDER BY canonical LIMIT ?',
  )
  const named = query<{ canonical: string }>(
    'import-named',
    'SELECT DISTINCT canonical FROM learned_names WHERE canonical > ? ORDER BY canonical LIMIT ?',
  )
  // Every number is a row, marked or not: a look is bounded however few are marked.
  const marked = query<{ canonical: string; isMarked: number }>(
    'import-marked',
    `SELECT n.canonical, max(p.pbx_connection IS ?) AS isMarked
     FROM person_numbers n INDEXED BY person_numbers_by_canonical CROSS JOIN people p ON p.id = n.person
     WHERE n.canonical > ? GROUP BY n.canonical ORDER BY n.canonical LIMIT ?`,
  )
  const toRow = ({ cells, ...row }: Row): StagedRow => ({ ...row, cells: JSON.parse(cells) as string[] })
  return {
    list: () => heads.all().map(({ head }) => JSON.parse(head) as ImportHead),
    localWaiting: (id, limit) => local.all(id, limit).map(toRow),
    pbxWaiting: (id, state, after, limit) => pbx.all(id, state, after, limit).map(toRow),
    failed: (id, after, limit) => failed.all(id, after, limit).map(toRow),
    mapping: (kind, headers) => mapping.get(kind, headers)?.mapping ?? null,
    knownNumbers: (after, limit) => known.all(after, limit).map(({ canonical }) => canonical),
    namedNumbers: (after, limit) => named.all(after, limit).map(({ canonical }) => canonical),
    markedNumbers: (connection, after, limit) =>
      marked.all(connection, after, limit).map(({ canonical, isMarked }) => ({ canonical, isMarked: isMarked === 1 })),
  }
}

export function importStore(reads: ImportReads, writer: Pick<Writer, 'write'>): ImportStore {
  return {
    ...reads,
    async save(head) {
      await writer.write('imports.save', head.id, head.createdAt, JSON.stringify(head))
    },
    async stage(id, rows) {
      await writer.write(
        'imports.stage',
        id,
        rows.map(
          ({ row, cells, local, pbx, known, reason }): RowColumns => [
            ...([row, JSON.stringify(cells), local, pbx, known, reason] as const),
          ],
        ),
      )
    },
    async settle(head, rows) {
      await writer.write('imports.settle', head.id, head.createdAt, JSON.stringify(head), [...rows])
    },
    async recover(id) {
      await writer.write('imports.recover', id)
    },
    async forget(id, all) {
      while ((await writer.write('imports.prune', id, all ? 1 : 0)) === pruneRows);
      if (all) await writer.write('imports.drop', id)
    },
    async rememberMapping(kind, headers, mapping) {
      await writer.write('imports.remember', kind, headers, mapping)
    },
  }
}
