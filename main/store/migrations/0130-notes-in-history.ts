import type { Migration } from '../migrate.ts'

const historyOf = (row: string) => `(SELECT h.id FROM history h
  WHERE substr(h.call_id, 1, 9) || substr(h.call_id, -7) = substr(${row}.call_id, 1, 9) || substr(${row}.call_id, -7)
    AND h.call_id = ${row}.call_id AND h.source = (SELECT id FROM history_sources s WHERE s.connection = ${row}.connection))`
const sameCall = (row: string) => `connection = ${row}.connection AND call_id = ${row}.call_id`
const callOfNew =
  'connection = (SELECT connection FROM history_sources WHERE id = NEW.source) AND call_id = NEW.call_id'
const tables = ['call_notes', 'call_tags', 'follow_ups']

/**
 * Where in the history the call of a note, a tag or a promise stands: `history_id`, null while it is not there. Kept right by
 * triggers, whichever comes first and however often the row moves, so that a search by tag walks an index in order of time and
 * one by words finds rows. `words` = note and tags as they are indexed in `own_note_words` (core/history/words.ts `spaced`).
 */
export const notesInHistory: Migration = {
  version: 130,
  sql: `
    ALTER TABLE call_notes ADD COLUMN words TEXT NOT NULL DEFAULT '';
    ${tables.map((table) => `ALTER TABLE ${table} ADD COLUMN history_id INTEGER;`).join('\n    ')}

    CREATE INDEX call_notes_in_history ON call_notes (history_id) WHERE history_id IS NOT NULL;
    CREATE INDEX call_tags_in_history ON call_tags (tag, history_id) WHERE history_id IS NOT NULL;
    CREATE INDEX follow_ups_in_history ON follow_ups (history_id) WHERE history_id IS NOT NULL;
    CREATE INDEX follow_ups_open_in_history ON follow_ups (history_id) WHERE done_at IS NULL AND history_id IS NOT NULL;

    CREATE VIRTUAL TABLE own_note_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');

    WITH RECURSIVE texts (connection, call_id, text) AS (
      SELECT connection, call_id, note || ifnull((SELECT group_concat(' ' || char(57344) || ' ' || tag, '') FROM call_tags t
        WHERE t.connection = n.connection AND t.call_id = n.call_id), '') FROM call_notes n
    ), spaced (connection, call_id, rest, words) AS (
      SELECT connection, call_id, text, '' FROM texts
      UNION ALL
      SELECT connection, call_id, substr(rest, 2),
             words || CASE WHEN unicode(rest) >= 11904 THEN ' ' || substr(rest, 1, 1) || ' ' ELSE substr(rest, 1, 1) END
      FROM spaced WHERE rest <> ''
    )
    UPDATE call_notes SET words = s.words FROM spaced s
    WHERE s.rest = '' AND s.connection = call_notes.connection AND s.call_id = call_notes.call_id;
    ${tables.map((table) => `UPDATE ${table} SET history_id = ${historyOf(table)};`).join('\n    ')}
    INSERT INTO own_note_words (rowid, words) SELECT history_id, words FROM call_notes WHERE history_id IS NOT NULL;

    ${tables
      .map(
        (table) => `CREATE TRIGGER ${table}_added AFTER INSERT ON ${table} BEGIN
      UPDATE ${table} SET history_id = ${historyOf('NEW')} WHERE ${sameCall('NEW')}${table === 'call_tags' ? ' AND tag = NEW.tag' : ''};
    END;`,
      )
      .join('\n    ')}

    CREATE TRIGGER call_notes_changed AFTER UPDATE OF words, history_id ON call_notes
    WHEN OLD.history_id IS NOT NEW.history_id OR OLD.words <> NEW.words BEGIN
      DELETE FROM own_note_words WHERE rowid = OLD.history_id;
      INSERT INTO own_note_words (rowid, words) SELECT NEW.history_id, NEW.words WHERE NEW.history_id IS NOT NULL;
    END;
    CREATE TRIGGER call_notes_removed AFTER DELETE ON call_notes WHEN OLD.history_id IS NOT NULL BEGIN
      DELETE FROM own_note_words WHERE rowid = OLD.history_id;
    END;

    CREATE TRIGGER history_added AFTER INSERT ON history
    WHEN EXISTS (SELECT 1 FROM call_notes WHERE ${callOfNew}) OR EXISTS (SELECT 1 FROM follow_ups WHERE ${callOfNew}) BEGIN
      ${tables.map((table) => `UPDATE ${table} SET history_id = NEW.id WHERE ${callOfNew};`).join('\n      ')}
    END;
    CREATE TRIGGER history_removed AFTER DELETE ON history
    WHEN EXISTS (SELECT 1 FROM call_notes WHERE history_id = OLD.id) OR EXISTS (SELECT 1 FROM follow_ups WHERE history_id = OLD.id) BEGIN
      UPDATE call_tags SET history_id = NULL
      WHERE (connection, call_id) IN (SELECT connection, call_id FROM call_notes WHERE history_id = OLD.id);
      UPDATE call_notes SET history_id = NULL WHERE history_id = OLD.id;
      UPDATE follow_ups SET history_id = NULL WHERE history_id = OLD.id;
    END;
  `,
}
