import { createCipheriv, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TelephonySystem } from '../../main/core/ports/index.ts'
import { openCtiRealtime } from '../../main/systems/cti-realtime/index.ts'
import { CtiRealtimeConnection, type OperationResult } from '../../preload/contract/index.ts'
import { startFakeCtiRealtime } from '../fakes/cti-realtime/index.ts'
import { recordedLog } from './recorded-log.ts'

type Fake = Awaited<ReturnType<typeof startFakeCtiRealtime>>
const number = '13500000002'
const now = 1_700_000_000_123
const log = recordedLog()
const used = new Set<string>()
let fake: Fake
let platform: TelephonySystem

const open = (facts: Record<string, unknown> = {}, baseUrl = fake.baseUrl) =>
  openCtiRealtime(
    CtiRealtimeConnection.parse({
      ...{ id: 'realtime', system: 'cti-realtime', baseUrl },
      ...{ enterpriseId: '3000001', token: 't0ken', ...facts },
    }),
    { log, now: () => now },
  )

beforeAll(async () => {
  fake = await startFakeCtiRealtime()
  platform = open()
})
afterAll(async () => {
  await platform.close()
  await fake.stop()
})

async function run(name: string, values: Record<string, unknown> = {}, on = platform): Promise<OperationResult> {
  used.add(`cti-realtime.${name}`)
  return await on.operations.run(`cti-realtime.${name}`, values)
}
async function data(name: string, values: Record<string, unknown> = {}, on = platform): Promise<unknown> {
  const { data: output, problem } = await run(name, values, on)
  expect(problem).toBeNull()
  return output
}
async function refusal(name: string, values: Record<string, unknown> = {}, on = platform) {
  const { data: output, problem } = await run(name, values, on)
  expect(output).toBeNull()
  return [problem!.code, problem!.details.vendorCode, problem!.details.vendorText]
}

describe('realtime look-ups', () => {
  it('finds a gateway by name and by address, one row or all', async () => {
    const header = 'P-Tinet-Identify-Endpoint: gateway.1'
    const first = { id: 'gateway.1', type: 'identify', endpoint: 'gateway.1', match_header: header }
    expect(await data('identify-single', { id: 'gateway.1' })).toEqual(first)
    expect(await data('identify-multi', { id: '10.10.5.157' })).toEqual([first])
    expect(await data('sipusers-multi', { name: '10.10.5.158' })).toMatchObject([
      { name: '10.10.5.158', port: '5062', 'call-limit': '30' },
      { name: '10.10.5.158', port: '5064' },
    ])
    expect(await data('sipusers-single', { name: 'gateway.2' })).toMatchObject({ name: 'gateway.2', port: '5062' })
    expect(await data('endpoint-multi', { id: '10.10.5.158' })).toMatchObject([
      { id: 'gateway.2' },
      { id: 'gateway.3' },
    ])
    expect(await data('endpoint-single', { id: 'gateway.3' })).toMatchObject({ id: 'gateway.3', timers: 'no' })
    const moh = { name: '3000001default', mode: 'files', directory: '/var/lib/asterisk/moh/3000001' }
    expect(await data('moh-single', { name: '3000001default' })).toEqual(moh)
    expect(await data('moh-multi', { name: '3000001default' })).toEqual([moh])
  })
  it('says that there is no such thing', async () => {
    for (const [name, values] of [
      ['identify-single', { id: 'gateway.9' }],
      ['moh-multi', { name: '3000001none' }],
    ] as const) {
      const { problem } = await run(name, values)
      expect(problem).toMatchObject({ code: 'not-found', details: { status: 200, reason: 'empty' } })
      expect(problem!.details.explained!.zh).toContain('没有这个名称')
    }
  })
  it('asks the printed address where the likely one does not exist', async () => {
    const single = ['/interface/realtime/sipUsers/single', '/interface/realtime/endpoint/single']
    for (const path of single) fake.state.withoutPaths.add(path)
    const before = fake.requests.length
    expect(await data('sipusers-single', { name: '10.10.5.158' })).toMatchObject({ port: '5062' })
    expect(await data('endpoint-single', { id: '10.10.5.158' })).toMatchObject({ id: 'gateway.2' })
    expect(fake.requests.slice(before).map((one) => one.target)).toEqual([
      '/interface/realtime/sipUsers/single?name=10.10.5.158',
      '/interface/realtime/sipUsers/multi?name=10.10.5.158',
      '/interface/realtime/endpoint/single?id=10.10.5.158',
      '/interface/realtime/endpoint/multi?id=10.10.5.158',
    ])
    fake.state.withoutPaths.clear()
    // A name that is not there is no missing address.
    expect((await run('endpoint-single', { id: 'x' })).problem!.code).toBe('not-found')
    expect(fake.requests.at(-1)!.target).toBe('/interface/realtime/endpoint/single?id=x')
  })
})

