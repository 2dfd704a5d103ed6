import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CoreError } from '../../main/core/errors.ts'
import { call, type RunOptions } from '../../main/systems/kit/call.ts'
import { type Operation, operation } from '../../main/systems/kit/operation.ts'
import type { ResponseKind } from '../../main/systems/kit/response.ts'
import { createRunner } from '../../main/systems/kit/runner.ts'
import { type Limits, openSession } from '../../main/systems/kit/session.ts'
import { soapBytes, soapInteger, soapList, soapText, soapVoid } from '../../main/systems/kit/soap-answer.ts'
import { wireInteger, wireText } from '../../main/systems/kit/tolerant.ts'
import { telcrmErrors } from '../../main/systems/telcrm/errors.ts'
import { type CannedAnswer, type Captured, startCapturingServer } from './capturing-server.ts'
import { recordedLog } from './recorded-log.ts'
import {
  envelope,
  fault11,
  fault12,
  interfaceWsdl,
  laughs,
  outside,
  rpcLiteralWsdl,
  type TestWsdl,
  testWsdl,
} from './soap-documents.ts'

const toEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

const xml = (body: string, status = 200): CannedAnswer => ({ status, contentType: 'text/xml; charset=utf-8', body })
/** What stands aside (`<m id=…>`) stands behind the answer. */
const returned = (content: string) => {
  const [inside = '', ...aside] = content.split(/(?=<m )/)
  return xml(envelope(`<r xmlns="">${inside}</r>${aside.join('')}`))
}
const fields = z.object({ id: z.number().optional(), callee: z.string().optional(), content: z.string().optional() })

function describeOperation(
  name = 'click2call',
  response: ResponseKind<unknown> = soapText(),
  params: z.ZodObject = z.object({ one: z.string(), two: z.string().optional() }),
): Operation {
  const facts = {
    id: `x.${name}`,
    title: 'Test',
    titleZh: '测试',
    doc: 'none',
    method: 'POST',
    retry: 'never',
  } as const
  const path = '/bridge/services/X'
  return operation({ ...facts, path, params, response, body: 'soap', soap: { operation: name } })
}

interface Served {
  wsdl?: CannedAnswer | string | ((target: string) => CannedAnswer)
  answer?: CannedAnswer | ((request: Captured) => CannedAnswer)
  limits?: Partial<Limits>
  prefix?: string
}

async function serve({ wsdl = testWsdl(), answer = returned('<return>ok</return>'), limits, prefix = '' }: Served) {
  const server = await startCapturingServer((request) => {
    if (request.method === 'POST') return typeof answer === 'function' ? answer(request) : answer
    if (typeof wsdl === 'function') return wsdl(request.target)
    return typeof wsdl === 'string' ? xml(wsdl) : wsdl
  })
  toEnd.push(() => server.stop())
  const session = openSession({
    ...{ connection: 'pbx', system: 'telcrm', baseUrl: server.baseUrl + prefix, errors: telcrmErrors },
    ...{ log: recordedLog(), limits },
  })
  toEnd.push(() => session.close())
  const run = (described = describeOperation(), params: object = { one: '1' }, options: RunOptions = {}) =>
    call(session, described, params as Record<string, unknown>, options)
  return { server, session, run }
}

