import { join, resolve } from 'node:path'
import { HistoryFilter, Settings } from '../../preload/contract/index.ts'
import { createHistories } from '../compose/histories.ts'
import { canonicalsIn, historyQuery } from '../core/history/search-terms.ts'
import { loadReadings } from '../core/history/words.ts'
import { canonicalNumber } from '../core/numbers/index.ts'
import type { HistoryQuery, StoredHistoryEntry } from '../core/ports/index.ts'
import { defaultDataDir } from '../runtime/data-dir.ts'
import { takeInstanceLock } from '../runtime/instance-lock.ts'
import { createLog } from '../runtime/pino-log.ts'
import { createSystemClock } from '../runtime/system-clock.ts'
import { createConfSettingsFile } from '../settings-files/conf-settings-file.ts'
import { openStore } from '../store/open.ts'
import { searchHistoryFile } from '../store/read-history.ts'
import { openSystem } from '../systems/index.ts'
import { readOptions } from './arguments.ts'
import { UsageError } from './usage.ts'

const folder = { 'data-dir': { type: 'string' } } as const
const mostRows = 1000

/** `log sync` brings the cached call log up to date; `log search TEXT` looks into it, also while the program runs. */
export async function logCommand([action, ...args]: string[]): Promise<void> {
  if (action === 'sync') return syncLog(args)
  if (action === 'search') return searchLog(args)
  throw new UsageError('log takes sync or search TEXT', 'log 后面要写 sync，或 search 加要找的文字')
}

const fileIn = (dataDir: string) => join(dataDir, 'frontbell.sqlite')
const say = (text: string) => void process.stderr.write(`${text}\n`)

/** Errors: the system's, storage-failed; and when the program runs on this folder, which synchronises by itself. */
async function syncLog(args: string[]): Promise<void> {
  const options = readOptions(args, { ...folder, settings: { type: 'string' }, connection: { type: 'string' } })
  const dataDir = resolve(options['data-dir'] ?? defaultDataDir())
  const settings = Settings.parse(
    createConfSettingsFile(resolve(options.settings ?? join(dataDir, 'settings.json'))).read() ?? {},
  )
  const connections = settings.connections.filter(
    ({ id }) => options.connection === undefined || id === options.connection,
  )
  if (connections.length === 0) throw new UsageError('the settings have no such connection', '设置里没有这个连接')
  const unlock = takeInstanceLock(dataDir)
  const log = createLog({ file: join(dataDir, 'logs', 'frontbell.log'), level: 'info' })
  const clock = createSystemClock(log)
  const store = await openStore({ file: fileIn(dataDir), clock, log })
  const { retentionDays } = settings.history
  let recovered = 0
  const histories = createHistories({
    clock,
    log,
    store,
    canonicalOf: (number) => canonicalNumber(number, settings.dialing),
    isExtension: () => false,
    floor: () => (retentionDays > 0 ? clock.now() - retentionDays * 86_400_000 : 0),
    onStored: () => undefined,
    onLearned: () => undefined,
    onRecovered: ({ count }) => {
      recovered += count
    },
    onChange() {
      for (const { connection, progress } of histories.snapshot().connections)
        if (progress)
          say(`${connection}: ${progress.done}${progress.total === null ? '' : ` of about ${progress.total}`} calls`)
    },
  })
  try {
    for (const connection of connections) {
      const system = await openSystem(connection, { log })
      try {
        if (!system.history) continue
        const history = histories.open(connection.id, connection.system, system.history)
        await history.poll(new AbortController().signal)
        await history.settled()
        const { problem, complete } = history.status()
        await history.stop()
        if (problem) throw new Error(problem.details.reason ?? problem.code)
        process.stdout.write(`${JSON.stringify({ connection: connection.id, complete, recoveredMissed: recovered })}\n`)
      } finally {
        await system.close()
      }
    }
  } finally {
    await store.close()
    unlock()
  }
}

async function searchLog(args: string[]): Promise<void> {
  const [text, ...rest] = args
  if (text === undefined || text.startsWith('--'))
    throw new UsageError('log search needs TEXT', 'log search 后面要写要找的文字')
  const options = readOptions(rest, { ...folder, json: { type: 'boolean' } })
  const filter = HistoryFilter.parse({ text })
  const readings = await loadReadings()
  const found = await searchHistoryFile(
    fileIn(resolve(options['data-dir'] ?? defaultDataDir())),
    mostRows,
    async (people): Promise<HistoryQuery> => {
      const numbersOf = (person: number) =>
        people.find(({ id }) => id === person)?.numbers.map(({ canonical }) => canonical) ?? []
      const query = await historyQuery(filter, { canonicalsOf: canonicalsIn(people, readings), numbersOf })
      return { ...query, before: null, limit: mostRows }
    },
  )
  const rows = found.map(shown)
  if (options.json) {
    process.stdout.write(`${JSON.stringify(rows)}\n`)
    return
  }
  for (const { startedAt, result, caller, callee, name, durationSec } of rows)
    process.stdout.write(
      `${startedAt}  ${result.padEnd(8)}  ${caller} → ${callee}  ${durationSec} s${name ? `  ${name}` : ''}\n`,
    )
}

function shown(row: StoredHistoryEntry) {
  const incoming = row.direction === 'incoming'
  return {
    system: row.system,
    callId: row.callId,
    caller: incoming ? row.number : row.extension,
    callee: incoming ? row.extension : row.number,
    name: row.name,
    startedAt: new Date(row.startedAt).toISOString(),
    durationSec: row.durationSec,
    result: row.result,
    recording: row.recording,
  }
}
