import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { limits } from '../../main/intake/limits.ts'
import { host, openListener, popLine, popRequest, until } from './open-listener.ts'
import { ask, openClient, type RawClient } from './raw-client.ts'

const line = popLine('id=c1&caller=13500000002&callee=802&state=ringing')

describe('T1: who may report calls', () => {
  it('T1: an allowed address is heard, another one is cut off before a byte of it is read, and reported', async () => {
    const { port, pops, strangers } = await openListener()
    expect((await ask(port, popRequest(), '127.0.0.2')).status).toBe(200)
    for (const stranger of ['127.0.0.3', '127.0.0.1']) {
      const client = await openClient(port, stranger)
      client.send(popRequest())
      await client.closed()
      expect(client.received()).toBe('')
    }
    expect(pops.map((pop) => pop.source)).toEqual(['127.0.0.2'])
    expect(strangers).toEqual(['127.0.0.3', '127.0.0.1'])
  })

  it('T1: a stranger that knocks all the time is reported once a second', async () => {
    const { port, strangers } = await openListener()
    for (let knock = 0; knock < 20; knock += 1) await (await openClient(port, '127.0.0.3')).closed()
    expect(strangers).toEqual(['127.0.0.3'])
  })

  it.each([
    'Origin: null',
    'origin: http://192.168.1.5',
    'Referer: http://evil.test/',
    'Cookie: a=b',
    'Sec-Fetch-Site: none',
    'Sec-Fetch-Mode: navigate',
    'sec-fetch-dest: document',
    'User-Agent: Mozilla/5.0 (Windows NT 10.0)\r\nAccept-Language: zh-CN',
  ])('T1: a browser gives itself away: %j', async (header) => {
    const { port, pops } = await openListener()
    expect(await ask(port, `${line}${host}${header}\r\n\r\n`)).toMatchObject({ status: 403, body: '' })
    expect(pops).toEqual([])
  })

  it('T1: a PBX with a User-Agent or a language of its own is no browser', async () => {
    const { port, pops } = await openListener()
    for (const header of ['User-Agent: Mozilla/4.0 (compatible; PBX)', 'Accept-Language: zh-CN', 'Accept: */*']) {
      expect((await ask(port, `${line}${host}${header}\r\n\r\n`)).status).toBe(200)
    }
    expect(pops).toHaveLength(3)
  })
})

describe('T2: names that were made to point here', () => {
  const own = hostname().toLowerCase()
  it.each([
    'evil.test',
    '127.0.0.1.evil.test',
    'localhost.',
    'localhost.evil.test',
    'LOCALHOST:80',
    '0x7f000001',
    '2130706433',
    '127.1',
    '127.0.0.1@evil.test',
    'evil.test:12180',
    `${own}.evil.test`,
    '127.0.0.1:',
    '127.0.0.1:http',
    '127.0.0.1:999999',
    '[::1',
    '::1',
    '[evil]',
    '[]',
    '*',
    '',
    ' ',
    '127.0.0.1 evil.test',
    '127.0.0.1, evil.test',
    'http://127.0.0.1',
    '127.0.0.1/x',
    '１２７.0.0.1',
    '256.0.0.1',
    '127.0.0.1\tx',
  ])('T2: Host %j is refused', async (name) => {
    const { port, pops } = await openListener()
    expect(await ask(port, Buffer.from(`${line}Host: ${name}\r\n\r\n`))).toMatchObject({ status: 403, body: '' })
    expect(pops).toEqual([])
  })

  it('T2: no Host, two Hosts', async () => {
    const { port, pops } = await openListener()
    expect((await ask(port, `${line}\r\n`)).status).toBe(403)
    expect((await ask(port, `${line}${host}${host}\r\n`)).status).toBe(403)
    expect((await ask(port, `${line}${host}Host: evil.test\r\n\r\n`)).status).toBe(403)
    expect(pops).toEqual([])
    expect((await ask(port, `${line.replace('1.1', '1.0')}\r\n`)).status).toBe(200)
  })

  it('T2: literal addresses, also of a port forward, and our own names are fine', async () => {
    const { port, pops } = await openListener()
    const names = [
      '127.0.0.1',
      `127.0.0.1:${port}`,
      '192.168.1.23:8080',
      '[::1]',
      '[FE80::1]:99',
      'localhost',
      `LocalHost:${port}`,
      hostname(),
      `${hostname()}:${port}`,
    ]
    for (const name of names)
      expect([name, (await ask(port, `${line}Host: ${name}\r\n\r\n`)).status]).toEqual([name, 200])
    expect(pops).toHaveLength(names.length)
  })
})