async function failure(running: Promise<unknown>) {
  const startedAt = performance.now()
  const error = await running.then(
    () => new Error('did not fail'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(CoreError)
  const { code, details } = error as CoreError
  return { code, ...details, ms: performance.now() - startedAt }
}

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
    expect(failed.ms).toBeLessThan(1_000)
    const shown = await failure(createRunner(session, [describeOperation()]).preview('x.click2call', { one: '1' }))
    expect(shown).toMatchObject(expected)
    expect(server.requests.filter(({ method }) => method === 'POST')).toEqual([])
  })
  it('what it imports is read from its own server only', async () => {
    const elsewhere = await startCapturingServer({ status: 200, body: '<schema/>' })
    toEnd.push(() => elsewhere.stop())
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
    const { session } = await serve({ limits: { firstByteMs: 80 } })
    const silent = await startCapturingServer(() => ({ status: 200, headers: { 'content-length': '100' }, body: '<' }))
    toEnd.push(() => silent.stop())
    const waiting = openSession({ ...session, baseUrl: silent.baseUrl, limits: { totalMs: 150 }, auth: undefined })
    toEnd.push(() => waiting.close())
    const slow = await failure(call(waiting, describeOperation(), { one: '1' }))
    expect(slow).toMatchObject({ code: 'unexpected-response' })
    const cancelled = call(waiting, describeOperation(), { one: '1' }, { signal: AbortSignal.abort() })
    expect(await failure(cancelled)).toMatchObject({ code: 'cancelled' })
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

describe('the answer', () => {
  const list = describeOperation('click2call', soapList({ id: wireInteger, name: wireText.optional() }))
  const row = (id: number) => `<id>${id}</id><name>n${id}</name><extra>e</extra>`
  const rows = (...ids: number[]) => ids.map((id) => ({ id, name: `n${id}`, extra: 'e' }))
  const nil = 'xsi:nil="true"'
  const lists: [string, string, unknown][] = [
    ['nothing', '', []],
    ['an empty array', '<out/>', []],
    ['an absent array', `<out ${nil}/>`, []],
    ['one row', `<return>${row(1)}</return>`, rows(1)],
    ['rows', `<return>${row(1)}</return><return>${row(2)}</return>`, rows(1, 2)],
    ['an array of one', `<out><Row>${row(1)}</Row></out>`, rows(1)],
    ['an array', `<out><Row>${row(1)}</Row><Row>${row(2)}</Row></out>`, rows(1, 2)],
    ['absent rows between', `<out><Row ${nil}/><Row>${row(2)}</Row></out>`, rows(2)],
    ['absent fields', `<return><ID>3</ID><name ${nil}/><extra ${nil}/></return>`, [{ id: 3, extra: null }]],
    ['rows aside', `<out><i href="#a"/><i href="#b"/></out><m id="a">${row(1)}</m><m id="b">${row(2)}</m>`, rows(1, 2)],
    ['rows in rows', `<return><id>1</id><x><y>2</y><y>3</y></x></return>`, [{ id: 1, x: { y: ['2', '3'] } }]],
  ]
  it.each(lists)('a list: %s', async (_what, content, expected) => {
    const { run } = await serve({ answer: returned(content) })
    expect(await run(list)).toEqual(expected)
  })
  it('a row without its key names the field', async () => {
    const { run } = await serve({ answer: returned('<return><id>1</id></return><return><name>x</name></return>') })
    expect(await failure(run(list))).toMatchObject({
      ...{ code: 'unexpected-response', reason: 'missing-field', field: 'return[1].id', status: 200 },
    })
  })
  it('plain values', async () => {
    const values: [ResponseKind<unknown>, string, unknown][] = [
      [soapText(), '<return> a &amp; <![CDATA[<b>&amp;]]> </return>', 'a & <b>&amp;'],
      [soapText(), `<return ${nil}/>`, null],
      [soapText(), '', null],
      [soapText(), '<return/>', ''],
      [soapText(), '<other>1</other><click2callReturn>2</click2callReturn>', '2'],
      [soapText(), '<return><string>deep</string></return>', 'deep'],
      [soapInteger(), '<return>-7</return>', -7],
      [soapInteger(), '<out href="#x"/><m id="x">42</m>', 42],
      [soapVoid(), '<return>whatever</return>', null],
      [soapVoid(), '', null],
    ]
    for (const [response, content, expected] of values) {
      const { run } = await serve({ answer: returned(content) })
      expect(await run(describeOperation('click2call', response))).toEqual(expected)
    }
    const bare = await serve({ answer: xml(envelope('<click2callReturn>5</click2callReturn>')) })
    expect(await bare.run(describeOperation('click2call', soapInteger()))).toBe(5)
    const accepted = await serve({ answer: { status: 202, body: '' } })
    expect(await accepted.run(describeOperation('click2call', soapVoid()))).toBeNull()
  })
  it('values that are not there, or not what they should be', async () => {
    const tries: [ResponseKind<unknown>, string, object][] = [
      [soapInteger(), '', { reason: 'missing-field', field: 'return' }],
      [soapInteger(), `<return ${nil}/>`, { reason: 'missing-field' }],
      [soapInteger(), '<return>three</return>', { reason: 'wrong-field', field: 'return' }],
      [soapBytes(), '<return>no base64!</return>', { reason: 'wrong-field' }],
      [soapBytes(), '<return></return>', { reason: 'empty' }],
    ]
    for (const [response, content, expected] of tries) {
      const { run } = await serve({ answer: returned(content) })
      const failed = await failure(run(describeOperation('click2call', response)))
      expect(failed).toMatchObject({ code: 'unexpected-response', ...expected })
    }
    const none = await serve({ answer: returned(`<return ${nil}/>`) })
    expect(await failure(none.run(describeOperation('click2call', soapBytes())))).toMatchObject({ code: 'not-found' })
  })
  it('a file far larger than other answers, to a sink; a document for it is never taken for one', async () => {
    const sound = Buffer.alloc(60_000, 0x55)
    const chunks: Buffer[] = []
    const sink = { write: (chunk: Uint8Array) => void chunks.push(Buffer.from(chunk)) }
    const octets = (body: string) => ({ status: 200, contentType: 'application/octet-stream', body })
    const answer = octets(envelope(`<r><return>${sound.toString('base64')}</return></r>`))
    const { run } = await serve({ answer, limits: { maxBytes: 20_000 } })
    const described = describeOperation('click2call', soapBytes())
    expect(await run(described, { one: '1' }, { sink })).toMatchObject({ bytes: 60_000 })
    expect(Buffer.concat(chunks).equals(sound)).toBe(true)
    const full = { write: () => Promise.reject(new Error('disk full')) }
    expect(await failure(run(described, { one: '1' }, { sink: full }))).toMatchObject({ code: 'storage-failed' })
    const large = octets(`<x>${'A'.repeat(200_000)}</x>`)
    const more = await serve({ answer: large, limits: { maxBytes: 20_000 } })
    expect(await failure(more.run(described))).toMatchObject({ code: 'unexpected-response', reason: 'too-large' })
  })
  const hostile: [string, string, string][] = [
    ['a million laughs', laughs('e') + envelope('<r><return>&a12;</return></r>'), 'doctype'],
    ['somebody’s file', outside('e') + envelope('<r><return>&f;</return></r>'), 'doctype'],
    ['a web page', '<!DOCTYPE html><html></html>', 'html-page'],
    [
      'references in a circle',
      envelope('<r><return href="#a"/></r><m id="a" href="#b"/><m id="b" href="#a"/>'),
      'wrong-field',
    ],
    ['cut off', envelope('<r/>').slice(0, -5), 'not-xml'],
    ['no envelope', '<r><return>1</return></r>', 'missing-field'],
    ['tags without end', envelope('<r>'.repeat(3_000_000)), 'not-xml'],
    ['rows without end', envelope('<r/>'.repeat(500_000)), 'too-large'],
    ['a tag without end', envelope(`<r ${'a="1" '.repeat(400_000)}/>`), 'not-xml'],
  ]
  it.each(hostile)('%s', async (_what, body, reason) => {
    const { run } = await serve({ answer: xml(body) })
    const failed = await failure(run())
    expect(failed).toMatchObject({ code: 'unexpected-response', reason })
    expect(failed.ms).toBeLessThan(body.length > 1_000_000 ? 3_000 : 1_000)
  })
  it('references that stand for millions of values', async () => {
    const pointing = (to: string) => Array.from({ length: 50 }, (_one, at) => `<f${at} href="#${to}"/>`).join('')
    const layers = ['a', 'b', 'c', 'd', 'e', 'f'].map(
      (name, at, all) => `<m id="${name}">${pointing(all[at + 1] ?? 'z')}</m>`,
    )
    const { run } = await serve({
      answer: returned(`<return><id>1</id>${pointing('a')}</return>${layers.join('')}<m id="z">1</m>`),
    })
    const failed = await failure(run(list))
    expect(failed).toMatchObject({ code: 'unexpected-response', reason: 'too-large' })
    expect(failed.ms).toBeLessThan(2_000)
  })
})

describe('a fault', () => {
  const faults: [string, CannedAnswer, object][] = [
    [
      'of the server',
      xml(fault11('Server', '系统错误 &lt;x&gt;'), 500),
      { code: 'server-error', vendorCode: 'Server', vendorText: '系统错误 <x>', status: 500 },
    ],
    [
      'under status 200',
      xml(fault11('Server.userException', 'java.lang.X')),
      { code: 'server-error', vendorCode: 'Server.userException', status: 200 },
    ],
    ['of ours', xml(fault11('Client', 'unmarshalling error'), 500), { code: 'bad-request', vendorCode: 'Client' }],
    ['an unknown operation', xml(fault11('Client', "No such operation 'click2call'"), 500), { code: 'not-found' }],
    ['a password is wanted', xml(fault11('Server.Unauthenticated', 'who?'), 500), { code: 'auth-failed' }],
    ['another version', xml(fault11('VersionMismatch', 'no'), 500), { code: 'unexpected-response' }],
    ['a code of the manual', xml(fault11('480', 'offline'), 500), { code: 'offline', vendorCode: '480' }],
    ['without a code', xml(envelope('<e:Fault/>'), 500), { code: 'server-error', vendorCode: 'Fault' }],
    [
      '1.2',
      xml(fault12('Receiver', 'no line'), 500),
      { code: 'server-error', vendorCode: 'Receiver', vendorText: 'no line' },
    ],
    [
      '1.2 of ours',
      xml(fault12('Sender', 'bad', 'AccessDenied'), 400),
      { code: 'forbidden', vendorCode: 'Sender.AccessDenied' },
    ],
  ]
  it.each(faults)('%s', async (_what, answer, expected) => {
    const { run } = await serve({ answer })
    expect(await failure(run())).toMatchObject({ ...expected, operation: 'x.click2call', reason: 'soap-fault' })
  })
  it('a failure without a fault is what HTTP says', async () => {
    const page = await serve({ answer: { status: 500, contentType: 'text/html', body: '<html>x</html>' } })
    expect(await failure(page.run())).toMatchObject({ code: 'server-error', vendorCode: '500' })
    const none = await serve({ answer: { status: 404, body: '' } })
    expect(await failure(none.run())).toMatchObject({ code: 'not-found', status: 404 })
    const odd = await serve({ answer: xml(envelope('<r><return>1</return></r>'), 500) })
    expect(await failure(odd.run())).toMatchObject({ code: 'server-error' })
  })
  it('its words are cut, and not logged', async () => {
    const { session, run } = await serve({ answer: xml(fault11('Server', `13500001111 ${'x'.repeat(1_000)}`), 500) })
    const { vendorText } = await failure(run())
    expect(vendorText).toHaveLength(300)
    expect(JSON.stringify((session.log as ReturnType<typeof recordedLog>).lines)).not.toContain('13500001111')
  })
})

it('the description of a service can be any of the kinds', () => {
  const facts: TestWsdl = { soap: 'soap12' }
  expect(testWsdl(facts)).not.toBe(testWsdl())
})
