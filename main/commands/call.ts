import type {
  Connection,
  OperationField,
  OperationInfo,
  OperationResult,
  Problem,
  Settings,
} from '../../preload/contract/index.ts'
import { toProblem } from '../core/errors.ts'
import type { TelephonySystem } from '../core/ports/index.ts'
import { catalogue } from '../systems/catalogue.ts'
import { openSystem } from '../systems/index.ts'
import { shortName } from '../systems/kit/params.ts'
import { readWords } from './arguments.ts'
import { missingValues, readValues } from './call-values.ts'
import { type Configured, chooseConnection, missingConnection, quietLog, readConfigured } from './configured.ts'
import { nearest } from './nearest.ts'
import { type OutputFile, openOutput } from './output-file.ts'
import { runOperation } from './run-operation.ts'
import { sentenceFor, technicalPart } from './sentences.ts'
import { UsageError } from './usage.ts'

/** One documented operation: one JSON document on stdout, sentences on stderr. */
export async function callCommand(args: string[]): Promise<void> {
  const { words, options } = readWords(args, {
    file: { type: 'string', multiple: true },
    output: { type: 'string' },
    settings: { type: 'string' },
    'data-dir': { type: 'string' },
    connection: { type: 'string' },
  })
  const [id, ...rest] = words
  if (id === undefined)
    throw new UsageError(
      'call needs an operation; `frontbell operations` lists them',
      'call 后面要写操作名，用 frontbell operations 可列出全部',
    )
  const operation = findOperation(id)
  const { values, missing } = readValues(operation, rest, options.file ?? [])
  if (options.output !== undefined && !operation.download)
    throw new UsageError(
      `${id} answers with data, not with a file: --output has no meaning`,
      `${id} 返回的是数据而不是文件，不能用 --output`,
    )
  const configured = await readConfigured(options)
  for (const { field, reason } of configured.problems) say(`${field}: ${reason}`)
  const connection = chooseConnection(configured, operation.system, options.connection)
  const { locale } = configured.settings
  if (!connection) {
    const { en: reason } = missingConnection(operation.system, configured)
    finish(locale, failed(id, { code: 'unavailable', details: { operation: id, reason } }))
    return
  }
  const output = options.output === undefined ? null : await openOutput(options.output)
  const result = await runOn(connection, operation, values, output)
  if (isMissing(result, missing)) throw missingValues(operation, missing)
  finish(locale, result)
  if (result.problem?.code === 'auth-failed') sayWhereSecretsAre(configured, connection)
}

async function runOn(
  connection: Connection,
  operation: OperationInfo,
  values: Record<string, unknown>,
  output: OutputFile | null,
): Promise<OperationResult> {
  let system: TelephonySystem
  try {
    system = await openSystem(connection, { log: quietLog() })
  } catch (error) {
    await output?.drop()
    return failed(operation.id, toProblem(error))
  }
  try {
    return await runOperation(system, operation, values, output)
  } finally {
    await system.close()
  }
}

/** Nothing was sent, because of one that neither the command line nor the connection's settings have. */
function isMissing({ status, problem }: OperationResult, missing: readonly OperationField[]): boolean {
  if (status !== null || problem?.code !== 'bad-request') return false
  return missing.some((field) => shortName(field.name) === problem.details.field)
}

const say = (text: string) => process.stderr.write(`${text}\n`)

function findOperation(id: string): OperationInfo {
  const all = catalogue()
  const found = all.find((one) => one.id === id)
  if (found?.direction === 'client') return found
  if (found)
    throw new UsageError(
      `${id} is sent by the system to Frontbell; it cannot be called`,
      `${id} 由话机系统推送给前铃，不能主动调用`,
    )
  const meant = nearest(
    id,
    all.flatMap((one) => (one.direction === 'client' ? [one.id] : [])),
  )
  const [hint, hintZh] =
    meant.length > 0
      ? [`did you mean ${meant.join(', ')}?`, `是不是 ${meant.join('、')}？`]
      : ['`frontbell operations` lists them', '用 frontbell operations 可列出全部']
  throw new UsageError(`no operation "${id}"; ${hint}`, `没有“${id}”这个操作；${hintZh}`)
}

/** Before anything was sent. */
function failed(operation: string, problem: Problem): OperationResult {
  return { operation, problem, status: null, code: null, ms: 0, data: null, explained: [], raw: null }
}

/** `telcrm` of `telcrm.extnum-state`. */
const systemOf = (operation: string) => operation.slice(0, operation.indexOf('.'))

/** Result codes are numbers where they look like numbers. */
const codeOf = (code: string) => (/^(0|-?[1-9]\d{0,14})$/.test(code) ? Number(code) : code)

function finish(locale: Settings['locale'], result: OperationResult): void {
  process.stdout.write(`${JSON.stringify(documentOf(result))}\n`)
  const { operation, problem } = result
  if (!problem) return
  process.exitCode = 1
  const { explained } = problem.details
  // What the vendor's manual says about the code, then what to do about it.
  if (explained) say(explained[locale === 'en' ? 'en' : 'zh'])
  say(sentenceFor(locale, problem, systemOf(operation)))
  const technical = technicalPart(problem)
  if (technical !== null) say(`(${technical})`)
}

function documentOf(result: OperationResult): object {
  const { operation, problem, data, explained } = result
  const status = result.status ?? problem?.details.status ?? null
  const code = result.code === null ? {} : { code: codeOf(result.code) }
  if (!problem) {
    return { ok: true, operation, status, ...code, data, ...(explained.length > 0 ? { explained } : {}) }
  }
  const { operation: _known, reason, field, vendorCode, vendorText, ...details } = problem.details
  const technical = technicalPart({ ...problem, details: { field, reason } })
  const message = sentenceFor('en', problem, systemOf(operation)) + (technical === null ? '' : ` (${technical})`)
  const vendor = { vendorCode: vendorCode === undefined ? undefined : codeOf(vendorCode), vendorText }
  return {
    ...{ ok: false, operation, status, ...code },
    error: { code: problem.code, message, ...details, status, field, reason, ...vendor },
  }
}

function sayWhereSecretsAre(configured: Configured, connection: Connection): void {
  const sealed = configured.sealedSecrets(connection)
  if (sealed.length === 0) return
  const names = sealed.join(', ')
  say(
    configured.settings.locale === 'en'
      ? `${names} of connection ${connection.id} is encrypted for the desktop program. Give it here in a file: --settings FILE.`
      : `连接 ${connection.id} 的 ${names} 已加密，只有桌面程序能读。请写在一个设置文件里：--settings FILE。`,
  )
}
