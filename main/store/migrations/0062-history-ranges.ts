import type { Migration } from '../migrate.ts'

/** Spans of time, epoch ms on the system's own clock, of which every call is in the history. What lies between them is missing. */
export const historyRanges: Migration = {
  version: 62,
  sql: `
    CREATE TABLE history_ranges (
      connection TEXT NOT NULL,
      from_at    INTEGER NOT NULL,
      to_at      INTEGER NOT NULL,
      PRIMARY KEY (connection, from_at)
    ) STRICT, WITHOUT ROWID;
  `,
}
