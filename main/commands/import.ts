import { createReadStream, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import {
  type CheckEvent,
  type Connection,
  type ExportEvent,
  ImportKind,
  ImportPlan,
  type ImportProgress,
  importPieceBytes,
  KnownChoice,
} from '../../preload/contract/index.ts'
import { openImports } from '../compose/imports.ts'
import { CoreError, toProblem } from '../core/errors.ts'
import type { Imports } from '../core/imports/imports.ts'
import { takeInstanceLock } from '../runtime/instance-lock.ts'
import { createLog } from '../runtime/pino-log.ts'
import { createSystemClock } from '../runtime/system-clock.ts'
import { openStore } from '../store/open.ts'
import { openSystem } from '../systems/index.ts'
import { readWords } from './arguments.ts'
import { type Configured, chooseConnection, missingConnection, readConfigured } from './configured.ts'
import { type OutputFile, openOutput } from './output-file.ts'
import { importSentence, technicalPart } from './sentences.ts'
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
 * that is on its way; the import then waits on the import page of the program. `--report` takes the rows that did not get
 * through, of a dry run those that would not. Exit 0: it ran to its end.
 */
export async function importCommand(args: string[]): Promise<void> {
  const { options: given, words } = readWords(args, options)
  const kind = ImportKind.safeParse(words[0])
  const [, path] = words
  if (!kind.success || path === undefined || words.length !== 2)
    throw new UsageError(
      'import takes contacts or opportunities, and a FILE',
      'import 后面要写 contacts（客户）或 opportunities（商机），再写文件',
    )
  const file = resolve(path)
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`there is no file ${file}`, `没有文件 ${file}`)
  if (given['local-only'] && given['pbx-only'])
    throw new UsageError('--local-only and --pbx-only exclude each other', '--local-only 和 --pbx-only 不能同时用')
  const known = KnownChoice.safeParse(given.known ?? 'fill')
  if (!known.success)
    throw new UsageError(
      '--known takes fill, overwrite or skip',
      '--known 只能写 fill（补全）、overwrite（覆盖）或 skip（跳过）',
    )
  const configured = await readConfigured(given)
  const connection = given['local-only'] ? null : chooseConnection(configured, 'telcrm', given.connection)
  const missing = missingConnection('telcrm', configured)
  if (connection === null && given['pbx-only']) throw new UsageError(missing.en, missing.zh)
  // Before anything is imported: rows that failed must have a place to go to.
  const report = given.report === undefined ? null : await openOutput(given.report, '--report')
  try {
    if (connection === null && !given['local-only'])
      say(
        configured.settings.locale === 'en'
          ? `into the directory only: ${missing.en}`
          : `只导入本机通讯录：${missing.zh}`,
      )
    const wish = { kind: kind.data, file, known: known.data, sheet: given.sheet ?? null, connection, report }
    await withImports(configured, connection, (imports) =>
      run(imports, {
        ...wish,
        target: connection === null ? 'local' : given['pbx-only'] ? 'pbx' : 'both',
        suggestions: given['take-suggestions'] ? ['no-name', 'bad-number'] : [],
        isDry: given['dry-run'] ?? false,
      }),
    )
  } catch (error) {
    await report?.drop()
    if (!(error instanceof CoreError)) throw error
    const problem = toProblem(error)
    const [sentence, why] = [importSentence(configured.settings.locale, problem), technicalPart(problem)]
    throw new Error(why === null ? sentence : `${sentence} (${why})`, { cause: error })
  }
}

/** The program as far as an import needs it. A dry run reads the directory too: the program must not run beside it either way. */
async function withImports(
  configured: Configured,
  connection: Connection | null,
  work: (imports: Imports) => Promise<void>,
): Promise<void> {
  const { dataDir, settings } = configured
  const unlock = takeInstanceLock(dataDir)
  const log = createLog({ file: join(dataDir, 'logs', 'frontbell.log'), level: 'info' })
  const clock = createSystemClock(log)
  try {
    const store = await openStore({ file: join(dataDir, 'frontbell.sqlite'), clock, log })
    const system = connection === null ? null : await openSystem(connection, { log })
    const imports = openImports({
      ...{ clock, log, dataDir, store, directory: store.directory, onChange: () => undefined },
      settings: () => settings,
      system: async () => system ?? {},
    })
    try {
      await work(imports)
    } finally {
      await imports.stop()
      await system?.close()
      await store.close()
    }
  } finally {
    unlock()
  }
}

