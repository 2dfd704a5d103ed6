import { describe, expect, it } from 'vitest'
import { host, openListener, popLine, popRequest } from './open-listener.ts'
import { ask, openClient } from './raw-client.ts'

/** 张三 in GBK. */
const zhangSan = '\xd5\xc5\xc8\xfd'

describe('screen pop', () => {
  it('the sample of the manual arrives whole and is answered OK', async () => {
    const { port, pops } = await openListener()
    const query =
      'id=c635814c-4c50-4340-adcf-bc3824e1ea70%40192.168.1.82&caller=15919820000&callee=802&state=ringing&direction=incoming&businessId=14310454421088926826-0%40192.168.1.102&group=3003'
    const answer = await ask(port, popRequest(query))
    expect(answer).toMatchObject({ status: 200, body: 'OK' })
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    const [{ receivedAt, receivedMono, ...pop }] = pops as [(typeof pops)[0]]
    expect(pop).toEqual({
      callId: 'c635814c-4c50-4340-adcf-bc3824e1ea70@192.168.1.82',
      caller: '15919820000',
      callee: '802',
      state: 'ringing',
      direction: 'incoming',
      businessId: '14310454421088926826-0@192.168.1.102',
      group: '3003',
      source: '127.0.0.2',
      raw: `GET /srvlt?${query} HTTP/1.1`,
      charset: 'utf-8',
    })
    expect(Date.now() - receivedAt).toBeLessThan(5000)
    expect(performance.now() - receivedMono).toBeLessThan(5000)
  })

  it.each<[string, string, string, string]>([
    ['raw GBK bytes', zhangSan, '张三', 'gb18030'],
    ['escaped GBK', '%D5%C5%C8%FD', '张三', 'gb18030'],
    ['raw UTF-8', Buffer.from('张三').toString('latin1'), '张三', 'utf-8'],
    ['escaped UTF-8', '%E5%BC%A0%e4%b8%89', '张三', 'utf-8'],
    ['a raw space', 'Li Si', 'Li Si', 'utf-8'],
    ['a plus', 'Li+Si', 'Li Si', 'utf-8'],
    ['several spaces and bytes', `${zhangSan} ${zhangSan}`, '张三 张三', 'gb18030'],
    ['bytes of no charset', '\xff\xff', 'ÿÿ', 'latin1'],
    ['a broken escape', '100%', '100%', 'utf-8'],
    ['a hash', '*31#135', '*31#135', 'utf-8'],
    ['a leading plus', '+8613500000002', '+8613500000002', 'utf-8'],
    ['an escaped plus', '%2B8613500000002', '+8613500000002', 'utf-8'],
    ['a control byte', 'a\x01b', 'ab', 'utf-8'],
    ['NUL', 'a\0b', 'ab', 'utf-8'],
  ])('takes %s in the request line', async (_name, written, caller, charset) => {
    const { port, pops } = await openListener()
    const line = popLine(`id=c1&caller=${written}&callee=802&state=talking`)
    expect(await ask(port, `${line}${host}\r\n`)).toMatchObject({ status: 200 })
    expect(pops).toMatchObject([{ caller, charset, callee: '802', raw: line.trimEnd() }])
  })

  it('a dirty second and third request on one connection', async () => {
    const { port, pops } = await openListener()
    const client = await openClient(port)
    for (const caller of ['13500000002', zhangSan, 'Li Si', '802']) {
      client.send(popRequest(`id=c1&caller=${caller}&callee=802&state=ringing`))
      expect((await client.answer()).status).toBe(200)
    }
    expect(pops.map((pop) => pop.caller)).toEqual(['13500000002', '张三', 'Li Si', '802'])
    client.close()
  })

  it('pipelined requests keep their own lines', async () => {
    const { port, pops } = await openListener()
    const client = await openClient(port)
    const callers = ['1', zhangSan, '2', 'a b', '3']
    client.send(callers.map((caller) => popRequest(`id=c1&caller=${caller}&callee=802&state=ringing`)).join(''))
    for (const _caller of callers) expect((await client.answer()).status).toBe(200)
    expect(pops.map((pop) => pop.raw)).toEqual(
      callers.map((caller) => popLine(`id=c1&caller=${caller}&callee=802&state=ringing`).trimEnd()),
    )
    client.close()
  })

  it('a dirty request, also after another one, cut in two at any byte', async () => {
    const { port, pops } = await openListener()
    const request = popRequest(`id=c1&caller=${zhangSan} A&callee=802&state=ringing`)
    const client = await openClient(port)
    for (let cut = 1; cut < request.length; cut += 1) {
      client.send(request.slice(0, cut))
      await new Promise((resolve) => setImmediate(resolve))
      client.send(request.slice(cut))
      expect((await client.answer()).status).toBe(200)
    }
    expect(pops).toHaveLength(request.length - 1)
    expect(new Set(pops.map((pop) => pop.caller))).toEqual(new Set(['张三 A']))
    client.close()
  })

  it('a form POST, and the request after its body', async () => {
    const { port, pops } = await openListener()
    const client = await openClient(port)
    const body = `id=c1&caller=${zhangSan}&state=ringing&callee=999`
    for (const type of ['Content-Type: application/x-www-form-urlencoded; charset=GBK\r\n', '']) {
      client.send(`POST /srvlt?callee=802 HTTP/1.1\r\n${host}${type}Content-Length: ${body.length}\r\n\r\n${body}`)
      expect((await client.answer()).status).toBe(200)
    }
    client.send(popRequest(`id=c2&caller=${zhangSan}&state=ringing`))
    expect((await client.answer()).status).toBe(200)
    expect(pops.map(({ callId, caller, callee }) => [callId, caller, callee])).toEqual([
      ['c1', '张三', '802'],
      ['c1', '张三', '802'],
      ['c2', '张三', ''],
    ])
    expect(pops[0]?.raw.split('\n')).toEqual(['POST /srvlt?callee=802 HTTP/1.1', body])
    client.close()
  })

  it('a chunked POST is taken, and the connection closed after it', async () => {
    const { port, pops } = await openListener()
    const client = await openClient(port)
    client.send(`POST /srvlt HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`)
    client.send('10\r\nid=c1&state=ring\r\n3\r\ning\r\n0\r\n\r\n')
    const answer = await client.answer()
    expect(answer).toMatchObject({ status: 200, headers: { connection: 'close' } })
    await client.closed()
    expect(pops).toMatchObject([{ callId: 'c1', state: 'ringing' }])
  })

  it.each<[string, string, number]>([
    ['the path with a slash', 'GET /srvlt/?id=c1&state=ringing', 200],
    ['the path in capitals', 'GET /SRVLT?id=c1&state=ringing', 200],
    ['the whole address', 'GET http://127.0.0.1/srvlt?id=c1&state=ringing', 200],
    ['health', 'GET /health', 200],
    ['another path', 'GET /other?id=c1&state=ringing', 404],
    ['no path', 'GET /', 404],
    ['PUT', 'PUT /srvlt?id=c1&state=ringing', 405],
    ['HEAD', 'HEAD /srvlt?id=c1&state=ringing', 405],
    ['OPTIONS', 'OPTIONS /srvlt', 405],
    ['no id', 'GET /srvlt?state=ringing', 400],
    ['an empty id', 'GET /srvlt?id=&state=ringing', 400],
    ['a long id', `GET /srvlt?id=${'x'.repeat(201)}&state=ringing`, 400],
    ['no state', 'GET /srvlt?id=c1', 400],
    ['an unknown state', 'GET /srvlt?id=c1&state=exploded', 400],
    ['a state of our own', 'GET /srvlt?id=c1&state=expired', 400],
    ['the first of two equal fields', 'GET /srvlt?id=c1&state=ringing&state=exploded', 200],
    ['unknown fields', 'GET /srvlt?id=c1&state=ringing&new=1&__proto__=2&=3&&x', 200],
  ])('%s: %s', async (_name, start, status) => {
    const { port } = await openListener()
    const client = await openClient(port)
    client.send(`${start} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)
    await client.closed()
    const [head = '', body] = client.received().split('\r\n\r\n')
    expect(head).toContain(` ${status} `)
    expect(body).toBe(status === 200 ? 'OK' : '')
  })

  it('the configured path works beside the usual one', async () => {
    const { port } = await openListener({ config: () => ({ host: '127.0.0.1', port: 0, path: '/crm/Pop' }) })
    for (const [path, status] of [
      ['/crm/pop', 200],
      ['/srvlt', 200],
      ['/crm', 404],
    ] as const) {
      expect((await ask(port, `GET ${path}?id=c1&state=ringing HTTP/1.1\r\n${host}\r\n`)).status).toBe(status)
    }
  })

  it('a refusal is logged by field, not by value, and a flood of them is not', async () => {
    const { port, lines } = await openListener()
    for (let round = 0; round < 30; round += 1) await ask(port, popRequest('id=13500000002&state=secret'))
    const refusals = lines.filter((line) => line.includes('request-refused'))
    expect(refusals).toHaveLength(20)
    expect(refusals[0]).toContain('"field":"state"')
    expect(lines.join()).not.toMatch(/13500000002|secret/)
  })

  it('ids that were escaped twice, and long fields', async () => {
    const { port, pops } = await openListener()
    await ask(port, popRequest(`id=a%2540b&businessId=c%2540d&state=RINGING&group=${'g'.repeat(300)}&caller=%20135%20`))
    expect(pops).toMatchObject([
      { callId: 'a@b', businessId: 'c@d', state: 'ringing', group: 'g'.repeat(200), caller: '135' },
    ])
  })
})
