import { spaced } from '../core/history/words.ts'
import { missedSettler } from './missed-writes.ts'
import type { Sqlite, Statement } from './sqlite.ts'

/** One call for `history.save`; numbers stand for words as in migration 0060. */
export type HistoryRow = [
  callId: string,
  direction: number,
  result: number,
  number: string,
  canonical: string,
  name: string,
  spelling: string,
  extension: string,
  group: string | null,
  startedAt: number,
  durationSec: number,
  note: string | null,
  causeCode: string | null,
  causeText: string | null,
  recordingKind: string | null,
  recording: string | null,
]

export interface HistoryWriteArguments {
  /** → rows that are new or different */
  'history.save': [
    connection: string,
    system: string,
    rows: HistoryRow[],
    seenAt: number,
    complete: [from: number, to: number] | null,
  ]
  /** What is complete ends here. → spans changed */
  'history.reopen': [connection: string, from: number]
  /** Delete calls that began before, some thousands. → rows deleted */
  'history.purge': [before: number]
  /** Give room back to the disk. → pages given back */
  'history.compact': []
  /** → rows deleted */
  'history.forget': [connection: string]
}

export type HistoryWrites = { [N in keyof HistoryWriteArguments]: (...args: HistoryWriteArguments[N]) => number }

/** A row's id is its time × this + its place among the calls of that moment. */
export const idsPerMs = 1024
/** A call by its id, through `history_by_call`; `h` = '' or the table's alias with its dot. Takes `callIdParams`. */
export const hasCallId = (h = '') =>
  `substr(${h}call_id, 1, 9) || substr(${h}call_id, -7) = substr(?, 1, 9) || substr(?, -7) AND ${h}call_id = ?`
export const callIdParams = (callId: string) => [callId, callId, callId] as const
const purgeRows = 2000
const compactPages = 512
const mergePages = 256

