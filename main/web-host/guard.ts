import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'

/** What becomes of one request, before anything else looks at it. */
export type Verdict =
  | { kind: 'pass' }
  | { kind: 'enter'; cookie: string }
  | { kind: 'home' }
  | { kind: 'refuse'; status: 401 | 403; reason: string }

export interface Guard {
  /** A new one-time token, 256 bits. */
  issueToken(): string
  /** `upgrade`: a WebSocket handshake, which always comes with an Origin from a browser. */
  judge(request: IncomingMessage, upgrade: boolean): Verdict
}

/**
 * The door of the browser host (threat: a web page or another user of this PC drives the program). Only requests for
 * our own name, from our own page or typed by hand, with the cookie that a one-time token was exchanged for.
 */
export function createGuard(port: () => number): Guard {
  // Only digests are kept; looking one up tells nothing about the token by its timing.
  const tokens = new Set<string>()
  const sessions = new Set<string>()
  /** Cookies do not know ports: two hosts on this PC must not overwrite each other's. */
  const cookieName = () => `frontbell-${port()}`

  const hosts = () => {
    const suffix = port() === 80 ? '' : `:${port()}`
    return [`127.0.0.1${suffix}`, `localhost${suffix}`, `[::1]${suffix}`]
  }

  return {
    issueToken() {
      const token = randomBytes(32).toString('base64url')
      tokens.add(digest(token))
      return token
    },
    judge(request, upgrade) {
      const host = onlyHost(request)
      if (host === null || !hosts().includes(host)) return { kind: 'refuse', status: 403, reason: 'host' }
      const { origin, 'sec-fetch-site': site } = request.headers
      if (origin === undefined ? upgrade : origin !== `http://${host}`)
        return { kind: 'refuse', status: 403, reason: 'origin' }
      if (site !== undefined && site !== 'same-origin' && site !== 'none')
        return { kind: 'refuse', status: 403, reason: 'site' }

      const session = parseCookie(request.headers.cookie ?? '')[cookieName()]
      const known = session !== undefined && sessions.has(digest(session))
      const token = upgrade ? null : tokenOf(request)
      // A reload of the printed address: the token is spent, the cookie is good.
      if (known) return token === null ? { kind: 'pass' } : { kind: 'home' }
      if (token === null || !tokens.delete(digest(token))) return { kind: 'refuse', status: 401, reason: 'no session' }
      const value = randomBytes(32).toString('base64url')
      sessions.add(digest(value))
      return {
        kind: 'enter',
        cookie: stringifySetCookie({ name: cookieName(), value, path: '/', httpOnly: true, sameSite: 'strict' }),
      }
    },
  }
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}

/** Exactly one Host header, else null: Node joins or drops a second one. */
function onlyHost(request: IncomingMessage): string | null {
  const values = request.rawHeaders.filter(
    (_value, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'host',
  )
  return values.length === 1 ? (values[0] ?? null) : null
}

/** The token of `GET /?token=…`, on no other path and by no other method. */
function tokenOf(request: IncomingMessage): string | null {
  if (request.method !== 'GET' || !request.url?.startsWith('/?')) return null
  return new URLSearchParams(request.url.slice(2)).get('token')
}
