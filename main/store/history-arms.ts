import type { HistoryQuery } from '../core/ports/index.ts'
import { callsOf, idAt, idOf, matchWords, type Params, someCalls, type TextSearch } from './history-terms.ts'
import { followUpCondition, tagCondition } from './own-notes.ts'
import type { Queries } from './queries.ts'

/**
 * One way through the calls, newest first: `from` with `driver` is an index in order of time, `conditions` are asked of each
 * call on it. A search is one way or several whose results are merged.
 */
export interface Arm {
  name: string
  from: string
  /** The same without what only `conditions` need. */
  walkFrom?: string
  id: string
  driver: string
  conditions: string
  params: Params
  /** Calls at or after this id cannot fit. */
  before: number
  /** So few calls that all of them are looked at at once, in whatever order. */
  isFew: boolean
}

export const directions = ['incoming', 'outgoing', 'internal'] as const
export const results = ['running', 'answered', 'missed', 'failed', 'unknown'] as const
/** As in the index of long calls (migration 0060). */
const longCallSec = 600
const end = Number.MAX_SAFE_INTEGER

export interface Condition {
  sql: string
  params?: Params
  /** An index in order of time whose calls all fulfil it. */
  index?: string
  /** The index is this table's, whose `history_id` is the call; `driver` calls it `w`. */
  table?: string
  /** The same condition, for that index; it may be a weaker one. */
  driver?: string
}

/** Nobody has talked with the caller since; a caller without a number cannot be rung. */
const waiting = `EXISTS (SELECT 1 FROM parties p WHERE p.id = h.party AND p.canonical <> '')
  AND NOT EXISTS (SELECT 1 FROM parties p JOIN parties q ON q.canonical = p.canonical WHERE p.id = h.party AND q.last_talk > h.id)`

/** What is asked besides text, the most selective index first. */
function conditionsOf(query: HistoryQuery, extensionParties: number[]): Condition[] {
  const { connection, extension, group, direction, result, minDurationSec, maxDurationSec } = query
  const all: (Condition | null)[] = [
    query.unhandled || query.toCallBack
      ? { sql: 'h.result = 2 AND h.direction = 0 AND h.handled_at IS NULL', index: 'history_unhandled' }
      : null,
    minDurationSec === null || minDurationSec === 0
      ? null
      : {
          sql: 'h.duration_sec >= @minDurationSec',
          params: { minDurationSec },
          ...(minDurationSec >= longCallSec && {
            index: 'history_long',
            driver: `h.result = 1 AND h.duration_sec >= ${longCallSec} AND h.duration_sec >= @minDurationSec`,
          }),
        },
    extension === null
      ? null
      : {
          sql: '(h.extension = @extension OR (h.direction = 2 AND h.party IN (SELECT value FROM json_each(@extensionParties))))',
          params: { extension, extensionParties: JSON.stringify(extensionParties) },
          ...(extensionParties.length === 0 && { index: 'history_by_extension', driver: 'h.extension = @extension' }),
        },
    group === null
      ? null
      : { sql: 'h.call_group = @group', params: { group }, index: 'history_by_group', driver: 'h.call_group = @group' },
    result === null
      ? null
      : {
          sql: `h.result = ${results.indexOf(result)}`,
          ...(result !== 'answered' &&
            result !== 'unknown' && {
              index: 'history_unanswered',
              driver: `h.result = ${results.indexOf(result)}`,
            }),
        },
    query.toCallBack ? { sql: waiting } : null,
    query.recorded === null ? null : { sql: `h.recording IS ${query.recorded ? 'NOT NULL' : 'NULL'}` },
    direction === null ? null : { sql: `h.direction = ${directions.indexOf(direction)}` },
    maxDurationSec === null ? null : { sql: 'h.duration_sec <= @maxDurationSec', params: { maxDurationSec } },
    connection === null
      ? null
      : { sql: 'h.source = (SELECT id FROM history_sources WHERE connection = @connection)', params: { connection } },
  ]
  return all.filter((one) => one !== null)
}

