import { spaced } from '../core/history/words.ts'
import { compile, type Sqlite } from './sqlite.ts'

type CallColumns = [connection: string, callId: string, number: string, canonical: string, callStartedAt: number]

export interface DispositionWriteArguments {
  /** An empty note without tags is deleted. */
  'dispositions.save-note': [call: CallColumns, note: string, tags: string[], author: string | null, updatedAt: number]
  'dispositions.save-follow-up': [
    call: CallColumns,
    promise: string,
    dueAt: number,
    createdAt: number,
    doneAt: number | null,
    noticedFor: number | null,
  ]
  /** → 1 the first time, 0 ever after */
  'dispositions.claim-opening': [connection: string, callId: string, occasion: string, at: number]
  /** Delete what was written about calls of a connection. → rows deleted */
  'dispositions.forget': [connection: string]
}

export type DispositionWrites = {
  [N in keyof DispositionWriteArguments]: (...args: DispositionWriteArguments[N]) => number
}

/** A call is not reported again after so long, ms. */
const openingsKeptMs = 90 * 24 * 3_600_000

/** Stands between note and tags in the index, so that no phrase is found across them. */
const border = ' \u{e000} '
const wordsOf = (note: string, tags: readonly string[]) => spaced([note, ...tags].join(border))

/** Statements of notes, tags and follow-ups, run inside the caller's transaction. Each may be repeated without harm. */
export function dispositionWrites(db: Sqlite): DispositionWrites {
  const statement = (sql: string) => compile(db, sql)
  const saveNote = statement(`
    INSERT INTO call_notes (connection, call_id, number, canonical, call_started_at, note, author, updated_at, words)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (connection, call_id) DO UPDATE SET note = excluded.note, author = excluded.author, updated_at = excluded.updated_at,
      words = excluded.words`)
  const dropNote = statement('DELETE FROM call_notes WHERE connection = ? AND call_id = ?')
  const dropTags = statement('DELETE FROM call_tags WHERE connection = ? AND call_id = ?')
  const addTag = statement('INSERT OR IGNORE INTO call_tags (connection, call_id, tag, used_at) VALUES (?, ?, ?, ?)')
  const saveFollowUp = statement(`
    INSERT INTO follow_ups (connection, call_id, number, canonical, call_started_at, promise, due_at, created_at, done_at, noticed_for)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (connection, call_id) DO UPDATE SET promise = excluded.promise, due_at = excluded.due_at,
      created_at = excluded.created_at, done_at = excluded.done_at, noticed_for = excluded.noticed_for`)
  const claim = statement(
    'INSERT OR IGNORE INTO crm_opens (connection, call_id, occasion, opened_at) VALUES (?, ?, ?, ?)',
  )
  const dropOpenings = statement('DELETE FROM crm_opens WHERE opened_at < ?')
  const forget = ['call_notes', 'call_tags', 'follow_ups', 'crm_opens'].map((table) =>
    statement(`DELETE FROM ${table} WHERE connection = ?`),
  )

  return {
    'dispositions.save-note'(call, note, tags, author, updatedAt) {
      const [connection, callId] = call
      dropTags.run(connection, callId)
      if (note === '' && tags.length === 0) return dropNote.run(connection, callId).changes
      // One millisecond each keeps their order.
      tags.forEach((tag, at) => {
        addTag.run(connection, callId, tag, updatedAt + at)
      })
      return saveNote.run(...call, note, author, updatedAt, wordsOf(note, tags)).changes
    },
    'dispositions.save-follow-up': (call, ...columns) => saveFollowUp.run(...call, ...columns).changes,
    'dispositions.claim-opening'(connection, callId, occasion, at) {
      dropOpenings.run(at - openingsKeptMs)
      return claim.run(connection, callId, occasion, at).changes
    },
    'dispositions.forget': (connection) => forget.reduce((sum, one) => sum + one.run(connection).changes, 0),
  }
}
