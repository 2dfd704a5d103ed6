import type { Migration } from '../migrate.ts'

/** When each party was last talked with (a call's id, 0 = never): what tells a missed call that still waits for its answer. */
export const historyTalks: Migration = {
  version: 63,
  sql: `
    ALTER TABLE parties ADD COLUMN last_talk INTEGER NOT NULL DEFAULT 0;
    UPDATE parties SET last_talk = (SELECT ifnull(max(id), 0) FROM history WHERE party = parties.id AND result = 1);
  `,
}
