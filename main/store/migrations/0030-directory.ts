import type { Migration } from '../migrate.ts'

/** Whom people entered, and apart from them the names that call logs gave: learning can never overwrite a person. */
export const directory: Migration = {
  version: 30,
  sql: `
    CREATE TABLE people (
      id      INTEGER PRIMARY KEY,
      name    TEXT NOT NULL,
      company TEXT
    ) STRICT;

    CREATE TABLE person_numbers (
      canonical TEXT PRIMARY KEY NOT NULL,
      number    TEXT NOT NULL,
      person    INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX person_numbers_by_person ON person_numbers (person);

    CREATE TABLE learned_names (
      canonical  TEXT NOT NULL,
      connection TEXT NOT NULL,
      name       TEXT NOT NULL,
      learned_at INTEGER NOT NULL,
      PRIMARY KEY (canonical, connection)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX learned_names_by_connection ON learned_names (connection);
  `,
}
