import type { ErrorCode, ErrorDetails } from '../../../preload/contract/index.ts'
import { CoreError } from '../../core/errors.ts'
import { lookUp } from './look-up.ts'
import type { ErrorEntry, Operation } from './operation.ts'
import type { Answer, Verdict } from './response.ts'
import { retryAfterMs } from './retry-after.ts'
import type { Session } from './session.ts'

/** Longest text of the other side that is passed on. */
const mostText = 300

/** The other side understood and refused: the operation's own table first, then the system's, then what HTTP says. */
export function refusal(session: Session, operation: Operation, answer: Answer, verdict: Verdict): CoreError {
  const { status } = answer
  const { core } = verdict
  const details: ErrorDetails = { status }
  if (verdict.text) details.vendorText = verdict.text.slice(0, mostText)
  const waitMs = retryAfterMs(answer)
  if (waitMs !== undefined) details.retryAfterMs = waitMs
  if (core && verdict.code === null) return new CoreError(core, details)
  const code = verdict.code ?? String(status)
  const listed = lookUp(operation.errors, code) ?? lookUp(session.errors, code)
  if (listed !== undefined || isPlain(code)) details.vendorCode = code
  if (core && operation.soap) details.reason = 'soap-fault'
  const entry = listed ?? core
  if (entry !== undefined) return known(entry, details)
  const meaning = httpMeaning(Number(code))
  if (meaning !== 'unexpected-response') return new CoreError(meaning, details)
  const redirected = status >= 300 && status < 400
  return new CoreError(meaning, { ...details, reason: redirected ? 'redirect' : 'undocumented-code' })
}

/** Codes stand in log lines and reports: one that is made up on the way could hold a token or a telephone number. */
function isPlain(code: string): boolean {
  return /^0x[0-9a-f]{1,8}$/i.test(code) || (/^[\w.=-]{1,40}$/.test(code) && !/\d{7}/.test(code))
}

function known(entry: ErrorEntry, details: ErrorDetails): CoreError {
  if (typeof entry === 'string') return new CoreError(entry, details)
  const [code, zh, en] = entry
  const explained = en === undefined ? {} : { explained: { zh, en } }
  return new CoreError(code, { ...details, vendorText: details.vendorText ?? zh, ...explained })
}

/** What an HTTP status means when nobody says otherwise. */
export function httpMeaning(code: number): ErrorCode {
  if (code === 401) return 'auth-failed'
  if (code === 403) return 'forbidden'
  if (code === 404) return 'not-found'
  if (code === 429) return 'rate-limited'
  return code >= 500 && code < 600 ? 'server-error' : 'unexpected-response'
}