describe('call routing', () => {
  it('finds prefix, area code and options', async () => {
    expect(await data('ivr-get-pre-post', { tel: number, routerClidCallType: '1' })).toMatchObject({
      ...{ pre: '0', post: 'gateway.1', gw_port: '5060', cdr_callee_area_code: '010' },
    })
    expect(await data('ivr-get-area-code', { tel: '02087654321', gateway: '10.10.5.157' })).toMatchObject({
      __cdr_customer_area_code: '020',
    })
    expect(await data('ivr-format-rdnis', { rdnis: '8601060000001', gwIp: '10.10.5.157' })).toEqual({
      __RDNIS: '01060000001',
    })
    const call = { customerNumber: number, gwIp: '10.10.5.157', callType: '2', webcallIvrId: '77' }
    const option = await run('ivr-get-ivr-option', { ...call, numberTrunk: '60000001' })
    expect(option.data).toMatchObject({ __enterprise_id: '3000001', __ivr_id: '77', __cdr_hotline: '4000000001' })
    expect(option.explained).toEqual([{ path: 'is_asr_transfer_open', value: '2', zh: '科大讯飞', en: 'iFlytek' }])
    const without = await run('ivr-get-ivr-option', { ...call, enterpriseId: '' })
    expect(without.data).not.toHaveProperty('__enterprise_id')
    expect(without.explained).toMatchObject([{ path: 'enterprise_status', zh: '未开通', en: 'Not opened' }])
  })
  it('hands on the words of a refusal in place of a document', async () => {
    const values = { enterpriseId: '9', tel: number, routerClidCallType: '1' }
    const { problem } = await run('ivr-get-pre-post', values)
    expect(problem).toMatchObject({
      code: 'unexpected-response',
      details: { vendorCode: '0', vendorText: '企业不存在', reason: 'undocumented-code' },
    })
  })
  it('checks lists and limits', async () => {
    const blackList = (customerNumber: string) =>
      data('ivr-check-black-list', { customerNumber, customerAreaCode: '010' })
    expect(await blackList(number)).toEqual({ is_restrict_tel: '1' })
    expect(await blackList('13500000009')).toEqual({ is_restrict_tel: '2' })
    for (const result of ['2', '2', '2', '3']) {
      expect(await data('ivr-check-call-limit', { calleeNumber: number })).toEqual({ result })
    }
    expect(await refusal('ivr-check-call-limit', { calleeNumber: 'x' })).toEqual(['bad-request', 'false', '参数不合法'])
  })
  it('reads groups and variables as lists', async () => {
    const group = (type: string, telSet = '9001') => data('ivr-get-tel-set', { type, telSet })
    const [a, b] = ['13515', '141325']
    expect(await group('ivr')).toMatchObject({
      ...{ tel_set_count: 2, tel_set_timeout: 300, tel_set_tel: '13515,300;141325,200' },
      numbers: [
        { number: a, timeoutSec: 300 },
        { number: b, timeoutSec: 200 },
      ],
    })
    expect(await group('queue')).toMatchObject({
      numbers: [
        { number: a, timeoutSec: null },
        { number: b, timeoutSec: null },
      ],
    })
    expect(await group('ivr', '9002')).toMatchObject({ tel_set_count: 0, numbers: [] })
    const variables = await run('ivr-get-hangup-set', { callType: '1' })
    expect(variables.data).toMatchObject({
      variables: [
        { index: 0, name: 'level', value: '$[vip]', valueType: '0' },
        { index: 1, name: 'note', value: 'hangup', valueType: '1' },
      ],
    })
    expect(variables.explained.map((one) => [one.path, one.en])).toEqual([
      ['variables[0].valueType', 'Expression'],
      ['variables[1].valueType', 'Text'],
    ])
    expect(await data('ivr-get-hangup-set', { callType: 2 })).toMatchObject({ hangup_set_count: 0, variables: [] })
  })
  it('remembers callees', async () => {
    const past = { validTime: '30', callerNumber: number }
    expect(await data('ivr-get-past-callee-number', { ...past, cdrType: 'both' })).toMatchObject({
      calleeNumber: '2001',
    })
    expect(await refusal('ivr-get-past-callee-number', { ...past, cdrType: 'outbound' })).toEqual([
      ...['not-found', '0', '没有记录'],
    ])
  })
})

