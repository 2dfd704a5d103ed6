import type { Migration } from '../migrate.ts'

/**
 * Imports and their rows. `head` is the import as JSON. A row's `cells` are the file's own, corrections included; `local`
 * and `pbx` are the states of core/ports/imports; `reason` is why it was not imported. Rows that need no report go when
 * the import is over.
 */
export const imports: Migration = {
  version: 110,
  sql: `
    CREATE TABLE imports (
      id         TEXT PRIMARY KEY NOT NULL,
      created_at INTEGER NOT NULL,
      head       TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE import_rows (
      import TEXT NOT NULL,
      row    INTEGER NOT NULL,
      cells  TEXT NOT NULL,
      local  INTEGER NOT NULL,
      pbx    INTEGER NOT NULL,
      known  TEXT,
      reason TEXT,
      PRIMARY KEY (import, row)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX import_rows_local ON import_rows (import, row) WHERE local = 1;
    CREATE INDEX import_rows_pbx ON import_rows (import, pbx, row) WHERE pbx IN (1, 2, 7);

    CREATE TABLE import_mappings (
      kind    TEXT NOT NULL,
      headers TEXT NOT NULL,
      mapping TEXT NOT NULL,
      PRIMARY KEY (kind, headers)
    ) STRICT, WITHOUT ROWID;
  `,
}
