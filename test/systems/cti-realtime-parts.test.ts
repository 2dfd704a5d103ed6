import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { fillFormula } from '../../main/systems/cti-realtime/auth.ts'
import { readGroupNumbers, readHangupVariables, readNumberList } from '../../main/systems/cti-realtime/numbers.ts'
import { readRow, readRows } from '../../main/systems/cti-realtime/pairs.ts'
import { openSystem } from '../../main/systems/index.ts'
import { Connection } from '../../preload/contract/index.ts'
import { type CannedAnswer, type CapturingServer, startCapturingServer } from './capturing-server.ts'
import { recordedLog } from './recorded-log.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const now = 1_700_000_000_999
let server: CapturingServer
const opened: { close(): Promise<void> }[] = []

async function open(answer: CannedAnswer, facts: Record<string, unknown> = {}) {
  server = await startCapturingServer(answer)
  const connection = Connection.parse({ id: 'cti', system: 'cti-realtime', baseUrl: server.baseUrl, ...facts })
  const system = await openSystem(connection, { log: recordedLog(), now: () => now })
  opened.push(system, { close: () => server.stop() })
  return system.operations
}
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})
const canned = (body: string, contentType = 'application/json'): CannedAnswer => ({ status: 200, contentType, body })
async function asked(name: string, values: Record<string, unknown>, answer: CannedAnswer) {
  const operations = await open(answer, { enterpriseId: '3000001', token: 't0ken' })
  return await operations.run(`cti-realtime.${name}`, values)
}
const sent = () => Object.fromEntries(new URL(server.requests.at(-1)!.target, 'http://x').searchParams)

describe('enterprise', () => {
  const tel = { calleeNumber: '1', trunkNumber: '2' }
  const done = canned('{"result":2,"number":"","description":""}')

  it('comes from the connection under either name, unless given', async () => {
    const operations = await open(done, { enterpriseId: '3000001' })
    await operations.run('cti-realtime.ivr-get-caller', tel)
    expect(sent()).toEqual({ appId: '3000001', ...tel })
    await operations.run('cti-realtime.ivr-get-caller', { ...tel, appId: '42' })
    expect(sent()).toEqual({ appId: '42', ...tel })
    await operations.run('cti-realtime.ivr-get-tel-set', { type: 'ivr', telSet: '1' })
    expect(sent()).toEqual({ enterpriseId: '3000001', type: 'ivr', telSet: '1' })
  })
  it('is asked for where nobody names one, but for the operation that can do without', async () => {
    const operations = await open(done)
    const { problem } = await operations.run('cti-realtime.ivr-get-caller', tel)
    expect(problem).toMatchObject({ code: 'bad-request', details: { field: 'appId' } })
    expect(server.requests).toHaveLength(0)
    const call = { customerNumber: '1', gwIp: '2', callType: '1' }
    await operations.run('cti-realtime.ivr-get-ivr-option', call)
    expect(sent()).toEqual({ ...call, webcallIvrId: '' })
  })
})

