import { callIdParams, hasCallId } from './call-id.ts'
import type { Statement } from './sqlite.ts'

interface Miss {
  id: number
  startedAt: number
  callId: string
  canonical: string
}

interface Talk {
  at: number
  by: string | null
  outgoing: number
}

const sameTalkMs = 10_000

/**
 * Marks missed calls whose caller was spoken to since. Takes the numbers of a batch; run it inside the caller's transaction,
 * after the calls themselves. Which of both was reported first does not matter.
 */
export function missedSettler(statement: (sql: string) => Statement): (canonicals: Iterable<string>) => void {
  // A page of a log has a thousand numbers: asking for each costs more than the looking up.
  const open = statement(`SELECT c.id, c.started_at AS startedAt, c.call_id AS callId, c.canonical
    FROM json_each(?) CROSS JOIN calls c INDEXED BY calls_unreturned
    ON c.canonical = json_each.value AND c.missed = 1 AND c.returned_at IS NULL`)
  // The same call in the log: its clock is the one that the log's talks are told by.
  const loggedStart = statement(`SELECT h.id / 1024 FROM history h WHERE ${hasCallId('h.')} AND h.result = 2`).pluck()
  const ownTalk = statement(`SELECT answered_at AS at, answered_by AS by, direction = 'outgoing' AS outgoing
    FROM calls INDEXED BY calls_by_canonical
    WHERE canonical = ? AND started_at > ? AND answered_at IS NOT NULL AND direction <> 'internal' ORDER BY started_at LIMIT 1`)
  // One party per name that a log gave the number: a few. Each is asked for its first talk after that moment.
  const loggedTalk = statement(`SELECT h.id / 1024 AS at, nullif(h.extension, '') AS by, h.direction = 1 AS outgoing
    FROM parties p CROSS JOIN history h ON h.id = (
      SELECT min(t.id) FROM history t INDEXED BY history_by_party
      WHERE t.party = p.id AND t.id >= ? * 1024 AND t.result = 1 AND t.direction < 2)
    WHERE p.canonical = ? ORDER BY h.id LIMIT 1`)
  const settle = statement('UPDATE calls SET returned_at = ?, returned_by = ?, returned_how = ? WHERE id = ?')
  const settleLegs = statement('UPDATE call_legs SET missed = 2 WHERE call = ? AND missed = 1')

  return (canonicals) => {
    const numbers = [...canonicals]
    if (numbers.length === 0) return
    for (const { id, startedAt, callId, canonical } of open.all(JSON.stringify(numbers)) as Miss[]) {
      const own = ownTalk.get(canonical, startedAt) as Talk | undefined
      const since = Number(loggedStart.get(...callIdParams(callId)) ?? startedAt)
      const logged = loggedTalk.get(since + 1000, canonical) as Talk | undefined
      // The same talk is in both, its times some seconds apart: ours knows best who it was.
      const talk = !own || (logged && logged.at < own.at - sameTalkMs) ? logged : own
      if (!talk) continue
      settle.run(talk.at, talk.by, talk.outgoing ? 1 : 2, id)
      settleLegs.run(id)
    }
  }
}
