import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import Database from 'better-sqlite3'
import { createHistories } from '../../main/compose/histories.ts'
import { nothingElse } from '../../main/core/history/history-desk.ts'
import { loadReadings } from '../../main/core/history/words.ts'
import type { HistoryQuery } from '../../main/core/ports/index.ts'
import { openStore } from '../../main/store/open.ts'
import { applyPragmas, openForReading, openForWriting } from '../../main/store/sqlite.ts'
import { openTelcrm } from '../../main/systems/telcrm/index.ts'
import { TelcrmConnection } from '../../preload/contract/index.ts'
import { createTestLog, realClock } from '../store/samples.ts'
import { startChild } from './child.ts'
import { root } from './program.ts'
import { type Row, row } from './report.ts'

/** As the product asks for them. */
const pageRows = 2000

/** CPU of every thread of this process so far, s; a machine that others use too tells less by its clock. */
function cpuOfThreads(): Map<string, number> {
  const used = new Map<string, number>()
  for (const id of existsSync('/proc/self/task') ? readdirSync('/proc/self/task') : []) {
    const [, name = '', rest = ''] = /\((.*)\) (.*)/.exec(readFileSync(`/proc/self/task/${id}/stat`, 'utf8')) ?? []
    const fields = rest.split(' ')
    used.set(name, (used.get(name) ?? 0) + (Number(fields[11]) + Number(fields[12])) / 100)
  }
  return used
}

/** The rows of the finished file once more, as mere inserts into the same table with the same indexes: rows a second. */
function bareInserts(folder: string): number {
  const full = openForReading(join(folder, 'sync.sqlite'))
  const parts = full
    .prepare<unknown[]>(
      `SELECT sql FROM sqlite_schema WHERE tbl_name = 'history' AND type IN ('table', 'index') AND sql IS NOT NULL`,
    )
    .pluck()
    .all()
  const rows = full.prepare<unknown[]>('SELECT * FROM history ORDER BY id DESC').raw().all() as unknown[][]
  full.close()
  const file = join(folder, 'bare.sqlite')
  new Database(file).close()
  const db = openForWriting(file)
  applyPragmas(db, ['foreign_keys=OFF'])
  for (const sql of parts) db.exec(String(sql))
  const add = db.prepare(`INSERT INTO history VALUES (${rows[0]!.map(() => '?').join()})`)
  const from = performance.now()
  for (let at = 0; at < rows.length; at += pageRows) {
    db.exec('BEGIN')
    for (const row of rows.slice(at, at + pageRows).reverse()) add.run(...row)
    db.exec('COMMIT')
  }
  const seconds = (performance.now() - from) / 1000
  db.close()
  return rows.length / seconds
}

/** The whole way: a PBX in another process, over HTTP, into the file, while this thread should stay free. */
export async function synchronise(syncCalls: number): Promise<Row[]> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'history-'))
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
  const cpuBefore = cpuOfThreads()
  const pbxBefore = pbx.cpuSec()
  const startedAt = performance.now()
  await one.poll(new AbortController().signal)
  await one.settled()
  const seconds = (performance.now() - startedAt) / 1000
  lag.disable()
  const cpu = cpuOfThreads()
  const perRow = (name: string) => (((cpu.get(name) ?? 0) - (cpuBefore.get(name) ?? 0)) / syncCalls) * 1e6
  const pbxPerRow = ((pbx.cpuSec() - pbxBefore) / syncCalls) * 1e6
  let kept = 0
  let before: HistoryQuery['before'] = null
  do {
    const slice = store.history.totalsSlice({ ...nothingElse, before, limit: 1 })
    kept += slice.calls
    before = slice.next
  } while (before)
  const { problem } = one.status()
  await one.stop()
  await system.close()
  await store.close()
  await pbx.stop()
  const bare = bareInserts(folder)
  rmSync(folder, { recursive: true, force: true })
  if (kept !== syncCalls) throw new Error(`${kept} of ${syncCalls} calls arrived: ${JSON.stringify(problem)}`)
  const perSec = syncCalls / seconds
  return [
    row(
      'history: rows a second, HTTP to disk',
      perSec,
      '/s',
      { least: 20_000 },
      bare,
      `${syncCalls} rows, one PBX over loopback; it took ${pbxPerRow.toFixed(0)} µs of CPU a row itself; floor: the bare inserts`,
    ),
    row(
      'history: CPU a row, writing',
      perRow('store-writer'),
      'µs',
      { most: 50 },
      null,
      `of the thread that writes; the other one ${perRow('MainThread').toFixed(0)} µs: 50 are 20,000 rows a second`,
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
