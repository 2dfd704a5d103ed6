import type { PresenceSpan, SeenPresence } from '../../preload/contract/index.ts'
import type { PresenceHistoryStore, PresenceWatch } from '../core/ports/index.ts'
import type { Queries } from './queries.ts'
import type { Statement } from './sqlite.ts'
import type { Writer } from './writer.ts'

export type PresenceReads = Pick<PresenceHistoryStore, 'last' | 'spans'> & { isEmpty(connection: string): boolean }

export interface PresenceWrites {
  'presence.save': [
    connection: string,
    seenFrom: number,
    seenUntil: number,
    changes: [extension: string, at: number, presence: string][],
  ]
  /** Drop what ended before this time, some thousands at once. → rows dropped */
  'presence.prune': [before: number]
  /** → rows dropped */
  'presence.forget': [connection: string]
}

/** Who was busy when is asked about for a quarter at most. */
export const presenceRetentionMs = 92 * 24 * 3600_000

const pruneRows = 5000

export function createPresenceReads({ query, together }: Queries): PresenceReads {
  const newest = query<{ presence: SeenPresence }>(
    'presence-newest',
    'SELECT presence FROM presence_changes WHERE connection = ? AND extension = ? AND at < ? ORDER BY at DESC LIMIT 1',
  )
  const changes = query<{ at: number; presence: SeenPresence }>(
    'presence-changes',
    `SELECT at, presence FROM presence_changes
     WHERE connection = ? AND extension = ? AND at >= ? AND at < ? ORDER BY at`,
  )
  const watches = query<PresenceWatch>(
    'presence-watches',
    `SELECT seen_from AS "from", seen_until AS until FROM presence_watches
     WHERE connection = ? AND seen_from < ? AND seen_until > ? ORDER BY seen_from`,
  )
  const any = query('presence-any', 'SELECT 1 FROM presence_watches WHERE connection = ? LIMIT 1')
  return {
    isEmpty: (connection) => any.get(connection) === undefined,
    last: (connection, extension) => newest.get(connection, extension, Number.MAX_SAFE_INTEGER)?.presence ?? null,
    spans: ({ connection, extension, from, until, running }) =>
      together(() => {
        const before = newest.get(connection, extension, from)
        const inside = changes.all(connection, extension, from, until)
        const known = before ? [{ at: from, presence: before.presence }, ...inside] : inside
        const noted = watches.all(connection, until, from).filter((one) => one.from !== running?.from)
        return spansOf(known, running ? [...noted, running] : noted, from, until)
      }),
  }
}

/** Each change until the next one, cut to the time in which somebody looked; equal neighbours become one. */
function spansOf(
  changes: { at: number; presence: SeenPresence }[],
  watches: PresenceWatch[],
  from: number,
  until: number,
): PresenceSpan[] {
  const spans: PresenceSpan[] = []
  let next = 0
  for (const watch of watches) {
    const end = Math.min(watch.until, until)
    // The change that was valid when this watch began may belong to the next one too: nothing was seen in between.
    while (next > 0 && (changes[next]?.at ?? Number.POSITIVE_INFINITY) > watch.from) next -= 1
    for (; next < changes.length; next += 1) {
      const change = changes[next]!
      if (change.at >= end) break
      const span = {
        from: Math.max(change.at, watch.from, from),
        until: Math.min(changes[next + 1]?.at ?? end, end),
        presence: change.presence,
      }
      if (span.until <= span.from) continue
      const last = spans.at(-1)
      if (last?.until === span.from && last.presence === span.presence) last.until = span.until
      else spans.push(span)
    }
  }
  return spans
}

export function presenceWrites(statement: (sql: string) => Statement): {
  [N in keyof PresenceWrites]: (...args: PresenceWrites[N]) => number
} {
  const add = statement(`
    INSERT INTO presence_changes (connection, extension, at, presence) VALUES (?, ?, ?, ?)
    ON CONFLICT (connection, extension, at) DO UPDATE SET presence = excluded.presence`)
  const watched = statement(`
    INSERT INTO presence_watches (connection, seen_from, seen_until) VALUES (?, ?, ?)
    ON CONFLICT (connection, seen_from) DO UPDATE SET seen_until = max(seen_until, excluded.seen_until)`)
  // The newest change of an extension stays, however old: it is how the extension still is.
  const pruneChanges = statement(`
    DELETE FROM presence_changes WHERE (connection, extension, at) IN (
      SELECT c.connection, c.extension, c.at FROM presence_changes c INDEXED BY presence_changes_by_time
      WHERE c.at < ? AND EXISTS (SELECT 1 FROM presence_changes n
        WHERE n.connection = c.connection AND n.extension = c.extension AND n.at > c.at)
      ORDER BY c.at LIMIT ${pruneRows})`)
  const pruneWatches = statement('DELETE FROM presence_watches WHERE seen_until < ?')
  const forgetChanges = statement('DELETE FROM presence_changes WHERE connection = ?')
  const forgetWatches = statement('DELETE FROM presence_watches WHERE connection = ?')
  return {
    'presence.save'(connection, seenFrom, seenUntil, changes) {
      for (const change of changes) add.run(connection, ...change)
      watched.run(connection, seenFrom, seenUntil)
      return changes.length
    },
    'presence.prune': (before) => pruneChanges.run(before).changes + pruneWatches.run(before).changes,
    'presence.forget': (connection) => forgetChanges.run(connection).changes + forgetWatches.run(connection).changes,
  }
}

export function presenceStore(reads: PresenceReads, writer: Pick<Writer, 'write'>): PresenceHistoryStore {
  const { last, spans } = reads
  return {
    last,
    spans,
    async save(connection, watch, changes) {
      const rows = changes.map(({ extension, at, presence }): [string, number, string] => [
        extension,
        Math.round(at),
        presence,
      ])
      await writer.write('presence.save', connection, Math.round(watch.from), Math.round(watch.until), rows)
    },
    async forget(connection) {
      if (reads.isEmpty(connection)) return
      await writer.write('presence.forget', connection)
    },
  }
}
