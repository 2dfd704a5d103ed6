import type { CallRecord } from '../core/calls/call-record.ts'
import type { MissedReturn, MissedStore } from '../core/ports/index.ts'
import { type RecordRow, recordColumns } from './call-rows.ts'
import type { Queries } from './queries.ts'

interface ReturnColumns {
  returnedAt: number | null
  returnedBy: string | null
  returnedHow: number | null
}

export type MissedReads = Omit<MissedStore, 'dealtWith'> & {
  dealtWith(query: Parameters<MissedStore['dealtWith']>[0]): (RecordRow & ReturnColumns)[]
}

const returnColumns = 'c.returned_at AS returnedAt, c.returned_by AS returnedBy, c.returned_how AS returnedHow'
const dealt = '(c.handled_at IS NOT NULL OR c.returned_at IS NOT NULL)'

export function createMissedReads({ query }: Queries): MissedReads {
  const all = query<RecordRow & ReturnColumns>(
    'missed-dealt-with',
    `SELECT ${recordColumns}, ${returnColumns} FROM calls c INDEXED BY calls_missed
     WHERE c.missed = 1 AND ${dealt} ORDER BY c.started_at DESC, c.id DESC LIMIT @limit`,
  )
  const ofExtensions = query<RecordRow & ReturnColumns>(
    'missed-dealt-with-of',
    `SELECT ${recordColumns}, ${returnColumns} FROM calls c INDEXED BY calls_missed
     WHERE c.missed = 1 AND ${dealt} AND EXISTS (SELECT 1 FROM call_legs l
       WHERE l.call = c.id AND l.extension IN (SELECT value FROM json_each(@extensions)))
     ORDER BY c.started_at DESC, c.id DESC LIMIT @limit`,
  )
  const returned = query<ReturnColumns>(
    'missed-returned',
    `SELECT ${returnColumns} FROM calls c WHERE c.call_id = ? AND c.connection = ?`,
  )
  const ownAttempt = query<{ at: number; by: string | null }>(
    'missed-own-attempt',
    `SELECT started_at AS at, ifnull(answered_by, caller) AS by FROM calls INDEXED BY calls_by_canonical
     WHERE canonical = ? AND started_at > ? AND direction = 'outgoing' ORDER BY started_at DESC LIMIT 1`,
  )
  const loggedAttempt = query<{ at: number; by: string | null }>(
    'missed-logged-attempt',
    `SELECT h.id / 1024 AS at, nullif(h.extension, '') AS by
     FROM parties p CROSS JOIN history h ON h.id = (
       SELECT max(t.id) FROM history t INDEXED BY history_by_party
       WHERE t.party = p.id AND t.id >= ? * 1024 AND t.direction = 1)
     WHERE p.canonical = ? ORDER BY h.id DESC LIMIT 1`,
  )
  const from = query<{ value: number }>('missed-from', `SELECT value FROM counters WHERE name = 'missed-from'`)
  const unheard = query<ReturnType<MissedStore['unheard']>[number]>(
    'missed-unheard',
    `SELECT s.connection, h.call_id AS callId, p.number, h.extension, h.call_group AS "group", h.id / 1024 AS startedAt
     FROM history h INDEXED BY history_unhandled CROSS JOIN history_sources s ON s.id = h.source CROSS JOIN parties p ON p.id = h.party
     WHERE h.result = 2 AND h.direction = 0 AND h.handled_at IS NULL AND h.id >= ? * 1024 AND h.id < ? * 1024
       AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.call_id = h.call_id AND c.connection = s.connection)
     ORDER BY h.id DESC LIMIT ?`,
  )

  return {
    dealtWith: ({ extensions, limit }) =>
      extensions === null ? all.all({ limit }) : ofExtensions.all({ extensions: JSON.stringify(extensions), limit }),
    returnOf({ connection, callId }) {
      const row = returned.get(callId, connection)
      return row ? toReturn(row) : null
    },
    attemptSince(canonical, since) {
      if (canonical === '') return null
      const own = ownAttempt.get(canonical, since)
      const logged = loggedAttempt.get(since, canonical)
      return !own || (logged && logged.at > own.at) ? (logged ?? null) : own
    },
    unheard: ({ since, to, limit }) => unheard.all(Math.max(since, from.get()?.value ?? 0), to, limit),
  }
}

function toReturn({ returnedAt, returnedBy, returnedHow }: ReturnColumns): MissedReturn | null {
  return returnedAt === null
    ? null
    : { at: returnedAt, by: returnedBy, how: returnedHow === 1 ? 'called-back' : 'rang-again' }
}

export function createMissedStore(reads: MissedReads, toRecord: (row: RecordRow) => CallRecord | null): MissedStore {
  return {
    ...reads,
    dealtWith: (query) =>
      reads.dealtWith(query).flatMap((row) => {
        const record = toRecord(row)
        return record ? [{ record, returned: toReturn(row) }] : []
      }),
  }
}
