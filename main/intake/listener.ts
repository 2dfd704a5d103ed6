import type { AddressInfo } from 'node:net'
import type { ListenerStatus } from '../../preload/contract/index.ts'
import type { Clock, Log } from '../core/ports/index.ts'
import { localOrigin, ownAddresses, ownNames, popUrls } from './addresses.ts'
import { createDoor } from './door.ts'
import { createGuardedServer, type GuardedServer } from './guarded-server.ts'
import { addressRefreshMs, limits, portRetryMs, restartMs, statusGapMs } from './limits.ts'
import type { ReceivedPop } from './pop-request.ts'
import type { OwnNames } from './request-guard.ts'
import { createSideRoutes, type SideDeps } from './side-routes.ts'
import { createSourceGate } from './source-gate.ts'
import { createStrangers } from './strangers.ts'

export type { ReceivedPop } from './pop-request.ts'

export interface ListenerDeps {
  clock: Clock
  log: Log
  config(): { host: string; port: number; path: string }
  isAllowed(address: string): boolean
  /** Resolves once the event is committed; a rejection is answered with 503. */
  accept(event: ReceivedPop): Promise<void>
  side: SideDeps
  /** Somebody who is not allowed tried; at most once a second per address. */
  onUnknownSource(address: string): void
  onStatus(status: ListenerStatus): void
  /** This machine's IPv4 addresses, best first. */
  addresses?(): string[]
}

/** The port that the PBX reports calls to. */
export interface Listener {
  /** Resolves when listening, or when the port is taken or the host wrong and it is being retried. */
  start(): Promise<void>
  /** The configuration changed: another host or port is opened, a new path holds at once. */
  restart(): Promise<void>
  /** Finishes what is being stored (at most 1 s), then closes everything. */
  stop(): Promise<void>
  status(): ListenerStatus
  /** `http://127.0.0.1:12180`: how this machine reaches it; null while the port is not ours. */
  url(): string | null
}

export function createListener(deps: ListenerDeps): Listener {
  const { clock, log } = deps
  const gate = createSourceGate(clock)
  const addresses = deps.addresses ?? ownAddresses
  let state: ListenerStatus['state'] = 'stopped'
  let problem: string | null = null
  let server: GuardedServer | null = null
  let bound = { host: '', port: 0, wantedPort: -1 }
  let own: OwnNames = { names: [], port: 0 }
  let lastEventAt: number | null = null
  let running = false
  let cancelRetry: (() => void) | null = null
  let cancelRefresh: (() => void) | null = null
  let cancelStatus: (() => void) | null = null
  let shownUrls = ''

  const onStranger = createStrangers(clock, deps.onUnknownSource)
  const door = createDoor({
    clock,
    log,
    path: () => deps.config().path,
    own: () => own,
    takeRequest: gate.takeRequest,
    accept: deps.accept,
    side: createSideRoutes({ clock, log, ...deps.side }),
    onAccepted() {
      lastEventAt = clock.now()
      tellSoon()
    },
  })

  function status(): ListenerStatus {
    const { host, port, path } = deps.config()
    const urls = state === 'listening' ? popUrls({ host: bound.host, path }, bound.port, addresses()) : []
    return { state, host, port: state === 'listening' ? bound.port : port, urls, lastEventAt, problem }
  }

  function tell(): void {
    const now = status()
    shownUrls = now.urls.join()
    deps.onStatus(now)
  }

  /** The first event at once, a stream of them once a second. */
  function tellSoon(): void {
    if (cancelStatus) return
    tell()
    const told = lastEventAt
    cancelStatus = clock.after(statusGapMs, () => {
      cancelStatus = null
      if (running && lastEventAt !== told) tellSoon()
    })
  }

  function change(next: ListenerStatus['state'], reason: string | null): void {
    if (next !== state || reason !== problem) log.info(`listener-${next}`, { port: bound.port, reason })
    state = next
    problem = reason
    tell()
  }

  function open(): Promise<void> {
    const { host, port } = deps.config()
    bound = { host, port, wantedPort: port }
    const guarded = createGuardedServer({ clock, log, gate, door, isAllowed: deps.isAllowed, onStranger })
    const { http } = guarded
    server = guarded
    return new Promise((resolve) => {
      // Closed before it ever listened.
      http.once('close', resolve)
      http.once('error', (error: NodeJS.ErrnoException) => {
        if (server !== guarded) return resolve()
        server = null
        const taken = error.code === 'EADDRINUSE'
        change(
          taken ? 'port-taken' : 'failed',
          taken
            ? `port ${port} is used by another program`
            : `cannot listen on ${host}:${port} (${error.code ?? error.message})`,
        )
        retryIn(portRetryMs)
        resolve()
      })
      http.listen({ host, port, backlog: limits.backlog }, () => {
        http.removeAllListeners('error')
        http.on('error', (error) => {
          log.error('listener-failed', { reason: error.message })
          if (server === guarded) void reopen()
        })
        bound.port = (http.address() as AddressInfo).port
        own = { names: ownNames(host), port: bound.port }
        change('listening', null)
        resolve()
      })
    })
  }

  async function reopen(): Promise<void> {
    await close()
    change('failed', 'the listener stopped and is started again')
    retryIn(restartMs)
  }

  function retryIn(ms: number): void {
    cancelRetry?.()
    cancelRetry = clock.after(ms, () => {
      cancelRetry = null
      if (running) void open()
    })
  }

  async function close(): Promise<void> {
    cancelRetry?.()
    cancelRetry = null
    const closing = server
    server = null
    await closing?.close()
  }

  function watchAddresses(): void {
    cancelRefresh = clock.after(addressRefreshMs, () => {
      if (state === 'listening' && status().urls.join() !== shownUrls) tell()
      watchAddresses()
    })
  }

  return {
    async start() {
      if (running) return
      running = true
      change('starting', null)
      watchAddresses()
      await open()
    },
    async restart() {
      if (!running) return
      const { host, port } = deps.config()
      if (state === 'listening' && host === bound.host && port === bound.wantedPort) return tell()
      await close()
      change('starting', null)
      await open()
    },
    async stop() {
      if (!running) return
      running = false
      cancelRefresh?.()
      cancelStatus?.()
      cancelStatus = null
      await close()
      change('stopped', null)
    },
    status,
    url: () => (state === 'listening' ? localOrigin(bound.host, bound.port) : null),
  }
}
