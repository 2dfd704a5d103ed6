import { afterEach } from 'vitest'
import { createListener, type Listener, type ListenerDeps, type ReceivedPop } from '../../main/intake/listener.ts'
import type { SideDeps } from '../../main/intake/side-routes.ts'
import { createSystemClock } from '../../main/runtime/system-clock.ts'
import { type ListenerStatus, Settings } from '../../preload/contract/index.ts'
import { createListLog } from '../core/calls/manual-clock.ts'

export interface OpenedListener {
  listener: Listener
  port: number
  pops: ReceivedPop[]
  strangers: string[]
  statuses: ListenerStatus[]
  lines: string[]
}

const opened: Listener[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((listener) => listener.stop()))
})

/** Side routes as they are without any settings. */
export function side(changes: Partial<SideDeps> = {}): SideDeps {
  const settings = Settings.parse({})
  return {
    smsQuery: () => settings.smsQuery,
    ivrChecks: () => settings.ivrChecks,
    pushSenders: () => [],
    storePush: async () => true,
    onExchange: () => {},
    ...changes,
  }
}

/** A listener on a free loopback port that allows 127.0.0.2 and keeps what it accepts. Stopped after the test. */
export async function openListener(changes: Partial<ListenerDeps> = {}): Promise<OpenedListener> {
  const log = createListLog()
  const pops: ReceivedPop[] = []
  const strangers: string[] = []
  const statuses: ListenerStatus[] = []
  const listener = createListener({
    clock: createSystemClock(log),
    log,
    config: () => ({ host: '127.0.0.1', port: 0, path: '/srvlt' }),
    isAllowed: (address) => address === '127.0.0.2',
    accept: async (pop) => {
      pops.push(pop)
    },
    side: side(),
    onUnknownSource: (address) => strangers.push(address),
    onStatus: (status) => statuses.push(status),
    ...changes,
  })
  opened.push(listener)
  await listener.start()
  return { listener, port: listener.status().port, pops, strangers, statuses, lines: log.lines }
}

export const popLine = (query: string) => `GET /srvlt?${query} HTTP/1.1\r\n`
export const host = 'Host: 127.0.0.1\r\n'
/** A whole screen-pop request. */
export const popRequest = (query = 'id=c1&caller=13500000002&callee=802&state=ringing') =>
  `${popLine(query)}${host}\r\n`

/** Wait until something holds. */
export async function until(holds: () => boolean, withinMs = 15_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!holds()) {
    if (performance.now() > end) throw new Error('did not come true in time')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
