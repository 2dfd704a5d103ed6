import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type DemoPbx, startDemoPbx } from '../../main/demo/index.ts'
import type { ScreenPop } from '../../main/demo/screen-pops.ts'
import { createFakeClock, createTestLog, type FakeClock } from '../polling/fake-clock.ts'

export interface Receiver {
  url: string
  pops: ScreenPop[]
  paths: string[]
  status: number
  close(): Promise<void>
}

/** A tiny webhook receiver on loopback that writes down what arrives. */
export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: '', pops: [], paths: [], status: 200, close: () => Promise.resolve() }
  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
    receiver.paths.push(url.pathname)
    receiver.pops.push(Object.fromEntries(url.searchParams) as unknown as ScreenPop)
    response.writeHead(receiver.status).end('OK')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  receiver.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return receiver
}

/** Waits (really) until something is true; fails after fifteen seconds. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`never: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export interface Reply {
  status: number
  type: string
  body: Buffer
}

export function ask(url: string, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    request(url, { method, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: Buffer.concat(parts),
        }),
      )
    })
      .on('error', reject)
      .end()
  })
}

export interface Row {
  telNum: string
  userName: string
  telRegState: number
  state: string
  presence: string
  remoteNum?: string
  missingCallCount: number
}

export interface Office {
  clock: FakeClock
  log: ReturnType<typeof createTestLog>
  receiver: Receiver
  pbx: DemoPbx
  control(query: string): Promise<Reply>
  rows(): Promise<Map<string, Row>>
  log21(query?: string): Promise<Record<string, unknown>[]>
  /** Everything sent so far has arrived. */
  delivered(): Promise<void>
  close(): Promise<void>
}

/** The demo on a clock that stands still, with somebody listening. */
export async function openOffice(seed = 7, popUrl?: () => string | null): Promise<Office> {
  const clock = createFakeClock()
  const log = createTestLog()
  const receiver = await startReceiver()
  const pbx = await startDemoPbx({ clock, log, seed, popUrl: popUrl ?? (() => receiver.url) })
  const control = (query: string) => ask(`${pbx.baseUrl}/bridge/callctrl?${query}`)
  return {
    clock,
    log,
    receiver,
    pbx,
    control,
    async rows() {
      const { body } = await ask(`${pbx.baseUrl}/bridge/jsoncfg?opt=EXTNUM_STATE`)
      return new Map((JSON.parse(body.toString()) as Row[]).map((row) => [row.telNum, row]))
    },
    async log21(query = 'first=0&maxResults=100&beginDate=2026-03-01&endDate=2026-03-02&dirction=0') {
      return JSON.parse((await control(`${query}&opt=CALL_LOG_QUERY`)).body.toString()) as Record<string, unknown>[]
    },
    async delivered() {
      let seen = -1
      while (seen !== receiver.pops.length) {
        seen = receiver.pops.length
        await pbx.delivered()
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    async close() {
      await pbx.stop()
      await receiver.close()
    },
  }
}
