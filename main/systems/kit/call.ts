import type { z } from 'zod'
import type { ErrorCode, ErrorDetails } from '../../../preload/contract/index.ts'
import { CoreError } from '../../core/errors.ts'
import type { CallOptions } from '../../core/ports/index.ts'
import { exchange } from './exchange.ts'
import { Fault } from './fault.ts'
import type { Operation } from './operation.ts'
import { buildRequest, type HttpRequest } from './request.ts'
import type { Answer } from './response.ts'
import { retryAfterMs } from './retry-after.ts'
import type { Session } from './session.ts'

/**
 * Run one operation and return its decoded answer. Every failure is a CoreError with the operation and the connection in
 * its details. Sent once; a `retry: 'safe'` operation is sent a second time when a reused socket turned out dead.
 */
export async function call<Params extends z.ZodObject, Output>(
  session: Session,
  operation: Operation<Params, Output>,
  params: z.input<Params>,
  options: CallOptions = {},
): Promise<Output> {
  const startedAt = performance.now()
  const trace: Trace = { status: undefined, bytes: 0 }
  try {
    const request = buildRequest(session.base, operation, checkParams(operation, params))
    const answer = await send(session, operation, request, startedAt, options.signal)
    trace.status = answer.status
    trace.bytes = answer.bytes.length
    const code = operation.response.resultCode(answer)
    if (!operation.response.isSuccess(code)) throw refusal(session, operation, answer, code)
    const output = operation.response.read(answer)
    logCall(session, operation, startedAt, trace, null)
    return output
  } catch (thrown) {
    const error = toCoreError(session, operation.id, thrown)
    logCall(session, operation, startedAt, trace, error)
    throw error
  }
}

function checkParams(operation: Operation, params: unknown): Record<string, unknown> {
  const checked = operation.params.safeParse(params)
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]
  throw new CoreError('bad-request', { field: issue?.path.join('.') ?? '', reason: issue?.message })
}

async function send(
  session: Session,
  operation: Operation,
  request: HttpRequest,
  startedAt: number,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const repeatable = operation.retry === 'safe'
  const how = { fresh: !repeatable, deadline: startedAt + session.limits.totalMs, signal }
  try {
    return await exchange(session, request, how)
  } catch (thrown) {
    if (!(repeatable && thrown instanceof Fault && thrown.staleSocket)) throw thrown
    return await exchange(session, request, { ...how, fresh: true })
  }
}

/** The other side understood and refused: the operation's own table first, then the system's, then what HTTP says. */
function refusal(session: Session, operation: Operation, answer: Answer, code: number): CoreError {
  const entry = operation.errors[code] ?? session.errors[code]
  const said = { status: answer.status, vendorCode: String(code), retryAfterMs: retryAfterMs(answer) }
  if (typeof entry === 'string') return new CoreError(entry, said)
  if (entry !== undefined) return new CoreError(entry[0], { ...said, vendorText: entry[1] })
  const meaning = httpMeaning(code)
  const reason =
    meaning !== 'unexpected-response' ? undefined : code >= 300 && code < 400 ? 'redirect' : 'undocumented-code'
  return new CoreError(meaning, { ...said, reason })
}

function httpMeaning(code: number): ErrorCode {
  if (code === 401) return 'auth-failed'
  if (code === 403) return 'forbidden'
  if (code === 404) return 'not-found'
  if (code === 429) return 'rate-limited'
  return code >= 500 && code < 600 ? 'server-error' : 'unexpected-response'
}

function toCoreError(session: Session, operation: string, thrown: unknown): CoreError {
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