/** A walk along the best index there is, or along the calls themselves. */
function walk(name: string, conditions: Condition[], more: Condition[] = [], before = end): Arm {
  const driving = conditions.find(({ index }) => index !== undefined)
  const own = conditions.filter((one) => one !== driving || one.driver === undefined)
  const asked = [
    ...more.filter(({ sql }) => sql.startsWith(idOf)),
    ...own,
    ...more.filter(({ sql }) => !sql.startsWith(idOf)),
  ]
  const beside = driving?.table === undefined ? null : `${driving.table} w INDEXED BY ${driving.index}`
  return {
    name: driving ? `${name}-by-${driving.index?.replace('history_', '')}` : name,
    ...(beside === null
      ? { from: driving ? `history h INDEXED BY ${driving.index}` : 'history h', id: 'h.id' }
      : { from: `${beside} CROSS JOIN history h ON h.id = w.history_id`, walkFrom: beside, id: 'w.history_id' }),
    driver: driving?.driver ?? driving?.sql ?? 'TRUE',
    conditions: asked.map(({ sql }) => ` AND ${sql}`).join(''),
    params: Object.assign({}, ...[...conditions, ...more].map(({ params }) => params ?? {})),
    before,
    isFew: false,
  }
}

/** The ways to everything that a query asks for. */
export function armsOf(queries: Queries, query: HistoryQuery): Arm[] {
  const extensionParties =
    query.extension === null
      ? []
      : queries
          .query<{ id: number }>('history-extension-parties', 'SELECT id FROM parties WHERE canonical = ? LIMIT 20')
          .all(query.extension)
          .map(({ id }) => id)
  const own = query.followUp ? [followUpCondition] : []
  const others = conditionsOf(query, extensionParties)
  const isText = query.terms.length > 0 || query.canonicals !== null
  const text = isText ? matchWords(queries, query.terms, query.canonicals) : null
  if (query.tags.length === 0) return waysOf(query, [...own, ...others], extensionParties, text)
  // One way for each tag: every one is an index in order of time.
  return query.tags.flatMap((tag, at) =>
    waysOf(query, [...own, tagCondition(tag, at), ...others], extensionParties, text),
  )
}

function waysOf(
  query: HistoryQuery,
  conditions: Condition[],
  extensionParties: number[],
  text: TextSearch | null,
): Arm[] {
  if (text === null) {
    if (query.extension === null || extensionParties.length === 0 || conditions[0]?.index !== undefined)
      return [walk('history-walk', conditions)]
    // Internal calls have a second extension of ours: the party.
    const rest = conditions.filter(({ sql }) => !sql.includes('@extension '))
    const own = {
      sql: 'h.extension = @extension',
      params: { extension: query.extension },
      index: 'history_by_extension',
    }
    return [
      walk('history-walk', [own, ...rest]),
      ...extensionParties.map((party) => {
        const called = { sql: 'h.party = @party', params: { party }, index: 'history_by_party' }
        return walk('history-walk', [called, ...rest], [{ sql: 'h.direction = 2' }])
      }),
    ]
  }

  const { party, notes } = text
  const arms: Arm[] = notes.map(({ table, match, others, params }) => {
    const asked = walk(
      `history-${table.replace('_words', 's').replace('_', '-')}`,
      conditions.map(({ sql, params }) => ({ sql, params })),
    )
    return {
      ...asked,
      from: `${table} w CROSS JOIN history h ON h.id = w.rowid`,
      walkFrom: `${table} w`,
      id: 'w.rowid',
      driver: `w.words MATCH ${match}`,
      conditions: `${asked.conditions} ${others}`,
      params: { ...params, ...asked.params },
    }
  })
  if (party.kind === 'some') {
    const parties = { parties: JSON.stringify(party.ids) }
    const among = { sql: 'h.party IN (SELECT value FROM json_each(@parties))', params: parties }
    const few = { ...among, index: 'history_by_party' }
    // The + keeps the planner from looking up every call of theirs and sorting them.
    const walked = { ...among, sql: `+${among.sql}` }
    if (party.isFew) arms.push({ ...walk('history-few', [few, ...conditions], [], party.before), isFew: true })
    else if (party.calls <= someCalls && conditions.some(({ index }) => index !== undefined))
      // Both sides are known by ids: only calls that are on both are read.
      arms.push(
        walk(
          'history-both',
          conditions,
          [{ sql: `${idOf} IN (${callsOf('@parties')})`, params: parties }],
          party.before,
        ),
      )
    else arms.push(walk('history-some', conditions, [walked], party.before))
  } else if (party.kind === 'many') {
    arms.push(walk('history-many', conditions, [{ sql: party.sql, params: party.params }]))
  }
  return arms
}

/** Ids in [since, before) that a query's time allows. */
export function idRange(query: HistoryQuery): { since: number; before: number } {
  const to = query.to === null ? end : idAt(query.to)
  return { since: query.from === null ? 0 : idAt(query.from), before: Math.min(to, query.before?.row ?? end) }
}
