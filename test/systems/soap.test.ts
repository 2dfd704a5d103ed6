import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { call } from '../../main/systems/kit/call.ts'
import { createRunner } from '../../main/systems/kit/runner.ts'
import { soapBytes, soapVoid } from '../../main/systems/kit/soap-answer.ts'
import { answer, startCannedServer } from './canned-server.ts'
import { type CannedAnswer, startCapturingServer } from './capturing-server.ts'
import { envelope, fault11, interfaceWsdl, laughs, outside, rpcLiteralWsdl, testWsdl } from './soap-documents.ts'
import { atEnd, describeOperation, endAll, failure, openTo, returned, serve, xml } from './soap-server.ts'

afterEach(endAll)
const fields = z.object({ id: z.number().optional(), callee: z.string().optional(), content: z.string().optional() })

describe('the WSDL', () => {
  it('an operation that it does not have is named, with its service, and looked for again next time', async () => {
    let wsdl = testWsdl({ operations: { state4click: '' } })
    const { server, run } = await serve({ wsdl: () => xml(wsdl) })
    expect(await failure(run())).toMatchObject({
      ...{ code: 'not-found', operation: 'x.click2call', connection: 'pbx' },
      reason: 'the web service X has no operation click2call',
    })
    expect(server.requests.map(({ method }) => method)).toEqual(['GET'])
    wsdl = testWsdl()
    expect(await run()).toBe('ok')
  })
  const broken: [string, CannedAnswer | string, object][] = [
    ['not there', { status: 404, body: 'no' }, { code: 'not-found', status: 404 }],
    ['failing', { status: 503, body: 'no' }, { code: 'server-error', status: 503 }],
    ['moved', { status: 302, headers: { location: 'http://x.invalid/' }, body: '' }, { code: 'unexpected-response' }],
    ['empty', '', { code: 'unexpected-response', reason: 'empty' }],
    ['a web page', '<html><body>login</body></html>', { code: 'unexpected-response', reason: 'html-page' }],
    ['text', 'click2call', { code: 'unexpected-response', reason: 'not-xml' }],
    ['cut off', testWsdl().slice(0, -200), { code: 'unexpected-response', reason: 'not-xml' }],
    ['another document', envelope('<a/>'), { code: 'unexpected-response', reason: 'the WSDL of X cannot be read' }],
    [
      'full of entities',
      testWsdl({ prolog: laughs('definitions') }),
      { code: 'unexpected-response', reason: 'doctype' },
    ],
    ['reading files', testWsdl({ prolog: outside('definitions') }), { code: 'unexpected-response', reason: 'doctype' }],
    ['endless', `${testWsdl()}<!--${'x'.repeat(3_000_000)}-->`, { code: 'unexpected-response', reason: 'too-large' }],
    ['deep', '<definitions>'.repeat(100_000), { code: 'unexpected-response', reason: 'not-xml' }],
  ]
  it.each(broken)('%s: said in words, nothing is sent', async (_what, wsdl, expected) => {
    const { server, session, run } = await serve({ wsdl })
    const failed = await failure(run())
    expect(failed).toMatchObject(expected)
    expect(failed.ownMs).toBeLessThan(1_000)
    const shown = await failure(createRunner(session, [describeOperation()]).preview('x.click2call', { one: '1' }))
    expect(shown).toMatchObject(expected)
    expect(server.requests.filter(({ method }) => method === 'POST')).toEqual([])
  })
  it('what it imports is read from its own server only', async () => {
    const elsewhere = await startCapturingServer({ status: 200, body: '<schema/>' })
    atEnd(() => elsewhere.stop())
    const wanted = [
      `${elsewhere.baseUrl}/a.xsd`,
      'file:///etc/passwd',
      'C:\\a.xsd',
      '//y.invalid/a.xsd',
      '<?xml version="1.0"?>',
    ]
    const imports = wanted.map(
      (place) =>
        `<xsd:schema><xsd:import namespace="urn:${wanted.indexOf(place)}" schemaLocation="${place.replaceAll('<', '&lt;').replaceAll('"', '&quot;')}"/></xsd:schema>`,
    )
    const { server, run } = await serve({ wsdl: testWsdl({ types: imports.join('') }) })
    expect(await run()).toBe('ok')
    expect(elsewhere.requests).toEqual([])
    expect(server.requests.map(({ target }) => target)).toEqual([
      '/bridge/services/X?wsdl',
      '/bridge/services/%3C?xml%20version=%221.0%22?%3E',
      '/bridge/services/X',
    ])
  })
  it('may be divided in two documents, each importing the other', async () => {
    const first = testWsdl({ imports: '<import namespace="urn:t" location="X?wsdl=Port.wsdl"/>' })
    const second = interfaceWsdl().replace('<types>', '<import namespace="urn:u" location="X?wsdl"/><types>')
    const { server, run } = await serve({ wsdl: (target) => xml(target.endsWith('Port.wsdl') ? second : first) })
    expect(await run()).toBe('ok')
    expect(server.requests.at(-1)!.body.toString()).toContain(
      '<op:click2call xmlns:op="urn:t"><a>1</a></op:click2call>',
    )
  })
  it('importing without end is given up', async () => {
    const next = (nth: number) =>
      testWsdl({
        types: `<xsd:schema><xsd:import namespace="urn:${nth}" schemaLocation="X?wsdl=${nth}"/></xsd:schema>`,
      })
    const { server, run } = await serve({ wsdl: (target) => xml(next(Number(target.split('=')[1] ?? 0) + 1)) })
    expect(await failure(run())).toMatchObject({ code: 'unexpected-response' })
    expect(server.requests.length).toBeLessThan(40)
  })
  it('a document that it imports may not hold entities either', async () => {
    const types = '<xsd:schema><xsd:import namespace="urn:v" schemaLocation="X?xsd=1"/></xsd:schema>'
    const { run } = await serve({
      wsdl: (target) => xml(target.endsWith('wsdl') ? testWsdl({ types }) : `${laughs('schema')}<schema/>`),
    })
    expect(await failure(run())).toMatchObject({ code: 'unexpected-response', reason: 'doctype' })
  })
  it('is waited for as long as for any answer, and can be cancelled', async () => {
    const silent = await startCannedServer(() => {})
    atEnd(() => silent.stop())
    const session = openTo(silent.baseUrl, { firstByteMs: 80 })
    const slow = await failure(call(session, describeOperation(), { one: '1' }))
    expect(slow).toMatchObject({ code: 'timeout', reason: 'first-byte' })
    // Any other limit is five seconds or more.
    expect(slow.ms).toBeLessThan(4_000)
    for (const signal of [AbortSignal.abort(), AbortSignal.timeout(30)]) {
      const running = call(session, describeOperation(), { one: '1' }, { signal })
      expect(await failure(running)).toMatchObject({ code: 'cancelled' })
    }
    await silent.stop()
    expect(await failure(call(session, describeOperation(), { one: '1' }))).toMatchObject({ code: 'unreachable' })
  })
  it('was read, then a file stops in the middle: noticed', async () => {
    const parts = [
      answer(testWsdl(), { headers: ['Content-Type: text/xml'] }),
      answer('<e:Envelope', { length: 5_000 }),
    ]
    const canned = await startCannedServer((socket, nth) => void socket.write(parts[nth]!))
    atEnd(() => canned.stop())
    const session = openTo(canned.baseUrl, { idleMs: 100 })
    const stalled = await failure(call(session, describeOperation('click2call', soapBytes()), { one: '1' }))
    expect(stalled).toMatchObject({ code: 'timeout', reason: 'idle', status: 200 })
  })
  it('is read once, and again after a refusal or an answer that cannot be', async () => {
    const answers = [
      returned('<return>1</return>'),
      returned('<return>2</return>'),
      xml(fault11('Client', 'unmarshalling error'), 500),
      returned('<return>3</return>'),
      { status: 200, contentType: 'text/html', body: '<html></html>' },
      returned('<return>4</return>'),
    ]
    const { server, run } = await serve({ answer: () => answers.shift()! })
    for (let nth = 0; nth < 6; nth += 1) await run().catch(() => {})
    expect(server.requests.map(({ method }) => method).join(' ')).toBe('GET POST POST POST GET POST POST GET POST')
  })
})

