import type { CallQuery, CallStore } from '../core/ports/index.ts'
import { type RecordRow, recordColumns } from './call-rows.ts'
import type { Queries, Query } from './queries.ts'

export interface CallList {
  page(query: CallQuery): { rows: RecordRow[]; next: ReturnType<CallStore['list']>['next'] }
  counts(query: CallQuery): ReturnType<CallStore['list']>['counts']
  /** Compile every form of `page`, so that their plans can be checked. */
  prepareAll(): void
}

/** `few` = look up each number that matches the text; `many` = walk the calls from the newest, matching each, until the page is full. */
type Match = 'none' | 'few' | 'many'
type Whose = 'all' | 'missed' | 'missed-of' | 'mine'

/** From here on walking is quicker: a text that fits this many numbers fits most calls. */
const fewNumbers = 2000
const newest = { startedAt: Number.MAX_SAFE_INTEGER, row: Number.MAX_SAFE_INTEGER }
const inNumbers = 'c.canonical IN (SELECT value FROM json_each(@canonicals))'
const likeName = (column: string) => `${column} LIKE @pattern ESCAPE '\\'`
const likeNumber = (column: string) => `${column} LIKE @digits ESCAPE '\\'`
const matchesText = `(
  EXISTS (SELECT 1 FROM call_numbers n WHERE n.connection = c.connection AND n.canonical = c.canonical
    AND (${likeNumber('n.canonical')} OR ${likeNumber('n.number')}))
  OR EXISTS (SELECT 1 FROM person_numbers n JOIN people p ON p.id = n.person WHERE n.canonical = c.canonical
    AND (${likeName('p.name')} OR ${likeName('p.company')}))
  OR EXISTS (SELECT 1 FROM learned_names n WHERE n.canonical = c.canonical AND ${likeName('n.name')}))`
const inExtensions = 'l.extension IN (SELECT value FROM json_each(@extensions))'

const whose: Record<Whose, string> = {
  all: '',
  missed: 'AND c.missed = 1',
  'missed-of': `AND c.missed = 1 AND EXISTS (SELECT 1 FROM call_legs l WHERE l.call = c.id AND ${inExtensions})`,
  mine: 'AND EXISTS (SELECT 1 FROM call_legs l WHERE l.call = c.id AND l.extension = @extension)',
}

/**
 * One page, newest first. The index is named because the planner knows nothing about how the calls are spread:
 * it must walk by time when most rows fit, and must not when few do.
 */
function pageSql(filter: Whose, match: Match): string {
  const range = '(c.started_at, c.id) < (@before, @beforeRow) AND c.started_at >= @since'
  const order = 'ORDER BY c.started_at DESC, c.id DESC LIMIT @limit'
  const text = { none: '', few: `AND ${inNumbers}`, many: `AND ${matchesText}` }[match]
  if (filter === 'mine' && match !== 'few') {
    return `SELECT ${recordColumns} FROM call_legs l INDEXED BY call_legs_by_extension CROSS JOIN calls c ON c.id = l.call
      WHERE l.extension = @extension AND (l.started_at, l.call) < (@before, @beforeRow) AND l.started_at >= @since ${text}
      ORDER BY l.started_at DESC, l.call DESC LIMIT @limit`
  }
  const index = match === 'few' ? 'calls_by_canonical' : filter.startsWith('missed') ? 'calls_missed' : 'calls_by_start'
  return `SELECT ${recordColumns} FROM calls c INDEXED BY ${index} WHERE ${range} ${whose[filter]} ${text} ${order}`
}

const nothing = { rows: [], next: null }

interface Counts {
  all: number
  missed: number
  mine: number
  today: number
}

function countsSql(missed: string): string {
  return `SELECT (SELECT count(*) FROM calls) AS "all",
    (SELECT count(*) FROM calls INDEXED BY calls_by_start WHERE started_at >= @todayFrom) AS today,
    (SELECT count(*) FROM call_legs INDEXED BY call_legs_by_extension WHERE extension = @extension) AS mine,
    (${missed}) AS missed`
}

