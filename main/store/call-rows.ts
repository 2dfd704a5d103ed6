import { z } from 'zod'
import { CallDirection } from '../../preload/contract/index.ts'
import type { CallRecord } from '../core/calls/call-record.ts'
import type { deriveCall } from '../core/calls/call-state.ts'
import { screenPopStates } from '../core/calls/inbox-event.ts'
import type { CallRow } from './write-operations.ts'

/** What a read of a call selects, from `calls AS c`. */
export const recordColumns =
  'c.id AS row, c.call_id AS callId, c.connection, c.caller, c.canonical, c.direction, c.legs, c.handled_at AS handledAt, c.started_at AS startedAt'

export interface RecordRow {
  row: number
  callId: string
  connection: string
  caller: string
  canonical: string
  direction: string
  legs: string
  handledAt: number | null
  startedAt: number
}

const Legs = z.array(
  z.object({
    businessId: z.string(),
    extension: z.string(),
    group: z.string(),
    seen: z.partialRecord(z.enum([...screenPopStates, 'expired']), z.number()),
  }),
)

/** A row as the record it was made from; null when its content is damaged (SQLite cannot notice a changed letter). */
export function toRecord(row: RecordRow): CallRecord | null {
  const direction = CallDirection.safeParse(row.direction)
  const legs = Legs.safeParse(parseJson(row.legs))
  if (!direction.success || !legs.success) return null
  const { callId, connection, caller, canonical, handledAt } = row
  return { callId, connection, caller, canonical, direction: direction.data, legs: legs.data, handledAt }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A record with the columns it is found by. Missed = an outside caller whom nobody talked to. */
export function toCallRow(record: CallRecord, derive: typeof deriveCall): CallRow {
  const call = derive(record)
  const isOutgoing = record.direction === 'outgoing'
  const missed = call.state === 'missed' && record.direction === 'incoming'
  const ours = record.direction === 'incoming' ? [] : [record.caller]
  return [
    record.callId,
    record.connection,
    record.caller,
    record.canonical,
    record.direction,
    call.state,
    call.startedAt,
    call.answeredAt,
    call.endedAt,
    call.answeredBy,
    missed ? 1 : 0,
    record.handledAt,
    JSON.stringify(record.legs),
    [...new Set([...record.legs.map((leg) => leg.extension), ...ours])].filter((extension) => extension !== ''),
    (isOutgoing ? call.callee : record.caller) || record.canonical,
  ]
}