describe('digests', () => {
  const ok = canned('sent', 'text/plain')
  const facts = { enterpriseId: '3000001', token: 't0ken' }
  const binding = { subId: 's', telB: '1' }

  it('sign is made of the usual formula, or of the one in the settings', async () => {
    await (await open(ok, facts)).run('cti-realtime.send-online-call-url', binding)
    const usual = { appId: '3000001', timestamp: '1700000000', sign: md5('30000011700000000t0ken') }
    expect(sent()).toEqual({ ...usual, ...binding })
    const other = { ...facts, signFormula: '{token}-{timestamp}-{appId}' }
    await (await open(ok, other)).run('cti-realtime.send-online-call-url', { ...binding, timestamp: '7' })
    expect(sent()).toMatchObject({ timestamp: '7', sign: md5('t0ken-7-3000001') })
  })
  it('pwd likewise', async () => {
    const profile = { userName: 'u', action: 'add', stringIvr: 'x' }
    await (await open(ok, facts)).run('cti-realtime.system-ivr-profile-import', profile)
    expect(sent()).toMatchObject({ seed: String(now), pwd: md5(`${now}t0ken`) })
    const other = { ...facts, pwdFormula: '{enterpriseId}/{userName}/{seed}/{token}' }
    await (await open(ok, other)).run('cti-realtime.system-ivr-profile-import', { ...profile, seed: 'salt' })
    expect(sent()).toMatchObject({ seed: 'salt', pwd: md5('3000001/u/salt/t0ken') })
  })
  it('given ones are sent as they are, with what went into them', async () => {
    const operations = await open(ok, { enterpriseId: '3000001' })
    await operations.run('cti-realtime.send-online-call-url', { ...binding, timestamp: 7, sign: 'own' })
    expect(sent()).toMatchObject({ timestamp: '7', sign: 'own' })
    const alone = await operations.run('cti-realtime.send-online-call-url', { ...binding, sign: 'own' })
    expect(alone.problem).toMatchObject({ code: 'bad-request', details: { field: 'timestamp' } })
    const without = await operations.run('cti-realtime.send-online-call-url', binding)
    expect(without.problem).toMatchObject({ code: 'auth-failed', details: { field: 'token' } })
    expect(server.requests).toHaveLength(1)
  })
  it('no secret shows in a preview', async () => {
    const operations = await open(ok, facts)
    const shown = [
      await operations.preview('cti-realtime.send-online-call-url', binding),
      await operations.preview('cti-realtime.system-ivr-profile-import', {
        ...{ userName: 'u', action: 'add', stringIvr: 'x', seed: 's', pwd: 'topsecret' },
      }),
      await operations.preview('cti-realtime.ivr-decrypt-base64-des', { input: 'x', key: 'topsecret' }),
    ]
    expect(JSON.stringify(shown)).not.toMatch(/topsecret|t0ken|[0-9a-f]{32}/)
    expect(shown[0]!.url).toContain('timestamp=1700000000')
  })
  it('the settings refuse a formula without the token, or with unknown parts', () => {
    const parse = (facts2: Record<string, string>) =>
      Connection.safeParse({ id: 'x', system: 'cti-realtime', baseUrl: 'http://host', ...facts2 })
    expect(parse({}).data).toMatchObject({
      ...{ signFormula: '{appId}{timestamp}{token}', pwdFormula: '{seed}{token}' },
    })
    expect(parse({ signFormula: 'a{token}-{appId}' }).success).toBe(true)
    for (const signFormula of ['{appId}{timestamp}', '{token}{seed}', '{token}{', '{token}}', '', '{Token}']) {
      expect([signFormula, parse({ signFormula }).success]).toEqual([signFormula, false])
    }
    expect(parse({ pwdFormula: '{token}{timestamp}' }).error!.issues[0]!.path).toEqual(['pwdFormula'])
  })
  it('a formula replaces its parts once, whatever they hold', () => {
    const part = fc.string()
    fc.assert(
      fc.property(part, part, (appId, token) => {
        expect(fillFormula('{appId}|{token}', { appId, token })).toBe(`${appId}|${token}`)
      }),
    )
  })
})

