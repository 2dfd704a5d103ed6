import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createRouter } from '../../main/rpc/router.ts'
import { startWebHost } from '../../main/web-host/server.ts'
import { answerNoRecording } from '../core/recordings/no-recordings.ts'
import { ownMs } from '../own-time.ts'
import { createFakeDesk } from '../rpc/fake-desk.ts'
import type { Client } from '../rpc/transports.ts'
import { recordedLog } from '../systems/recorded-log.ts'
import { openHost } from './opened-host.ts'
import { rawRequest } from './raw-http.ts'

let opened: Awaited<ReturnType<typeof openHost>>
beforeEach(async () => {
  opened = await openHost()
})
afterEach(() => opened.close())

/** A typed client over a real socket, with the headers that a browser would send. */
async function openClient(cookie: [string, string]) {
  const socket = new WebSocket(`ws://${opened.name}/rpc`, {
    headers: { Cookie: cookie[1], Origin: opened.host.origin },
  })
  await once(socket, 'open')
  const client: Client = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
  return { socket, client }
}

describe('the one-time token', () => {
  it('is exchanged for a cookie that scripts and other sites cannot use', async () => {
    const answer = await opened.ask(new URL(opened.host.url).pathname + new URL(opened.host.url).search)
    expect([answer.status, answer.headers.location]).toEqual([302, '/'])
    const [pair, ...attributes] = (answer.headers['set-cookie'] ?? '').split('; ')
    expect(pair).toMatch(/^frontbell-\d+=[\w-]{43}$/)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict'])
    expect(pair).not.toContain(new URL(opened.host.url).searchParams.get('token'))
    const page = await opened.ask('/', [['Cookie', pair ?? '']])
    expect([page.status, page.body.includes('page-canary')]).toEqual([200, true])
  })

  it('works once; a reload of the printed address by the same browser is no mistake', async () => {
    const path = opened.host.url.slice(opened.host.origin.length)
    const cookie = await opened.enter(opened.host.url)
    expect((await opened.ask(path)).status).toBe(401)
    const again = await opened.ask(path, [cookie])
    expect([again.status, again.headers.location, again.headers['set-cookie']]).toEqual([302, '/', undefined])
    expect((await opened.ask('/?anything=1', [cookie])).status).toBe(200)
  })

  it('has 256 bits and can be issued again', async () => {
    const urls = [opened.host.url, opened.host.newUrl(), opened.host.newUrl()]
    for (const url of urls) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)
    expect(new Set(urls).size).toBe(3)
    const cookies = await Promise.all(urls.map((url) => opened.enter(url)))
    expect(new Set(cookies.map(([, value]) => value)).size).toBe(3)
    for (const cookie of cookies) expect((await opened.ask('/', [cookie])).status).toBe(200)
  })

  it('counts only in GET /?token=, and never reaches the log', async () => {
    const token = new URL(opened.host.url).searchParams.get('token') ?? ''
    expect((await opened.ask(`/index.html?token=${token}`)).status).toBe(401)
    expect((await opened.ask(`/?token=${token}`, [], 'POST')).status).toBe(401)
    expect(
      (
        await opened.upgrade(
          [
            ['Host', opened.name],
            ['Origin', opened.host.origin],
          ],
          `/rpc?token=${token}`,
        )
      ).status,
    ).toBe(401)
    expect(
      (
        await opened.upgrade(
          [
            ['Host', opened.name],
            ['Origin', opened.host.origin],
          ],
          `/?token=${token}`,
        )
      ).status,
    ).toBe(401)
    expect(JSON.stringify(opened.log.lines)).not.toContain(token)
    expect((await opened.ask(`/?token=${token}`)).status).toBe(302)
  })

  it('cookies of two hosts on one PC do not mix', async () => {
    const other = await openHost()
    const cookie = await opened.enter()
    expect((await other.ask('/', [cookie])).status).toBe(401)
    expect((await other.ask('/', [['Cookie', `${cookie[1]}; ${(await other.enter())[1]}`]])).status).toBe(200)
    await other.close()
  })
})

describe('without the cookie', () => {
  it('every route answers 401 and nothing of ours', async () => {
    expect(opened.host.routes.length).toBeGreaterThan(0)
    const routes = opened.host.routes.map((route) => route.split(' ') as [string, string])
    const paths = [
      '/',
      '/index.html',
      '/assets/index-abc123.js',
      '/assets/',
      '/.hidden',
      '/no-such',
      '/rpc',
      '/%ff',
      '//',
      '/../settings.json',
      '/?token=',
      '/?token=x',
      `/?token=${'a'.repeat(43)}`,
      '*',
    ]
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND']
    const all = [
      ...routes.map(([method, url]) => [method, url.replace('*', 'x')] as [string, string]),
      ...paths.flatMap((path) => methods.map((method) => [method, path] as [string, string])),
    ]
    for (const [method, path] of all) {
      const answer = await opened.ask(path, [], method)
      expect([method, path, answer.status]).toEqual([method, path, 401])
      expect(answer.body).not.toContain('page-canary')
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    }
  })

  it.each([[], ['Cookie', 'frontbell=x'], ['Cookie', 'a=b; =; ;;; %%%=%%']])(
    'a handshake is refused, with cookie header %j',
    async (...header) => {
      const headers: [string, string][] = [
        ['Host', opened.name],
        ['Origin', opened.host.origin],
      ]
      if (header[0] !== undefined && header[1] !== undefined) headers.push([header[0], header[1]])
      for (const path of ['/rpc', '/', '/other']) expect((await opened.upgrade(headers, path)).status).toBe(401)
    },
  )
})

