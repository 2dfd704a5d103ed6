import type { Migration } from '../migrate.ts'

/**
 * Where words of a name, its pinyin, a note, and parts of a number stand. Text outside Latin is indexed sign by sign, so that
 * one character or two can be looked for (core/history/words.ts spaces it the same way); numbers by three digits each.
 * The text itself stays in its own table.
 */
export const historyWords: Migration = {
  version: 61,
  sql: `
    CREATE VIRTUAL TABLE party_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE party_digits USING fts5 (digits, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram');
    CREATE VIRTUAL TABLE note_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');

    INSERT INTO party_digits (rowid, digits) SELECT id, canonical FROM parties;

    WITH RECURSIVE spaced (id, rest, words) AS (
      SELECT id, note, '' FROM history_notes
      UNION ALL
      SELECT id, substr(rest, 2),
             words || CASE WHEN unicode(rest) >= 11904 THEN ' ' || substr(rest, 1, 1) || ' ' ELSE substr(rest, 1, 1) END
      FROM spaced WHERE rest <> ''
    )
    INSERT INTO note_words (rowid, words) SELECT id, words FROM spaced WHERE rest = '';
  `,
}
