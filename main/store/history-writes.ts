import { historyClicks } from './history-clicks.ts'
import { historyJoins } from './history-joins.ts'
import { factsOf, handledCalls, type KnownCall, knownCalls, missed, resultFact } from './history-known.ts'
import { historyLinks } from './history-links.ts'
import { noteWrites } from './history-notes.ts'
import { createPartyCounts, type PartyCounts, partyWrites } from './history-parties.ts'
import { rangeWrites } from './history-ranges.ts'
import { callRekey } from './history-rekey.ts'
import { historyRemovals } from './history-removals.ts'
import { type HistoryRow, type HistoryWrites, idsPerMs, type Save, toldByLogRow } from './history-rows.ts'
import { missedSettler } from './missed-writes.ts'
import { compile, type Sqlite, type Statement } from './sqlite.ts'

const answered = 1
const internal = 2
const talk = (result: number, id: number) => (result === answered ? id : 0)

/** A page whose rows are written. */
interface Page extends Save {
  /** When a missed call was dealt with, as it was reported. */
  handledAt(callId: string): number | null
}

/** Statements of the history, run inside the caller's transaction. */
export function historyWrites(db: Sqlite): HistoryWrites {
  const statement = (sql: string): Statement => compile(db, sql)
  const parties = partyWrites(statement)
  const notes = noteWrites(statement)
  const known = knownCalls(statement)
  const handledOf = handledCalls(statement)
  const links = historyLinks(statement)
  const ranges = rangeWrites(statement)
  const sourceOf = statement(`INSERT INTO history_sources (connection, system) VALUES (?, ?)
    ON CONFLICT (connection) DO UPDATE SET system = excluded.system RETURNING id`).pluck()
  // Most moments have one call: asking for a free place is left to those that have several.
  const add =
    statement(`INSERT INTO history (id, source, call_id, party, extension, call_group, direction, result, duration_sec,
    cause_code, cause_text, recording_kind, recording, handled_at, seen_at, log_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`)
  const lastPlace = statement('SELECT max(id) FROM history WHERE id >= ? AND id < ?').pluck()
  const change = statement(`UPDATE history SET party = ?, extension = ?, call_group = ?, direction = ?, result = ?,
    duration_sec = ?, cause_code = ?, cause_text = ?, recording_kind = ?, recording = ? WHERE id = ?`)
  const drop = statement('DELETE FROM history WHERE id = ?')
  const settleMissed = missedSettler(statement)

  function remove(id: number, party: number, note: string | null, counts: PartyCounts): void {
    notes.set(id, note, null)
    drop.run(id)
    counts.add(party, -1, 0, 0)
  }

  /** → whether it was not the same already. */
  function bringUpToDate(row: HistoryRow, party: number, old: KnownCall, { counts }: Save): boolean {
    const facts = factsOf(row)
    const [note, result] = [row[11], row[2]]
    const isSame = old.party === party && facts.every((fact, at) => fact === old.facts[at])
    if (isSame && old.note === note) return false
    if (!isSame) change.run(party, ...facts, old.id)
    notes.set(old.id, old.note, note)
    const isNewParty = old.party !== party
    if (isNewParty) counts.add(old.party, -1, 0, 0)
    if (isNewParty || result !== old.facts[resultFact])
      counts.add(party, isNewParty ? 1 : 0, old.id, talk(result, old.id))
    return true
  }

  /** → its id */
  function insert(row: HistoryRow, party: number, old: KnownCall | undefined, save: Page): number {
    const [callId, , result] = row
    const handled = old ? old.handledAt : result === missed ? save.handledAt(callId) : null
    const seenAt = old?.seenAt ?? save.seenAt
    const logId = old ? old.logId : row[16] === toldByLogRow ? callId : null
    const first = row[9] * idsPerMs
    const [extension, group, direction, , duration, causeCode, causeText, recordingKind, recording] = factsOf(row)
    // Named one by one: spread, they would be copied for every row.
    const isFree = (id: number) =>
      add.run(
        id,
        save.source,
        callId,
        party,
        extension,
        group,
        direction,
        result,
        duration,
        causeCode,
        causeText,
        recordingKind,
        recording,
        handled,
        seenAt,
        logId,
      ).changes === 1
    if (isFree(first)) return first
    let id = Number(lastPlace.get(first, first + idsPerMs)) + 1
    while (!isFree(id)) id += 1
    return id
  }

  /** → whether it is new or different. */
  function saveRow(row: HistoryRow, old: KnownCall | undefined, save: Page): boolean {
    const [, , result, number, canonical, name, spelling] = row
    const party = parties.idOf(canonical, number, name, spelling)
    if (old && Math.floor(old.id / idsPerMs) === row[9]) return bringUpToDate(row, party, old, save)
    if (old) remove(old.id, old.party, old.note, save.counts)
    const id = insert(row, party, old, save)
    save.inserted.push(id)
    notes.set(id, null, row[11])
    save.counts.add(party, 1, id, talk(result, id))
    return true
  }

  const rekey = callRekey(statement)
  const joins = historyJoins(statement, remove, rekey)
  const clicked = historyClicks(statement, rekey)

  return {
    'history.save'(connection, system, given, seenAt, span, after, clicks) {
      const source = Number(sourceOf.get(connection, system))
      const save: Save = { source, connection, seenAt, counts: createPartyCounts(), inserted: [] }
      const talkedTo = new Set<string>()
      parties.begin()
      notes.begin()
      const { rows, joined } = joins.join(given, save)
      const before = known(rows, source)
      const page: Page = { ...save, handledAt: handledOf(rows, connection) }
      let changed = joined
      // Pages come newest first; ids that grow fill the pages of the file, others leave them half empty.
      for (let at = rows.length - 1; at >= 0; at -= 1) {
        const row = rows[at]!
        if (!saveRow(row, before(row), page)) continue
        changed += 1
        // An answered call with somebody outside may settle a missed one.
        if (row[2] === answered && row[1] !== internal && row[4] !== '') talkedTo.add(row[4])
      }
      const met = clicked.meet(clicks, save)
      save.inserted.push(...met)
      changed += met.length
      links.link(connection, save.inserted)
      settleMissed(talkedTo)
      parties.count(save.counts)
      const isNext = after === null || ranges.isComplete(connection, ...after)
      if (span && span[1] > span[0] && isNext) ranges.complete(connection, span[0], span[1])
      parties.index()
      notes.index()
      return changed
    },
    'history.reopen': ranges.reopen,
    ...historyRemovals(db, parties, notes, remove),
  }
}
