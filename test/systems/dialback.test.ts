import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import type { TelephonySystem } from '../../main/core/ports/index.ts'
import { meaningOf } from '../../main/systems/dialback/errors.ts'
import { openDialback } from '../../main/systems/dialback/index.ts'
import { dialbackNumber, nationalNumber } from '../../main/systems/dialback/numbers.ts'
import type { DialbackConnection } from '../../preload/contract/index.ts'
import { type FakeDialback, startFakeDialback } from '../fakes/dialback/index.ts'
import { startCapturingServer } from './capturing-server.ts'
import { dialbackConnection } from './dialback-connection.ts'
import { recordedLog } from './recorded-log.ts'

const customer = '4e2239c5-a6e6-4201-a072-8342e29c3ae3'
const appSecret = 'TEST-secret-值'
const seatNumber = 'PP7568036551'
const callerNumber = '+8613918337711'
const settings = { userData: customer, appSecret, seatNumber, callerNumber }
const now = Date.UTC(2019, 2, 26)

let fake: FakeDialback
const log = recordedLog()
const opened: TelephonySystem[] = []

function open(changes: Partial<DialbackConnection> = {}, baseUrl = fake.baseUrl): TelephonySystem {
  const system = openDialback(dialbackConnection(baseUrl, { ...settings, ...changes }), { log, now: () => now })
  opened.push(system)
  return system
}
const run = (system: TelephonySystem, name: string, values: Record<string, unknown> = {}) =>
  system.operations.run(`dialback.${name}`, values)

beforeAll(async () => {
  fake = await startFakeDialback({ customer, appSecret })
})
beforeEach(() => {
  fake.refuse(null)
  Object.assign(fake.state, { bound: [], calls: [], balance: 6152 })
  fake.seen.length = 0
})
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()))
  await fake.stop()
})

describe('against a strict service', () => {
  it('binds, dials, lists and downloads; what the connection knows need not be given', async () => {
    const system = open()
    await system.check()
    expect(await run(system, 'bind-seat-caller')).toMatchObject({ data: '绑定成功', problem: null })
    expect(fake.state.bound).toEqual([{ seat: seatNumber, caller: callerNumber }])
    const dialled = await run(system, 'voice-call', { calleeNbr: '0755 2800 0123' })
    expect(dialled).toMatchObject({ data: fake.state.calls[0]!.sessionId, problem: null })
    expect(fake.state.calls[0]).toMatchObject({ callerNum: callerNumber, calleeNum: '+8675528000123' })
    fake.state.calls[0]!.recordFileDownloadUrl = `${fake.baseUrl}/r/1.mp3 `
    fake.recordings.set('/r/1.mp3', Buffer.from('a recording'))
    const range = { starTime: '2019-03-25 00:00:00', endTime: '2019-03-25 23:59:59' }
    const listed = await run(system, 'record-voice', range)
    expect(listed.data).toMatchObject([{ id: 1, recordFileDownloadUrl: `${fake.baseUrl}/r/1.mp3` }])
    expect(listed.explained).toContainEqual({ path: '[0].direction', value: '0', zh: '去电', en: 'outgoing' })
    const [record] = listed.data as { recordFileDownloadUrl: string }[]
    const file = await run(system, 'recording-download', { recordFileDownloadUrl: record!.recordFileDownloadUrl })
    expect(file).toMatchObject({ status: 200, data: { bytes: 11, contentType: 'audio/mpeg' }, problem: null })
    expect((await run(system, 'isallow')).data).toBe(6152)
  })

  it('what the caller gives beats what the connection knows', async () => {
    const result = await run(open(), 'isallow', { userData: 'somebody else' })
    expect(result.problem).toMatchObject({ code: 'not-found', details: { vendorText: '客户不存在' } })
  })

  it('says what is missing where neither gives it', async () => {
    const result = await run(open({ userData: null }), 'isallow')
    expect(result.problem).toMatchObject({ code: 'bad-request', details: { field: 'userData' } })
    expect(fake.seen).toEqual([])
  })

  it('refusals come in words', async () => {
    const system = open()
    const codeOf = async (name: string, values: Record<string, unknown>) => (await run(system, name, values)).problem
    expect(await codeOf('voice-call', { calleeNbr: '13500000002' })).toMatchObject({
      code: 'unavailable',
      details: { vendorText: '主叫号码未绑定坐席', status: 200, operation: 'dialback.voice-call' },
    })
    await run(system, 'bind-seat-caller')
    expect(await codeOf('bind-seat-caller', {})).toMatchObject({ code: 'conflict' })
    fake.state.balance = 0
    expect(await codeOf('voice-call', { calleeNbr: '13500000002' })).toMatchObject({ code: 'forbidden' })
    fake.refuse('线路故障 E77')
    const other = await codeOf('voice-call', { calleeNbr: '13500000002' })
    expect(other).toMatchObject({ code: 'server-error', details: { vendorText: '线路故障 E77' } })
    expect(other?.details.vendorCode).toBeUndefined()
    fake.refuse('no such interface here', 404)
    expect(await codeOf('isallow', {})).toMatchObject({
      code: 'not-found',
      details: { vendorText: 'no such interface here' },
    })
  })

  it('fetches page after page; the row of maxId may come again', async () => {
    const call = (id: number) => ({
      ...{ id, sessionId: `s${id}`, direction: '0' as const, callerNum: callerNumber, calleeNum: '+8675528000123' },
      ...{ callEndTime: '2019-03-25 10:25:00', callOutAnswerTime: '2019-03-25 10:24:12', recordFlag: '0' as const },
      ...{ recordFileDownloadUrl: '', callmin: 1 },
    })
    fake.state.calls = Array.from({ length: 250 }, (_value, at) => call(at + 1))
    const day = { from: Date.parse('2019-03-25T00:00+08:00'), to: Date.parse('2019-03-26T00:00+08:00') }
    const { rows, next } = await open().history!.page({ ...day, cursor: null, limit: 1000 })
    expect(next).toBeNull()
    expect(rows).toHaveLength(250)
    expect(new Set(rows.map((row) => row.callId)).size).toBe(250)
    expect(fake.seen.map(({ body }) => (JSON.parse(body) as { maxId: number }).maxId)).toEqual([0, 100, 199])
    expect(rows[0]).toMatchObject({
      ...{ caller: '13918337711', callee: '075528000123', durationSec: 48, outcome: 'answered', recording: null },
      startedAt: Date.UTC(2019, 2, 25, 2, 24, 12),
    })
    expect(await open().history!.newestBefore(Date.parse('2026-11-21T12:00+08:00'))).toBe(rows[0]!.startedAt)
  })
})