export function createCallList({ query }: Queries): CallList {
  const counts = query<Counts>(
    'calls-count',
    countsSql('SELECT count(*) FROM calls INDEXED BY calls_missed WHERE missed = 1'),
  )
  const countsOf = query<Counts>(
    'calls-count-of',
    countsSql(
      `SELECT count(DISTINCT l.call) FROM call_legs l INDEXED BY call_legs_missed WHERE l.missed > 0 AND ${inExtensions}`,
    ),
  )
  // Both read a small table until enough is found: one row per number ever seen, one per name. That bounds a text search.
  const hasCalls = (column: string) => `EXISTS (SELECT 1 FROM calls c WHERE c.canonical = ${column})`
  const numbersLike = query<{ canonical: string }>(
    'calls-match-number',
    `SELECT canonical FROM call_numbers WHERE ${likeNumber('canonical')} OR ${likeNumber('number')} LIMIT ${fewNumbers + 1}`,
  )
  const namesLike = query<{ canonical: string }>(
    'calls-match-name',
    `SELECT n.canonical FROM people p JOIN person_numbers n ON n.person = p.id
       WHERE (${likeName('p.name')} OR ${likeName('p.company')}) AND ${hasCalls('n.canonical')}
     UNION ALL SELECT n.canonical FROM learned_names n WHERE ${likeName('n.name')} AND ${hasCalls('n.canonical')}
     LIMIT ${fewNumbers + 1}`,
  )
  const page = (filter: Whose, match: Match): Query<RecordRow> =>
    query(`calls-page-${filter}-${match}`, pageSql(filter, match))

  function matching({ pattern, digits }: Text): string[] {
    const byNumber = digits === noNumber ? [] : numbersLike.all({ digits })
    return [...new Set([...byNumber, ...namesLike.all({ pattern })].map((row) => row.canonical))]
  }

  return {
    page(input) {
      const filter = filterOf(input)
      if (filter === 'mine' && input.extension === null) return nothing
      const text = readText(input.text)
      const numbers = text === null ? [] : matching(text)
      if (text !== null && numbers.length === 0) return nothing
      const match = text === null ? 'none' : numbers.length <= fewNumbers ? 'few' : 'many'
      const since = input.filter === 'today' ? Math.max(input.todayFrom, input.since ?? 0) : (input.since ?? 0)
      const before = input.before ?? newest
      const rows = page(filter, match).all({
        before: before.startedAt,
        beforeRow: before.row,
        since,
        limit: input.limit,
        ...(filter === 'mine' && { extension: input.extension ?? '' }),
        ...(filter === 'missed-of' && { extensions: JSON.stringify(input.missedExtensions) }),
        ...(match === 'few' && { canonicals: JSON.stringify(numbers) }),
        ...(match === 'many' && text),
      })
      const last = rows.length < input.limit ? undefined : rows.at(-1)
      return { rows, next: last ? { startedAt: last.startedAt, row: last.row } : null }
    },
    counts({ todayFrom, extension, missedExtensions }) {
      const named = { todayFrom, extension: extension ?? '' }
      const row =
        missedExtensions === null
          ? counts.get(named)
          : countsOf.get({ ...named, extensions: JSON.stringify(missedExtensions) })
      return row ?? { all: 0, missed: 0, mine: 0, today: 0 }
    },
    prepareAll() {
      for (const filter of ['all', 'missed', 'missed-of', 'mine'] as const) {
        for (const match of ['none', 'few', 'many'] as const) page(filter, match)
      }
    },
  }
}

function filterOf({ filter, missedExtensions }: CallQuery): Whose {
  if (filter === 'today') return 'all'
  return filter === 'missed' && missedExtensions !== null ? 'missed-of' : filter
}

/** LIKE patterns of a search text: for names, and for numbers. */
interface Text {
  pattern: string
  digits: string
}

/** Matches no number: the text is not one. */
const noNumber = '-'

/** Full-width signs are read as plain ones; a number may be written with spaces, dashes and brackets. Null = no text. */
function readText(text: string): Text | null {
  const words = text.normalize('NFKC').trim()
  if (words === '') return null
  const digits = words.replace(/[\s\-().+]/g, '')
  return { pattern: like(words), digits: /^[\d*#]+$/.test(digits) ? like(digits) : noNumber }
}

const like = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
