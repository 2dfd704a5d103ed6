import type { Migration } from '../migrate.ts'

/**
 * What the desk itself knows of a call: note, tags, what was promised. Keyed like the call and like its row in the history, so that
 * both meet, whichever comes first. `number`, `canonical` and `call_started_at` are the call's own, kept because the call may be
 * purged before its note. `noticed_for` = the due time that was last announced.
 */
export const dispositions: Migration = {
  version: 70,
  sql: `
    CREATE TABLE call_notes (
      connection      TEXT NOT NULL,
      call_id         TEXT NOT NULL,
      number          TEXT NOT NULL,
      canonical       TEXT NOT NULL,
      call_started_at INTEGER NOT NULL,
      note            TEXT NOT NULL,
      author          TEXT,
      updated_at      INTEGER NOT NULL,
      PRIMARY KEY (connection, call_id)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX call_notes_by_person ON call_notes (canonical, call_started_at);

    CREATE TABLE call_tags (
      connection TEXT NOT NULL,
      call_id    TEXT NOT NULL,
      tag        TEXT NOT NULL,
      used_at    INTEGER NOT NULL,
      PRIMARY KEY (connection, call_id, tag)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX call_tags_by_tag ON call_tags (tag, used_at);
    CREATE INDEX call_tags_by_time ON call_tags (used_at, tag);

    CREATE TABLE follow_ups (
      connection      TEXT NOT NULL,
      call_id         TEXT NOT NULL,
      number          TEXT NOT NULL,
      canonical       TEXT NOT NULL,
      call_started_at INTEGER NOT NULL,
      promise         TEXT NOT NULL,
      due_at          INTEGER NOT NULL,
      created_at      INTEGER NOT NULL,
      done_at         INTEGER,
      noticed_for     INTEGER,
      PRIMARY KEY (connection, call_id)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX follow_ups_open ON follow_ups (due_at) WHERE done_at IS NULL;
    CREATE INDEX follow_ups_done ON follow_ups (done_at) WHERE done_at IS NOT NULL;
  `,
}
