import type { CallFacts, DispositionStore, FollowUpPlace, StoredFollowUp, StoredNote } from '../core/ports/index.ts'
import type { Queries } from './queries.ts'
import type { Writer } from './writer.ts'

export type DispositionReads = Omit<DispositionStore, 'saveNote' | 'saveFollowUp' | 'claimOpening'> & {
  /** Something was written about calls of this connection. */
  hasConnection(connection: string): boolean
}

const callColumns = 'connection, call_id AS callId, number, canonical, call_started_at AS callStartedAt'
const noteColumns = `${callColumns}, note, author, updated_at AS updatedAt`
const followUpColumns = `${callColumns}, promise, due_at AS dueAt, created_at AS createdAt, done_at AS doneAt, noticed_for AS noticedFor`

/** The index goes on with the key of the table, so a piece begins where the one before ended, however many share a time. */
const behind = '(due_at, connection, call_id) > (?, ?, ?)'
const fromStart: FollowUpPlace = { dueAt: -1, connection: '', callId: '' }

/** Tags used long ago are not offered: so far back they are looked for. */
const newestTags = 500

type NoteRow = Omit<StoredNote, 'tags'>

export function createDispositionReads({ query }: Queries): DispositionReads {
  const note = query<NoteRow>('note', `SELECT ${noteColumns} FROM call_notes WHERE connection = ? AND call_id = ?`)
  const notesOf = query<NoteRow>(
    'notes-of-person',
    `SELECT ${noteColumns} FROM call_notes WHERE canonical = ? ORDER BY call_started_at DESC LIMIT ?`,
  )
  const tags = query<{ tag: string }>(
    'tags-of-call',
    'SELECT tag FROM call_tags WHERE connection = ? AND call_id = ? ORDER BY used_at, tag',
  )
  const followUp = query<StoredFollowUp>(
    'follow-up',
    `SELECT ${followUpColumns} FROM follow_ups WHERE connection = ? AND call_id = ?`,
  )
  const open = query<StoredFollowUp>(
    'follow-ups-open',
    `SELECT ${followUpColumns} FROM follow_ups INDEXED BY follow_ups_open
     WHERE done_at IS NULL AND ${behind} ORDER BY due_at, connection, call_id LIMIT ?`,
  )
  const due = query<StoredFollowUp>(
    'follow-ups-due',
    `SELECT ${followUpColumns} FROM follow_ups INDEXED BY follow_ups_open
     WHERE done_at IS NULL AND ${behind} AND due_at <= ? AND noticed_for IS NOT due_at
     ORDER BY due_at, connection, call_id LIMIT ?`,
  )
  const nextDue = query<{ dueAt: number }>(
    'follow-ups-next-due',
    `SELECT due_at AS dueAt FROM follow_ups INDEXED BY follow_ups_open
     WHERE done_at IS NULL AND due_at > ? ORDER BY due_at LIMIT 1`,
  )
  const openCount = query<{ count: number }>(
    'follow-ups-open-count',
    'SELECT count(*) AS count FROM follow_ups INDEXED BY follow_ups_open WHERE done_at IS NULL',
  )
  const done = query<StoredFollowUp>(
    'follow-ups-done',
    `SELECT ${followUpColumns} FROM follow_ups INDEXED BY follow_ups_done WHERE done_at IS NOT NULL ORDER BY done_at DESC LIMIT ?`,
  )
  const usedTags = query<{ tag: string }>(
    'tags-used',
    `SELECT tag FROM (SELECT tag, used_at FROM call_tags INDEXED BY call_tags_by_time ORDER BY used_at DESC LIMIT ${newestTags})
     GROUP BY tag ORDER BY max(used_at) DESC LIMIT ?`,
  )
  const connections = ['call_notes', 'follow_ups', 'crm_opens'].map((table) =>
    query<{ found: number }>(`connection-in-${table}`, `SELECT 1 AS found FROM ${table} WHERE connection = ? LIMIT 1`),
  )
  const whole = (row: NoteRow): StoredNote => ({
    ...row,
    tags: tags.all(row.connection, row.callId).map(({ tag }) => tag),
  })

  return {
    note({ connection, callId }) {
      const row = note.get(connection, callId)
      return row ? whole(row) : null
    },
    // Callers without a number are not one person.
    notesOf: (canonical, limit) => (canonical === '' ? [] : notesOf.all(canonical, limit).map(whole)),
    followUp: ({ connection, callId }) => followUp.get(connection, callId) ?? null,
    openFollowUps: (limit, { dueAt, connection, callId } = fromStart) => open.all(dueAt, connection, callId, limit),
    dueFollowUps: (now, limit, { dueAt, connection, callId } = fromStart) =>
      due.all(dueAt, connection, callId, now, limit),
    nextDueAt: (now) => nextDue.get(now)?.dueAt ?? null,
    openCount: () => openCount.get()?.count ?? 0,
    doneFollowUps: (limit) => done.all(limit),
    usedTags: (limit) => usedTags.all(limit).map(({ tag }) => tag),
    hasConnection: (connection) => connections.some((one) => one.get(connection) !== undefined),
  }
}

export function createDispositionStore(reads: DispositionReads, writer: Pick<Writer, 'write'>): DispositionStore {
  const callOf = ({ connection, callId, number, canonical, callStartedAt }: CallFacts) =>
    [connection, callId, number, canonical, Math.round(callStartedAt)] as [string, string, string, string, number]
  return {
    ...reads,
    async saveNote(note) {
      const { tags, author, updatedAt } = note
      await writer.write('dispositions.save-note', callOf(note), note.note, tags, author, Math.round(updatedAt))
    },
    async saveFollowUp(followUp) {
      const { promise, dueAt, createdAt, doneAt, noticedFor } = followUp
      await writer.write(
        'dispositions.save-follow-up',
        callOf(followUp),
        promise,
        Math.round(dueAt),
        Math.round(createdAt),
        doneAt === null ? null : Math.round(doneAt),
        noticedFor === null ? null : Math.round(noticedFor),
      )
    },
    async claimOpening({ connection, callId }, occasion, at) {
      return (await writer.write('dispositions.claim-opening', connection, callId, occasion, Math.round(at))) > 0
    },
  }
}
