import type { RetentionCount, RetentionStore } from '../core/ports/index.ts'
import { idAt } from './history-terms.ts'
import type { Queries } from './queries.ts'
import { compile, type Sqlite } from './sqlite.ts'
import type { Writer } from './writer.ts'

/** What belongs to calls of before, and to nothing that stays. Bound: `@before`, epoch ms; `@beforeId`, the first id from then on. */
const hasPromise = `EXISTS (SELECT 1 FROM follow_ups f WHERE f.connection = n.connection AND f.call_id = n.call_id AND f.done_at IS NULL)`
const oldNotes = `call_notes n INDEXED BY call_notes_by_time WHERE n.call_started_at < @before AND NOT ${hasPromise}`
const oldPromises = 'follow_ups INDEXED BY follow_ups_by_time WHERE call_started_at < @before AND done_at IS NOT NULL'
/** Nobody has talked under this name since, and nobody is still to be called back. */
const oldNames = `learned_names l INDEXED BY learned_names_by_time WHERE l.learned_at < @before
  AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.canonical = l.canonical AND p.last_call >= @beforeId)
  AND NOT EXISTS (SELECT 1 FROM calls c INDEXED BY calls_by_canonical WHERE c.canonical = l.canonical AND c.started_at >= @before)
  AND NOT EXISTS (SELECT 1 FROM follow_ups f INDEXED BY follow_ups_open_by_person WHERE f.canonical = l.canonical AND f.done_at IS NULL)`

export type RetentionReads = Pick<RetentionStore, 'count'>

export interface RetentionWrites {
  /** Delete notes with their tags, promises that are done and openings of calls that began before, some thousands. → rows deleted */
  'retention.purge-notes': [before: number]
  /** Delete names that only calls of before knew, some thousands. → names deleted */
  'retention.purge-names': [before: number]
  /** Write deleted words out of their indexes, a piece; `begin` 1 = from the start. → indexes that have more to do */
  'retention.scrub': [begin: number]
}

const purgeRows = 2000
const scrubPages = 256
const indexes = ['party_words', 'party_digits', 'note_words', 'own_note_words']

export function createRetentionReads({ query }: Queries): RetentionReads {
  const counted = query<RetentionCount>(
    'retention-count',
    `SELECT (SELECT count(*) FROM ${oldNotes}) AS notes,
       (SELECT count(*) FROM ${oldPromises}) AS followUps,
       (SELECT count(*) FROM follow_ups INDEXED BY follow_ups_by_time WHERE call_started_at < @before AND done_at IS NULL) AS openFollowUps,
       (SELECT count(*) FROM ${oldNames}) AS names,
       (SELECT count(*) FROM presence_changes INDEXED BY presence_changes_by_time WHERE at < @before) AS presence`,
  )
  const nothing = { notes: 0, followUps: 0, openFollowUps: 0, names: 0, presence: 0 }
  return { count: (before) => counted.get({ before, beforeId: idAt(before) }) ?? nothing }
}

/** Statements of the retention, run inside the caller's transaction. */
export function retentionWrites(db: Sqlite): { [N in keyof RetentionWrites]: (...args: RetentionWrites[N]) => number } {
  const statement = (sql: string) => compile(db, sql)
  const notes = statement(
    `SELECT n.connection, n.call_id FROM ${oldNotes} ORDER BY n.call_started_at LIMIT ${purgeRows}`,
  ).raw()
  const dropNote = statement('DELETE FROM call_notes WHERE connection = ? AND call_id = ?')
  const dropTags = statement('DELETE FROM call_tags WHERE connection = ? AND call_id = ?')
  const promises = statement(`DELETE FROM follow_ups WHERE (connection, call_id) IN (
    SELECT connection, call_id FROM ${oldPromises} ORDER BY call_started_at LIMIT ${purgeRows})`)
  const openings = statement('DELETE FROM crm_opens WHERE opened_at < ?')
  const names = statement(`DELETE FROM learned_names WHERE (canonical, connection) IN (
    SELECT l.canonical, l.connection FROM ${oldNames} LIMIT ${purgeRows})`)
  // A negative count takes every part of the index into one merge, without what was deleted; the same with a positive one goes on.
  const scrub = indexes.map((table) => ({
    begin: statement(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', -${scrubPages})`),
    go: statement(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${scrubPages})`),
  }))
  const changes = statement('SELECT total_changes()').pluck()

  return {
    'retention.purge-notes'(before) {
      const old = notes.all({ before }) as [string, string][]
      for (const call of old) {
        dropTags.run(...call)
        dropNote.run(...call)
      }
      return old.length + promises.run({ before }).changes + openings.run(before).changes
    },
    'retention.purge-names': (before) => names.run({ before, beforeId: idAt(before) }).changes,
    'retention.scrub'(begin) {
      let busy = 0
      for (const index of scrub) {
        const had = Number(changes.get())
        ;(begin === 1 ? index.begin : index.go).run()
        // The documented sign of a merge that has nothing left to do (fts5, the 'merge' command).
        if (Number(changes.get()) - had >= 2) busy += 1
      }
      return busy
    },
  }
}

/** `onNamesGone` hears how many names were deleted. */
export function retentionStore(
  reads: RetentionReads,
  writer: Pick<Writer, 'write' | 'checkpoint'>,
  onNamesGone: (count: number) => void,
): RetentionStore {
  return {
    count: (before) => reads.count(Math.floor(before)),
    async purge(before) {
      const at = Math.floor(before)
      const names = await writer.write('retention.purge-names', at)
      onNamesGone(names)
      const rest = [
        await writer.write('retention.purge-notes', at),
        await writer.write('presence.prune', at),
        await writer.write('inbox.prune', at),
        await writer.write('pushes.prune', at),
      ]
      return rest.reduce((sum, one) => sum + one, names)
    },
    scrub: async (begin) => (await writer.write('retention.scrub', begin ? 1 : 0)) > 0,
    finish: () => writer.checkpoint(),
  }
}
