import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import Database from 'better-sqlite3'
import { createHistories } from '../../main/compose/histories.ts'
import { searchTerms } from '../../main/core/history/search-terms.ts'
import { createSpeller, loadReadings } from '../../main/core/history/words.ts'
import type { HistoryQuery } from '../../main/core/ports/index.ts'
import type { HistoryReads } from '../../main/store/history-reads.ts'
import { toRow } from '../../main/store/history-store.ts'
import { migrate } from '../../main/store/migrate.ts'
import { migrations } from '../../main/store/migrations/index.ts'
import { openStore } from '../../main/store/open.ts'
import { createQueries, type Queries, type Query } from '../../main/store/queries.ts'
import { prepareReads } from '../../main/store/reads.ts'
import { applyPragmas, openForReading, openForWriting, type Sqlite, type Statement } from '../../main/store/sqlite.ts'
import { prepareWrites } from '../../main/store/write-operations.ts'
import { openTelcrm } from '../../main/systems/telcrm/index.ts'
import { HistoryFilter, TelcrmConnection } from '../../preload/contract/index.ts'
import { createTestLog, realClock } from '../store/samples.ts'
import { startChild } from './child.ts'
import { createDice, officeCall, officePeople, toEntryOf } from './history-calls.ts'
import { percentile } from './load.ts'
import { root } from './program.ts'
import { type Row, row } from './report.ts'

const calls = Number(process.env.FRONTBELL_BENCH_CALLS ?? 1_000_000)
const syncCalls = Math.min(calls, 100_000)
const searchRounds = 15
const fillRows = 10_000

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
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'history-'))
  try {
    return [...(await synchronise(folder)), ...(await search(folder))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The whole way: a PBX in another process, over HTTP, into the file, while this thread should stay free. */
async function synchronise(folder: string): Promise<Row[]> {
  const pbx = await startChild([join(root, 'test/bench/history-pbx.ts'), String(syncCalls)])
  const { log } = createTestLog()
  const store = await openStore({ file: join(folder, 'sync.sqlite'), clock: realClock, log })
  const system = openTelcrm(
    TelcrmConnection.parse({ id: 'pbx', system: 'telcrm', baseUrl: `http://127.0.0.1:${pbx.ready.port}` }),
    { log },
  )
  const histories = createHistories({
    clock: realClock,
    log,
    store,
    canonicalOf: (number) => number,
    isExtension: (number) => number.length < 6,
    floor: () => 0,
    onStored: () => undefined,
    onLearned: () => undefined,
    onRecovered: () => undefined,
    onChange: () => undefined,
  })
  const one = histories.open('pbx', 'telcrm', system.history!)
  await loadReadings()
  const lag = monitorEventLoopDelay({ resolution: 5 })
  lag.enable()
  const startedAt = performance.now()
  await one.poll(new AbortController().signal)
  await one.settled()
  const seconds = (performance.now() - startedAt) / 1000
  lag.disable()
  let kept = 0
  let before: HistoryQuery['before'] = null
  do {
    const slice = store.history.totalsSlice({ ...HistoryFilter.parse({}), terms: [], before, limit: 1 })
    kept += slice.calls
    before = slice.next
  } while (before)
  const { problem } = one.status()
  await one.stop()
  await system.close()
  await store.close()
  await pbx.stop()
  if (kept !== syncCalls) throw new Error(`${kept} of ${syncCalls} calls arrived: ${JSON.stringify(problem)}`)
  const perSec = syncCalls / seconds
  return [
    row(
      'history: rows a second, HTTP to disk',
      perSec,
      '/s',
      { least: 20_000 },
      null,
      `${syncCalls} rows, one PBX over loopback`,
    ),
    row(
      'history: loop lag p99 meanwhile',
      lag.percentile(99) / 1e6 - 5,
      'ms',
      { most: 50 },
      null,
      `max ${(lag.max / 1e6).toFixed(0)} ms`,
    ),
  ]
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

async function search(folder: string): Promise<Row[]> {
  const file = join(folder, 'frontbell.sqlite')
  const readings = await loadReadings()
  const spell = createSpeller(readings)
  const empty = new Database(file)
  applyPragmas(empty, ['journal_mode=WAL', 'auto_vacuum=INCREMENTAL'])
  migrate(empty, migrations)
  empty.close()
  const writing = openForWriting(file)
  // Nothing of this has to survive a power cut, and it is read back by what is measured.
  applyPragmas(writing, ['synchronous=OFF', 'foreign_keys=OFF', 'cache_size=-256000'])
  const writes = prepareWrites(writing)
  const dice = createDice(7)
  const people = officePeople(Math.max(1000, calls / 10), dice)
  const lastAt = 1_760_000_000_000
  const step = Math.floor((3 * 365 * 86_400_000) / calls)
  for (let n = 0; n < calls; n += fillRows) {
    const rows = Array.from({ length: Math.min(fillRows, calls - n) }, (_, k) =>
      toRow(toEntryOf(officeCall(n + k, lastAt - (n + k) * step, people, dice), spell)),
    )
    writing.exec('BEGIN')
    writes['history.save']('pbx', 'telcrm', rows, lastAt, null)
    writing.exec('COMMIT')
  }
  applyPragmas(writing, ['wal_checkpoint(TRUNCATE)'])
  writing.close()
  const asked = await Promise.all(
    searches.map(async ([what, over]) => {
      const filter = HistoryFilter.parse(over)
      const query: HistoryQuery = { ...filter, terms: await searchTerms(filter, () => []), before: null, limit: 100 }
      return { what, query }
    }),
  )
  const bytes = statSync(file).size / calls

  const db = openForReading(file)
  const reads = prepareReads(createQueries({ db, mono: () => performance.now(), onSlow: () => undefined })).history
  const took: number[] = []
  const bare: number[] = []
  const worst: { what: string; ms: number }[] = []
  for (const { what, query } of asked) {
    const statements = statementsOf(db, query)
    const own: number[] = []
    for (let round = 0; round < searchRounds; round += 1) {
      const from = performance.now()
      firstPage(reads, query)
      own.push(performance.now() - from)
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
