import { ORPCError, ValidationError } from '@orpc/contract'
import type { ErrorDetails } from '../../preload/contract/index.ts'
import { CoreError, toProblem } from '../core/errors.ts'
import type { Log } from '../core/ports/index.ts'
import { fieldOf } from '../core/settings/tree.ts'

/**
 * Any failure as the typed error of the contract: code and details. What is not a CoreError is a fault of ours: it is
 * logged with where it happened and arrives as `server-error`, its text stays here.
 */
export function rpcError(error: unknown, procedure: string, log: Log): ORPCError<string, unknown> {
  if (error instanceof CoreError) return typed(error.code, error.details)
  if (error instanceof ORPCError) {
    const issue = error.cause instanceof ValidationError ? error.cause.issues[0] : undefined
    if (!issue) return error
    const field = fieldOf((issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step)))
    if (error.code === 'BAD_REQUEST') return typed('bad-request', { field, reason: issue.message })
    log.error('rpc-bad-answer', { procedure, field, reason: issue.message })
    return typed('server-error', { reason: `the answer of ${procedure} has a wrong field: ${field}` })
  }
  log.error('rpc-failed', { procedure, error: error instanceof Error ? error.name : 'unknown', at: framesOf(error) })
  const { code, details } = toProblem(error)
  return typed(code, details)
}

function typed(code: string, data: ErrorDetails): ORPCError<string, ErrorDetails> {
  return new ORPCError(code, { message: data.reason ?? code, data })
}

/** Where it was thrown. The message is left out: it may quote what somebody typed or a secret. */
function framesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  return (error.stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 6)
}
