import type { Migration } from '../migrate.ts'

/**
 * Folded calls. `legs` is the record itself (JSON), the other columns are derived from it so that they can be indexed.
 * `call_legs` answers "whose" (`missed`: 1 nobody has dealt with it, 2 somebody has); `call_numbers` has one row per outside number, which keeps text search small.
 */
export const calls: Migration = {
  version: 20,
  sql: `
    CREATE TABLE calls (
      id          INTEGER PRIMARY KEY,
      call_id     TEXT NOT NULL,
      connection  TEXT NOT NULL,
      caller      TEXT NOT NULL,
      canonical   TEXT NOT NULL,
      direction   TEXT NOT NULL,
      state       TEXT NOT NULL,
      started_at  INTEGER NOT NULL,
      answered_at INTEGER,
      ended_at    INTEGER,
      answered_by TEXT,
      missed      INTEGER NOT NULL,
      handled_at  INTEGER,
      legs        TEXT NOT NULL,
      UNIQUE (call_id, connection)
    ) STRICT;

    CREATE INDEX calls_by_start ON calls (started_at);
    CREATE INDEX calls_by_canonical ON calls (canonical, started_at);
    CREATE INDEX calls_by_connection ON calls (connection);
    CREATE INDEX calls_open ON calls (started_at) WHERE ended_at IS NULL;
    CREATE INDEX calls_missed ON calls (started_at) WHERE missed = 1;
    CREATE INDEX calls_unhandled ON calls (started_at) WHERE missed = 1 AND handled_at IS NULL;

    CREATE TABLE call_legs (
      call       INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      extension  TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      missed     INTEGER NOT NULL,
      PRIMARY KEY (call, extension)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX call_legs_by_extension ON call_legs (extension, started_at, call);
    CREATE INDEX call_legs_missed ON call_legs (extension, call) WHERE missed > 0;
    CREATE INDEX call_legs_unhandled ON call_legs (extension, call) WHERE missed = 1;

    CREATE TABLE call_numbers (
      connection TEXT NOT NULL,
      canonical  TEXT NOT NULL,
      number     TEXT NOT NULL,
      last_at    INTEGER NOT NULL,
      direction  TEXT NOT NULL,
      PRIMARY KEY (connection, canonical)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX call_numbers_by_time ON call_numbers (last_at);
  `,
}
