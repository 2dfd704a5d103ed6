import { callIdParams, hasCallId } from './call-id.ts'
import { type DispositionWriteArguments, dispositionWrites } from './disposition-writes.ts'
import type { HistoryWriteArguments } from './history-rows.ts'
import { historyWrites } from './history-writes.ts'
import { type ImportWriteArguments, importWrites } from './imports.ts'
import { missedSettler } from './missed-writes.ts'
import { type PeopleWriteArguments, peopleWrites } from './people-writes.ts'
import { type PresenceWrites, presenceWrites } from './presence-history.ts'
import { type PromptWrites, promptWrites } from './prompt-writes.ts'
import { type RetentionWrites, retentionWrites } from './retention.ts'
import { compile, type Sqlite, type Statement } from './sqlite.ts'

/** Columns of `calls` from `call_id` to `legs`, then the extensions that took part and the outside number as it is dialled. */
export type CallRow = [
  callId: string,
  connection: string,
  caller: string,
  canonical: string,
  direction: string,
  state: string,
  startedAt: number,
  answeredAt: number | null,
  endedAt: number | null,
  answeredBy: string | null,
  missed: number,
  handledAt: number | null,
  legs: string,
  extensions: string[],
  number: string,
]

/** Everything that may ever be written, with the arguments it takes. Plain tuples: they are copied between threads. */
export interface WriteArguments
  extends HistoryWriteArguments,
    DispositionWriteArguments,
    PeopleWriteArguments,
    PresenceWrites,
    PromptWrites,
    ImportWriteArguments,
    RetentionWrites {
  /** Columns of `inbox` after `id`. → row id */
  'inbox.append': [string, number, string, string, string, string, string, string, string, string, string, string]
  /** Drop folded rows received before this time, oldest first, some thousands at once. → rows dropped */
  'inbox.prune': [receivedBefore: number]
  /** Columns of `pushes` after `id`. → 0 when the same is there already */
  'pushes.add': [string, string, number, string, string, string]
  /** Drop what was received before this time, some thousands at once. → rows dropped */
  'pushes.prune': [receivedBefore: number]
  'calls.save': [rows: CallRow[], foldedThrough: number | null]
  'calls.set-handled': [callId: string, handledAt: number | null]
  /** → learned names that went */
  'calls.purge': [connection: string]
  /** → names that are new or different */
  'directory.learn': [rows: [canonical: string, connection: string, name: string, learnedAt: number][]]
}

export type WriteName = keyof WriteArguments
export type WriteOperation = { [N in WriteName]: [name: N, ...args: WriteArguments[N]] }[WriteName]
export type WriteTable = { [N in WriteName]: (...args: WriteArguments[N]) => number }

const pruneRows = 5000

/** The closed table of writes, its statements prepared on this connection. Runs inside the caller's transaction. */
export function prepareWrites(db: Sqlite): WriteTable {
  const statement: Prepare = (sql) => compile(db, sql)
  const history = historyWrites(db)
  return {
    ...inboxWrites(statement),
    ...pushWrites(statement),
    ...callWrites(statement, history['history.forget']),
    ...directoryWrites(statement),
    ...dispositionWrites(db),
    ...importWrites(db),
    ...peopleWrites(db),
    ...presenceWrites(statement),
    ...promptWrites(statement),
    ...history,
    ...retentionWrites(db),
  }
}

type Prepare = (sql: string) => Statement