interface Wish {
  kind: ImportKind
  file: string
  sheet: string | null
  known: KnownChoice
  suggestions: ImportPlan['suggestions']
  target: ImportPlan['target']
  connection: Connection | null
  report: OutputFile | null
  isDry: boolean
}

async function run(imports: Imports, { kind, file, sheet, report, isDry, ...wish }: Wish): Promise<void> {
  const { id } = await imports.desk.begin({ name: basename(file), size: statSync(file).size })
  let isDraft = true
  try {
    await handOver(imports, id, file)
    const inspection = await imports.desk.inspect({ id, kind, reading: { ...noReading, sheet } })
    if (sheet !== null && inspection.sheet !== sheet)
      throw inspection.sheets.length === 0
        ? new UsageError('--sheet is for .xlsx files', '--sheet 只用于 .xlsx 文件')
        : new UsageError(
            `there is no sheet "${sheet}"; there are: ${inspection.sheets.join(', ')}`,
            `没有“${sheet}”这张工作表；可用的有：${inspection.sheets.join('、')}`,
          )
    const { encoding, delimiter, hasHeader, mapping } = inspection
    const { known, suggestions, target, connection } = wish
    const plan = ImportPlan.parse({
      ...{ kind, mapping, known, suggestions, target, connection: connection?.id ?? null },
    })
    const reading = { sheet: inspection.sheet, encoding, delimiter, hasHeader }
    const events = (await imports.desk.check({ id, reading, plan, fixes: [] })) as AsyncIterable<CheckEvent>
    let check: Extract<CheckEvent, { kind: 'done' }>['check'] | null = null
    for await (const event of events) if (event.kind === 'done') check = event.check
    if (isDry) {
      const columns = inspection.columns.map((name, at) => ({ name, field: mapping[at] }))
      if (report) await imports.leftOut(id, (bytes) => report.write(bytes))
      await report?.keep()
      answer({ columns, encoding, sheet: inspection.sheet, ...check })
      return
    }
    await imports.desk.start({ id })
    isDraft = false
    const { state, total, done, counts, requests, problem } = await followed(imports, id)
    if (report) await writeReport(imports, id, report)
    answer({ id, state, rows: check?.rows, total, done, counts, requests, problem })
    if (problem) throw new CoreError(problem.code, problem.details)
    if (state !== 'done') throw new Error(`the import is ${state}: the rest waits on the import page of the program`)
  } finally {
    if (isDraft) await imports.desk.discard({ id })
  }
}

const noReading = { sheet: null, encoding: null, delimiter: null, hasHeader: null }
const answer = (document: object) => void process.stdout.write(`${JSON.stringify(document)}\n`)

async function handOver(imports: Imports, id: string, file: string): Promise<void> {
  let at = 0
  for await (const piece of createReadStream(file, { highWaterMark: importPieceBytes })) {
    await imports.desk.append({ id, at, bytes: new Uint8Array(piece as Buffer) })
    at += (piece as Buffer).length
  }
}

async function followed(imports: Imports, id: string): Promise<ImportProgress> {
  const one = () => imports.snapshot().imports.find((each) => each.id === id)
  let isGone = false
  const stop = () => {
    // Nothing has been changed while rows are only written down: then it is as if it had never begun.
    isGone = one()?.state === 'staging'
    void (isGone ? imports.desk.cancel({ id }) : imports.desk.pause({ id }))
  }
  process.once('SIGINT', stop)
  let told = ''
  const timer = setInterval(() => {
    const now = one()
    if (!now) return
    const why = now.problem ? ` (${now.problem.details.reason ?? now.problem.code})` : ''
    const text = `${now.done} of ${now.total} rows, ${now.requests} requests, ${now.state}${why}`
    if (text !== told) say(text)
    told = text
  }, 1000)
  try {
    return await imports.settled(id)
  } catch (error) {
    throw isGone ? new CoreError('cancelled', { reason: 'nothing was imported' }) : error
  } finally {
    clearInterval(timer)
    process.off('SIGINT', stop)
  }
}

async function writeReport(imports: Imports, id: string, report: OutputFile): Promise<void> {
  for await (const event of (await imports.desk.report({ id })) as AsyncIterable<ExportEvent>)
    if (event.kind === 'data') await report.write(event.bytes)
  await report.keep()
}
