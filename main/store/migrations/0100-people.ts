import type { Migration } from '../migrate.ts'

/**
 * The directory proper. A person has any number of numbers, free fields (`tid` = the field's number in a telcrm template) and
 * opportunities; a number may belong to several people. `revision` is unlike every other revision of any person, ever.
 * `directory_changes` keeps what each change replaced (a whole person as JSON; NULL = there was none), so that deletion,
 * merge, edit and import can be taken back; `revision` there = the person's after the change, NULL = removed.
 * state: 0 done, 1 taken back, 2 left as it is because somebody edited it since. `connection` = belongs to that connection
 * alone and goes with it (demo). `sort_key` = pinyin of the name; '' = still to be written.
 */
export const people: Migration = {
  version: 100,
  sql: `
    DROP INDEX person_numbers_by_person;
    ALTER TABLE person_numbers RENAME TO old_numbers;
    ALTER TABLE people RENAME TO old_people;

    CREATE TABLE people (
      id             INTEGER PRIMARY KEY AUTOINCREMENT,
      name           TEXT NOT NULL,
      company        TEXT,
      person_group   TEXT,
      owner          TEXT,
      qq             TEXT,
      note           TEXT NOT NULL DEFAULT '',
      pbx_connection TEXT,
      pbx_at         INTEGER,
      connection     TEXT,
      sort_key       TEXT NOT NULL DEFAULT '',
      created_at     INTEGER NOT NULL,
      updated_at     INTEGER NOT NULL,
      revision       INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE person_numbers (
      person    INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      place     INTEGER NOT NULL,
      canonical TEXT NOT NULL,
      number    TEXT NOT NULL,
      label     TEXT NOT NULL DEFAULT 'other',
      PRIMARY KEY (person, place)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE person_fields (
      person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      place  INTEGER NOT NULL,
      tid    INTEGER,
      label  TEXT NOT NULL,
      value  TEXT NOT NULL,
      PRIMARY KEY (person, place)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE opportunities (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      person      INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      product     TEXT NOT NULL,
      comment     TEXT NOT NULL,
      stage       TEXT NOT NULL,
      amount_fen  INTEGER,
      expected_on TEXT,
      created_at  INTEGER NOT NULL,
      updated_at  INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE directory_change_sets (
      id   INTEGER PRIMARY KEY,
      key  TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      at   INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE directory_changes (
      change_set INTEGER NOT NULL REFERENCES directory_change_sets (id) ON DELETE CASCADE,
      row        INTEGER NOT NULL,
      person     INTEGER NOT NULL,
      before     TEXT,
      revision   INTEGER,
      state      INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (change_set, row)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO people (id, name, company, created_at, updated_at, revision)
    SELECT id, name, company, CAST(strftime('%s', 'now') AS INTEGER) * 1000, CAST(strftime('%s', 'now') AS INTEGER) * 1000,
           row_number() OVER (ORDER BY id)
    FROM old_people;

    INSERT INTO person_numbers (person, place, canonical, number, label)
    SELECT person, row_number() OVER (PARTITION BY person ORDER BY canonical) - 1, canonical, number,
           CASE WHEN canonical GLOB '1[3-9]*' AND length(canonical) = 11 THEN 'mobile' ELSE 'work' END
    FROM old_numbers;

    DROP TABLE old_numbers;
    DROP TABLE old_people;

    INSERT INTO counters (name, value) VALUES ('directory-revision', (SELECT count(*) FROM people));

    CREATE INDEX person_numbers_by_canonical ON person_numbers (canonical, person);
    CREATE INDEX people_by_sort_key ON people (sort_key, id);
    CREATE INDEX people_by_group ON people (person_group, sort_key, id) WHERE person_group IS NOT NULL;
    CREATE INDEX people_unsorted ON people (id) WHERE sort_key = '';
    CREATE INDEX people_by_name ON people (name, company);
    CREATE INDEX people_of_connection ON people (connection) WHERE connection IS NOT NULL;
    CREATE INDEX opportunities_by_person ON opportunities (person);
    CREATE INDEX directory_change_sets_by_time ON directory_change_sets (at);
    CREATE INDEX directory_changes_done ON directory_changes (change_set, row) WHERE state = 0;
  `,
}
