import type { Migration } from '../migrate.ts'

/**
 * A missed call whose caller was spoken to afterwards is dealt with: when, by whom, and how (1 = we called back, 2 = the caller
 * rang again). `missed-from` = missed calls of the systems' logs count from here on, epoch ms: a day before this step.
 */
export const missedReturns: Migration = {
  version: 72,
  sql: `
    ALTER TABLE calls ADD COLUMN returned_at INTEGER;
    ALTER TABLE calls ADD COLUMN returned_by TEXT;
    ALTER TABLE calls ADD COLUMN returned_how INTEGER;

    DROP INDEX calls_unhandled;
    CREATE INDEX calls_unhandled ON calls (started_at) WHERE missed = 1 AND handled_at IS NULL AND returned_at IS NULL;
    CREATE INDEX calls_unreturned ON calls (canonical, started_at) WHERE missed = 1 AND returned_at IS NULL;

    INSERT INTO counters (name, value) VALUES ('missed-from', (CAST(strftime('%s', 'now') AS INTEGER) - 86400) * 1000);
  `,
}
