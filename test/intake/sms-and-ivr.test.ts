import { describe, expect, it } from 'vitest'
import { Settings } from '../../preload/contract/index.ts'
import { host, openListener, popRequest, side } from './open-listener.ts'
import { ask, openClient } from './raw-client.ts'

const textOf = (body: string) => Buffer.from(body, 'latin1').toString('utf8')
const sms = (text: string | Buffer, number = '13500000002') =>
  Buffer.concat([
    Buffer.from(`GET /?method=smsquery&telnum=${number}&contant=`),
    typeof text === 'string' ? Buffer.from(encodeURIComponent(text)) : text,
    Buffer.from(`&channel=2005 HTTP/1.1\r\n${host}\r\n`),
  ])
const smsSettings = {
  enabled: true,
  rules: [
    { contains: ' ', reply: 'a rule without a text' },
    { contains: 'Order', reply: '订单已发货' },
    { contains: '营业', reply: '九点到六点' },
    { contains: '秘密', reply: '' },
  ],
  fallback: '',
}
const withSms = (changes = {}) => {
  const { smsQuery } = Settings.parse({ smsQuery: { ...smsSettings, ...changes } })
  return { side: side({ smsQuery: () => smsQuery }) }
}

describe('text messages', () => {
  it('the first rule whose text occurs answers, whatever the capitals and the charset', async () => {
    const { port } = await openListener(withSms())
    const answers = await Promise.all(
      [
        sms('my oRDER 营业'),
        sms('你们营业到几点'),
        sms(Buffer.from([0xd3, 0xaa, 0xd2, 0xb5, 0xca, 0xb1, 0xbc, 0xe4])),
      ].map((one) => ask(port, one)),
    )
    expect(answers.map(({ status, body }) => [status, textOf(body)])).toEqual([
      [200, '订单已发货'],
      [200, '九点到六点'],
      [200, '九点到六点'],
    ])
    expect(answers[0]!.headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  it('nothing to say is a 403, which is not texted to the customer', async () => {
    const { port } = await openListener(withSms())
    for (const text of ['hello', '', '秘密'])
      expect(await ask(port, sms(text))).toMatchObject({ status: 403, body: '' })
    const { port: other } = await openListener(withSms({ fallback: '请致电前台' }))
    expect(textOf((await ask(other, sms('hello'))).body)).toBe('请致电前台')
    expect((await ask(other, sms('秘密'))).status).toBe(403)
  })

  it('is off unless enabled', async () => {
    const { port } = await openListener(withSms({ enabled: false, fallback: 'x' }))
    expect((await ask(port, sms('order'))).status).toBe(403)
  })

  it('whatever goes wrong is a 403 too', async () => {
    const broken = side({
      smsQuery() {
        throw new Error('settings are gone')
      },
    })
    const { port } = await openListener({ side: broken })
    expect(await ask(port, sms('order'))).toMatchObject({ status: 403, body: '' })
    const post = `POST /?method=smsquery&telnum=1&contant=order HTTP/1.1\r\n${host}Content-Length: 0\r\n\r\n`
    expect((await ask(port, post)).status).toBe(403)
    const old = `GET /?method=smsquery&contant=order HTTP/1.2\r\n${host}\r\n`
    expect([400, 403]).toContain((await ask(port, old)).status)
  })

  it('an address without a path is what the manual shows', async () => {
    const { port } = await openListener(withSms())
    const bare = `GET ?method=smsquery&telnum=135&contant=order&channel=2005 HTTP/1.1\r\n${host}\r\n`
    expect(textOf((await ask(port, bare)).body)).toBe('订单已发货')
    expect((await ask(port, `GET ?other=1 HTTP/1.1\r\n${host}\r\n`)).status).toBe(404)
  })

  it('and screen pops can share the root', async () => {
    const { port, pops } = await openListener({
      ...withSms(),
      config: () => ({ host: '127.0.0.1', port: 0, path: '/' }),
    })
    expect((await ask(port, popRequest().replace('/srvlt', '/'))).body).toBe('OK')
    expect(textOf((await ask(port, sms('order'))).body)).toBe('订单已发货')
    expect(pops).toHaveLength(1)
  })

  it('needs an allowed source, no browser, and leaves no number in the log', async () => {
    const { port, lines } = await openListener(withSms())
    const stranger = await openClient(port, '127.0.0.3')
    stranger.send(sms('order'))
    await stranger.closed()
    expect(stranger.received()).toBe('')
    expect((await ask(port, String(sms('order')).replace('\r\n\r\n', '\r\nOrigin: null\r\n\r\n'))).status).toBe(403)
    await ask(port, sms('order number 7'))
    expect(lines.join()).toContain('sms-query')
    expect(lines.join()).not.toMatch(/13500000002|order number/)
  })
})

describe('what was asked and answered', () => {
  it('is handed on decoded, for IT to look at', async () => {
    const { ivrChecks } = Settings.parse({ ivrChecks: [{ flow: 'member', rules: [{ value: '1', token: 'YES' }] }] })
    const exchanges: unknown[] = []
    const { port } = await openListener({
      side: side({
        smsQuery: withSms().side.smsQuery,
        ivrChecks: () => ivrChecks,
        onExchange: (exchange) => void exchanges.push(exchange),
      }),
    })
    await ask(port, sms('营业'))
    await ask(port, sms('hello'))
    await ask(port, `GET /ivr/member?a=x&telcode=1 HTTP/1.1\r\n${host}\r\n`)
    await ask(port, `GET /ivr/unknown?input=1 HTTP/1.1\r\n${host}\r\n`)
    const asked = { method: 'smsquery', telnum: '13500000002', channel: '2005' }
    expect(exchanges).toMatchObject([
      { route: 'sms-query', values: { ...asked, contant: '营业' }, status: 200, body: '九点到六点' },
      { route: 'sms-query', values: { ...asked, contant: 'hello' }, status: 403, body: '' },
      { route: 'ivr-check', values: { flow: 'member', a: 'x', telcode: '1' }, status: 200, body: 'OTHER' },
    ])
  })
})

describe('voice menu checks', () => {
  const { ivrChecks } = Settings.parse({
    ivrChecks: [
      { flow: 'member', param: 'digits', rules: [{ value: '1234', token: 'LOGIN_SUCCESS' }], otherwise: 'LOGIN_ERROR' },
      { flow: 'order', rules: [{ value: '', token: 'EMPTY' }] },
      { flow: 'any', param: '*', rules: [{ value: '1234', token: 'FOUND' }] },
    ],
  })
  const withChecks = { side: side({ ivrChecks: () => ivrChecks }) }
  const get = (target: string) => `GET ${target} HTTP/1.1\r\n${host}\r\n`
  const post = (target: string, body: string, type = 'application/x-www-form-urlencoded') =>
    `POST ${target} HTTP/1.1\r\n${host}Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`

  it.each([
    ['the configured parameter', get('/ivr/member?a=member&digits=1234'), 'LOGIN_SUCCESS'],
    ['any parameter, where the setting says so', get('/ivr/any?a=member&telcode=1234'), 'FOUND'],
    ['any parameter, and none fits', get('/ivr/any?a=member&telcode=12345'), 'OTHER'],
    ['in any capitals', get('/ivr/member/?DIGITS=1234'), 'LOGIN_SUCCESS'],
    ['another value', get('/ivr/member?digits=12345'), 'LOGIN_ERROR'],
    ['no such parameter', get('/ivr/member?input=1234'), 'LOGIN_ERROR'],
    ['as a form', post('/ivr/member', 'digits=1234'), 'LOGIN_SUCCESS'],
    ['the query wins over the form', post('/ivr/member?digits=1', 'digits=1234'), 'LOGIN_ERROR'],
    ['not a form', post('/ivr/member', 'digits=1234', 'application/json'), 'LOGIN_ERROR'],
    ['nothing keyed in', get('/ivr/order?input='), 'EMPTY'],
    ['no rule', get('/ivr/order?input=7'), 'OTHER'],
  ])('%s', async (_name, request, token) => {
    const { port } = await openListener(withChecks)
    const answer = await ask(port, request)
    expect(answer).toMatchObject({ status: 200, body: token })
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  it('an unknown flow, and any without settings, is a 404; other methods a 405', async () => {
    const { port } = await openListener(withChecks)
    for (const target of ['/ivr/other', '/ivr/', '/ivr/member/more', '/ivr']) {
      expect((await ask(port, get(target))).status).toBe(404)
    }
    expect((await ask(port, get('/ivr/member').replace('GET', 'PUT'))).status).toBe(405)
    const { port: bare } = await openListener()
    expect((await ask(bare, get('/ivr/member?digits=1234'))).status).toBe(404)
  })

  it('tells IT which parameters came, never what was keyed in', async () => {
    const { port, lines } = await openListener(withChecks)
    await ask(port, get('/ivr/member?a=member&digits=998877'))
    expect(lines.join()).toMatch(/ivr-check.*digits/)
    expect(lines.join()).not.toContain('998877')
  })

  it('a chunked form is read, and its connection closed', async () => {
    const { port } = await openListener(withChecks)
    const head = `POST /ivr/member HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`
    const client = await openClient(port)
    client.send(`${head}b\r\ndigits=1234\r\n0\r\n\r\n`)
    expect(await client.answer()).toMatchObject({ body: 'LOGIN_SUCCESS', headers: { connection: 'close' } })
    await client.closed()
  })
})

describe('their settings', () => {
  it.each([
    [{ ivrChecks: [{ flow: 'a b' }] }, 'ivrChecks.0.flow'],
    [{ ivrChecks: [{ flow: 'a', otherwise: 'TWO WORDS' }] }, 'ivrChecks.0.otherwise'],
    [{ ivrChecks: [{ flow: 'a', rules: [{ value: '1', token: '' }] }] }, 'ivrChecks.0.rules.0.token'],
    [{ ivrChecks: [{ flow: 'a' }, { flow: 'a' }] }, 'ivrChecks'],
    [{ smsQuery: { rules: [{ contains: 7 }] } }, 'smsQuery.rules.0.contains'],
  ])('%j is wrong at %s', (settings, path) => {
    expect(Settings.safeParse(settings).error?.issues[0]?.path.join('.')).toBe(path)
  })

  it('are empty and off by default', () => {
    const { smsQuery, ivrChecks } = Settings.parse({})
    expect({ smsQuery, ivrChecks }).toEqual({ smsQuery: { enabled: false, rules: [], fallback: '' }, ivrChecks: [] })
  })
})
