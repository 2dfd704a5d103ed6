import type { z } from 'zod'
import type { ErrorDetails } from '../../../preload/contract/index.ts'
import { CoreError } from '../../core/errors.ts'
import type { CallOptions } from '../../core/ports/index.ts'
import { type Credentials, withoutSecrets } from './auth.ts'
import { exchange, type Progress, type Sink } from './exchange.ts'
import { Fault } from './fault.ts'
import type { Operation } from './operation.ts'
import { operationFields, vendorPath } from './params.ts'
import { prepare } from './prepare.ts'
import { refusal } from './refusal.ts'
import type { HttpRequest } from './request.ts'
import type { Answer, Download, Verdict } from './response.ts'
import type { Session } from './session.ts'
import { forgetSoap } from './soap.ts'

/** How much larger than other answers a document may be that carries a file: half an hour of speech in base64. */
const wrappedFileFactor = 8

export interface RunOptions extends CallOptions {
  /** Where a file in the answer goes while it comes; without it the file is kept in memory, up to the size limit. */
  sink?: Sink
  onProgress?(progress: Progress): void
  /** The answer as it came, before it is judged: for showing it. */
  onAnswer?(answer: Answer): void
  /** How it was judged. Both are called again when the request is sent again. */
  onVerdict?(verdict: Verdict): void
}

/**
 * Run one operation and return its decoded answer. Every failure is a CoreError with the operation and the connection in
 * its details. Sent once; a `retry: 'safe'` operation is sent a second time when a reused socket turned out dead, any
 * operation when the other side refused credentials that were kept from before.
 */
export async function call<Params extends z.ZodObject, Output>(
  session: Session,
  operation: Operation<Params, Output>,
  params: z.input<Params>,
  options: RunOptions = {},
): Promise<Output> {
  const startedAt = performance.now()
  const trace: Trace = { status: undefined, bytes: 0 }
  try {
    const values = checkParams(operation, withDefaults(session, operation, params))
    const answer = await ask(session, operation, values, startedAt, options)
    trace.status = answer.status
    trace.bytes = answer.streamed?.bytes ?? answer.bytes.length
    const output = operation.response.read(answer)
    if (options.sink && operation.response.kind === 'binary') await passOn(options.sink, output as Download)
    logCall(session, operation, startedAt, trace, null)
    return output
  } catch (thrown) {
    const error = toCoreError(session, operation.id, thrown)
    if (operation.soap && mayHaveChanged(error)) forgetSoap(session, operation)
    logCall(session, operation, startedAt, trace, error)
    throw error
  }
}

/** A file that was too short to be passed on while it came, or was wrapped in a document. */
async function passOn(sink: Sink, file: Download): Promise<void> {
  if (file.data === null) return
  try {
    await sink.write(file.data)
  } catch (cause) {
    throw new Fault('storage-failed', 'sink', { cause })
  }
}

/** Whatever somebody answered may come from a web service that is not what it was. */
const mayHaveChanged = ({ code }: CoreError) =>
  !['unreachable', 'timeout', 'cancelled', 'storage-failed'].includes(code)

/** What was given, and from the connection's settings what was not. */
export function withDefaults(session: Session, operation: Operation, params: object): object {
  const known = session.auth?.defaults?.(operation)
  if (known === undefined) return params
  const given = Object.entries(params).filter(([, value]) => value !== undefined)
  return { ...known, ...Object.fromEntries(given) }
}

export function checkParams(operation: Operation, params: unknown): Record<string, unknown> {
  const checked = operation.params.safeParse(params)
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]
  const [key = '', ...deeper] = issue?.path ?? []
  const schema = operation.params.shape[String(key)]
  const field = [String(key), ...(schema ? vendorPath(schema, deeper) : deeper.map(String))].join('.')
  throw new CoreError('bad-request', { field, reason: issue?.message })
}

/** Send, and judge the answer. Throws the refusal. */
async function ask(
  session: Session,
  operation: Operation,
  values: Record<string, unknown>,
  startedAt: number,
  options: RunOptions,
): Promise<Answer> {
  const auth = operation.auth ? session.auth : null
  const complete = session.auth?.complete?.(operation, values) ?? values
  for (let attempt = 1; ; attempt += 1) {
    const credentials: Credentials = (await auth?.credentials(operation, options.signal)) ?? {}
    const answer = await sendToPath(session, operation, complete, credentials, startedAt, options)
    options.onAnswer?.(answer)
    const verdict = operation.response.judge(answer)
    options.onVerdict?.(verdict)
    if (verdict.ok) return answer
    const renewed = attempt === 1 && auth?.rejected?.(verdict, credentials) === true
    // New ones that are refused at once will not be taken the second time either.
    if (renewed && (operation.retry === 'safe' || credentials.kept)) continue
    throw refusal(session, operation, answer, quoting(verdict, operation, complete, credentials))
  }
}

