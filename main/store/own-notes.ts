import type { StoredHistoryEntry } from '../core/ports/index.ts'
import type { Condition } from './history-arms.ts'
import type { Queries } from './queries.ts'

/** What the desk itself knows of a call of the history. */
export type OwnMarks = Pick<StoredHistoryEntry, 'ownNote' | 'tags' | 'followUpAt'>

const nothing: OwnMarks = { ownNote: null, tags: [], followUpAt: null }

/** Something was promised and is not done yet: always a few calls. */
export const followUpCondition: Condition = {
  sql: 'EXISTS (SELECT 1 FROM follow_ups f INDEXED BY follow_ups_open_in_history WHERE f.history_id = h.id AND f.done_at IS NULL)',
  index: 'follow_ups_open_in_history',
  table: 'follow_ups',
  driver: 'w.done_at IS NULL AND w.history_id IS NOT NULL',
}

/** The call has the tag; `at` tells several of them apart. */
export const tagCondition = (tag: string, at: number): Condition => ({
  sql: `EXISTS (SELECT 1 FROM call_tags g INDEXED BY call_tags_in_history WHERE g.tag = @tag${at} AND g.history_id = h.id)`,
  params: { [`tag${at}`]: tag },
  index: 'call_tags_in_history',
  table: 'call_tags',
  driver: `w.tag = @tag${at}`,
})

/** Notes, tags and promises of the calls of one page, two look-ups for all of them. */
export function createOwnMarks({ query }: Queries): (ids: number[]) => (id: number) => OwnMarks {
  const notes = query<{ id: number; note: string; tags: string }>(
    'own-notes',
    `SELECT n.history_id AS id, n.note, (SELECT json_group_array(tag) FROM (SELECT t.tag FROM call_tags t
       WHERE t.connection = n.connection AND t.call_id = n.call_id ORDER BY t.used_at, t.tag)) AS tags
     FROM json_each(?) CROSS JOIN call_notes n INDEXED BY call_notes_in_history ON n.history_id = json_each.value`,
  )
  const promises = query<{ id: number; dueAt: number }>(
    'own-follow-ups',
    `SELECT f.history_id AS id, f.due_at AS dueAt
     FROM json_each(?) CROSS JOIN follow_ups f INDEXED BY follow_ups_open_in_history ON f.history_id = json_each.value
     WHERE f.done_at IS NULL`,
  )
  return (ids) => {
    const asked = JSON.stringify(ids)
    const marks = new Map<number, OwnMarks>()
    for (const { id, note, tags } of notes.all(asked))
      marks.set(id, { ownNote: note === '' ? null : note, tags: JSON.parse(tags), followUpAt: null })
    for (const { id, dueAt } of promises.all(asked)) marks.set(id, { ...(marks.get(id) ?? nothing), followUpAt: dueAt })
    return (id) => marks.get(id) ?? nothing
  }
}
