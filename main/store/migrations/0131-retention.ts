import type { Migration } from '../migrate.ts'

/** What the retention looks for by age; and whose open promises keep a name. */
export const retention: Migration = {
  version: 131,
  sql: `
    CREATE INDEX call_notes_by_time ON call_notes (call_started_at);
    CREATE INDEX follow_ups_by_time ON follow_ups (call_started_at);
    CREATE INDEX follow_ups_open_by_person ON follow_ups (canonical) WHERE done_at IS NULL;
    CREATE INDEX learned_names_by_time ON learned_names (learned_at);
  `,
}
