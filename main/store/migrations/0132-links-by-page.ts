import type { Migration } from '../migrate.ts'

/**
 * `history.save` links notes, tags and promises to the rows that are new, once a page (store/history-links.ts): the trigger
 * made every single insert a savepoint of its own, a quarter of what writing a row takes. The others stay: what they watch is rare.
 */
export const linksByPage: Migration = {
  version: 132,
  sql: 'DROP TRIGGER history_added;',
}