function inboxWrites(statement: Prepare): Pick<WriteTable, 'inbox.append' | 'inbox.prune'> {
  const append = statement(`
    INSERT INTO inbox (connection, received_at, source, call_id, caller, callee, state, direction, business_id, call_group, raw, charset)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const prune = statement(`
    DELETE FROM inbox WHERE received_at < ? AND id IN (
      SELECT id FROM inbox WHERE id <= (SELECT value FROM counters WHERE name = 'folded-through') ORDER BY id LIMIT ${pruneRows})`)
  return {
    'inbox.append': (...columns) => Number(append.run(...columns).lastInsertRowid),
    'inbox.prune': (receivedBefore) => prune.run(receivedBefore).changes,
  }
}

function pushWrites(statement: Prepare): Pick<WriteTable, 'pushes.add' | 'pushes.prune'> {
  const add = statement(`
    INSERT INTO pushes (kind, connection, received_at, subject, body, body_hash) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (connection, kind, subject, body_hash) DO NOTHING`)
  const prune = statement(
    `DELETE FROM pushes WHERE id IN (SELECT id FROM pushes WHERE received_at < ? ORDER BY received_at LIMIT ${pruneRows})`,
  )
  return {
    'pushes.add': (...columns) => add.run(...columns).changes,
    'pushes.prune': (receivedBefore) => prune.run(receivedBefore).changes,
  }
}

function callWrites(
  statement: Prepare,
  forgetHistory: (connection: string) => number,
): Pick<WriteTable, 'calls.save' | 'calls.set-handled' | 'calls.purge'> {
  const upsert = statement(`
    INSERT INTO calls (call_id, connection, caller, canonical, direction, state, started_at, answered_at, ended_at, answered_by, missed, handled_at, legs)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (call_id, connection) DO UPDATE SET
      caller = excluded.caller, canonical = excluded.canonical, direction = excluded.direction, state = excluded.state,
      started_at = excluded.started_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at,
      answered_by = excluded.answered_by, missed = excluded.missed, handled_at = excluded.handled_at, legs = excluded.legs
    RETURNING id, returned_at`).raw()
  const dropLegs = statement('DELETE FROM call_legs WHERE call = ?')
  const addLeg = statement('INSERT OR IGNORE INTO call_legs (call, extension, started_at, missed) VALUES (?, ?, ?, ?)')
  const seeNumber = statement(`
    INSERT INTO call_numbers (connection, canonical, number, last_at, direction) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (connection, canonical) DO UPDATE SET number = excluded.number, last_at = excluded.last_at, direction = excluded.direction
    WHERE excluded.last_at >= last_at AND (excluded.last_at, excluded.number, excluded.direction) IS NOT (last_at, number, direction)`)
  const advance = statement(`UPDATE counters SET value = ? WHERE name = 'folded-through' AND value < ?`)
  const setHandled = statement('UPDATE calls SET handled_at = ? WHERE call_id = ?')
  const setLegsHandled = statement(
    `UPDATE call_legs SET missed = CASE WHEN ? IS NULL AND (SELECT returned_at FROM calls WHERE id = call) IS NULL THEN 1 ELSE 2 END
     WHERE missed > 0 AND call IN (SELECT id FROM calls WHERE call_id = ?)`,
  )
  const setHistoryHandled = statement(`UPDATE history SET handled_at = ? WHERE ${hasCallId()} AND result = 2`)
  const purgeRest = ['calls', 'call_numbers', 'inbox'].map((table) =>
    statement(`DELETE FROM ${table} WHERE connection = ?`),
  )
  const purgeNames = statement('DELETE FROM learned_names WHERE connection = ?')

  function saveCall(row: CallRow): void {
    const columns = row.slice(0, 13)
    const [, connection, , canonical, direction, , startedAt, , , , missed, handledAt, , extensions, number] = row
    const [id, returnedAt] = upsert.get(...columns) as [number, number | null]
    dropLegs.run(id)
    for (const extension of extensions)
      addLeg.run(id, extension, startedAt, missedMark(missed, handledAt ?? returnedAt))
    if (canonical !== '') seeNumber.run(connection, canonical, number, startedAt, direction)
  }

  const settleMissed = missedSettler(statement)
  /** Missed calls, and talks that may settle some. */
  const settles = ([, , , canonical, , , , answeredAt, , , missed]: CallRow) =>
    canonical !== '' && (answeredAt !== null || missed === 1)

  return {
    'calls.save'(rows, foldedThrough) {
      for (const row of rows) saveCall(row)
      settleMissed(new Set(rows.filter(settles).map((row) => row[3])))
      if (foldedThrough !== null) advance.run(foldedThrough, foldedThrough)
      return rows.length
    },
    'calls.set-handled'(callId, handledAt) {
      setLegsHandled.run(handledAt, callId)
      const logged = setHistoryHandled.run(handledAt, ...callIdParams(callId)).changes
      return setHandled.run(handledAt, callId).changes + logged
    },
    'calls.purge'(connection) {
      for (const purge of purgeRest) purge.run(connection)
      forgetHistory(connection)
      return purgeNames.run(connection).changes
    },
  }
}

/** `call_legs.missed`: 0 = not missed, 1 = missed, 2 = missed and dealt with. */
const missedMark = (missed: number, handledAt: number | null) => (missed === 1 && handledAt !== null ? 2 : missed)

interface LearnedName {
  name: string
  learnedAt: number
}

function directoryWrites(statement: Prepare): Pick<WriteTable, 'directory.learn'> {
  const knownNames = statement(`SELECT l.canonical, l.name, l.learned_at FROM json_each(?) CROSS JOIN learned_names l
    ON l.canonical = json_each.value AND l.connection = ?`).raw()
  const learn = statement(`
    INSERT INTO learned_names (canonical, connection, name, learned_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (canonical, connection) DO UPDATE SET name = excluded.name, learned_at = excluded.learned_at
    WHERE excluded.learned_at > learned_at`)

  function namesOf(connection: string, rows: WriteArguments['directory.learn'][0]): Map<string, LearnedName> {
    const canonicals = JSON.stringify(rows.flatMap((row) => (row[1] === connection ? [row[0]] : [])))
    const found = knownNames.all(canonicals, connection) as [canonical: string, name: string, learnedAt: number][]
    return new Map(found.map(([canonical, name, learnedAt]) => [canonical, { name, learnedAt }]))
  }

  return {
    'directory.learn'(rows) {
      const known = new Map<string, Map<string, LearnedName>>()
      for (const connection of new Set(rows.map((row) => row[1]))) known.set(connection, namesOf(connection, rows))
      let changed = 0
      for (const [canonical, connection, name, learnedAt] of rows) {
        const before = known.get(connection)?.get(canonical)
        // Mostly older calls of people who are known: nothing to write.
        if (before && before.learnedAt >= learnedAt) continue
        const written = learn.run(canonical, connection, name, learnedAt).changes > 0
        if (written && before?.name !== name) changed += 1
        known.get(connection)?.set(canonical, { name, learnedAt })
      }
      return changed
    },
  }
}
