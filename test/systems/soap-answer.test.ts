import { afterEach, describe, expect, it } from 'vitest'
import type { ResponseKind } from '../../main/systems/kit/response.ts'
import { soapBytes, soapInteger, soapList, soapText, soapVoid } from '../../main/systems/kit/soap-answer.ts'
import { wireInteger, wireText } from '../../main/systems/kit/tolerant.ts'
import type { CannedAnswer } from './capturing-server.ts'
import type { recordedLog } from './recorded-log.ts'
import { envelope, fault11, fault12, laughs, outside } from './soap-documents.ts'
import { describeOperation, endAll, failure, returned, serve, xml } from './soap-server.ts'

afterEach(endAll)

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
      [soapBytes(), `<return>${' '.repeat(500_000)}!</return>`, { reason: 'wrong-field' }],
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
    [
      'values in a circle',
      envelope('<r><return href="#a"/></r><m id="a"><x href="#b"/></m><m id="b"><x href="#a"/></m>'),
      'wrong-field',
    ],
    ['nothing at all', '', 'empty'],
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
    expect(failed.ownMs).toBeLessThan(body.length > 1_000_000 ? 3_000 : 1_000)
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
    expect(failed.ownMs).toBeLessThan(2_000)
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