describe('Authorization', () => {
  it('is base64 of the Appsecret without a scheme word; dialling goes without unless it is switched on', async () => {
    const wanted = Buffer.from(appSecret, 'utf8').toString('base64')
    await run(open(), 'isallow')
    await run(open(), 'voice-call', { calleeNbr: '13500000002' })
    await run(open({ sendAuthWithDial: true }), 'voice-call', { calleeNbr: '13500000002' })
    expect(fake.seen.map((one) => one.authorization)).toEqual([wanted, undefined, wanted])
  })

  it('a connection without Appsecret says so, and can still dial', async () => {
    const system = open({ appSecret: null })
    expect((await run(system, 'isallow')).problem).toMatchObject({
      code: 'auth-failed',
      details: { field: 'appSecret' },
    })
    expect(fake.seen).toEqual([])
    await run(system, 'voice-call', { calleeNbr: '13500000002' })
    expect(fake.seen).toHaveLength(1)
  })

  it('a wrong one is refused as such', async () => {
    expect((await run(open({ appSecret: 'wrong' }), 'isallow')).problem).toMatchObject({ code: 'auth-failed' })
  })

  it('is masked in a preview', async () => {
    const shown = await open().operations.preview('dialback.isallow', {})
    expect(shown.headers.authorization).toBe('••••••')
    expect(shown.body).toBe(JSON.stringify({ userData: customer }))
  })

  it('neither secret nor number ever stands in the log', async () => {
    const system = open()
    await run(system, 'voice-call', { calleeNbr: '13500000002' })
    fake.refuse('号码 +8613500000002 不存在')
    await run(system, 'voice-call', { calleeNbr: '13500000002' })
    const lines = JSON.stringify(log.lines)
    expect(log.lines.length).toBeGreaterThan(5)
    for (const secret of [appSecret, Buffer.from(appSecret).toString('base64'), '13500000002', '13918337711']) {
      expect(lines).not.toContain(secret)
    }
  })
})