describe('choice of numbers', () => {
  it('every operation has its own success', async () => {
    expect(await data('ivr-is-tel-number', { tel: number })).toMatchObject({ result: '1' })
    expect(await refusal('ivr-is-tel-number', { tel: 'x' })).toEqual([
      ...['bad-request', '0', '提交失败，参数tel格式不正确'],
    ])
    expect(await refusal('ivr-is-tel-number', { tel: '' })).toEqual(['bad-request', '0', '提交失败，tel不能为空'])
    expect(await data('ivr-is-clid-valid', { clid: '01060000001' })).toEqual({ clidResult: '1' })
    expect((await refusal('ivr-is-clid-valid', { clid: '01069999999' })).slice(0, 2)).toEqual(['bad-request', '0'])
    expect(await refusal('ivr-is-clid-valid', { clid: '' })).toEqual([
      ...['bad-request', 'false', '提交失败，clid不能为空'],
    ])
    const clid = { customerNumber: number, numberTrunk: '60000001' }
    expect(await data('ivr-get-clid', { ...clid, routerClidCallType: '1' })).toEqual({
      ...{ clid: '01060000001', clid_bak: '' },
    })
    expect(await refusal('ivr-get-clid', { ...clid, routerClidCallType: '3' })).toEqual([
      ...['bad-request', '1', '参数不合法'],
    ])
    const landline = { tel: '01060000009', trunkNumber: '60000001', type: '1' }
    const local = await run('ivr-fixd-line-to-local', { ...landline, areaCode: '010' })
    expect(local.data).toEqual({ result: '2', description: '成功', number: '01060000002' })
    expect(local.explained).toEqual([{ path: 'result', value: '2', zh: '成功', en: 'Done' }])
    expect(await data('ivr-fixd-line-to-local', { ...landline, areaCode: '0755' })).toMatchObject({
      number: '60000001',
    })
    expect(await data('ivr-get-caller', { calleeNumber: number, trunkNumber: '60000001' })).toMatchObject({
      number: '01060000003',
    })
    expect(await refusal('ivr-get-caller', { appId: '9', calleeNumber: number, trunkNumber: '1' })).toEqual([
      ...['bad-request', '1', '参数不合法'],
    ])
  })
  it('binds a number, and sends the address for that binding only', async () => {
    const binding = { mode: '1', telX: '13500000003', telB: number, areaCode: '010', trunkNumber: '60000001' }
    expect(await data('ivr-tel-numer-schedul', binding)).toMatchObject({ number: '01060000002' })
    const { id } = fake.state.bindings.get('13500000003')!
    expect(await data('send-online-call-url', { subId: id, telB: number })).toEqual({ text: '发送成功' })
    expect(fake.state.sentUrls).toEqual([id])
    expect(await refusal('send-online-call-url', { subId: id, telB: '13500000008' })).toEqual([
      ...['bad-request', '0', 'subId无效'],
    ])
    const { problem } = await run('send-online-call-url', { subId: id, telB: number, timestamp: 1, sign: 'wrong' })
    expect(problem!.details).toMatchObject({ vendorText: 'timestamp不合法' })
    expect(problem!.details.explained!.en).toContain('formula')
  })
})

