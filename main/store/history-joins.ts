import { pairInOrder } from '../core/history/pair-in-order.ts'
import { callIdParams, hasCallId } from './call-id.ts'
import type { RekeyCall } from './history-rekey.ts'
import type { RemoveCall } from './history-removals.ts'
import { type HistoryRow, idsPerMs, type Save, toldByLogRow, toldByReport } from './history-rows.ts'
import type { Statement } from './sqlite.ts'

/** Two clocks tell when the same call began: so far they may lie apart, ms. */
const apartMs = 10_000
/** Another telephone of ours (a group's number, a call that was passed on) is a weaker sign, as if it began so much later. */
const otherExtensionMs = 10_000

export interface HistoryJoins {
  /**
   * Before rows are written: those of a log that does not tell the calls' ids take the id under which the same call was
   * reported, and rows of such a log that stand in the table take the id of a row that tells it. → the rows that are left to
   * write, and how many in the table have changed
   */
  join(rows: readonly HistoryRow[], save: Save): { rows: readonly HistoryRow[]; joined: number }
}

/** A row of the table that a given one may be. */
interface Candidate {
  id: number
  callId: string
  extension: string
}

const startOf = ({ id }: Candidate) => Math.floor(id / idsPerMs)

function costOf(row: HistoryRow, candidate: Candidate): number | null {
  const [, , , , canonical, , , extension, , startedAt] = row
  const apart = Math.abs(startedAt - startOf(candidate))
  const isSameExtension = candidate.extension === extension
  // Of a caller without a number nothing but the telephone tells.
  if (apart > apartMs || (canonical === '' && !isSameExtension)) return null
  return apart + (isSameExtension ? 0 : otherExtensionMs)
}

/** Rows that may be the same calls, in order of time: one party and direction, each near the one before it. */
function clusters(rows: readonly HistoryRow[]): HistoryRow[][] {
  const groups = new Map<string, HistoryRow[]>()
  const found: HistoryRow[][] = []
  for (const row of [...rows].sort((a, b) => a[9] - b[9])) {
    const key = `${row[1]} ${row[4]}`
    const group = groups.get(key)
    const last = group?.at(-1)
    if (group && last && row[9] - last[9] <= 2 * apartMs) group.push(row)
    else {
      const begun = [row]
      groups.set(key, begun)
      found.push(begun)
    }
  }
  return found
}

