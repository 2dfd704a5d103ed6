import type { Migration } from '../migrate.ts'

/**
 * `log_id` = the row of a log that does not tell the calls' ids. Equal to `call_id` until the call is met under its own id
 * (store/history-joins.ts). Until now such rows only had the name `log-<n>`, of the telcrm log, and stood beside what was reported
 * of the same calls: where there are any, the log is read once more, which joins them.
 */
export const logRows: Migration = {
  version: 140,
  sql: `
    ALTER TABLE history ADD COLUMN log_id TEXT;
    UPDATE history SET log_id = call_id
    WHERE substr(call_id, 1, 9) || substr(call_id, -7) >= 'log-' AND substr(call_id, 1, 9) || substr(call_id, -7) < 'log.'
      AND call_id GLOB 'log-[0-9]*' AND call_id NOT GLOB 'log-*[^0-9]*'
      AND source IN (SELECT id FROM history_sources WHERE system = 'telcrm');
    CREATE INDEX history_by_log_id ON history (log_id) WHERE log_id IS NOT NULL;
    DELETE FROM history_ranges WHERE connection IN (
      SELECT s.connection FROM history_sources s WHERE s.id IN (SELECT h.source FROM history h WHERE h.log_id IS NOT NULL));
    CREATE INDEX history_unjoined ON history (source) WHERE log_id = call_id;
  `,
}