describe('answers', () => {
  const number = { calleeNumber: '1', trunkNumber: '2' }

  it.each([
    ['a code nobody documented', '{"result":7,"description":"?"}', 'unexpected-response', 'undocumented-code', '7'],
    ['words without a code', '{"description":"?"}', 'unexpected-response', 'undocumented-code', '200'],
    ['neither code nor words', '{}', 'unexpected-response', 'missing-field', undefined],
    ['success without its field', '{"result":2}', 'unexpected-response', 'missing-field', undefined],
    ['a list', '[]', 'unexpected-response', 'wrong-field', undefined],
    ['nothing', '', 'unexpected-response', 'empty', undefined],
    ['text', 'result=2', 'unexpected-response', 'not-json', undefined],
    ['a web page', '<html></html>', 'unexpected-response', 'html-page', undefined],
    ['a lone code', '500', 'server-error', undefined, '500'],
  ])('%s', async (_case, body, code, reason, vendorCode) => {
    const { problem } = await asked('ivr-get-caller', number, canned(body))
    expect(problem).toMatchObject({ code })
    expect([problem!.details.reason, problem!.details.vendorCode]).toEqual([reason, vendorCode])
  })
  it('a code that is no short word stays out of the details and the log', async () => {
    const { problem } = await asked('ivr-get-caller', number, canned('{"result":"call 13500000002","description":"x"}'))
    expect(JSON.stringify(problem)).not.toContain('13500000002')
  })
  it('reads numbers, booleans and other upper case alike', async () => {
    const told = await asked('ivr-get-caller', number, canned('{"Result":"2","NUMBER":10086,"more":[1]}'))
    expect(told.data).toEqual({ result: '2', number: '10086', more: [1] })
    const off = await asked('system-all-module-started', {}, canned('{"allModuleStarted":false}'))
    expect(off.data).toEqual({ allModuleStarted: 'false', started: false })
    const silent = await asked('system-all-module-started', {}, canned('{}'))
    expect(silent.problem!.details).toMatchObject({ reason: 'missing-field', field: 'allModuleStarted' })
  })
  it('both spellings of success, and code 0 alone, end an import', async () => {
    const profile = { userName: 'u', action: 'add', stringIvr: 'x' }
    for (const body of ['{"result":"sucess","code":"0"}', '{"result":"success","msg":"ok"}', '{"code":0}']) {
      expect((await asked('system-ivr-profile-import', profile, canned(body))).problem).toBeNull()
    }
    const failed = await asked('system-ivr-profile-import', profile, canned('{"result":"error","code":0}'))
    expect(failed.problem!.code).toBe('unexpected-response')
  })
  it('relayed JSON is the third server’s own unless it has our field', async () => {
    const request = { retry: 0, timeout: 1, uniqueId: 'u', url: 'http://x/', userField: '', params: 'p', method: 'GET' }
    const relayed = async (body: string) => (await asked('ivr-curl', { ...request, sync: '1' }, canned(body))).data
    expect(await relayed('{"result":0,"description":"theirs"}')).toEqual({
      text: '{"result":0,"description":"theirs"}',
    })
    expect(await relayed('{broken')).toEqual({ text: '{broken' })
    expect(await relayed('')).toEqual({ text: '' })
    expect(await relayed('{"curl_result":1,"x":2}')).toEqual({ curl_result: '1', x: 2 })
  })
  it('a page in place of a plain success is none, JSON without a result is one', async () => {
    const url = async (body: string) => await asked('send-online-call-url', { subId: 's', telB: '1' }, canned(body))
    expect((await url('<html>login</html>')).problem!.details.reason).toBe('html-page')
    expect((await url('{"url":"http://x"}')).data).toEqual({ text: '{"url":"http://x"}' })
  })
  it('an exported table may be a web page, when it is attached', async () => {
    const page = canned('<html><table/></html>', 'application/vnd.ms-excel')
    const values = { fileName: 'a.xls', op: 'download' }
    expect((await asked('export-task-queue', values, page)).problem!.details.reason).toBe('html-page')
    const attached = { ...page, headers: { 'Content-Disposition': 'attachment; filename=a.xls' } }
    expect((await asked('export-task-queue', values, attached)).data).toMatchObject({ bytes: 21, text: null })
    expect((await asked('export-task-queue', values, canned('', 'text/plain'))).problem!.details.reason).toBe('empty')
  })
  it('rows that are none are named', async () => {
    const lookup = async (body: string) =>
      (await asked('identify-multi', { id: 'x' }, canned(body, 'text/plain'))).problem
    expect(await lookup('error')).toMatchObject({ details: { reason: 'not-pairs' } })
    expect(await lookup('id=1&type=identify\ntype=identify')).toMatchObject({
      details: { reason: 'missing-field', field: '[1].id' },
    })
    expect(await lookup('404')).toMatchObject({ code: 'unavailable' })
  })
})

