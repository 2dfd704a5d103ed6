import type { Migration } from '../migrate.ts'

/** Who spoke to whom, as the PBX's own call log tells. */
export const callLog: Migration = {
  version: 40,
  sql: `
    CREATE TABLE call_log (
      connection   TEXT NOT NULL,
      call_id      TEXT NOT NULL,
      canonical    TEXT NOT NULL,
      extension    TEXT,
      started_at   INTEGER NOT NULL,
      duration_sec INTEGER NOT NULL,
      answered     INTEGER NOT NULL,
      incoming     INTEGER NOT NULL,
      internal     INTEGER NOT NULL,
      note         TEXT,
      PRIMARY KEY (connection, call_id)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX call_log_talks ON call_log (canonical, started_at) WHERE answered = 1;
  `,
}