describe('the platform itself', () => {
  it('relays requests, and answers with what came back when asked to wait', async () => {
    const request = { retry: '2', timeout: '5', uniqueId: 'u1', url: 'http://crm/', userField: '', params: 'a=1' }
    expect(await data('ivr-curl', { ...request, sync: '0', method: 'POST' })).toEqual({ curl_result: '1' })
    expect(await data('ivr-curl', { ...request, sync: '1', method: 'GET' })).toEqual({ text: '<html>GET a=1</html>' })
    expect(fake.state.relayed).toHaveLength(2)
    expect(await refusal('ivr-curl', { ...request, sync: '0', method: 'POST', enterpriseId: 'x' })).toEqual([
      ...['bad-request', '0', '参数格式错误'],
    ])
  })
  it('imports an IVR of any length: a short one in the address, a long one as a form', async () => {
    const values = { userName: 'admin', action: 'add', stringIvr: '<ivr>一</ivr>' }
    const { ivrProfileId } = (await data('system-ivr-profile-import', values)) as { ivrProfileId: string }
    expect(fake.requests.at(-1)!.method).toBe('GET')
    expect(fake.state.profiles.get(ivrProfileId)).toEqual({ enterprise: '3000001', text: '<ivr>一</ivr>' })
    const longText = `<ivr>${'二 &'.repeat(50_000)}</ivr>`
    await data('system-ivr-profile-import', { ...values, action: 'update', ivrProfileId, stringIvr: longText })
    expect(fake.requests.at(-1)).toMatchObject({ method: 'POST', target: '/interface/system/IvrProfileImport' })
    expect(fake.state.profiles.get(ivrProfileId)!.text).toBe(longText)
    const unknown = await run('system-ivr-profile-import', { ...values, action: 'update', ivrProfileId: '99' })
    expect(unknown.problem).toMatchObject({ code: 'not-found', details: { vendorCode: '3', vendorText: '流程不存在' } })
  })
  it('reports alarms, keeps prompts, calls for a recording, makes call records again', async () => {
    const alarm = { uniqueId: 'u1', callType: '1', eventType: '3', msg: '排队 75%' }
    expect(await data('ivr-alarm-event', alarm)).toEqual({ result: 'success' })
    expect(fake.state.alarms).toEqual([{ enterpriseId: '3000001', ...alarm }])
    expect((await refusal('ivr-alarm-event', { ...alarm, enterpriseId: '9' })).slice(0, 2)).toEqual([
      ...['server-error', '500'],
    ])
    expect(await data('ivr-save-self-record', { path: '/voices/1.wav' })).toEqual({ result: 'success' })
    expect(fake.state.prompts).toEqual([{ enterpriseId: '3000001', path: '/voices/1.wav' }])
    expect(await data('self-record', { tel: number })).toEqual({ result: 'success', msg: '呼叫成功' })
    expect(fake.state.recordingCalls).toEqual([number])
    expect(await refusal('self-record', { tel: 'x' })).toEqual(['bad-request', 'erro', 'tel不合法'])
    expect(await data('re-execute-cdr')).toMatchObject({ totalCount: 3, successCount: 2, failCount: 1 })
    expect(await data('re-execute-cdr')).toMatchObject({ totalCount: 1, successCount: 0, failCount: 1 })
  })
  it('decrypts', async () => {
    const key = Buffer.from('8bytekey')
    const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null)
    const input = Buffer.concat([cipher.update('你好+/', 'utf8'), cipher.final()]).toString('base64')
    expect(await data('ivr-decrypt-base64-des', { input, key: '8bytekey' })).toEqual({ func_output: '你好+/' })
    expect(await data('ivr-decrypt-base64-des', { input: '', key: 'k' })).toEqual({ func_output: '' })
  })
  it('downloads and deletes an exported file; a sentence is told apart from a file', async () => {
    const file = Buffer.alloc(20_000, 'row\n')
    fake.state.exports.set('3000001/cdr 1.csv', file)
    const sha256 = createHash('sha256').update(file).digest('hex')
    const chunks: Uint8Array[] = []
    const sink = { write: (chunk: Uint8Array) => void chunks.push(chunk) }
    const download = { fileName: 'cdr 1.csv', op: 'download' }
    const kept = await data('export-task-queue', download)
    expect(kept).toEqual({ bytes: 20_000, sha256, contentType: 'application/octet-stream', text: null })
    const streamed = await platform.operations.run('cti-realtime.export-task-queue', download, { sink })
    expect(streamed.data).toEqual(kept)
    expect(Buffer.concat(chunks)).toEqual(file)
    const gone = { fileName: 'cdr 1.csv', op: 'delete' }
    expect(await data('export-task-queue', gone)).toMatchObject({ text: '删除成功', bytes: 12 })
    expect(fake.state.exports.size).toBe(0)
    expect(await data('export-task-queue', download)).toMatchObject({ text: '文件不存在' })
  })
  it('not started is an answer to the health check, and unavailable for everything else', async () => {
    expect(await data('system-all-module-started')).toEqual({ allModuleStarted: 'true', started: true })
    await platform.check()
    fake.state.started = false
    expect(await run('system-all-module-started')).toMatchObject({
      status: 404,
      data: { started: false },
      problem: null,
    })
    await expect(platform.check()).rejects.toMatchObject({
      code: 'unavailable',
      details: { connection: 'realtime', explained: { en: expect.stringContaining('not all loaded yet') } },
    })
    for (const [name, values] of [
      ['ivr-is-tel-number', { tel: '1' }],
      ['identify-multi', { id: '1' }],
      ['send-online-call-url', { subId: '1', telB: '1' }],
      ['export-task-queue', { fileName: '1', op: 'delete' }],
    ] as const) {
      const { problem } = await run(name, values)
      expect(problem).toMatchObject({ code: 'unavailable', details: { status: 404, vendorCode: '404' } })
      expect(problem!.details.explained!.zh).toContain('尚未全部加载')
    }
    fake.state.started = true
    await platform.check()
  })
})

it('every operation was run against the strict platform', () => {
  const ids = JSON.parse(
    readFileSync(new URL('../fixtures/cti-realtime/operation-ids.json', import.meta.url), 'utf8'),
  ) as string[]
  expect([...used].sort()).toEqual(ids.sort())
})

it('no number and no secret in a log line', () => {
  const text = JSON.stringify(log.lines)
  expect(log.lines.length).toBeGreaterThan(50)
  expect(text).not.toMatch(/t0ken|135000000|010600000|8bytekey|[0-9a-f]{32}/)
})
