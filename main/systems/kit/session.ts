import type { LookupFunction } from 'node:net'
import type { buildConnector as Connector, Dispatcher } from 'undici'
import type { Log } from '../../core/ports/index.ts'
import type { Authenticator } from './auth.ts'
import { isCloseBy, lookupElsewhere } from './close-by.ts'
import { Fault } from './fault.ts'
import type { ErrorTable } from './operation.ts'
import { buildConnector, Pool } from './undici.ts'

/** How long and how much one call may take. */
export interface Limits {
  /** TCP (and TLS) connection. */
  connectMs: number
  /** From the request sent to the head of the answer. */
  firstByteMs: number
  /** The whole call, waiting for a free socket and one repetition included. */
  totalMs: number
  /** A call that moves a file: the whole of it, and the longest silence in between. */
  transferMs: number
  idleMs: number
  /** Of one answer, counted after unpacking; a file that is passed on may be longer. */
  maxBytes: number
}

const defaultLimits: Limits = {
  connectMs: 3_000,
  firstByteMs: 5_000,
  totalMs: 15_000,
  transferMs: 30 * 60_000,
  idleMs: 15_000,
  maxBytes: 10 * 1024 * 1024,
}

/** Servers one connection may talk to. */
const mostPools = 40

export interface SessionFacts {
  /** Connection id from settings. */
  connection: string
  system: string
  baseUrl: string
  /** What the system's codes mean where an operation does not say otherwise. */
  errors: ErrorTable
  log: Log
  limits?: Partial<Limits>
  /** How the system knows who asks; absent = it does not care. */
  auth?: Authenticator
  /** Names to addresses; the system's own way unless given. */
  lookup?: LookupFunction
}

/** One connection's sockets, limits and error table: what `call()` needs besides the operation. */
export interface Session {
  readonly connection: string
  readonly system: string
  readonly base: URL
  readonly errors: ErrorTable
  readonly log: Log
  readonly limits: Limits
  readonly auth: Authenticator | null
  readonly sockets: Sockets
  /** Calls under way end with `cancelled`. */
  close(): Promise<void>
}

interface Sockets {
  /**
   * Keep-alive sockets for operations that may be repeated; `fresh` = a new connection for every request: an operation
   * that must never be repeated must not fail either because the PBX closed an idle socket at that very moment.
   * `origin`: another server than the connection's (a recording elsewhere), or null. Its address comes from an answer, so
   * it must not aim at this computer: the calls fail with Fault wrong-address, also when its name does.
   */
  to(origin: string | null, fresh: boolean): Dispatcher
  /** This socket error hit a socket that had served an earlier answer. */
  isStale(error: unknown): boolean
}

/** Open the pooled sockets of one connection. Nothing is connected before the first call. */
export function openSession(facts: SessionFacts): Session {
  const base = new URL(facts.baseUrl)
  const limits = { ...defaultLimits, ...facts.limits }
  const staleErrors = new WeakSet<object>()
  const { lookup } = facts
  const connect = timedConnector(limits.connectMs, staleErrors, lookup)
  const connectElsewhere = timedConnector(limits.connectMs, staleErrors, lookupElsewhere(lookup))
  const shared = {
    connections: 16,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveMaxTimeout: 30_000,
  }
  const ownOrigin = base.origin
  const pools = new Map<string, Dispatcher>()
  let closed = false
  const to = (origin: string | null, fresh: boolean): Dispatcher => {
    const server = origin ?? ownOrigin
    const key = (fresh ? 'fresh ' : '') + server
    const known = pools.get(key)
    if (known) return known
    if (closed) throw Object.assign(new Error('the session is closed'), { code: 'UND_ERR_CLOSED' })
    // Other servers are few, but their names come from answers.
    if (pools.size >= mostPools) throw new Error('too many servers')
    const { hostname } = new URL(server)
    const isElsewhere = hostname !== base.hostname
    if (isElsewhere && isCloseBy(hostname)) throw new Fault('bad-request', 'wrong-address')
    const connector = isElsewhere ? connectElsewhere : connect
    const pool = new Pool(server, { ...shared, connect: connector, pipelining: fresh ? 0 : 1 })
    pools.set(key, pool)
    return pool
  }
  return {
    connection: facts.connection,
    system: facts.system,
    base,
    errors: facts.errors,
    log: facts.log,
    limits,
    auth: facts.auth ?? null,
    sockets: {
      to,
      isStale: (error) => typeof error === 'object' && error !== null && staleErrors.has(error),
    },
    async close() {
      closed = true
      await Promise.all([...pools.values()].map((pool) => pool.destroy()))
    },
  }
}

/** undici's own connect timer is only exact to a second; this one is exact, and remembers which sockets were used before. */
function timedConnector(
  connectMs: number,
  staleErrors: WeakSet<object>,
  lookup: LookupFunction | undefined,
): Connector.connector {
  const open = buildConnector({ timeout: connectMs + 1_000, allowH2: false, ...(lookup ? { lookup } : {}) })
  return (options, done) => {
    let waiting = true
    const timer = setTimeout(() => {
      waiting = false
      done(Object.assign(new Error('connect timeout'), { code: 'UND_ERR_CONNECT_TIMEOUT' }), null)
    }, connectMs)
    open(options, (...[error, socket]: Parameters<Connector.Callback>) => {
      clearTimeout(timer)
      if (!waiting) {
        socket?.destroy()
        return
      }
      waiting = false
      if (error !== null) {
        done(error, null)
        return
      }
      // Before undici's own listener, so that the error is marked when undici hands it on.
      socket?.on('error', (failure) => {
        if (socket.bytesRead > 0) staleErrors.add(failure)
      })
      done(null, socket!)
    })
  }
}
