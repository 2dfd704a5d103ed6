import type { HistorySpan } from '../../preload/contract/index.ts'
import type {
  HistoryHour,
  HistoryQuery,
  HistorySlice,
  HistoryStore,
  HistoryTotalsSlice,
  StoredHistoryEntry,
} from '../core/ports/index.ts'
import { callIdParams, hasCallId } from './call-id.ts'
import { type Arm, armsOf, directions, idRange, results } from './history-arms.ts'
import { idsPerMs } from './history-rows.ts'
import { idAt, idOf } from './history-terms.ts'
import { createOwnMarks, type OwnMarks } from './own-notes.ts'
import type { Queries } from './queries.ts'

export type HistoryReads = Pick<
  HistoryStore,
  'spans' | 'oldestRunning' | 'unheardMissed' | 'get' | 'slice' | 'totalsSlice' | 'hoursSlice'
> & {
  /** The ways a query goes, with their SQL: for checking plans and for measuring. */
  explain(query: HistoryQuery): { name: string; sql: string; params: Record<string, string | number | null> }[]
}

interface EntryRow
  extends Omit<
    StoredHistoryEntry,
    'row' | 'direction' | 'result' | 'startedAt' | 'name' | 'calledBack' | keyof OwnMarks
  > {
  row: number
  direction: number
  result: number
  name: string
  talk: number | null
  talkExtension: string | null
}

/** How many calls one look walks over, growing: most searches fill their page within the first. */
const lookRows = [1000, 6000, 20_000]
const setRows = 40_000
const totalsRows = 20_000

const columns = `h.id AS row, s.connection, s.system, h.call_id AS callId, h.direction, h.result, p.number, p.canonical, p.name,
  h.extension, h.call_group AS "group", h.duration_sec AS durationSec, h.cause_code AS causeCode, h.cause_text AS causeText,
  h.recording_kind AS recordingKind, h.recording, h.handled_at AS handledAt, h.seen_at AS seenAt,
  (SELECT note FROM history_notes n WHERE n.id = h.id) AS note, t.id AS talk, t.extension AS talkExtension`
/** Of a missed call, the first talk with its caller after it. */
const talkAfter = `SELECT min((SELECT min(a.id) FROM history a INDEXED BY history_by_party
  WHERE a.party = q.id AND a.id > h.id AND a.result = 1)) FROM parties q WHERE q.canonical = p.canonical AND q.last_talk > h.id`
const joined = `history h CROSS JOIN history_sources s ON s.id = h.source CROSS JOIN parties p ON p.id = h.party
  LEFT JOIN history t ON t.id = CASE WHEN h.result = 2 AND p.canonical <> '' THEN (${talkAfter}) END`

const ordered = ({ from, id, driver }: Arm) => `FROM ${from} WHERE ${driver} AND ${id} < @before AND ${id} >= @since`
/** What is asked of each call; `id` = where its id stands. */
const asked = (arm: Arm, id = arm.id) => arm.conditions.replaceAll(idOf, id)
const walked = (arm: Arm) => `${ordered({ ...arm, from: arm.walkFrom ?? arm.from })} ORDER BY ${arm.id} DESC`
/** At most `@rows` calls of the index are looked at, newest first, until the page is full. */
const pageSql = (arm: Arm) =>
  arm.isFew
    ? `SELECT h.id ${ordered(arm)}${asked(arm)} ORDER BY ${arm.id} DESC LIMIT @limit`
    : `SELECT h.id FROM (SELECT ${arm.id} AS id ${walked(arm)} LIMIT @rows) w CROSS JOIN history h ON h.id = w.id
       WHERE TRUE${asked(arm, 'w.id')} LIMIT @limit`
/** The id `@rows` calls further on: how far one look goes. */
const endSql = (arm: Arm) => `SELECT ${arm.id} AS id ${walked(arm)} LIMIT 1 OFFSET @rows`

