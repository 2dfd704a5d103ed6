import type { CallRecord } from '../core/calls/call-record.ts'
import type { CallStore, LastTalk } from '../core/ports/index.ts'
import { type RecordRow, recordColumns } from './call-rows.ts'
import { callIdParams, hasCallId } from './history-writes.ts'
import type { Queries } from './queries.ts'

export type CallReads = Pick<CallStore, 'lastTalk' | 'missedSince' | 'recentNumbers'> & {
  get(callId: string): RecordRow | null
  open(): RecordRow[]
  missed(query: Parameters<CallStore['missed']>[0]): { rows: RecordRow[]; count: number }
  /** Something of this connection is stored. */
  hasConnection(connection: string): boolean
}

interface TalkRow extends LastTalk {
  callId: string
  connection: string
}

// From the legs: the calls nobody dealt with may be many, those of a few extensions are not.
const ofExtensions =
  'AND c.id IN (SELECT l.call FROM call_legs l WHERE l.missed = 1 AND l.extension IN (SELECT value FROM json_each(@extensions)))'
const unhandled = (where: string) =>
  `FROM calls c INDEXED BY calls_unhandled WHERE c.missed = 1 AND c.handled_at IS NULL AND c.returned_at IS NULL ${where}`

export function createCallReads({ query }: Queries): CallReads {
  const get = query<RecordRow>(
    'call-get',
    `SELECT ${recordColumns} FROM calls c WHERE c.id = (SELECT max(id) FROM calls WHERE call_id = ?)`,
  )
  const open = query<RecordRow>(
    'calls-open',
    `SELECT ${recordColumns} FROM calls c WHERE c.ended_at IS NULL ORDER BY c.started_at`,
  )
  const unhandledQueries = (where: string, countSql: string) => ({
    rows: query<RecordRow>(
      'calls-unhandled',
      `SELECT ${recordColumns} ${unhandled(where)} ORDER BY c.started_at DESC, c.id DESC LIMIT @limit`,
    ),
    count: query<{ count: number }>('calls-unhandled-count', countSql),
  })
  const missed = unhandledQueries('', `SELECT count(*) AS count ${unhandled('')}`)
  const missedOf = unhandledQueries(
    ofExtensions,
    `SELECT count(DISTINCT call) AS count FROM call_legs INDEXED BY call_legs_unhandled
     WHERE missed = 1 AND extension IN (SELECT value FROM json_each(@extensions))`,
  )
  const ownTalk = query<TalkRow>(
    'calls-last-talk',
    `SELECT call_id AS callId, connection, answered_at AS at, answered_by AS extension, direction, NULL AS note
     FROM calls WHERE canonical = ? AND started_at < ? AND answered_at IS NOT NULL ORDER BY started_at DESC LIMIT 1`,
  )
  // One party per name that a log gave the number: a few. Each is asked for its newest answered call.
  const loggedTalk = query<TalkRow>(
    'history-last-talk',
    `SELECT h.call_id AS callId, s.connection, h.id / 1024 AS at, nullif(h.extension, '') AS extension, n.note,
            CASE h.direction WHEN 0 THEN 'incoming' WHEN 1 THEN 'outgoing' ELSE 'internal' END AS direction
     FROM parties p CROSS JOIN history h ON h.id = (
       SELECT max(t.id) FROM history t INDEXED BY history_by_party
       WHERE t.party = p.id AND t.id < ? * 1024 AND t.result = 1)
     CROSS JOIN history_sources s ON s.id = h.source LEFT JOIN history_notes n ON n.id = h.id
     WHERE p.canonical = ? ORDER BY h.id DESC LIMIT 1`,
  )
  const loggedNote = query<{ note: string | null }>(
    'history-note',
    `SELECT n.note FROM history h CROSS JOIN history_notes n ON n.id = h.id
     WHERE ${hasCallId('h.')} AND h.source = (SELECT id FROM history_sources WHERE connection = ?)`,
  )
  const missedSince = query<{ count: number }>(
    'calls-missed-since',
    'SELECT count(*) AS count FROM calls WHERE canonical = ? AND started_at >= ? AND missed = 1 AND call_id <> ?',
  )
  const recent = query<{ number: string; canonical: string; at: number; direction: CallRecord['direction'] }>(
    'calls-recent-numbers',
    `SELECT number, canonical, last_at AS at, direction FROM call_numbers WHERE direction <> 'internal' ORDER BY last_at DESC LIMIT ?`,
  )
  const connections = ['calls', 'inbox', 'history_sources', 'learned_names'].map((table) =>
    query<{ found: number }>(`connection-in-${table}`, `SELECT 1 AS found FROM ${table} WHERE connection = ? LIMIT 1`),
  )

  return {
    get: (callId) => get.get(callId) ?? null,
    open: () => open.all(),
    missed({ extensions, limit }) {
      if (extensions === null) return { rows: missed.rows.all({ limit }), count: missed.count.get()?.count ?? 0 }
      const whose = { extensions: JSON.stringify(extensions) }
      return { rows: missedOf.rows.all({ ...whose, limit }), count: missedOf.count.get(whose)?.count ?? 0 }
    },
    lastTalk(canonical, before): LastTalk | null {
      // Callers without a number are not one person.
      if (canonical === '') return null
      const own = ownTalk.get(canonical, before)
      const logged = loggedTalk.get(before, canonical)
      const isSame = own && logged && own.callId === logged.callId && own.connection === logged.connection
      const last = !own || (logged && !isSame && logged.at > own.at) ? logged : own
      if (!last) return null
      const note =
        last === own ? (loggedNote.get(...callIdParams(own.callId), own.connection)?.note ?? null) : last.note
      return { at: last.at, extension: last.extension, direction: last.direction, note }
    },
    missedSince: (canonical, since, exceptCallId) =>
      canonical === '' ? 0 : (missedSince.get(canonical, since, exceptCallId)?.count ?? 0),
    recentNumbers(limit) {
      // The same number may be known to two connections.
      const seen = new Set<string>()
      return recent
        .all(limit * 2)
        .filter(({ canonical }) => !seen.has(canonical) && seen.add(canonical))
        .slice(0, limit)
    },
    hasConnection: (connection) => connections.some((one) => one.get(connection) !== undefined),
  }
}
