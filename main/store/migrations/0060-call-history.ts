import type { Migration } from '../migrate.ts'

/**
 * The history of every connection's calls, in place of the call log. A row's id is its time: `started_at` (epoch ms) × 1024 + n,
 * so that the table itself is in order of time and needs no index for it. `parties` has one row per outside number and name
 * as a log gave them, with how many calls it has and the newest one: text is looked for there, not in a million calls.
 * A call is found by a part of its id (beginning and end, where ids differ): the whole id in an index would cost a fifth of the file.
 * direction: 0 incoming, 1 outgoing, 2 internal. result: 0 running, 1 answered, 2 missed, 3 failed.
 */
export const callHistory: Migration = {
  version: 60,
  sql: `
    CREATE TABLE history_sources (
      id         INTEGER PRIMARY KEY,
      connection TEXT NOT NULL UNIQUE,
      system     TEXT NOT NULL
    ) STRICT;

    CREATE TABLE parties (
      id        INTEGER PRIMARY KEY,
      canonical TEXT NOT NULL,
      number    TEXT NOT NULL,
      name      TEXT NOT NULL,
      spelling  TEXT NOT NULL,
      calls     INTEGER NOT NULL,
      last_call INTEGER NOT NULL,
      UNIQUE (canonical, number, name)
    ) STRICT;

    CREATE INDEX parties_unused ON parties (id) WHERE calls <= 0;

    CREATE TABLE history (
      id           INTEGER PRIMARY KEY,
      source       INTEGER NOT NULL,
      call_id      TEXT NOT NULL,
      party        INTEGER NOT NULL REFERENCES parties (id),
      extension    TEXT NOT NULL,
      call_group   TEXT,
      direction    INTEGER NOT NULL,
      result       INTEGER NOT NULL,
      duration_sec INTEGER NOT NULL,
      cause_code   TEXT,
      cause_text   TEXT,
      recording_kind TEXT,
      recording    TEXT,
      handled_at   INTEGER,
      seen_at      INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE history_notes (
      id   INTEGER PRIMARY KEY REFERENCES history (id) ON DELETE CASCADE,
      note TEXT NOT NULL
    ) STRICT;

    INSERT INTO history_sources (connection, system) SELECT DISTINCT connection, 'telcrm' FROM call_log;

    INSERT INTO parties (canonical, number, name, spelling, calls, last_call)
    SELECT canonical, canonical, '', '', 0, 0 FROM call_log GROUP BY canonical;

    INSERT INTO history (id, source, call_id, party, extension, direction, result, duration_sec, seen_at)
    SELECT started_at * 1024 + row_number() OVER (PARTITION BY started_at ORDER BY connection, call_id) - 1,
           (SELECT id FROM history_sources s WHERE s.connection = l.connection), call_id,
           (SELECT id FROM parties p WHERE p.canonical = l.canonical), ifnull(extension, ''),
           CASE WHEN internal = 1 THEN 2 WHEN incoming = 1 THEN 0 ELSE 1 END,
           CASE WHEN answered = 1 THEN 1 WHEN incoming = 1 AND internal = 0 THEN 2 ELSE 3 END,
           duration_sec, started_at
    FROM call_log l;

    CREATE INDEX history_by_call ON history (substr(call_id, 1, 9) || substr(call_id, -7));
    CREATE INDEX history_by_party ON history (party);
    CREATE INDEX history_by_extension ON history (extension);
    CREATE INDEX history_by_group ON history (call_group) WHERE call_group IS NOT NULL;
    CREATE INDEX history_unanswered ON history (result) WHERE result = 0 OR result = 2 OR result = 3;
    CREATE INDEX history_unhandled ON history (direction) WHERE result = 2 AND direction = 0 AND handled_at IS NULL;
    CREATE INDEX history_long ON history (result) WHERE result = 1 AND duration_sec >= 600;

    INSERT INTO history_notes (id, note)
    SELECT h.id, l.note FROM call_log l JOIN history_sources s ON s.connection = l.connection
    JOIN history h ON h.call_id = l.call_id AND h.source = s.id WHERE l.note IS NOT NULL AND l.note <> '';

    UPDATE parties SET (calls, last_call) = (SELECT count(*), ifnull(max(id), 0) FROM history WHERE party = parties.id);
    UPDATE history SET handled_at = (SELECT c.handled_at FROM calls c JOIN history_sources s ON s.connection = c.connection
      WHERE c.call_id = history.call_id AND s.id = history.source) WHERE result = 2;

    DROP TABLE call_log;
  `,
}
