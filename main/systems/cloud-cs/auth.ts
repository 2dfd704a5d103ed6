import type { CloudCsConnection } from '../../../preload/contract/index.ts'
import { CoreError } from '../../core/errors.ts'
import { type Authenticator, type Credentials, mask } from '../kit/auth.ts'
import { Fault } from '../kit/fault.ts'
import type { Verdict } from '../kit/response.ts'
import { oauthToken, type Token } from './operations/token.ts'

/** A token is not used in its last minute: it would run out on the way. */
const marginMs = 60_000
/** What the manual says where the answer does not (004 §4). */
const documentedLifeMs = 2 * 3_600_000

/** The table's and the sample's spelling of the one grant type. */
type Grant = 'client_credentials' | 'client_credential'

/** Answers to a request with a token that are about the token. */
const tokenRefusals = new Set([
  ...['401', 'invalid_token', 'expired_token', 'unauthorized'],
  ...['invalid_client', 'invalid_scope', 'invalid_request'],
])

interface TokenDeps {
  now(): number
  /** Runs cloud-cs.oauth-token. Not given a signal: whoever gives up must not take the token from the others. */
  ask(params: { grantType: Grant }): Promise<Token>
}

/**
 * OAuth client credentials (manual 004 §4, §6.1.1): one token for all operations, asked for once however many wait for it,
 * kept until a minute before it ends, forgotten when the platform refuses it.
 */
export function tokenAuth(connection: CloudCsConnection, { now, ask }: TokenDeps): Authenticator {
  let kept: { token: string; until: number } | null = null
  let flight: Promise<string> | null = null
  let grant: Grant = 'client_credentials'

  async function request(): Promise<string> {
    const askedAt = now()
    const { access_token: token, expires_in: lifeSec } = await askByEitherName()
    const lifeMs = lifeSec === undefined ? documentedLifeMs : lifeSec * 1000
    kept = { token, until: askedAt + lifeMs - marginMs }
    return token
  }

  async function askByEitherName(): Promise<Token> {
    try {
      return await ask({ grantType: grant })
    } catch (error) {
      if (!isAboutGrant(error)) throw error
      const other: Grant = grant === 'client_credentials' ? 'client_credential' : 'client_credentials'
      const token = await ask({ grantType: other })
      grant = other
      return token
    }
  }

  function obtain(): Promise<string> {
    flight ??= request().finally(() => {
      flight = null
    })
    return flight
  }

  return {
    complete(operation, values) {
      return operation.id === oauthToken.id ? withOwnCredentials(connection, values) : values
    },
    async credentials(_operation, signal) {
      if (kept && now() < kept.until) return { ...carrying(connection, kept.token), kept: true }
      return carrying(connection, await unlessCancelled(obtain, signal))
    },
    masked: () => carrying(connection, mask),
    rejected(verdict: Verdict, used: Credentials) {
      if (!tokenRefusals.has(verdict.code ?? '')) return false
      // Another call may have brought a new one meanwhile: that one stays.
      if (kept && tokenOf(used) === kept.token) kept = null
      return true
    },
  }
}

const bearer = 'Bearer '

function carrying({ tokenInQuery }: CloudCsConnection, token: string): Credentials {
  return tokenInQuery ? { query: { access_token: token } } : { headers: { authorization: bearer + token } }
}

const tokenOf = ({ headers, query }: Credentials) => query?.access_token ?? headers?.authorization?.slice(bearer.length)

/** The documented `invalid_request` says "grant_type missing or wrong"; OAuth has a word of its own for it. */
function isAboutGrant(error: unknown): boolean {
  const code = error instanceof CoreError ? error.details.vendorCode : undefined
  return code === 'invalid_request' || code === 'unsupported_grant_type' || code === 'invalid_grant'
}

function withOwnCredentials(connection: CloudCsConnection, values: Record<string, unknown>): Record<string, unknown> {
  const { clientId, clientSecret } = { clientId: connection.clientId, clientSecret: connection.clientSecret, ...values }
  const missing = !clientId ? 'clientId' : !clientSecret ? 'clientSecret' : null
  if (missing) throw new CoreError('auth-failed', { field: missing, reason: 'not set for this connection' })
  const scope = values.scope ?? connection.scope
  return { ...values, clientId, clientSecret, scope: scope === '' ? undefined : scope }
}

/** Wait for what others may wait for as well, and stop waiting alone. */
function unlessCancelled<Value>(start: () => Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return start()
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new Fault('cancelled'))
    if (signal.aborted) {
      cancel()
      return
    }
    signal.addEventListener('abort', cancel, { once: true })
    const settled = () => signal.removeEventListener('abort', cancel)
    start().then(
      (value) => {
        settled()
        resolve(value)
      },
      (error: unknown) => {
        settled()
        reject(error)
      },
    )
  })
}