describe('the request', () => {
  it('SOAP 1.2 where the server has nothing else', async () => {
    const { server, run } = await serve({ wsdl: testWsdl({ soap: 'soap12', action: 'urn:go' }) })
    await run()
    const { headers, body } = server.requests.at(-1)!
    expect(headers['content-type']).toBe('application/soap+xml; charset=utf-8; action="urn:go"')
    expect(headers.soapaction).toBeUndefined()
    expect(body.toString()).toContain('xmlns:soap="http://www.w3.org/2003/05/soap-envelope"')
  })
  it('goes where the WSDL says, but always on the server of the connection', async () => {
    const places: [string, string, string][] = [
      ['http://10.9.8.7:1/other/place?x=1', '', '/other/place?x=1'],
      ['http://10.9.8.7:1/bridge/services/X', '/gate/pbx/', '/gate/pbx/bridge/services/X'],
      ['http://10.9.8.7:1/gate/bridge/services/X', '/gate', '/gate/bridge/services/X'],
      ['not an address', '/gate', '/gate/bridge/services/X'],
    ]
    for (const [address, prefix, target] of places) {
      const { server, run } = await serve({ wsdl: testWsdl({ address }), prefix })
      await run()
      expect(server.requests[0]!.target).toBe(`${prefix.replace(/\/$/, '')}/bridge/services/X?wsdl`)
      expect(server.requests[1]!.target).toBe(target)
    }
  })
  it('a value cannot break out of its element', async () => {
    const { server, run } = await serve({})
    await run(describeOperation(), { one: '</a><b>&"\u0000\u000b\r\n李', two: ']]>' })
    expect(server.requests.at(-1)!.body.toString()).toContain(
      '<a>&lt;/a&gt;&lt;b&gt;&amp;&quot;&#13;\n李</a><b>]]&gt;</b></op:click2call>',
    )
  })
  it('a parameter for which the server has no place is refused, unless it is empty', async () => {
    const operations = { click2call: '<xsd:element name="a" type="xsd:string"/>' }
    const { server, run } = await serve({ wsdl: testWsdl({ operations }) })
    expect(await run()).toBe('ok')
    expect(await failure(run(describeOperation(), { one: '1', two: '2' }))).toMatchObject({
      ...{ code: 'bad-request', field: 'two' },
    })
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })
  it('rpc/literal: wrapper in its own namespace; fields by name whatever their case, inherited ones first', async () => {
    const makeCall = describeOperation('makeCall', soapVoid(), z.object({ info: fields }))
    const { server, run } = await serve({ wsdl: rpcLiteralWsdl, answer: returned('') })
    expect(await run(makeCall, { info: { callee: '1', content: 'x', id: -1 } })).toBeNull()
    const { headers, body } = server.requests.at(-1)!
    expect(headers.soapaction).toBe('"urn:go"')
    expect(body.toString()).toContain(
      '<op:makeCall xmlns:op="urn:call"><x><ID xmlns="urn:t">-1</ID><CALLEE xmlns="urn:t">1</CALLEE><content>x</content><times xmlns="urn:t">0</times></x></op:makeCall>',
    )
  })
  it('fields by position where the server knows none of the names; an unknown one is refused', async () => {
    const inner = (names: string[]) =>
      `<xsd:element name="p"><xsd:complexType><xsd:all>${names.map((name) => `<xsd:element name="${name}" type="xsd:string" minOccurs="0"/>`).join('')}</xsd:all></xsd:complexType></xsd:element>`
    const makeCall = describeOperation('makeCall', soapVoid(), z.object({ info: fields }))
    const lost = await serve({ wsdl: testWsdl({ operations: { makeCall: inner(['f0', 'f1', 'f2']) } }) })
    await lost.run(makeCall, { info: { content: 'x', id: 5 } })
    expect(lost.server.requests.at(-1)!.body.toString()).toContain('<p><f0>5</f0><f2>x</f2></p>')
    const fewer = await serve({ wsdl: testWsdl({ operations: { makeCall: inner(['id', 'callee']) } }) })
    expect(await failure(fewer.run(makeCall, { info: { content: 'x', id: 5 } }))).toMatchObject({
      ...{ code: 'bad-request', field: 'info.content' },
    })
    await fewer.run(makeCall, { info: { id: 5 } })
  })
})