/** Statements of the history, run inside the caller's transaction. */
export function historyWrites(db: Sqlite): HistoryWrites {
  const statement = (sql: string): Statement => db.prepare<unknown[]>(sql)
  const sourceOf = statement(`INSERT INTO history_sources (connection, system) VALUES (?, ?)
    ON CONFLICT (connection) DO UPDATE SET system = excluded.system RETURNING id`).pluck()
  const partyOf = statement('SELECT id FROM parties WHERE canonical = ? AND number = ? AND name = ?').pluck()
  const addParty = statement(
    'INSERT INTO parties (canonical, number, name, spelling, calls, last_call, last_talk) VALUES (?, ?, ?, ?, 0, 0, 0)',
  )
  const addWords = statement('INSERT INTO party_words (rowid, words) VALUES (?, ?)')
  const addDigits = statement('INSERT INTO party_digits (rowid, digits) VALUES (?, ?)')
  const countCalls = statement(
    'UPDATE parties SET calls = calls + ?, last_call = max(last_call, ?), last_talk = max(last_talk, ?) WHERE id = ?',
  )
  // A join with the notes would cost ten times as much as this.
  const known =
    statement(`SELECT h.id, h.party, h.extension, h.call_group, h.direction, h.result, h.duration_sec, h.cause_code,
    h.cause_text, h.recording_kind, h.recording, h.handled_at, h.seen_at, (SELECT note FROM history_notes n WHERE n.id = h.id)
    FROM history h WHERE ${hasCallId('h.')} AND h.source = ?`).raw()
  const columns = `(id, source, call_id, party, extension, call_group, direction, result, duration_sec, cause_code, cause_text,
    recording_kind, recording, handled_at, seen_at)`
  const add = statement(`INSERT INTO history ${columns}
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const placeOf = statement('SELECT max(id) FROM history WHERE id >= ? AND id < ?').pluck()
  const change = statement(`UPDATE history SET party = ?, extension = ?, call_group = ?, direction = ?, result = ?,
    duration_sec = ?, cause_code = ?, cause_text = ?, recording_kind = ?, recording = ? WHERE id = ?`)
  const handledAt = statement('SELECT handled_at FROM calls WHERE call_id = ? AND connection = ?').pluck()
  const drop = statement('DELETE FROM history WHERE id = ?')
  const addNote = statement('INSERT INTO history_notes (id, note) VALUES (?, ?)')
  const addNoteWords = statement('INSERT INTO note_words (rowid, words) VALUES (?, ?)')
  const dropNote = statement('DELETE FROM history_notes WHERE id = ?')
  const dropNoteWords = statement('DELETE FROM note_words WHERE rowid = ?')
  const touching = statement(
    'SELECT min(from_at), max(to_at) FROM history_ranges WHERE connection = ? AND from_at <= ? AND to_at >= ?',
  ).raw()
  const dropTouching = statement('DELETE FROM history_ranges WHERE connection = ? AND from_at <= ? AND to_at >= ?')
  const addRange = statement('INSERT INTO history_ranges (connection, from_at, to_at) VALUES (?, ?, ?)')

  const dropLater = statement('DELETE FROM history_ranges WHERE connection = ? AND from_at >= ?')
  const clipLater = statement('UPDATE history_ranges SET to_at = ? WHERE connection = ? AND to_at > ?')

  function party(canonical: string, number: string, name: string, spelling: string): number {
    const found = partyOf.get(canonical, number, name)
    if (found !== undefined) return Number(found)
    const id = Number(addParty.run(canonical, number, name, spelling).lastInsertRowid)
    if (name !== '') addWords.run(id, `${spaced(name)} ${spelling}`)
    addDigits.run(id, number.endsWith(canonical) ? number : `${canonical} ${number}`)
    return id
  }

  function setNote(id: number, before: string | null, note: string | null): void {
    if (before === note) return
    if (before !== null) {
      dropNote.run(id)
      dropNoteWords.run(id)
    }
    if (note === null) return
    addNote.run(id, note)
    addNoteWords.run(id, spaced(note))
  }

  function freePlace(startedAt: number): number {
    const first = startedAt * idsPerMs
    const last = placeOf.get(first, first + idsPerMs)
    return last === null ? first : Number(last) + 1
  }

  function remove(id: number, party: number, note: string | null, counts: Counts): void {
    setNote(id, note, null)
    drop.run(id)
    counts.add(party, -1, 0, 0)
  }

  function saveRow(source: number, connection: string, seenAt: number, row: HistoryRow, counts: Counts): number {
    const [callId, direction, result, number, canonical, name, spelling, extension, group, startedAt] = row
    const [durationSec, note, causeCode, causeText, recordingKind, recording] = row.slice(10)
    const who = party(canonical, number, name, spelling)
    const facts = [extension, group, direction, result, durationSec, causeCode, causeText, recordingKind, recording]
    const old = known.get(...callIdParams(callId), source) as unknown[] | undefined
    const oldId = Number(old?.[0])
    const oldNote = (old?.[13] ?? null) as string | null
    const moved = old !== undefined && Math.floor(oldId / idsPerMs) !== startedAt
    if (old && !moved) {
      const isSame = old[1] === who && facts.every((fact, at) => fact === old[at + 2])
      if (isSame && oldNote === note) return 0
      if (!isSame) change.run(who, ...facts, oldId)
      setNote(oldId, oldNote, note as string | null)
      const isNewParty = old[1] !== who
      if (isNewParty) counts.add(Number(old[1]), -1, 0, 0)
      if (isNewParty || result !== old[5]) counts.add(who, isNewParty ? 1 : 0, oldId, talk(result, oldId))
      return 1
    }
    if (old) remove(oldId, Number(old[1]), oldNote, counts)
    const handled = old ? old[11] : result === 2 ? (handledAt.get(callId, connection) ?? null) : null
    const id = freePlace(startedAt)
    add.run(id, source, callId, who, ...facts, handled, old ? old[12] : seenAt)
    setNote(id, null, note as string | null)
    counts.add(who, 1, id, talk(result, id))
    return 1
  }

  function complete(connection: string, from: number, to: number): void {
    const [first, last] = touching.get(connection, to, from) as [number | null, number | null]
    if (first !== null && last !== null && first <= from && last >= to && first === from && last === to) return
    dropTouching.run(connection, to, from)
    addRange.run(connection, Math.min(from, first ?? from), Math.max(to, last ?? to))
  }

  const settleMissed = missedSettler(statement)

  return {
    'history.save'(connection, system, rows, seenAt, span) {
      const counts = createCounts()
      const source = Number(sourceOf.get(connection, system))
      let changed = 0
      const talkedTo = new Set<string>()
      for (const row of rows) {
        const isNew = saveRow(source, connection, seenAt, row, counts) === 1
        if (!isNew) continue
        changed += 1
        // An answered call with somebody outside may settle a missed one.
        if (row[2] === 1 && row[1] !== 2 && row[4] !== '') talkedTo.add(row[4])
      }
      settleMissed(talkedTo)
      counts.each((party, calls, last, talk) => countCalls.run(calls, last, talk, party))
      if (span && span[1] > span[0]) complete(connection, span[0], span[1])
      return changed
    },
    'history.reopen'(connection, from) {
      return dropLater.run(connection, from).changes + clipLater.run(from, connection, from).changes
    },
    ...historyRemovals(db, { remove, countCalls }),
  }
}

const answered = 1
const talk = (result: number, id: number) => (result === answered ? id : 0)

interface Removal {
  remove(id: number, party: number, note: string | null, counts: Counts): void
  countCalls: Statement
}

function historyRemovals(
  db: Sqlite,
  { remove, countCalls }: Removal,
): Pick<HistoryWrites, 'history.purge' | 'history.compact' | 'history.forget'> {
  const statement = (sql: string): Statement => db.prepare<unknown[]>(sql)
  const doomed = 'SELECT h.id, h.party, n.note FROM history h LEFT JOIN history_notes n ON n.id = h.id'
  const oldest = statement(`${doomed} WHERE h.id < ? ORDER BY h.id LIMIT ${purgeRows}`).raw()
  const ofSource = statement(
    `${doomed} WHERE h.source = (SELECT id FROM history_sources WHERE connection = ?) ORDER BY h.id`,
  ).raw()
  const clip = statement('UPDATE history_ranges SET from_at = ? WHERE from_at < ? AND to_at > ?')
  const dropOld = statement('DELETE FROM history_ranges WHERE to_at <= ?')
  const dropRanges = statement('DELETE FROM history_ranges WHERE connection = ?')
  const dropSource = statement('DELETE FROM history_sources WHERE connection = ?')
  const unused = statement(
    `SELECT id FROM parties INDEXED BY parties_unused WHERE calls <= 0 LIMIT ${purgeRows}`,
  ).pluck()
  const dropParty = ['party_words WHERE rowid', 'party_digits WHERE rowid', 'parties WHERE id'].map((which) =>
    statement(`DELETE FROM ${which} = ?`),
  )
  const oldCalls = statement(`DELETE FROM calls WHERE id IN (
    SELECT id FROM calls WHERE started_at < ? AND ended_at IS NOT NULL ORDER BY started_at LIMIT ${purgeRows})`)
  const oldNumbers = statement('DELETE FROM call_numbers WHERE last_at < ?')
  const merges = ['party_words', 'party_digits', 'note_words'].map((table) =>
    statement(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${mergePages})`),
  )
  const freePages = () => Number(db.pragma('freelist_count', { simple: true }))

  function removeAll(rows: unknown[]): number {
    const counts = createCounts()
    for (const [id, party, note] of rows as [number, number, string | null][]) remove(id, party, note, counts)
    counts.each((party, calls) => countCalls.run(calls, 0, 0, party))
    for (const id of unused.all()) for (const one of dropParty) one.run(id)
    return rows.length
  }

  return {
    'history.purge'(before) {
      const gone = removeAll(oldest.all(before * idsPerMs)) + oldCalls.run(before).changes
      if (gone > 0) return gone
      oldNumbers.run(before)
      dropOld.run(before)
      clip.run(before, before, before)
      return 0
    },
    'history.compact'() {
      for (const merge of merges) merge.run()
      const free = freePages()
      if (free > 0) db.pragma(`incremental_vacuum(${compactPages})`)
      return free - freePages()
    },
    'history.forget'(connection) {
      const gone = removeAll(ofSource.all(connection))
      dropRanges.run(connection)
      dropSource.run(connection)
      return gone
    },
  }
}

/** What one write does to the call counts of parties, gathered so that each is written once. */
interface Counts {
  add(party: number, calls: number, lastId: number, lastTalk: number): void
  each(write: (party: number, calls: number, lastId: number, lastTalk: number) => void): void
}

function createCounts(): Counts {
  const counts = new Map<number, [calls: number, lastId: number, lastTalk: number]>()
  return {
    add(party, calls, lastId, lastTalk) {
      const [before, last, talk] = counts.get(party) ?? [0, 0, 0]
      counts.set(party, [before + calls, Math.max(last, lastId), Math.max(talk, lastTalk)])
    },
    each(write) {
      for (const [party, [calls, last, talk]] of counts) write(party, calls, last, talk)
    },
  }
}