/** Statements run inside the caller's transaction. */
export function historyJoins(
  statement: (sql: string) => Statement,
  remove: RemoveCall,
  rekey: RekeyCall,
): HistoryJoins {
  const near = (from: string, which: string) =>
    statement(`SELECT h.id, h.call_id AS callId, h.extension FROM ${from} CROSS JOIN parties p ON p.id = h.party
      WHERE ${which} AND h.source = ? AND h.id >= ? AND h.id < ? AND h.direction = ? AND p.canonical = ?`)
  const reported = near('history h NOT INDEXED', 'h.log_id IS NULL')
  const unjoined = near('history h INDEXED BY history_unjoined', 'h.log_id = h.call_id')
  const anyUnjoined = statement(`SELECT 1 FROM history h INDEXED BY history_unjoined
    WHERE h.log_id = h.call_id AND h.source = ? AND h.id >= ? AND h.id < ? LIMIT 1`).pluck()
  const byLogId = statement(`SELECT h.id, h.call_id AS callId, h.party, h.handled_at AS handledAt,
    (SELECT note FROM history_notes n WHERE n.id = h.id) AS note
    FROM history h INDEXED BY history_by_log_id WHERE h.log_id = ? AND h.source = ?`)
  const isKnown = statement(`SELECT 1 FROM history h WHERE ${hasCallId('h.')} AND h.source = ?`).pluck()
  const takeLogId = statement('UPDATE history SET log_id = ?, handled_at = ifnull(handled_at, ?) WHERE id = ?')
  const takeCallId =
    statement(`UPDATE history SET call_id = @callId, handled_at = CASE WHEN result = 2 THEN ifnull(handled_at,
    (SELECT c.handled_at FROM calls c WHERE c.call_id = @callId AND c.connection = @connection)) END WHERE id = @id`)

  /** `besides` = ids that the same page of the log gives: there they are calls of their own. */
  function pairs(
    rows: readonly HistoryRow[],
    candidates: Statement,
    source: number,
    besides: ReadonlySet<string>,
  ): [HistoryRow, Candidate][] {
    return clusters(rows).flatMap((cluster) => {
      const [first, last] = [cluster[0]!, cluster.at(-1)!]
      const [from, to] = [(first[9] - apartMs) * idsPerMs, (last[9] + apartMs + 1) * idsPerMs]
      const all = candidates.all(source, from, to, first[1], first[4]) as Candidate[]
      const found = all.filter(({ callId }) => !besides.has(callId))
      if (found.length === 0) return []
      return pairInOrder(
        cluster,
        found.sort((a, b) => a.id - b.id),
        costOf,
      )
    })
  }

  /** Rows of the log that are the calls of reported rows: by the id of the log's row, the call's. */
  function joinLogRows(rows: readonly HistoryRow[], save: Save, besides: ReadonlySet<string>) {
    const callIds = new Map<string, string>()
    const open = new Map<string, HistoryRow>()
    for (const row of rows) {
      const [logId] = row
      const known = byLogId.get(logId, save.source) as { callId: string } | undefined
      if (known && known.callId !== logId) callIds.set(logId, known.callId)
      else open.set(logId, row)
    }
    const found = pairs([...open.values()], reported, save.source, besides)
    for (const [[logId], { id, callId }] of found) {
      const own = byLogId.get(logId, save.source) as
        | { id: number; party: number; handledAt: number | null; note: string | null }
        | undefined
      // It stood there as a call of its own: reported later, or not recognised before.
      if (own) {
        remove(own.id, own.party, own.note, save.counts)
        rekey(save.connection, logId, callId)
      }
      takeLogId.run(logId, own?.handledAt ?? null, id)
      save.inserted.push(id)
      callIds.set(logId, callId)
    }
    return { callIds, joined: found.length }
  }

  /** Calls that are told by their id: a row of the log that has been waiting for it takes it. */
  function joinCalls(rows: readonly HistoryRow[], save: Save, besides: ReadonlySet<string>) {
    const settled = new Set<HistoryRow>()
    let oldest = Number.POSITIVE_INFINITY
    let newest = 0
    for (const row of rows) {
      oldest = Math.min(oldest, row[9])
      newest = Math.max(newest, row[9])
    }
    const [from, to] = [(oldest - apartMs) * idsPerMs, (newest + apartMs + 1) * idsPerMs]
    if (anyUnjoined.get(save.source, from, to) === undefined) return { settled, joined: 0 }
    const fresh = new Map(rows.map((row) => [row[0], row]))
    for (const callId of fresh.keys()) if (isKnown.get(...callIdParams(callId), save.source)) fresh.delete(callId)
    const found = pairs([...fresh.values()], unjoined, save.source, besides)
    for (const [row, { id, callId }] of found) {
      takeCallId.run({ callId: row[0], connection: save.connection, id })
      rekey(save.connection, callId, row[0])
      save.inserted.push(id)
      // The log has told more of it than a report does.
      if (row[16] === toldByReport) settled.add(row)
    }
    return { settled, joined: found.length }
  }

  return {
    join(given, save) {
      let rows = given
      let joined = 0
      const isLogRow = (row: HistoryRow) => row[16] === toldByLogRow
      const idsOf = (rows: readonly HistoryRow[]) => new Set(rows.map(([callId]) => callId))
      const logRows = given.filter(isLogRow)
      const calls = logRows.length === 0 ? given : given.filter((row) => !isLogRow(row))
      if (logRows.length > 0) {
        const found = joinLogRows(logRows, save, idsOf(calls))
        joined += found.joined
        const withCallId = (row: HistoryRow): HistoryRow => {
          const callId = isLogRow(row) ? found.callIds.get(row[0]) : undefined
          return callId === undefined ? row : (row.with(0, callId) as HistoryRow)
        }
        rows = found.callIds.size === 0 ? rows : rows.map(withCallId)
      }
      if (calls.length > 0) {
        const found = joinCalls(calls, save, idsOf(logRows))
        joined += found.joined
        rows = found.settled.size === 0 ? rows : rows.filter((row) => !found.settled.has(row))
      }
      return { rows, joined }
    },
  }
}
