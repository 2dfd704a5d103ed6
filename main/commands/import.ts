import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import {
  type CheckEvent,
  type ExportEvent,
  ImportKind,
  ImportPlan,
  type ImportProgress,
  importPieceBytes,
  KnownChoice,
} from '../../preload/contract/index.ts'
import { openImports } from '../compose/imports.ts'
import type { Imports } from '../core/imports/imports.ts'
import { defaultDataDir } from '../runtime/data-dir.ts'
import { takeInstanceLock } from '../runtime/instance-lock.ts'
import { createLog } from '../runtime/pino-log.ts'
import { createSystemClock } from '../runtime/system-clock.ts'
import { openStore } from '../store/open.ts'
import { openSystem } from '../systems/index.ts'
import { readWords } from './arguments.ts'
import { chooseConnection, readConfigured } from './configured.ts'
import { UsageError } from './usage.ts'

const options = {
  'dry-run': { type: 'boolean' },
  report: { type: 'string' },
  'local-only': { type: 'boolean' },
  'pbx-only': { type: 'boolean' },
  'take-suggestions': { type: 'boolean' },
  known: { type: 'string' },
  sheet: { type: 'string' },
  connection: { type: 'string' },
  settings: { type: 'string' },
  'data-dir': { type: 'string' },
} as const

const say = (text: string) => void process.stderr.write(`${text}\n`)

/**
 * `import contacts|opportunities FILE`: the same steps as the page. stdout is one JSON document. Ctrl+C stops after the request
 * that is on its way; the program goes on with the import when it is started the next time. Exit 0: it ran to its end.
 */
export async function importCommand(args: string[]): Promise<void> {
  const { options: given, words } = readWords(args, options)
  const kind = ImportKind.safeParse(words[0])
  const [, path] = words
  if (!kind.success || path === undefined || words.length !== 2)
    throw new UsageError('import takes contacts or opportunities, and a FILE')
  const file = resolve(path)
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`there is no file ${file}`)
  if (given['local-only'] && given['pbx-only']) throw new UsageError('--local-only and --pbx-only exclude each other')
  const known = KnownChoice.safeParse(given.known ?? 'fill')
  if (!known.success) throw new UsageError('--known takes fill, overwrite or skip')
  const configured = await readConfigured(given)
  const connection = given['local-only'] ? null : chooseConnection(configured, 'telcrm', given.connection)
  if (connection === null && given['pbx-only']) throw new UsageError('no PBX is configured that takes customers')
  const dataDir = resolve(given['data-dir'] ?? defaultDataDir())
  // A dry run changes nothing, and yet it needs the directory: the program must not run beside it either way.
  const unlock = takeInstanceLock(dataDir)
  const log = createLog({ file: join(dataDir, 'logs', 'frontbell.log'), level: 'info' })
  const clock = createSystemClock(log)
  const store = await openStore({ file: join(dataDir, 'frontbell.sqlite'), clock, log })
  const system = connection === null ? null : await openSystem(connection, { log })
  const imports = openImports({
    ...{ clock, log, dataDir, store, directory: store.directory, onChange: () => undefined },
    settings: () => configured.settings,
    system: async () => system ?? {},
  })
  try {
    const reading = { sheet: given.sheet ?? null, encoding: null, delimiter: null, hasHeader: null }
    const { id, inspection } = await hand(imports, file, kind.data, reading)
    const plan = ImportPlan.parse({
      ...{ kind: kind.data, mapping: inspection.mapping, known: known.data, connection: connection?.id ?? null },
      target: connection === null ? 'local' : given['pbx-only'] ? 'pbx' : 'both',
      suggestions: given['take-suggestions'] ? ['no-name', 'bad-number'] : [],
    })
    const { sheet, encoding, delimiter, hasHeader } = inspection
    const asked = { id, reading: { sheet, encoding, delimiter, hasHeader }, plan, fixes: [] }
    const events = (await imports.desk.check(asked)) as AsyncIterable<CheckEvent>
    let check: Extract<CheckEvent, { kind: 'done' }>['check'] | null = null
    for await (const event of events) if (event.kind === 'done') check = event.check
    const columns = inspection.columns.map((name, at) => ({ name, field: inspection.mapping[at] }))
    if (given['dry-run']) {
      process.stdout.write(`${JSON.stringify({ columns, encoding, sheet, ...check })}\n`)
      await imports.desk.discard({ id })
      return
    }
    await imports.desk.start({ id })
    const progress = await followed(imports, id)
    if (given.report !== undefined) await writeReport(imports, id, resolve(given.report))
    const { state, total, done, counts, requests, problem } = progress
    process.stdout.write(
      `${JSON.stringify({ id, state, rows: check?.rows, total, done, counts, requests, problem })}\n`,
    )
    if (state !== 'done') throw new Error(problem?.details.reason ?? problem?.code ?? `the import is ${state}`)
  } finally {
    await imports.stop()
    await system?.close()
    await store.close()
    unlock()
  }
}

async function hand(
  imports: Imports,
  file: string,
  kind: ImportKind,
  reading: Parameters<Imports['desk']['inspect']>[0]['reading'],
) {
  const { size } = statSync(file)
  const { id } = await imports.desk.begin({ name: basename(file), size })
  let at = 0
  for await (const piece of createReadStream(file, { highWaterMark: importPieceBytes })) {
    await imports.desk.append({ id, at, bytes: new Uint8Array(piece as Buffer) })
    at += (piece as Buffer).length
  }
  return { id, inspection: await imports.desk.inspect({ id, kind, reading }) }
}

async function followed(imports: Imports, id: string): Promise<ImportProgress> {
  const stop = () => void imports.desk.pause({ id })
  process.once('SIGINT', stop)
  let told = ''
  const timer = setInterval(() => {
    const one = imports.snapshot().imports.find((each) => each.id === id)
    const text = one ? `${one.done} of ${one.total} rows, ${one.requests} requests, ${one.state}` : ''
    if (text !== told) say(text)
    told = text
  }, 1000)
  try {
    return await imports.settled(id)
  } finally {
    clearInterval(timer)
    process.off('SIGINT', stop)
  }
}

async function writeReport(imports: Imports, id: string, path: string): Promise<void> {
  const out = createWriteStream(path)
  for await (const event of (await imports.desk.report({ id })) as AsyncIterable<ExportEvent>)
    if (event.kind === 'data') out.write(event.bytes)
  out.end()
  await finished(out)
}
