import type { Migration } from '../migrate.ts'

/**
 * When presences changed, as the polls saw it, and the spans of time in which polls followed one another: outside of
 * those nothing is known. A change is valid until the next one of its extension.
 */
export const presenceHistory: Migration = {
  version: 90,
  sql: `
    CREATE TABLE presence_changes (
      connection TEXT NOT NULL,
      extension  TEXT NOT NULL,
      at         INTEGER NOT NULL,
      presence   TEXT NOT NULL,
      PRIMARY KEY (connection, extension, at)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX presence_changes_by_time ON presence_changes (at);

    CREATE TABLE presence_watches (
      connection TEXT NOT NULL,
      seen_from  INTEGER NOT NULL,
      seen_until INTEGER NOT NULL,
      PRIMARY KEY (connection, seen_from)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX presence_watches_by_end ON presence_watches (seen_until);
  `,
}
