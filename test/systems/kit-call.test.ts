import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import type { TelephonySystem } from '../../main/core/ports/index.ts'
import type { Limits } from '../../main/systems/kit/session.ts'
import { openTelcrm } from '../../main/systems/telcrm/index.ts'
import { TelcrmConnection } from '../../preload/contract/index.ts'
import { startBlackHole } from './black-hole.ts'
import { answer, type CannedServer, type Script, startCannedServer } from './canned-server.ts'
import { recordedLog } from './recorded-log.ts'

const empty = answer('[]')
const done = answer('200')
const toEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

function open(baseUrl: string, limits: Partial<Limits> = {}): TelephonySystem {
  const pbx = openTelcrm(TelcrmConnection.parse({ id: 'pbx', system: 'telcrm', baseUrl }), {
    log: recordedLog(),
    limits,
  })
  toEnd.push(() => pbx.close())
  return pbx
}

async function serve(script: Script): Promise<CannedServer> {
  const canned = await startCannedServer(script)
  toEnd.push(() => canned.stop())
  return canned
}

async function failure(running: Promise<unknown>) {
  const startedAt = performance.now()
  const error = await running.then(
    () => new Error('did not fail'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(CoreError)
  const { code, details } = error as CoreError
  return { code, reason: details.reason, retryAfterMs: details.retryAfterMs, ms: performance.now() - startedAt }
}

const poll = (pbx: TelephonySystem, signal?: AbortSignal) => pbx.extensionStates!.list({ signal })
const dial = (pbx: TelephonySystem, signal?: AbortSignal) =>
  pbx.callControl!.dial({ extension: '801', number: '10086', line: 'fixed' }, { signal })
/** Polls are seconds apart; a socket is free again one turn of the event loop after its answer. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 5))
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('sockets', () => {
  it('polls share one connection', async () => {
    const canned = await serve(empty)
    const pbx = open(canned.baseUrl)
    for (let nth = 0; nth < 20; nth += 1) {
      await poll(pbx)
      await pause()
    }
    expect({ heads: canned.heads.length, connections: canned.connections }).toEqual({ heads: 20, connections: 1 })
  })
  it('a hundred calls at once use at most 16 connections', async () => {
    const canned = await serve((socket) => void setTimeout(() => socket.write(empty), 5))
    const pbx = open(canned.baseUrl)
    await Promise.all(Array.from({ length: 100 }, () => poll(pbx)))
    expect(canned.heads).toHaveLength(100)
    expect(canned.connections).toBeLessThanOrEqual(16)
  })
  const endings: [string, (socket: Socket) => unknown][] = [
    ['reset', (socket) => socket.resetAndDestroy()],
    ['closed', (socket) => socket.destroy()],
  ]
  for (const [how, end] of endings) {
    it(`a poll on a reused socket that is ${how} is sent once more, on a new one`, async () => {
      const canned = await serve((socket, nth) => (nth === 1 ? end(socket) : socket.write(empty)))
      const pbx = open(canned.baseUrl)
      await poll(pbx)
      await pause()
      expect(await poll(pbx)).toEqual([])
      expect({ heads: canned.heads.length, connections: canned.connections }).toEqual({ heads: 3, connections: 2 })
    })
    it(`and only once (${how})`, async () => {
      const canned = await serve((socket, nth) => (nth > 0 ? end(socket) : socket.write(empty)))
      const pbx = open(canned.baseUrl)
      await poll(pbx)
      await pause()
      expect(await failure(poll(pbx))).toMatchObject({ code: 'unexpected-response', reason: 'connection-closed' })
      expect(canned.heads).toHaveLength(3)
    })
  }
  it('a poll whose answer had begun is not sent again', async () => {
    const canned = await serve((socket, nth) => {
      socket.write(nth === 0 ? empty : 'HTTP/1.1 20')
      if (nth > 0) setTimeout(() => socket.resetAndDestroy(), 10)
    })
    const pbx = open(canned.baseUrl)
    await poll(pbx)
    await pause()
    await failure(poll(pbx))
    expect(canned.heads).toHaveLength(2)
  })
  it('dialling never uses a kept-alive socket, and is sent exactly once', async () => {
    const canned = await serve((socket) => void socket.write(done))
    const pbx = open(canned.baseUrl)
    for (let nth = 0; nth < 3; nth += 1) await dial(pbx)
    expect({ heads: canned.heads.length, connections: canned.connections }).toEqual({ heads: 3, connections: 3 })
    expect(canned.heads.every((head) => /\r\nconnection: close/i.test(head))).toBe(true)
  })
  it('a dial given up while waiting for a socket is never sent later', async () => {
    const waiting: Socket[] = []
    const canned = await serve((socket) => void waiting.push(socket))
    const pbx = open(canned.baseUrl)
    const running = Array.from({ length: 16 }, () => dial(pbx))
    await until(() => waiting.length === 16)
    const givenUp = pbx.callControl!.dial(
      { extension: '801', number: '10011', line: 'fixed' },
      { signal: AbortSignal.timeout(30) },
    )
    expect(await failure(givenUp)).toMatchObject({ code: 'cancelled' })
    for (const socket of waiting) socket.write(done)
    await Promise.all(running)
    const next = new AbortController()
    const last = dial(pbx, next.signal).catch(() => {})
    await until(() => canned.heads.length >= 17)
    next.abort()
    await last
    expect(canned.heads).toHaveLength(17)
    expect(canned.heads.filter((head) => head.includes('10011'))).toEqual([])
  })
})

describe('ending a call', () => {
  it('a signal ends it as cancelled: before, while waiting, in the middle of the answer', async () => {
    const canned = await serve((socket, nth) => void (nth === 1 && socket.write(answer('[', { length: 100 }))))
    const pbx = open(canned.baseUrl)
    expect(await failure(poll(pbx, AbortSignal.abort()))).toMatchObject({ code: 'cancelled' })
    expect(canned.heads).toHaveLength(0)
    for (const _ of ['waiting', 'in the middle']) {
      const { code, ms } = await failure(poll(pbx, AbortSignal.timeout(40)))
      expect(code).toBe('cancelled')
      // Its limits would end it after five seconds.
      expect(ms).toBeLessThan(4_000)
    }
  })
  it('closing the connection ends calls under way, and later ones', async () => {
    const canned = await serve(() => {})
    const pbx = open(canned.baseUrl)
    const running = [poll(pbx), dial(pbx), ...Array.from({ length: 20 }, () => poll(pbx))].map(failure)
    await until(() => canned.heads.length >= 17)
    await pbx.close()
    for (const one of await Promise.all(running)) expect(one.code).toBe('cancelled')
    expect((await failure(poll(pbx))).code).toBe('cancelled')
  })
  it('closed before its first call, it opens no socket', async () => {
    const canned = await serve(empty)
    const pbx = open(canned.baseUrl)
    await pbx.close()
    for (const one of [poll(pbx), dial(pbx)]) expect((await failure(one)).code).toBe('cancelled')
    expect(canned.connections).toBe(0)
  })
})

describe('R6 a PBX that asks to be left alone', () => {
  const sentAt = 'Fri, 20 Nov 2026 01:00:00 GMT'
  const asked = (status: string, ...headers: string[]) => answer('', { status, headers })

  it.each([
    ['429 with seconds', asked('429 Slow', 'Retry-After: 20'), 'rate-limited', 20_000],
    ['503 with seconds', asked('503 No', 'Retry-After: 7'), 'server-error', 7000],
    ['more than a minute', asked('503 No', 'Retry-After: 86400'), 'server-error', 60_000],
    ['more than any number', asked('503 No', `Retry-After: ${'9'.repeat(400)}`), 'server-error', 60_000],
    [
      'a date, by the clock of the PBX',
      asked('503 No', `Date: ${sentAt}`, 'Retry-After: Fri, 20 Nov 2026 01:00:12 GMT'),
      'server-error',
      12_000,
    ],
    ['a date that is over', asked('503 No', `Date: ${sentAt}`, `Retry-After: ${sentAt}`), 'server-error', undefined],
    ['nothing sensible', asked('429 Slow', 'Retry-After: soon'), 'rate-limited', undefined],
    ['no time at all', asked('429 Slow', 'Retry-After: 0'), 'rate-limited', undefined],
    ['another failure', asked('500 No', 'Retry-After: 20'), 'server-error', undefined],
  ])('%s', async (_what, script, code, retryAfterMs) => {
    expect(await failure(poll(open((await serve(script)).baseUrl)))).toMatchObject({ code, retryAfterMs })
  })

  it('a date without the clock of the PBX counts by ours', async () => {
    const script = asked('503 No', `Retry-After: ${new Date(Date.now() + 30_000).toUTCString()}`)
    const { retryAfterMs = 0 } = await failure(poll(open((await serve(script)).baseUrl)))
    expect(retryAfterMs).toBeGreaterThan(25_000)
    expect(retryAfterMs).toBeLessThanOrEqual(30_000)
  })
})

describe('R1 no connection', () => {
  it('refused', async () => {
    const canned = await serve('')
    await canned.stop()
    toEnd.length = 0
    const pbx = open(canned.baseUrl)
    expect(await failure(poll(pbx))).toMatchObject({ code: 'unreachable', reason: 'connection-refused' })
    expect(await failure(dial(pbx))).toMatchObject({ code: 'unreachable', reason: 'connection-refused' })
  })
  it('no such name', async () => {
    const pbx = open('http://no-such-pbx.invalid:12121')
    expect(await failure(poll(pbx))).toMatchObject({ code: 'unreachable', reason: 'name-not-found' })
  })
  it('https to a server that speaks http', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    toEnd.push(() => new Promise((resolve) => server.close(resolve)))
    const pbx = open(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect(await failure(poll(pbx))).toMatchObject({ code: 'unreachable', reason: 'tls' })
  })
  it('R2 a machine that does not answer: in time, by its own name', async () => {
    const hole = await startBlackHole()
    toEnd.push(() => hole.stop())
    const pbx = open(`http://127.0.0.1:${hole.port}`, { connectMs: 120 })
    for (const one of [await failure(poll(pbx)), await failure(dial(pbx))]) {
      expect(one).toMatchObject({ code: 'timeout', reason: 'connect' })
      expect(one.ms).toBeGreaterThan(110)
      // The usual limit is three seconds.
      expect(one.ms).toBeLessThan(2_500)
    }
  })
})

describe('parameters', () => {
  it('wrong ones are named and nothing is sent', async () => {
    const canned = await serve(done)
    const pbx = open(canned.baseUrl)
    const tries: [Promise<unknown>, string][] = [
      [pbx.callControl!.dial({ extension: '801&opt=X', number: '1', line: 'fixed' }), 'caller'],
      [pbx.callControl!.dial({ extension: '801', number: '135-1234', line: 'ip' }), 'callee'],
      [pbx.callControl!.transfer({ extension: '801', target: '' }), 'target'],
      [pbx.history!.page({ from: 0, to: 1, cursor: '-1', limit: 1 }), 'first'],
      [pbx.history!.page({ from: 0, to: 1, cursor: null, limit: 0 }), 'maxResults'],
    ]
    for (const [running, field] of tries) {
      const error = (await running.catch((thrown: unknown) => thrown)) as CoreError
      expect(error).toMatchObject({ code: 'bad-request', details: { field } })
    }
    expect(canned.heads).toEqual([])
  })
  it('a shown number cannot break out of its parameter', async () => {
    const canned = await serve(done)
    await open(canned.baseUrl).callControl!.hangup({ extension: '801', number: 'x&opt=FORCE_HUNGUP\r\nA: b 李' })
    const target = canned.heads[0]!.split(' ')[1]
    expect(target).toBe(
      '/bridge/callctrl?caller=801&callee=x%26opt%3DFORCE_HUNGUP%0D%0AA%3A%20b%20%E6%9D%8E&opt=CLICK_TO_HUNGUP',
    )
  })
  it('a base URL may have a path', async () => {
    const canned = await serve(empty)
    await poll(open(`${canned.baseUrl}/gate/`))
    expect(canned.heads[0]).toMatch(/^GET \/gate\/bridge\/jsoncfg\?opt=EXTNUM_STATE HTTP\/1\.1/)
  })
})