/** The same verdict, its code and words without what nobody may read. */
function quoting(
  verdict: Verdict,
  operation: Operation,
  values: Record<string, unknown>,
  { headers, query, json }: Credentials,
): Verdict {
  const own = operationFields(operation).flatMap(({ key, secret }) => (secret ? [values[key]] : []))
  const secrets = [...textsIn(headers), ...textsIn(query), ...textsIn(json), ...own]
  const { code, text } = verdict
  return {
    ...verdict,
    code: code && withoutSecrets(code, secrets),
    ...(text ? { text: withoutSecrets(text, secrets) } : {}),
  }
}

/** Every text of an object, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? [value] : []
  return Object.values(value).flatMap(textsIn)
}

/** To the operation's path, and on to its alternatives while there is nothing at that path. */
async function sendToPath(
  session: Session,
  operation: Operation,
  values: Record<string, unknown>,
  credentials: Credentials,
  startedAt: number,
  options: RunOptions,
): Promise<Answer> {
  const request = await prepare(session, operation, values, credentials, options)
  let answer = await send(session, operation, request, startedAt, options)
  for (const path of operation.alternatives) {
    if (answer.status !== 404) break
    const next = await prepare(session, { ...operation, path }, values, credentials, options)
    answer = await send(session, operation, next, startedAt, options)
  }
  return answer
}

async function send(
  session: Session,
  operation: Operation,
  request: HttpRequest,
  startedAt: number,
  options: RunOptions,
): Promise<Answer> {
  const repeatable = operation.retry === 'safe'
  const { totalMs, transferMs, idleMs } = session.limits
  const movesFile = operation.response.kind === 'binary' || (typeof request.body === 'object' && request.body !== null)
  const how = {
    fresh: !repeatable,
    deadline: startedAt + (movesFile ? Math.max(totalMs, transferMs) : totalMs),
    idleMs: movesFile ? idleMs : null,
    signal: options.signal,
    sink: operation.response.kind === 'binary' && !operation.soap ? options.sink : undefined,
    onProgress: options.onProgress,
    informational: operation.informational,
  }
  const { limits } = session
  const isWrapped = operation.response.kind === 'binary' && operation.soap !== null
  // A file within a document cannot be passed on while it comes.
  const room = isWrapped
    ? { ...session, limits: { ...limits, maxBytes: limits.maxBytes * wrappedFileFactor } }
    : session
  try {
    return await exchange(room, request, how)
  } catch (thrown) {
    if (!(repeatable && thrown instanceof Fault && thrown.staleSocket)) throw thrown
    return await exchange(room, request, { ...how, fresh: true })
  }
}

/** Whatever was thrown on the way, with the operation and the connection in its details. */
export function toCoreError(session: Session, operation: string, thrown: unknown): CoreError {
  const where: ErrorDetails = { operation, connection: session.connection }
  if (thrown instanceof CoreError)
    return new CoreError(thrown.code, present({ ...where, ...thrown.details }), thrown.cause)
  if (thrown instanceof Fault) {
    const { code, status, field, reason } = thrown
    return new CoreError(code, present({ ...where, status, field, reason }), thrown)
  }
  // A mistake of ours, not of the other side; its class is enough, its text might quote the payload.
  return new CoreError(
    'server-error',
    { ...where, reason: thrown instanceof Error ? thrown.name : 'unknown failure' },
    thrown,
  )
}

function present(details: ErrorDetails): ErrorDetails {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined))
}

interface Trace {
  status: number | undefined
  bytes: number
}

/** No address, query, header or body: they hold numbers and secrets. Calls that ring or change something are worth a line at `info`. */
function logCall(
  session: Session,
  operation: Operation,
  startedAt: number,
  trace: Trace,
  error: CoreError | null,
): void {
  const fields: Record<string, unknown> = {
    operation: operation.id,
    connection: session.connection,
    status: error?.details.status ?? trace.status,
    ms: Math.round(performance.now() - startedAt),
    bytes: trace.bytes,
  }
  if (error) {
    fields.code = error.code
    fields.vendorCode = error.details.vendorCode
    fields.reason = error.code === 'bad-request' ? undefined : error.details.reason
    fields.field = error.details.field
  }
  const write = operation.retry === 'never' ? session.log.info : session.log.debug
  write.call(session.log, error ? 'call failed' : 'call', fields)
}
