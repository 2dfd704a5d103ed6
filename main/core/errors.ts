import type { ErrorCode, ErrorDetails, Problem } from '../../preload/contract/errors.ts'

/**
 * The one error class that crosses rooms. `code` is one of the contract's codes, `details` is safe to show (no secrets).
 * Adapters (systems, store) turn whatever went wrong into this; rpc passes it on typed; the page has a sentence per code.
 */
export class CoreError extends Error {
  override readonly name = 'CoreError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    super(
      `${code}${details.operation ? ` in ${details.operation}` : ''}${details.reason ? `: ${details.reason}` : ''}`,
      { cause },
    )
    this.code = code
    this.details = details
  }
}

/** Any thrown value as data for a snapshot. Unknown errors are `server-error` with their class name, never their text. */
export function toProblem(error: unknown): Problem {
  if (error instanceof CoreError) return { code: error.code, details: error.details }
  return { code: 'server-error', details: { reason: error instanceof Error ? error.name : 'unknown failure' } }
}
