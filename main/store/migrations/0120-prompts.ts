import type { Migration } from '../migrate.ts'

/**
 * Voice files. A sound is kept once, by its hash: as the copy of what plays now, as a backup of what was replaced or deleted,
 * and as an upload on its way. `facts` and `state` are JSON.
 * `token`: a write that is repeated, because nobody knows whether it was committed, makes no second upload.
 */
export const prompts: Migration = {
  version: 120,
  sql: `
    CREATE TABLE prompt_sounds (
      hash  TEXT PRIMARY KEY,
      facts TEXT NOT NULL,
      sound BLOB NOT NULL
    ) STRICT;

    CREATE TABLE prompt_copies (
      connection  TEXT NOT NULL,
      prompt      INTEGER NOT NULL,
      title       TEXT NOT NULL,
      description TEXT NOT NULL,
      file        TEXT NOT NULL,
      sound       TEXT NOT NULL,
      saved_at    INTEGER NOT NULL,
      saved_by    TEXT,
      PRIMARY KEY (connection, prompt)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE prompt_backups (
      id          INTEGER PRIMARY KEY,
      connection  TEXT NOT NULL,
      prompt      INTEGER NOT NULL,
      title       TEXT NOT NULL,
      description TEXT NOT NULL,
      sound       TEXT NOT NULL,
      reason      TEXT NOT NULL,
      at          INTEGER NOT NULL,
      by          TEXT
    ) STRICT;

    CREATE INDEX prompt_backups_by_time ON prompt_backups (connection, at);
    CREATE INDEX prompt_backups_by_age ON prompt_backups (at);

    CREATE TABLE prompt_uploads (
      id          INTEGER PRIMARY KEY,
      connection  TEXT NOT NULL,
      prompt      INTEGER,
      title       TEXT NOT NULL,
      description TEXT NOT NULL,
      sound       TEXT,
      state       TEXT NOT NULL,
      created_at  INTEGER NOT NULL,
      created_by  TEXT,
      token       TEXT NOT NULL UNIQUE
    ) STRICT;
  `,
}
