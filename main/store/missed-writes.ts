import type { Statement } from './sqlite.ts'

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
  const open = statement(`SELECT id, started_at AS startedAt FROM calls INDEXED BY calls_unreturned
    WHERE canonical = ? AND missed = 1 AND returned_at IS NULL`)
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
    for (const canonical of canonicals) {
      for (const miss of open.all(canonical) as { id: number; startedAt: number }[]) {
        const own = ownTalk.get(canonical, miss.startedAt) as Talk | undefined
        const logged = loggedTalk.get(miss.startedAt + 1000, canonical) as Talk | undefined
        // The same talk is in both, its times some seconds apart: ours knows best who it was.
        const talk = !own || (logged && logged.at < own.at - sameTalkMs) ? logged : own
        if (!talk) continue
        settle.run(talk.at, talk.by, talk.outgoing ? 1 : 2, miss.id)
        settleLegs.run(miss.id)
      }
    }
  }
}