describe('with the cookie', () => {
  it('the page, its files and their headers', async () => {
    const cookie = await opened.enter()
    const page = await opened.ask('/', [cookie])
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-type': expect.stringContaining('text/html'),
    })
    const policy = page.headers['content-security-policy'] ?? ''
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ])
      expect(policy).toContain(part)
    expect(policy).not.toMatch(/script-src[^;]*unsafe|\*/)
    const file = await opened.ask('/assets/index-abc123.js', [cookie])
    expect([file.status, file.headers['cache-control']]).toEqual([200, 'private, max-age=31536000, immutable'])
    expect(page.headers['access-control-allow-origin']).toBeUndefined()
  })

  it.each([
    '/../settings.json',
    '/..%2fsettings.json',
    '/%2e%2e/settings.json',
    '/assets/..%5c..%5c..%5csettings.json',
    '/.hidden',
    '/no-such',
    '/rpc',
    '/%ff',
  ])('%s is not there', async (path) => {
    const answer = await opened.ask(path, [await opened.enter()])
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.body).not.toContain('page-canary')
  })

  it('only our own names, spelled exactly, once', async () => {
    const cookie = await opened.enter()
    const port = opened.name.split(':')[1]
    for (const name of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
      expect([name, (await opened.askAs([['Host', name], cookie])).status]).toEqual([name, 200])
    const foreign = [
      'evil.test',
      `evil.test:${port}`,
      `127.0.0.1.evil.test:${port}`,
      `evil.test@127.0.0.1:${port}`,
      '127.0.0.1',
      'localhost',
      '127.0.0.1:1',
      `localhost.:${port}`,
      `LOCALHOST:${port}`,
      `localhost.evil.test:${port}`,
      `0.0.0.0:${port}`,
      `0:${port}`,
      `0x7f000001:${port}`,
      `2130706433:${port}`,
      `127.1:${port}`,
      `127.0.0.2:${port}`,
      `127.000.000.001:${port}`,
      `[::ffff:127.0.0.1]:${port}`,
      `[::ffff:7f00:1]:${port}`,
      `[0:0:0:0:0:0:0:1]:${port}`,
      `::1:${port}`,
      `[::]:${port}`,
      `127.0.0.1:${port}0`,
      `127.0.0.1:0${port}`,
      `127.0.0.1:${port}/`,
      `127.0.0.1:${port}, evil.test`,
      `127.0.0.1:${port} evil.test`,
      `http://127.0.0.1:${port}`,
      '',
      '*',
      `１２７.0.0.1:${port}`,
      `127.0.0.1:${port}#`,
    ]
    for (const name of foreign) {
      const answer = await opened.askAs([['Host', name], cookie])
      expect([name, [400, 403].includes(answer.status), answer.body.includes('page-canary')]).toEqual([
        name,
        true,
        false,
      ])
    }
    for (const headers of [
      [
        ['Host', opened.name],
        ['Host', 'evil.test'],
      ],
      [
        ['Host', 'evil.test'],
        ['Host', opened.name],
      ],
      [
        ['Host', opened.name],
        ['Host', opened.name],
      ],
      [],
    ] as [string, string][][]) {
      for (const version of ['1.0', '1.1'])
        expect([400, 403]).toContain((await opened.askAs([...headers, cookie], '/', version)).status)
    }
  })

  it('not for another site, whatever it sends along', async () => {
    const cookie = await opened.enter()
    const own = opened.host.origin
    const status = async (...headers: [string, string][]) => (await opened.ask('/', [cookie, ...headers])).status
    for (const origin of [
      'https://evil.test',
      'null',
      `${own}.evil.test`,
      own.replace('127.0.0.1', 'localhost'),
      own.replace('http:', 'https:'),
      'http://127.0.0.1',
      '',
    ])
      expect([origin, await status(['Origin', origin])]).toEqual([origin, 403])
    for (const site of ['cross-site', 'same-site', 'Same-Origin', ''])
      expect([site, await status(['Sec-Fetch-Site', site])]).toEqual([site, 403])
    expect(await status(['Origin', own], ['Sec-Fetch-Site', 'same-origin'])).toBe(200)
    expect(await status(['Sec-Fetch-Site', 'none'])).toBe(200)
    const token = opened.host.newUrl().slice(own.length)
    expect((await opened.ask(token, [['Sec-Fetch-Site', 'cross-site']])).status).toBe(403)
    expect((await opened.ask(token)).status).toBe(302)
  })

  it('the socket wants cookie, Origin and Host, and only at /rpc', async () => {
    const cookie = await opened.enter()
    const host: [string, string] = ['Host', opened.name]
    const origin: [string, string] = ['Origin', opened.host.origin]
    expect((await opened.upgrade([host, origin, cookie])).status).toBe(101)
    expect((await opened.upgrade([host, cookie])).status).toBe(403)
    expect((await opened.upgrade([host, ['Origin', 'https://evil.test'], cookie])).status).toBe(403)
    expect((await opened.upgrade([host, ['Origin', 'null'], cookie])).status).toBe(403)
    expect((await opened.upgrade([['Host', 'evil.test'], ['Origin', 'http://evil.test'], cookie])).status).toBe(403)
    expect((await opened.upgrade([host, origin, ['Sec-Fetch-Site', 'cross-site'], cookie])).status).toBe(403)
    expect((await opened.upgrade([host, origin, cookie], '/elsewhere')).status).toBe(404)
  })

  it('serves the desk over the socket; a closed page is told once, ids differ', async () => {
    const cookie = await opened.enter()
    const [first, second] = [await openClient(cookie), await openClient(cookie)]
    expect((await first.client.app.info()).version).toBe('1.0.0')
    await second.client.events.visibility({ visible: false })
    first.socket.close()
    await vi.waitFor(() => expect(opened.fake.closed).toHaveLength(1), 15_000)
    expect(opened.fake.closed[0]).not.toBe(opened.fake.visibility[0]?.[0])
    expect((await second.client.app.info()).version).toBe('1.0.0')
    second.socket.terminate()
  })
})