export function createHistoryReads(queries: Queries): HistoryReads {
  const { query } = queries
  const spans = query<HistorySpan>(
    'history-spans',
    'SELECT from_at AS "from", to_at AS "to" FROM history_ranges WHERE connection = ? ORDER BY from_at',
  )
  const running = query<{ id: number }>(
    'history-running',
    `SELECT min(h.id) AS id FROM history h INDEXED BY history_unanswered WHERE h.result = 0 AND h.id >= ?
     AND h.source = (SELECT id FROM history_sources WHERE connection = ?)`,
  )
  const unheard = query<{ count: number; first: number | null; last: number | null }>(
    'history-unheard-missed',
    `SELECT count(*) AS count, min(h.id) AS first, max(h.id) AS last FROM history h INDEXED BY history_unhandled
     WHERE h.result = 2 AND h.direction = 0 AND h.handled_at IS NULL AND h.id >= @from AND h.id < @to
     AND h.source = (SELECT id FROM history_sources WHERE connection = @connection)
     AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.call_id = h.call_id AND c.connection = @connection)`,
  )
  const get = query<EntryRow>(
    'history-get',
    `SELECT ${columns} FROM ${joined} WHERE ${hasCallId('h.')} AND h.source = (SELECT id FROM history_sources WHERE connection = ?)`,
  )
  const ofLogRow = query<EntryRow>(
    'history-of-log-row',
    `SELECT ${columns} FROM history h INDEXED BY history_by_log_id ${joined.slice('history h'.length)}
     WHERE h.log_id = ? AND h.source = (SELECT id FROM history_sources WHERE connection = ?)`,
  )
  const rowsOf = query<EntryRow>(
    'history-rows',
    `SELECT ${columns} FROM json_each(?) CROSS JOIN ${joined} WHERE h.id = json_each.value`,
  )

  const ownMarks = createOwnMarks(queries)

  function toEntry(row: EntryRow, own: OwnMarks): StoredHistoryEntry {
    const { talk, talkExtension, ...facts } = row
    return {
      ...facts,
      ...own,
      direction: directions[row.direction] ?? 'incoming',
      result: results[row.result] ?? 'failed',
      name: row.name === '' ? null : row.name,
      startedAt: Math.floor(row.row / idsPerMs),
      calledBack: talk === null ? null : { at: Math.floor(talk / idsPerMs), extension: talkExtension ?? '' },
    }
  }

  /** Where a look of `rows` calls along an arm ends: the first id that is not part of it any more, or null at the end. */
  function endOf(arm: Arm, range: { since: number; before: number }, rows: number): number | null {
    if (arm.isFew) return null
    const far = query<{ id: number }>(`${arm.name}-end`, endSql(arm)).get({ ...arm.params, ...range, rows })
    return far?.id ?? null
  }

  const rangeOf = (arm: Arm, range: { since: number; before: number }) => ({
    since: range.since,
    before: Math.min(range.before, arm.before),
  })

  /** Ids that fit, newest first, each once; and where to look on. */
  function look(arms: Arm[], range: { since: number; before: number }, limit: number, rows: number) {
    const ids = new Set<number>()
    let least = range.since
    for (const arm of arms) {
      const reach = rangeOf(arm, { ...range, since: least })
      const found = query<{ id: number }>(arm.name, pageSql(arm)).all({ ...arm.params, ...reach, rows, limit })
      for (const { id } of found) ids.add(id)
      // Everything down to here was looked at: to the end of a full page, or as far as the look went.
      const end = found.length === limit ? found.at(-1)?.id : endOf(arm, reach, rows - 1)
      least = Math.max(least, end ?? 0)
    }
    const page = [...ids]
      .filter((id) => id >= least)
      .sort((a, b) => b - a)
      .slice(0, limit)
    const last = page.length === limit ? page.at(-1) : least > range.since ? least : undefined
    return { page, next: last ?? null }
  }

  function entries(ids: number[]): StoredHistoryEntry[] {
    const own = ownMarks(ids)
    const byId = new Map(rowsOf.all(JSON.stringify(ids)).map((row) => [row.row, toEntry(row, own(row.row))]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  const cursor = (id: number | null) => (id === null ? null : { startedAt: Math.floor(id / idsPerMs), row: id })

  return {
    spans: (connection) => spans.all(connection),
    oldestRunning(connection, since) {
      const id = running.get(idAt(Math.max(0, Math.floor(since))), connection)?.id ?? null
      return id === null ? null : Math.floor(id / idsPerMs)
    },
    unheardMissed(connection, { from, to }) {
      const found = unheard.get({ from: idAt(from), to: idAt(to), connection })
      return {
        count: found?.count ?? 0,
        from: Math.floor((found?.first ?? 0) / idsPerMs),
        to: Math.floor((found?.last ?? 0) / idsPerMs),
      }
    },
    get(connection, callId) {
      // A page may still name it by the log's row, which has met the call since.
      const row = get.get(...callIdParams(callId), connection) ?? ofLogRow.get(callId, connection)
      return row ? toEntry(row, ownMarks([row.row])(row.row)) : null
    },
    slice(input): HistorySlice {
      return queries.together(() => {
        const arms = armsOf(queries, input)
        let range = idRange(input)
        const ids: number[] = []
        let next: number | null = null
        // A set of ids is made once for each look: then one that goes far.
        const looks = arms.some(({ conditions }) => conditions.includes(idOf)) ? [setRows] : lookRows
        for (const rows of looks) {
          const found = look(arms, range, input.limit - ids.length, rows)
          ids.push(...found.page)
          next = found.next
          if (next === null || ids.length === input.limit) break
          range = { ...range, before: next }
        }
        return { rows: entries(ids), next: cursor(next) }
      })
    },
    totalsSlice(input): HistoryTotalsSlice {
      return piece(input, (arms, range, since) => totalsOf(arms, range, since))
    },
    hoursSlice: (input, utcOffsetMs) =>
      piece(input, (arms, range, since) => ({ hours: hoursOf(arms, range, since, utcOffsetMs) })),
    explain: (input) =>
      armsOf(queries, input).flatMap((arm) => {
        const params = { ...arm.params, ...rangeOf(arm, idRange(input)), limit: input.limit, rows: lookRows[0] ?? 0 }
        const page = { name: arm.name, sql: pageSql(arm), params }
        return arm.isFew ? [page] : [page, { name: `${arm.name}-end`, sql: endSql(arm), params }]
      }),
  }

  /** Counts over a piece of bounded length, and where the next one begins. */
  function piece<T>(
    input: HistoryQuery,
    count: (arms: Arm[], range: { since: number; before: number }, since: number) => T,
  ): T & { next: HistoryTotalsSlice['next'] } {
    return queries.together(() => {
      const arms = armsOf(queries, input)
      const range = idRange(input)
      const ends = arms.map((arm) => endOf(arm, rangeOf(arm, range), totalsRows))
      const since = Math.max(range.since, ...ends.map((end) => end ?? 0))
      return { ...count(arms, range, since), next: cursor(since > range.since ? since : null) }
    })
  }

  function hoursOf(
    arms: Arm[],
    range: { since: number; before: number },
    since: number,
    utcOffsetMs: number,
  ): HistoryHour[] {
    const found = foundBy(arms, range, since)
    if (!found) return []
    return query<HistoryHour>(
      'history-hours',
      `SELECT (h.id / ${idsPerMs} + ${Math.trunc(utcOffsetMs)}) / 3600000 % 24 AS hour, count(*) AS calls,
       sum(h.result = 1) AS answered, sum(h.result = 2) AS missed, sum(h.result = 3) AS failed ${found.from} GROUP BY 1`,
    ).all(found.params)
  }

  /** Counts of the calls in [since, before) that any of the arms finds. */
  function totalsOf(
    arms: Arm[],
    range: { since: number; before: number },
    since: number,
  ): Omit<HistoryTotalsSlice, 'next'> {
    const found = foundBy(arms, range, since)
    if (!found) return { calls: 0, answered: 0, missed: 0, talkSec: 0 }
    const sums = query<{ calls: number; answered: number | null; missed: number | null; talkSec: number | null }>(
      'history-totals',
      `SELECT count(*) AS calls, sum(h.result = 1) AS answered, sum(h.result = 2) AS missed, sum(h.duration_sec) AS talkSec ${found.from}`,
    ).get(found.params)
    return {
      calls: sums?.calls ?? 0,
      answered: sums?.answered ?? 0,
      missed: sums?.missed ?? 0,
      talkSec: sums?.talkSec ?? 0,
    }
  }

  /** `FROM … WHERE …` of the calls `h` in [since, before) that any of the arms finds, each once. */
  function foundBy(arms: Arm[], range: { since: number; before: number }, since: number) {
    const params: Record<string, string | number | null> = { since, before: range.before }
    for (const arm of arms) Object.assign(params, arm.params)
    const [only] = arms
    if (!only) return null
    // Several ways may lead to the same call: UNION takes it once. Each way has its own party, so its own name for it.
    const own = (arm: Arm, at: number) => {
      if (arm.params.party === undefined) return arm
      params[`party${at}`] = arm.params.party
      return { ...arm, driver: arm.driver.replace('@party', `@party${at}`) }
    }
    const from =
      arms.length === 1
        ? `${ordered(only)}${asked(only)}`
        : `FROM (${arms.map((arm, at) => `SELECT h.id ${ordered(own(arm, at))}${asked(own(arm, at))}`).join(' UNION ')}) u
           CROSS JOIN history h ON h.id = u.id`
    return { from, params }
  }
}