describe('T4: requests that are none', () => {
  it.each<[string, string, number | null]>([
    ['HTTP/0.9', 'GET /srvlt?id=c1&state=ringing\r\n\r\n', 400],
    ['a double slash and a bracket', `GET //[ HTTP/1.1\r\n${host}\r\n`, 404],
    ['a lone percent', `GET /%?% HTTP/1.1\r\n${host}\r\n`, 404],
    ['an asterisk', `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 404],
    ['GET *', `GET * HTTP/1.1\r\n${host}\r\n`, 404],
    ['CONNECT', `CONNECT evil.test:443 HTTP/1.1\r\n${host}\r\n`, 405],
    ['an upgrade', `GET /srvlt HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, 400],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['HTTP/1.7', `GET /srvlt HTTP/1.7\r\n${host}\r\n`, 400],
    ['a long address', `GET /srvlt?id=${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, 431],
    ['a line without end', 'x'.repeat(20_000), 400],
    ['long headers', `GET /srvlt HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['many headers', `GET /srvlt HTTP/1.1\r\n${'X: y\r\n'.repeat(5000)}\r\n`, 431],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
    ['NUL only', '\0\0\0\0\r\n\r\n', 400],
    ['a bad header name', `GET /srvlt HTTP/1.1\r\n${host}A B: c\r\n\r\n`, 400],
    ['a bad chunk', `POST /srvlt HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
    ['two lengths', `POST /srvlt HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nabc`, 400],
    [
      'a length and chunks',
      `POST /srvlt HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a negative length', `POST /srvlt HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`, 400],
    ['a long body', `POST /srvlt HTTP/1.1\r\n${host}Content-Length: 70000\r\n\r\n${'x'.repeat(70_000)}`, 413],
    ['an expectation', `POST /srvlt HTTP/1.1\r\n${host}Expect: tea\r\nContent-Length: 0\r\n\r\n`, 417],
    ['line feeds only', `GET /srvlt?id=c1&state=ringing HTTP/1.1\n${host.trim()}\n\n`, null],
    ['nothing but an end', '', null],
  ])('T4: %s', async (_name, bytes, status) => {
    const { port, pops } = await openListener()
    const client = await openClient(port)
    client.send(bytes)
    client.socket.end()
    await client.closed()
    if (status !== null) expect(client.received().split('\r\n')[0]).toContain(` ${status} `)
    // Nothing of what was sent comes back.
    expect(client.received()).not.toMatch(/evil|xxxx|srvlt|websocket/)
    expect((await ask(port, popRequest())).status).toBe(200)
    expect(pops.length).toBeLessThanOrEqual(2)
  })

  it('T4: an accept that throws instead of rejecting is a 503, and the listener lives', async () => {
    let calls = 0
    const { port } = await openListener({
      accept: () => {
        calls += 1
        if (calls === 1) throw new Error('broken')
        return Promise.resolve()
      },
    })
    expect((await ask(port, popRequest())).status).toBe(503)
    expect((await ask(port, popRequest())).status).toBe(200)
  })

  it('T4: an error inside the door closes that request only', async () => {
    let paths = 0
    const { port, lines } = await openListener({
      config: () => {
        paths += 1
        return { host: '127.0.0.1', port: 0, path: '/pop' }
      },
      isAllowed: (address) => {
        if (address === '127.0.0.4') throw new Error('broken')
        return true
      },
    })
    await (await openClient(port, '127.0.0.4')).closed()
    expect(lines.join()).toContain('connection-failed')
    expect((await ask(port, popRequest())).status).toBe(200)
    expect(paths).toBeGreaterThan(0)
  })
})

describe('T5: floods', () => {
  it('T5: the limits are these', () => {
    expect(limits).toMatchObject({
      connectionsPerSource: 256,
      connections: 320,
      headerBytes: 8192,
      bodyBytes: 65_536,
      headersTimeoutMs: 3000,
      requestTimeoutMs: 5000,
      connectionsCheckingIntervalMs: 1000,
      burstRequests: 20_000,
      requestsPerSecond: 2000,
    })
  })

  const openMany = (port: number, count: number, from: string) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const client = await openClient(port, from)
        client.send('GET /srvlt?id=')
        return client
      }),
    )
  const closeAll = (clients: RawClient[]) => {
    for (const client of clients) client.close()
  }

  it('T5: 3,000 half-open connections of a stranger hold nothing up', async () => {
    const { port, pops } = await openListener()
    const attackers = await openMany(port, 3000, '127.0.0.9')
    expect((await ask(port, popRequest())).status).toBe(200)
    expect(pops).toHaveLength(1)
    closeAll(attackers)
  }, 30_000)

  it('T5: an allowed address that goes mad is bounded, and leaves room for another', async () => {
    const { port, pops } = await openListener({ isAllowed: () => true })
    const mad = await openMany(port, 400, '127.0.0.9')
    let cut = 0
    for (const client of mad) void client.closed().then(() => (cut += 1))
    await until(() => cut >= 400 - limits.connectionsPerSource)
    expect(cut).toBe(400 - limits.connectionsPerSource)
    expect((await ask(port, popRequest())).status).toBe(200)
    // And slow requests are ended: head not complete within 3 s.
    await until(() => cut === 400, 6000)
    expect(mad.filter((client) => client.received().includes(' 408 ')).length).toBe(limits.connectionsPerSource)
    expect(pops).toHaveLength(1)
  }, 30_000)

  it('T5: a connection that never says anything is closed', async () => {
    const { port } = await openListener()
    const client = await openClient(port)
    const startedAt = performance.now()
    await client.closed()
    expect(performance.now() - startedAt).toBeLessThan(6000)
  })

  it('T5: idle connections make room when all places are taken', async () => {
    const { port } = await openListener({ isAllowed: () => true })
    const clients = await Promise.all(Array.from({ length: limits.connectionsPerSource }, () => openClient(port)))
    for (const client of clients) {
      client.send(popRequest())
      expect((await client.answer()).status).toBe(200)
    }
    expect((await ask(port, popRequest())).status).toBe(200)
    closeAll(clients)
  })

  it('T5: more than 20,000 requests at once are too many', async () => {
    let mono = 0
    const clock = { now: () => 0, mono: () => mono, after: () => () => {} }
    const { port } = await openListener({ clock })
    const client = await openClient(port)
    const ask100 = async () => {
      client.send(`GET /health HTTP/1.1\r\n${host}\r\n`.repeat(100))
      const statuses = new Set<number>()
      for (let count = 0; count < 100; count += 1) statuses.add((await client.answer()).status)
      return [...statuses]
    }
    for (let round = 0; round < limits.burstRequests / 100; round += 1) expect(await ask100()).toEqual([200])
    expect(await ask100()).toEqual([429])
    mono = 50
    expect(await ask100()).toEqual([200])
    expect(await ask100()).toEqual([429])
    client.close()
  })
})
