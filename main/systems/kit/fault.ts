import type { ErrorCode } from '../../../preload/contract/index.ts'
import { errors } from './undici.ts'

/** Why a call failed below the vendor's own codes: goes into `details.reason`. */
export type Reason =
  | 'connect' // timeout: no TCP connection in time
  | 'first-byte' // timeout: connected, no answer began
  | 'idle' // timeout: a file stopped coming or going
  | 'total' // timeout: the whole call took too long
  | 'connection-refused'
  | 'name-not-found'
  | 'no-route'
  | 'tls'
  | 'connect-failed'
  | 'connection-closed' // cut off after the request was sent: what the other side did with it is not known
  | 'bad-http' // not HTTP, or broken HTTP
  | 'bad-encoding' // Content-Encoding unknown, damaged or cut off
  | 'too-large'
  | 'redirect' // never followed
  | 'empty'
  | 'too-deep' // lists in lists in lists
  | 'html-page' // a web page (a login form, a proxy's error) where data was expected
  | 'not-json'
  | 'broken-json' // begins like JSON and then is not: cut off or garbled
  | 'missing-field'
  | 'wrong-field'
  | 'undocumented-code'
  | 'not-pairs' // neither `key=value` nor a code
  | 'not-xml'
  | 'doctype' // XML with declarations of its own: entities are never expanded
  | 'soap-fault' // the web service refused
  | 'file-unreadable' // the file to send
  | 'file-changed' // it grew or shrank while it was sent
  | 'not-a-file' // a document where a file was expected
  | 'wrong-address' // of a file elsewhere
  | 'sink' // the place the file was to go to (a disk, a page) took no more

/** A failure inside the kit, not yet tied to an operation; call.ts turns it into a CoreError. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: ErrorCode
  readonly reason: Reason | undefined
  readonly field: string | undefined
  readonly status: number | undefined
  /** The socket had served an earlier answer and died before this one began: the request was most likely never seen. */
  readonly staleSocket: boolean

  constructor(
    code: ErrorCode,
    reason?: Reason,
    more: { field?: string; status?: number; staleSocket?: boolean; cause?: unknown } = {},
  ) {
    super(reason ?? code, { cause: more.cause })
    this.code = code
    this.reason = reason
    this.field = more.field
    this.status = more.status
    this.staleSocket = more.staleSocket ?? false
  }
}

const connectReasons: Record<string, Reason> = {
  ECONNREFUSED: 'connection-refused',
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EHOSTDOWN: 'no-route',
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** An error of the socket library before anything was sent. */
export function connectFault(error: unknown): Fault {
  const code = codeOf(error)
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED')
    return new Fault('cancelled', undefined, { cause: error })
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return new Fault('timeout', 'connect', { cause: error })
  const tls = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(code)
  return new Fault('unreachable', connectReasons[code] ?? (tls ? 'tls' : 'connect-failed'), { cause: error })
}

/** An error of the socket library after the request was sent. */
export function answerFault(error: unknown, status: number | undefined, staleSocket: boolean): Fault {
  const code = codeOf(error)
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return new Fault('cancelled', undefined, { status })
  if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') return new Fault('bad-request', 'file-changed', { status })
  // The parser's error carries the payload: it must not become the cause of anything that may be logged.
  if (error instanceof errors.HTTPParserError) return new Fault('unexpected-response', 'bad-http', { status })
  const broken =
    code === 'UND_ERR_HEADERS_OVERFLOW' ||
    code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' ||
    (error instanceof errors.SocketError && /^bad /.test(error.message))
  const reason = broken ? 'bad-http' : 'connection-closed'
  return new Fault('unexpected-response', reason, { status, staleSocket, cause: error })
}
