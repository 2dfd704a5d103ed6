import { createHash } from 'node:crypto'
import type { PushStore, StoredPush } from '../core/ports/index.ts'
import type { Queries } from './queries.ts'
import type { Writer } from './writer.ts'

export type PushReads = Pick<PushStore, 'list'>

/** Bills and reviews are asked about long after; a year covers every statement. */
export const pushRetentionMs = 365 * 24 * 3600_000

const columns = 'id, kind, connection, received_at AS receivedAt, subject, body'

export function createPushReads({ query }: Queries): PushReads {
  const all = query<StoredPush>('pushes', `SELECT ${columns} FROM pushes WHERE id < ? ORDER BY id DESC LIMIT ?`)
  const ofKind = query<StoredPush>(
    'pushes-of-kind',
    `SELECT ${columns} FROM pushes WHERE kind = ? AND id < ? ORDER BY id DESC LIMIT ?`,
  )
  return {
    list({ kind = null, before = null, limit }) {
      const beforeId = before ?? Number.MAX_SAFE_INTEGER
      return kind === null ? all.all(beforeId, limit) : ofKind.all(kind, beforeId, limit)
    },
  }
}

/** Resolves with false when the same push was there already. */
export async function addPush(writer: Pick<Writer, 'write'>, push: Omit<StoredPush, 'id'>): Promise<boolean> {
  const { kind, connection, receivedAt, subject, body } = push
  const hash = createHash('sha256').update(body).digest('hex')
  return (await writer.write('pushes.add', kind, connection, Math.round(receivedAt), subject, body, hash)) > 0
}