describe('pairs', () => {
  it('splits at & and the first =, and unescapes only what is escaped throughout', () => {
    expect(readRow('a=b=c&d=&e= f: g ')).toEqual({ a: 'b=c', d: '', e: 'f: g' })
    expect(readRow('a=100%&b=%E6%9D%8E&c=50%25&d=%C0%EE&e=%zz%20')).toEqual({
      ...{ a: '100%', b: '李', c: '50%', d: '%C0%EE', e: '%zz%20' },
    })
    expect(readRow('match=1&match=2')).toEqual({ match: '1,2' })
    expect([readRow('a'), readRow('=b'), readRow('')]).toEqual([null, null, null])
    expect(readRows('a=1\r\n\nb=2\n')).toEqual([{ a: '1' }, { b: '2' }])
    expect(readRows('a=1\nb')).toBeNull()
    expect(readRow('__proto__=x')).toEqual(Object.fromEntries([['__proto__', 'x']]))
  })
  it('reads back every escaped row', () => {
    const word = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed())
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(word, word), { selector: ([name]) => name, minLength: 1 }), (fields) => {
        const line = fields.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')
        expect(Object.entries(readRow(line)!).sort()).toEqual([...fields].sort())
      }),
    )
  })
  it('never throws and never loses a plain value', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const row of readRows(text) ?? []) expect(Object.keys(row).length).toBeGreaterThan(0)
      }),
    )
    const plain = fc.string().map((text) => text.replace(/[&%\r\n]/g, '').trim())
    fc.assert(
      fc.property(plain, (value) => {
        expect(readRow(`k=${value}`)).toEqual({ k: value })
      }),
    )
  })
})

describe('numbers', () => {
  it('reads the samples of the manual', () => {
    const first = { number: '13515', timeoutSec: 300 }
    expect(readGroupNumbers('13515,300;141325,200,')).toEqual([first, { number: '141325', timeoutSec: 200 }])
    expect(readNumberList('13515;141325.')).toEqual([
      { number: '13515', timeoutSec: null },
      { number: '141325', timeoutSec: null },
    ])
    expect(readGroupNumbers(' 13515 , 300 ;; ,20;7,soon')).toEqual([first, { number: '7', timeoutSec: null }])
    expect(readGroupNumbers('')).toEqual([])
  })
  it('reads back what is written', () => {
    const member = fc.record({ number: fc.stringMatching(/^\d{3,12}$/), timeoutSec: fc.option(fc.nat(999_999_999)) })
    fc.assert(
      fc.property(fc.array(member), (members) => {
        const text = members.map(({ number, timeoutSec }) => `${number},${timeoutSec ?? ''}`).join(';')
        expect(readGroupNumbers(text)).toEqual(members)
      }),
    )
  })
  it('puts variables together by their number, wherever counting starts', () => {
    const variable = fc.record({ name: fc.string(), value: fc.string(), valueType: fc.constantFrom('0', '1') })
    fc.assert(
      fc.property(fc.array(variable, { maxLength: 12 }), fc.constantFrom(0, 1), (variables, start) => {
        const entries = variables.flatMap(({ name, value, valueType }, at): [string, string][] => [
          [`hangup_set_${at + start}_value_type`, valueType],
          [`hangup_set_${at + start}_name`, name],
          [`hangup_set_${at + start}_value`, value],
        ])
        const row = Object.fromEntries([['hangup_set_count', '0'], ...entries.reverse()])
        expect(readHangupVariables(row)).toEqual(variables.map((one, at) => ({ index: at + start, ...one })))
      }),
    )
    expect(readHangupVariables({ hangup_set_3_name: 7, HANGUP_SET_3_VALUE: null, hangup_set_x_name: 'no' })).toEqual([
      { index: 3, name: '7', value: '', valueType: '' },
    ])
  })
})

it('an operation that does not exist is not-found', async () => {
  const operations = await open(canned('{}'))
  await expect(operations.preview('cti-realtime.none', {})).rejects.toBeInstanceOf(CoreError)
})
