import { lookup } from 'node:dns/promises'
import type { Connection, Settings } from '../../preload/contract/index.ts'
import type { LiveCalls } from '../core/calls/live-calls.ts'
import type { Clock, Log, Store } from '../core/ports/index.ts'
import type { StatusBook } from '../core/status/status-book.ts'
import { createAllowList } from '../intake/allow-list.ts'
import { createListener } from '../intake/listener.ts'
import type { PushSender } from '../intake/push-seal.ts'
import type { Exchange } from '../intake/side-routes.ts'
import { digestOf } from '../systems/voice-openapi/auth.ts'

export interface Intake {
  start(): Promise<void>
  /** Follow changed settings: port, host, path, allowed sources. */
  apply(): Promise<void>
  stop(): Promise<void>
  /** `http://127.0.0.1:12180`, or null while the port is not ours. */
  loopbackUrl(): string | null
  /** The same with the path that screen pops come to. */
  popUrl(): string | null
}

/** The listener, fed with the allowed sources, feeding inbox and live calls: stored and committed first, then folded. */
export function createIntake(deps: {
  clock: Clock
  log: Log
  settings(): Settings
  port: number | undefined
  store: Store
  live: LiveCalls
  status: StatusBook
  connectionOf(): string
  learnGroup(extension: string, group: string): void
  /** A side route answered. */
  onExchange(exchange: Exchange): void
  /** A known PBX spoke. */
  onHeard(): void
}): Intake {
  const { clock, log, status } = deps
  const config = () => {
    const { host, port, path } = deps.settings().listener
    return { host, port: deps.port ?? port, path }
  }
  const allowed = createAllowList({
    clock,
    log,
    resolve: async (host) => (await lookup(host, { all: true })).map((one) => one.address),
  })
  const entries = () => {
    const { connections, listener } = deps.settings()
    return [...connections.map(({ baseUrl }) => new URL(baseUrl).hostname.replace(/^\[|\]$/g, '')), ...listener.allow]
  }
  const listener = createListener({
    clock,
    log,
    config,
    isAllowed: (address) => allowed.has(address),
    side: {
      smsQuery: () => deps.settings().smsQuery,
      ivrChecks: () => deps.settings().ivrChecks,
      pushSenders: () => deps.settings().connections.flatMap(pushSender),
      storePush: (push) => deps.store.pushes.add(push),
      onExchange: (exchange) => deps.onExchange(exchange),
    },
    onUnknownSource: (address) => status.unknownSource(address),
    onStatus: (next) => status.setListener(next),
    async accept(pop) {
      const { receivedMono, ...event } = pop
      const row = { ...event, connection: deps.connectionOf() }
      let id = 0
      try {
        id = await deps.store.inbox.append(row)
        status.clearNotices('storage-failing')
      } catch (error) {
        status.addNotice({ kind: 'storage-failing', params: {} })
        throw error
      } finally {
        // Disk full or broken: the caller still rings, so the receptionist still sees it. The PBX gets its 503.
        deps.live.receive({ ...row, id }, receivedMono)
        if (row.group !== '' && row.businessId !== 'maincall') deps.learnGroup(row.callee, row.group)
        status.eventReceived()
        deps.onHeard()
      }
    },
  })
  let inForce = ''

  return {
    async start() {
      await allowed.set(entries())
      inForce = JSON.stringify(config())
      await listener.start()
    },
    async apply() {
      await allowed.set(entries())
      // Known by now: a connection was added, or the demo has ended.
      for (const { address } of status.unknownSources()) if (allowed.has(address)) status.forgetSource(address)
      const wanted = JSON.stringify(config())
      if (wanted === inForce) return
      inForce = wanted
      await listener.restart()
    },
    async stop() {
      allowed.stop()
      await listener.stop()
    },
    loopbackUrl: () => listener.url(),
    popUrl() {
      const origin = listener.url()
      return origin === null ? null : `${origin}${config().path}`
    },
  }
}

/** A voice platform may report to us, signed as our own requests to it are. */
function pushSender(connection: Connection): PushSender[] {
  if (connection.system !== 'voice-openapi') return []
  const { id, customer, password, acceptUnsignedPushes } = connection
  const canSign = customer !== null && password !== null
  return [
    {
      connection: id,
      customer,
      acceptsUnsigned: acceptUnsignedPushes,
      digest: (timestamp, seq) => (canSign ? digestOf({ customer, timestamp, seq, password }) : null),
    },
  ]
}
