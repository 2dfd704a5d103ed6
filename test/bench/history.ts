import { statSync } from 'node:fs'
import { canonicalsIn, historyQuery } from '../../main/core/history/search-terms.ts'
import { loadReadings } from '../../main/core/history/words.ts'
import type { HistoryQuery } from '../../main/core/ports/index.ts'
import type { HistoryReads } from '../../main/store/history-reads.ts'
import { createQueries, type Queries, type Query } from '../../main/store/queries.ts'
import { prepareReads } from '../../main/store/reads.ts'
import { openForReading, type Sqlite, type Statement } from '../../main/store/sqlite.ts'
import { HistoryFilter } from '../../preload/contract/index.ts'
import { historyFile } from './history-file.ts'
import { synchronise } from './history-sync.ts'
import { percentile } from './load.ts'
import { type Row, row } from './report.ts'

const calls = Number(process.env.FRONTBELL_BENCH_CALLS ?? 1_000_000)
const searchRounds = 15

/** What receptionists look for, from the common to the never found. */
const searches: [what: string, filter: Partial<HistoryFilter>][] = [
  ['newest', {}],
  ['part of a number', { text: '7919' }],
  ['common part of a number', { text: '13' }],
  ['one number', { text: '075528000707' }],
  ['number not there', { text: '99999999' }],
  ['surname', { text: '李' }],
  ['whole name', { text: '李建国' }],
  ['pinyin', { text: 'zhangwei' }],
  ['initials', { text: 'ljg' }],
  ['one letter', { text: 'l' }],
  ['note', { note: '报价' }],
  ['name or note', { text: '投诉' }],
  ['two words', { text: '王 发票' }],
  ['extension', { extension: '807' }],
  ['extension and missed', { extension: '807', result: 'missed' }],
  ['group', { group: '3002' }],
  ['missed', { result: 'missed' }],
  ['not dealt with', { unhandled: true }],
  ['longer than 40 minutes', { minDurationSec: 2400 }],
  ['outgoing, ten minutes', { direction: 'outgoing', minDurationSec: 600, maxDurationSec: 700 }],
  ['last year', { from: 1_740_000_000_000, to: 1_745_000_000_000 }],
  ['surname, missed, extension', { name: '吕', result: 'missed', extension: '811' }],
]

export async function history(): Promise<Row[]> {
  return [...(await synchronise(Math.min(calls, 100_000))), ...(await search())]
}

interface BareStatement {
  run: 'get' | 'all'
  args: unknown[]
  statement: Statement
}

/** The SQL that a search runs, prepared: to be run with nothing of ours around it. */
function statementsOf(db: Sqlite, query: HistoryQuery): BareStatement[] {
  const queries = createQueries({ db, mono: () => performance.now(), onSlow: () => undefined })
  const found: BareStatement[] = []
  const recording: Queries = {
    ...queries,
    query<R>(name: string, sql: string): Query<R> {
      const own = queries.query<R>(name, sql)
      const note = (run: BareStatement['run'], args: unknown[]) =>
        found.push({ run, args, statement: db.prepare<unknown[]>(sql) })
      return {
        get(...args) {
          note('get', args)
          return own.get(...args)
        },
        all(...args) {
          note('all', args)
          return own.all(...args)
        },
      }
    },
  }
  firstPage(prepareReads(recording).history, query)
  return found
}

function bareTime(db: Sqlite, statements: BareStatement[]): number {
  const from = performance.now()
  db.exec('BEGIN')
  for (const { run, args, statement } of statements) {
    if (run === 'get') statement.get(...args)
    else statement.all(...args)
  }
  db.exec('COMMIT')
  return performance.now() - from
}

/** Look on until the page is full, as the page's own search does. */
function firstPage(reads: Pick<HistoryReads, 'slice'>, query: HistoryQuery): number {
  let slice = reads.slice(query)
  let rows = slice.rows.length
  while (rows < query.limit && slice.next) {
    slice = reads.slice({ ...query, before: slice.next, limit: query.limit - rows })
    rows += slice.rows.length
  }
  return rows
}

async function search(): Promise<Row[]> {
  const file = await historyFile({
    name: 'search',
    calls,
    people: Math.max(1000, calls / 10),
    newestAt: 1_760_000_000_000,
    spanMs: 3 * 365 * 86_400_000,
  })
  const readings = await loadReadings()
  const asked = await Promise.all(
    searches.map(async ([what, over]) => {
      const filter = HistoryFilter.parse(over)
      const found = await historyQuery(filter, { canonicalsOf: canonicalsIn([], readings), numbersOf: () => [] })
      return { what, query: { ...found, before: null, limit: 100 } }
    }),
  )
  const bytes = statSync(file).size / calls

  const db = openForReading(file)
  const reads = prepareReads(createQueries({ db, mono: () => performance.now(), onSlow: () => undefined })).history
  const took: number[] = []
  const cpu: number[] = []
  const bare: number[] = []
  const worst: { what: string; ms: number }[] = []
  for (const { what, query } of asked) {
    const statements = statementsOf(db, query)
    const own: number[] = []
    for (let round = 0; round < searchRounds; round += 1) {
      const before = process.threadCpuUsage()
      const from = performance.now()
      firstPage(reads, query)
      own.push(performance.now() - from)
      const used = process.threadCpuUsage(before)
      cpu.push((used.user + used.system) / 1000)
      bare.push(bareTime(db, statements))
    }
    took.push(...own)
    worst.push({ what, ms: percentile(own, 0.95) })
  }
  worst.sort((a, b) => b.ms - a.ms)
  for (const { what, ms } of worst) console.log(`    ${what.padEnd(34)} ${ms.toFixed(1)} ms`)

  const p95 = percentile(took, 0.95)
  const opened = performance.now()
  firstPage(reads, { ...asked[0]!.query, limit: 100 })
  const openMs = performance.now() - opened
  db.close()
  return [
    row('history: first page of everything', openMs, 'ms', { most: 100 }, null, 'what the page asks for when it opens'),
    row(
      'history: search to first page p95',
      p95,
      'ms',
      { most: 30 },
      null,
      `${calls} calls, slowest: ${worst[0]?.what} ${worst[0]?.ms.toFixed(1)} ms`,
    ),
    row(
      'history: the same, CPU',
      percentile(cpu, 0.95),
      'ms',
      { most: 30 },
      null,
      'where others use the machine as well',
    ),
    row(
      'history: all searches, mean',
      mean(took),
      'ms',
      { mostOfFloor: 1.5 },
      mean(bare),
      `median ${percentile(took, 0.5).toFixed(2)} ms`,
    ),
    row('history: bytes per call', bytes, '', { most: 400 }, null, 'whole file, indexes and words included'),
  ]
}

const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