describe('the listening sockets', () => {
  it('are on loopback only', async () => {
    const port = Number(opened.name.split(':')[1])
    const outside = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    for (const { address } of [...outside, { address: '127.0.0.2' }]) {
      const outcome = await once(connect(port, address), 'connect').then(
        () => 'open',
        (error: NodeJS.ErrnoException) => error.code,
      )
      expect([address, outcome]).toEqual([address, 'ECONNREFUSED'])
    }
  })

  it('answer on ::1 too where there is IPv6', async () => {
    const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'))
    const answer = await rawRequest(opened.host.origin.replace('127.0.0.1', '[::1]'), 'GET / HTTP/1.1', [
      ['Host', opened.name],
      ['Connection', 'close'],
    ]).catch((error: NodeJS.ErrnoException) => error.code)
    if (hasIpv6) expect(answer).toMatchObject({ status: 401 })
    else expect(opened.log.lines.map(({ event }) => event)).toContain('web-host-no-ipv6')
  })

  it('close in a moment, with pages that talk, hang or half ask', async () => {
    const { client, socket } = await openClient(await opened.enter())
    const stream = await client.events.subscribe({})
    await stream.next()
    const hanging = await openClient(await opened.enter())
    hanging.socket.pause()
    const half = connect(Number(opened.name.split(':')[1]), '127.0.0.1')
    half.on('error', () => {})
    half.write('GET / HTTP/1.1\r\nHos')
    await once(half, 'connect')
    const from = performance.now()
    await opened.host.close()
    // A second is what it gives itself; a busy machine adds to it.
    expect(performance.now() - from).toBeLessThan(4000)
    await vi.waitFor(() => expect(opened.fake.subscriptions()).toBe(0), 15_000)
    await vi.waitFor(() => expect(opened.fake.closed).toHaveLength(2), 15_000)
    socket.terminate()
    hanging.socket.terminate()
    half.destroy()
  })

  it('a taken port and a page that is not built are told, not guessed', async () => {
    const router = createRouter(createFakeDesk().desk, recordedLog())
    const port = Number(opened.name.split(':')[1])
    await expect(openHost(port)).rejects.toMatchObject({
      code: 'unavailable',
      details: { field: 'port', reason: expect.stringContaining(`${port} on 127.0.0.1 cannot be opened (EADDRINUSE)`) },
    })
    await expect(
      startWebHost({
        answerRecording: answerNoRecording,
        port: 0,
        router,
        rendererDir: `${tmpdir()}/none`,
        log: recordedLog(),
      }),
    ).rejects.toMatchObject({ code: 'unavailable', details: { field: 'rendererDir' } })
  })

  it('start fast', async () => {
    const times: number[] = []
    const own: number[] = []
    for (let n = 0; n < 9; n++) {
      const from = ownMs()
      const other = await openHost()
      own.push(ownMs() - from)
      times.push(other.startMs)
      await other.close()
    }
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[4] ?? 0
    console.log(`browser host starts in ${median(times).toFixed(1)} ms (median)`)
    expect(median(own)).toBeLessThan(60)
  })

  it('a bare server on the same machine, to compare', async () => {
    const from = performance.now()
    const bare = createServer()
    bare.listen(0, '127.0.0.1')
    await once(bare, 'listening')
    console.log(`a bare node:http server starts in ${(performance.now() - from).toFixed(1)} ms`)
    bare.close()
    await once(bare, 'close')
  })
})