describe('recordings', () => {
  const fetchFrom = (url: string) => {
    const ref = { callId: '1', file: { kind: 'dialback-url', reference: url }, at: null }
    const [way] = open().recordings!.ways(ref)
    return way!.fetch({ sink: { write: async () => {} }, onProgress: () => {} })
  }

  it('on another server are asked for without credentials', async () => {
    const elsewhere = await startCapturingServer({ status: 200, contentType: 'audio/mpeg', body: 'abc' })
    expect((await fetchFrom(`${elsewhere.baseUrl}/x.mp3`)).bytes).toBe(3)
    expect(elsewhere.requests[0]).toMatchObject({ method: 'GET', target: '/x.mp3' })
    expect(elsewhere.requests[0]!.headers).not.toHaveProperty('authorization')
    await elsewhere.stop()
  })

  it.each([404, 403])('a %i says that it is not there, and how long they are kept', async (status) => {
    const elsewhere = await startCapturingServer({ status, contentType: 'text/html', body: '<html>no</html>' })
    const error = await fetchFrom(`${elsewhere.baseUrl}/x.mp3`).catch((one: unknown) => one)
    expect(error).toBeInstanceOf(CoreError)
    const { code, details } = error as CoreError
    expect([code, details.explained?.en]).toEqual(['not-found', expect.stringMatching(/^The recording is not there/)])
    expect(open().recordings!.keptMs).toBe(7 * 24 * 3600_000)
    await elsewhere.stop()
  })

  it('a call whose log names no file has no way to one', () => {
    expect(open().recordings!.ways({ callId: '1', file: null, at: null })).toEqual([])
  })

  it.each([
    'http://127.0.0.1/x',
    'http://127.8.8.8:9000/x',
    'http://2130706433/x',
    'http://0.0.0.0/x',
    'http://localhost:8080/x',
    'http://a.localhost/x',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/x',
    'http://[::ffff:127.0.0.1]/x',
    'http://[::]/x',
    'http://[fe80::1]/x',
    '//127.0.0.1/x',
  ])('an address may not aim at this PC: %s', async (url) => {
    const system = open({}, 'http://dialback.invalid')
    const { problem } = await run(system, 'recording-download', { recordFileDownloadUrl: url })
    expect(problem).toMatchObject({ code: 'bad-request', details: { field: 'recordFileDownloadUrl' } })
  })

  it.each(['ftp://host/x', 'file:///etc/passwd', 'javascript:alert(1)', 'http://user:word@host/x', '', '  '])(
    'only http and https, without a password: %j',
    async (url) => {
      const { problem } = await run(open(), 'recording-download', { recordFileDownloadUrl: url })
      expect(problem).toMatchObject({ code: 'bad-request', details: { field: 'recordFileDownloadUrl' } })
    },
  )
})

describe('numbers', () => {
  it.each([
    ['0755 2800 0123', '+8675528000123'],
    ['0755-28000123 转 801', '+8675528000123'],
    ['135-0000-0002', '+8613500000002'],
    ['+86 135 0000 0002', '+8613500000002'],
    ['+86 0755 28000123', '+8675528000123'],
    ['008613500000002', '+8613500000002'],
    ['１３５０００００００２', '+8613500000002'],
    ['010-8888 8888', '+861088888888'],
    ['755 2800 0123', '+8675528000123'],
  ])('%s → %s', (typed, sent) => expect(dialbackNumber(typed)).toBe(sent))

  it.each([
    ['28000123', /area code/],
    ['+86181516xxxx', /hidden/],
    ['802', /mobile and landline/],
    ['+1 415 555 2671', /mobile and landline/],
    ['110', /mobile and landline/],
    ['张三', /mobile and landline/],
    ['', /mobile and landline/],
  ])('%j is refused with the reason', (typed, reason) => {
    expect(() => dialbackNumber(typed)).toThrow(reason)
  })

  const mobile = fc
    .tuple(fc.constantFrom('13', '15', '17', '18', '19'), fc.integer({ min: 0, max: 999_999_999 }))
    .map(([start, rest]) => start + String(rest).padStart(9, '0'))
  const landline = fc
    .tuple(fc.constantFrom('0755', '010', '021', '0571'), fc.integer({ min: 2_000_000, max: 8_999_999 }))
    .map(([area, rest]) => `${area}${area.length === 3 ? `6${rest}` : `2${rest}`}`)
  const spelled = (digits: string) =>
    fc
      .tuple(fc.constantFrom('', '+86', '+86 ', '0086', '86-'), fc.constantFrom('', ' ', '-'), fc.boolean())
      .map(([country, gap, wide]) => {
        const national = country === '' ? digits : digits.replace(/^0/, '')
        const text = country + national.replace(/(\d{4})(?=\d)/g, `$1${gap}`)
        return wide ? text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))) : text
      })

  it('any spelling of a number gives the same +86 form, and that leads back', () => {
    const spelledNumber = fc
      .oneof(mobile, landline)
      .chain((digits) => spelled(digits).map((text) => ({ digits, text })))
    fc.assert(
      fc.property(spelledNumber, ({ digits, text }) => {
        const sent = dialbackNumber(text)
        expect(sent).toBe(`+86${digits.replace(/^0/, '')}`)
        expect(nationalNumber(sent)).toBe(digits)
        expect(dialbackNumber(sent)).toBe(sent)
      }),
    )
  })
})

describe('words of a refusal', () => {
  it.each([
    ['主叫号码未绑定', 'unavailable'],
    ['caller is not bound to the seat', 'unavailable'],
    ['该号码已被绑定', 'conflict'],
    ['余额不足', 'forbidden'],
    ['账户欠费', 'forbidden'],
    ['Authorization error', 'auth-failed'],
    ['认证失败', 'auth-failed'],
    ['客户不存在', 'not-found'],
    ['号码格式错误', 'bad-request'],
    ['请求过于频繁', 'rate-limited'],
    ['坐席忙', 'busy'],
    ['错误信息', 'server-error'],
    ['', 'server-error'],
  ])('%s → %s', (words, code) => expect(meaningOf(words)).toBe(code))
})
