import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createSpeller, loadReadings } from '../../main/core/history/words.ts'
import { toRow } from '../../main/store/history-store.ts'
import { migrate } from '../../main/store/migrate.ts'
import { migrations } from '../../main/store/migrations/index.ts'
import { applyPragmas, openForWriting } from '../../main/store/sqlite.ts'
import { prepareWrites } from '../../main/store/write-operations.ts'
import { createDice, officeCall, officePeople, toEntryOf } from './history-calls.ts'
import { root } from './program.ts'

export interface HistoryFile {
  /** Tells the files of the sections apart. */
  name: string
  calls: number
  people: number
  /** When the newest call began, and how long before it the oldest one, ms. */
  newestAt: number
  spanMs: number
}

/** As one page of a log: how full the pages of the file are depends on it. */
const pageRows = 1000
const folder = join(tmpdir(), 'frontbell-bench')

/**
 * A database with a long history, written newest first as a sync does; → its path. Kept between runs in the temporary
 * folder, and made anew when anything that shapes it has changed. Not to be written to: copy it.
 */
export async function historyFile(wanted: HistoryFile): Promise<string> {
  const file = join(folder, `${wanted.name}-${keyOf(wanted)}.sqlite`)
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  for (const old of readdirSync(folder)) if (old.startsWith(`${wanted.name}-`)) rmSync(join(folder, old))
  await write(`${file}.new`, wanted)
  renameSync(`${file}.new`, file)
  return file
}

function keyOf(wanted: HistoryFile): string {
  const hash = createHash('sha256').update(JSON.stringify([wanted, migrations]))
  const store = join(root, 'main/store')
  const sources = readdirSync(store).filter((name) => /^history-.*\.ts$/.test(name))
  for (const path of [...sources.map((name) => join(store, name)), join(root, 'test/bench/history-calls.ts')])
    hash.update(readFileSync(path))
  return hash.digest('hex').slice(0, 16)
}

async function write(file: string, { calls, people: count, newestAt, spanMs }: HistoryFile): Promise<void> {
  const spell = createSpeller(await loadReadings())
  const empty = new Database(file)
  applyPragmas(empty, ['journal_mode=WAL', 'auto_vacuum=INCREMENTAL'])
  migrate(empty, migrations)
  empty.close()
  const db = openForWriting(file)
  // Nothing of this has to survive a power cut.
  applyPragmas(db, ['synchronous=OFF', 'foreign_keys=OFF', 'cache_size=-256000'])
  const writes = prepareWrites(db)
  const dice = createDice(7)
  const people = officePeople(count, dice)
  const startOf = (n: number) => Math.floor(newestAt - (n * spanMs) / calls)
  for (let n = 0; n < calls; n += pageRows) {
    const rows = Array.from({ length: Math.min(pageRows, calls - n) }, (_, k) =>
      toRow(toEntryOf(officeCall(n + k, startOf(n + k), people, dice), spell)),
    )
    db.exec('BEGIN')
    writes['history.save']('pbx', 'telcrm', rows, newestAt, null, null, [])
    db.exec('COMMIT')
  }
  applyPragmas(db, ['wal_checkpoint(TRUNCATE)'])
  db.close()
}
