import type { Migration } from '../migrate.ts'

/** For which calls the customer system was opened by itself, and on what occasion: never twice, whatever is reported again. */
export const crmOpens: Migration = {
  version: 71,
  sql: `
    CREATE TABLE crm_opens (
      connection TEXT NOT NULL,
      call_id    TEXT NOT NULL,
      occasion   TEXT NOT NULL,
      opened_at  INTEGER NOT NULL,
      PRIMARY KEY (connection, call_id, occasion)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX crm_opens_by_time ON crm_opens (opened_at);
  `,
}
