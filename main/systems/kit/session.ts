import { buildConnector, type Dispatcher, Pool } from 'undici'
import type { Log } from '../../core/ports/index.ts'
import type { ErrorTable } from './operation.ts'

/** How long and how much one call may take. */
export interface Limits {
  /** TCP (and TLS) connection. */
  connectMs: number
  /** From the request sent to the head of the answer. */
  firstByteMs: number
  /** The whole call, waiting for a free socket and one repetition included. */
  totalMs: number
  /** Of one answer, counted after unpacking. */
  maxBytes: number
}

const defaultLimits: Limits = {
  connectMs: 3_000,
  firstByteMs: 5_000,
  totalMs: 15_000,
  maxBytes: 10 * 1024 * 1024,
}

export interface SessionFacts {
  /** Connection id from settings. */
  connection: string
  system: string
  baseUrl: string
  /** What the system's codes mean where an operation does not say otherwise. */
  errors: ErrorTable
  log: Log
  limits?: Partial<Limits>
}

/** One connection's sockets, limits and error table: what `call()` needs besides the operation. */
export interface Session {
  readonly connection: string
  readonly system: string
  readonly base: URL
  readonly errors: ErrorTable
  readonly log: Log
  readonly limits: Limits
  readonly sockets: Sockets
  /** Calls under way end with `cancelled`. */
  close(): Promise<void>
}

interface Sockets {
  /** Keep-alive, for operations that may be repeated. */
  readonly reused: Dispatcher
  /**
   * A new connection for every request. An operation that must never be repeated must not fail either because the PBX
   * closed an idle socket at that very moment.
   */
  readonly fresh: Dispatcher
  /** This socket error hit a socket that had served an earlier answer. */
  isStale(error: unknown): boolean
}

/** Open the pooled sockets of one connection. Nothing is connected before the first call. */
export function openSession(facts: SessionFacts): Session {
  const base = new URL(facts.baseUrl)
  const limits = { ...defaultLimits, ...facts.limits }
  const staleErrors = new WeakSet<object>()
  const connect = timedConnector(limits.connectMs, staleErrors)
  const shared = {
    connections: 16,
    connect,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveMaxTimeout: 30_000,
  }
  const reused = new Pool(base.origin, { ...shared, pipelining: 1 })
  const fresh = new Pool(base.origin, { ...shared, pipelining: 0 })
  return {
    connection: facts.connection,
    system: facts.system,
    base,
    errors: facts.errors,
    log: facts.log,
    limits,
    sockets: {
      reused,
      fresh,
      isStale: (error) => typeof error === 'object' && error !== null && staleErrors.has(error),
    },
    async close() {
      await Promise.all([reused.destroy(), fresh.destroy()])
    },
  }
}

/** undici's own connect timer is only exact to a second; this one is exact, and remembers which sockets were used before. */
function timedConnector(connectMs: number, staleErrors: WeakSet<object>): buildConnector.connector {
  const open = buildConnector({ timeout: connectMs + 1_000, allowH2: false })
  return (options, done) => {
    let waiting = true
    const timer = setTimeout(() => {
      waiting = false
      done(Object.assign(new Error('connect timeout'), { code: 'UND_ERR_CONNECT_TIMEOUT' }), null)
    }, connectMs)
    open(options, (...[error, socket]: Parameters<buildConnector.Callback>) => {
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
