import type { Migration } from '../migrate.ts'

/** What platforms reported by themselves. The same report of the same thing is kept once, however often it is sent. */
export const pushes: Migration = {
  version: 50,
  sql: `
    CREATE TABLE pushes (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      kind        TEXT NOT NULL,
      connection  TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      subject     TEXT NOT NULL,
      body        TEXT NOT NULL,
      body_hash   TEXT NOT NULL,
      UNIQUE (connection, kind, subject, body_hash)
    ) STRICT;

    CREATE INDEX pushes_by_kind ON pushes (kind);
    CREATE INDEX pushes_by_time ON pushes (received_at);
  `,
}
