import type { Migration } from '../migrate.ts'

/** Raw events as they arrived, and how far they are folded. Ids are never used twice, or a row could count as folded. */
export const inbox: Migration = {
  version: 10,
  sql: `
    CREATE TABLE counters (
      name  TEXT PRIMARY KEY NOT NULL,
      value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    INSERT INTO counters (name, value) VALUES ('folded-through', 0);

    CREATE TABLE inbox (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      connection  TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      source      TEXT NOT NULL,
      call_id     TEXT NOT NULL,
      caller      TEXT NOT NULL,
      callee      TEXT NOT NULL,
      state       TEXT NOT NULL,
      direction   TEXT NOT NULL,
      business_id TEXT NOT NULL,
      call_group  TEXT NOT NULL,
      raw         TEXT NOT NULL,
      charset     TEXT NOT NULL
    ) STRICT;

    CREATE INDEX inbox_by_connection ON inbox (connection);
  `,
}
