import type { InboxEvent } from '../core/calls/inbox-event.ts'
import type { InboxStore } from '../core/ports/index.ts'
import type { Queries } from './queries.ts'
import type { Writer } from './writer.ts'

export type InboxReads = Pick<InboxStore, 'unfolded' | 'newest'>

/** Raw events are kept this long after they are folded: the evidence for "the pop did not come". */
export const inboxRetentionMs = 30 * 24 * 3600_000

export function createInboxReads({ query }: Queries): InboxReads {
  const columns = `id, connection, received_at AS receivedAt, source, call_id AS callId, caller, callee, state, direction,
            business_id AS businessId, call_group AS "group", raw, charset`
  const newest = query<InboxEvent>('inbox-newest', `SELECT ${columns} FROM inbox WHERE id < ? ORDER BY id DESC LIMIT ?`)
  const unfolded = query<InboxEvent>(
    'inbox-unfolded',
    `SELECT ${columns}
     FROM inbox WHERE id > (SELECT value FROM counters WHERE name = 'folded-through') ORDER BY id`,
  )
  return { unfolded: () => unfolded.all(), newest: (limit) => newest.all(Number.MAX_SAFE_INTEGER, limit) }
}

/** `write` appends one row to the inbox. */
export function appendToInbox(writer: Pick<Writer, 'write'>, event: Omit<InboxEvent, 'id'>): Promise<number> {
  return writer.write(
    'inbox.append',
    event.connection,
    Math.round(event.receivedAt),
    event.source,
    event.callId,
    event.caller,
    event.callee,
    event.state,
    event.direction,
    event.businessId,
    event.group,
    event.raw,
    event.charset,
  )
}
