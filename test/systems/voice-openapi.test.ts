import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TelephonySystem } from '../../main/core/ports/index.ts'
import { call } from '../../main/systems/kit/call.ts'
import { everyRow } from '../../main/systems/kit/pages.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { digestAuth, digestOf, nextSeq } from '../../main/systems/voice-openapi/auth.ts'
import { voiceOpenapiErrors } from '../../main/systems/voice-openapi/errors.ts'
import { openVoiceOpenapi } from '../../main/systems/voice-openapi/index.ts'
import { getCdrList } from '../../main/systems/voice-openapi/operations/cdr.ts'
import { voiceNotify } from '../../main/systems/voice-openapi/operations/notify.ts'
import { getTtsTemplateList } from '../../main/systems/voice-openapi/operations/templates.ts'
import { VoiceOpenapiConnection } from '../../preload/contract/index.ts'
import { type FakeVoiceOpenapi, startFakeVoiceOpenapi } from '../fakes/voice-openapi/index.ts'
import { startCapturingServer } from './capturing-server.ts'
import { recordedLog } from './recorded-log.ts'

const facts = { customer: 'C2', password: 'E416D0F85DC0CB67C85E070A32D9F0123AFF4762' }
const callee = '13801138001'
let fake: FakeVoiceOpenapi
const log = recordedLog()
const opened: { close(): Promise<void> }[] = []

function open(changes: Partial<VoiceOpenapiConnection> = {}): TelephonySystem {
  const settings = { id: 'voice', system: 'voice-openapi', baseUrl: fake.baseUrl, ...facts, ...changes }
  const system = openVoiceOpenapi(VoiceOpenapiConnection.parse(settings), { log })
  opened.push(system)
  return system
}
function openSessionTo(baseUrl: string) {
  const connection = VoiceOpenapiConnection.parse({ id: 'voice', system: 'voice-openapi', baseUrl, ...facts })
  const auth = digestAuth(connection, { now: Date.now, nextSeq })
  const session = openSession({
    connection: 'voice',
    system: 'voice-openapi',
    baseUrl,
    errors: voiceOpenapiErrors,
    log,
    auth,
  })
  opened.push(session)
  return session
}
const run = (system: TelephonySystem, name: string, values: Record<string, unknown> = {}) =>
  system.operations.run(`voice-openapi.${name}`, values)

async function everyOne(rows: AsyncIterable<unknown>): Promise<unknown[]> {
  const all = []
  for await (const row of rows) all.push(row)
  return all
}

beforeAll(async () => {
  fake = await startFakeVoiceOpenapi(facts)
})
beforeEach(() => {
  Object.assign(fake.state, { templates: [], cdrs: [], cdrPage: 500 })
})
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()))
  await fake.stop()
})

describe('against a strict platform', () => {
  it('notifies in both modes, lists the calls, finds one, downloads its recording', async () => {
    const system = open()
    await system.check()
    const message = { callee, content: '您好', cyclePlayTimes: '2', userData: 'order-7', debug: 'true', lang: 'zh_CH' }
    expect(await run(system, 'voice-notify', { ...message, seq: '12' })).toMatchObject({
      data: { seq: '12', userData: 'order-7', logs: 'debug: one command' },
      problem: null,
    })
    expect((await run(system, 'voice-notify-v2', { callee, content: '您好', cyclePlayTimes: '1' })).problem).toBeNull()
    const list = await run(system, 'get-cdr-list', { serviceType: '21', callee })
    expect(list.data).toMatchObject({ total: 2, cdr: [{ callee, timeLength: 9 }, { userData: 'order-7' }] })
    expect(list.explained).toContainEqual({ path: 'cdr[0].result', value: '1', zh: '接通', en: 'answered' })
    const one = await run(system, 'get-one-cdr', { userData: 'order-7', timeLengthMin: '1' })
    const { cdr } = one.data as { cdr: { filename: string; session: string }[] }
    expect(cdr).toMatchObject([{ timeLength: 9, session: fake.state.cdrs[1]!.session }])
    fake.recordings.set(cdr[0]!.filename, Buffer.from('a recording'))
    const file = await run(system, 'recording-download', { filename: cdr[0]!.filename })
    expect(file).toMatchObject({ status: 200, data: { bytes: 11 }, problem: null })
  })

  it('uploads, edits and lists templates', async () => {
    const system = open()
    const added = await run(system, 'upload-tts-template', { name: 'gift', content: '{1}您好,领奖码是{2}' })
    const { voiceFileID } = added.data as { voiceFileID: string }
    const changed = await run(system, 'edit-tts-template', { templateID: voiceFileID, content: '{1}您好' })
    expect(changed).toMatchObject({ data: { voiceFileID }, problem: null })
    const list = await run(system, 'get-tts-template-list')
    expect(list.data).toMatchObject({
      total: 1,
      rows: [{ ID: voiceFileID, name: 'gift', content: '{1}您好', verifyStatus: '2' }],
    })
    expect(list.explained).toContainEqual(expect.objectContaining({ path: 'rows[0].verifyStatus', zh: '等待审核' }))
  })

  it('a command that is refused inside an accepted request is a refusal', async () => {
    const { problem } = await run(open(), 'edit-tts-template', { templateID: '999' })
    expect(problem).toMatchObject({ code: 'not-found', details: { vendorCode: '0xF1000008', status: 200 } })
  })

  it.each([
    ['1', { password: 'wrong' }, 'auth-failed'],
    ['10', { version: 'V2.0.9' }, 'unavailable'],
    ['11', { version: 'V2.0.6/nowhere' }, 'unavailable'],
  ])('code %s', async (vendorCode, { version, ...changes }: { version?: string; password?: string }, code) => {
    const baseUrl = fake.baseUrl.replace('V2.0.6', version ?? 'V2.0.6')
    const { problem } = await run(open({ ...changes, baseUrl }), 'get-tts-template-list')
    expect(problem).toMatchObject({ code, details: { vendorCode } })
    expect(problem?.details.explained?.zh).toMatch(/\p{Script=Han}/u)
  })

  it('reads every page of templates, and of calls whose last row comes again', async () => {
    fake.state.templates = Array.from({ length: 25 }, (_value, at) => ({
      ...{ key: String(at), ID: String(at), name: 'x', submitTime: '1', verifyStatus: '1' as const },
      ...{ content: 'x', remark: '', customer: '' },
    }))
    const session = openSessionTo(fake.baseUrl)
    expect(await everyOne(everyRow(session, getTtsTemplateList, { pageSize: 10 }))).toHaveLength(25)
    expect(await everyOne(everyRow(session, getTtsTemplateList, {}))).toHaveLength(25)
    fake.state.cdrPage = 7
    fake.state.cdrs = Array.from({ length: 30 }, (_value, at) => ({
      ...{ key: String(1000 - at), agent: '7777', serviceType: '1', startTime: `2021-10-09 15:35:${10 + at}` },
      ...{ caller: '7777', callee, timeLength: '0', session: `s${at}`, userData: '', filename: '', releaseCause: 306 },
      result: '2' as const,
    }))
    expect(await everyOne(everyRow(session, getCdrList, {}))).toHaveLength(30)
    const day = { from: Date.parse('2021-10-09T00:00+08:00'), to: Date.parse('2021-10-10T00:00+08:00') }
    const { rows } = await open().history!.page({ ...day, cursor: null, limit: 1000 })
    expect(rows.map((row) => row.callId)).toEqual(Array.from({ length: 30 }, (_value, at) => `s${29 - at}`))
    expect(rows[5]).toMatchObject({
      startedAt: Date.UTC(2021, 9, 9, 7, 35, 34),
      outcome: 'unanswered',
      recording: null,
    })
    expect(rows[5]).toMatchObject({ direction: 'outgoing', causeCode: '306', extension: '7777' })
    expect(await open().history!.newestBefore(Date.parse('2026-11-21T12:00+08:00'))).toBe(rows[0]!.startedAt)
  })

  it('neither password nor number ever stands in the log; a preview shows no digest', async () => {
    await run(open(), 'voice-notify', { callee, content: '您好', cyclePlayTimes: '2' })
    await run(open({ password: 'wrong-password' }), 'voice-notify', { callee, content: '您好', cyclePlayTimes: '2' })
    const lines = JSON.stringify(log.lines)
    expect(log.lines.length).toBeGreaterThan(5)
    for (const secret of [facts.password, 'wrong-password', callee, '您好']) expect(lines).not.toContain(secret)
    const shown = await open().operations.preview('voice-openapi.get-one-cdr', { session: 's' })
    expect(JSON.parse(shown.body!)).toEqual({
      authentication: { customer: 'C2', timestamp: '••••••', seq: '••••••', digest: '••••••' },
      request: { session: 's' },
    })
  })
})

describe('authentication', () => {
  it('gives the digest of the manual', () => {
    const example = { ...facts, timestamp: '1471918933001', seq: '5271' }
    expect(digestOf(example)).toBe('ae62e11cab746436b64a26f4ed8e41a3')
  })

  it('numbers are fresh, at most 20 digits, and grow even when the clock goes back', () => {
    const seqs = Array.from({ length: 5000 }, (_value, at) => nextSeq(Date.now() - at * 10))
    expect(new Set(seqs).size).toBe(5000)
    expect(seqs.every((seq) => /^\d{1,20}$/.test(seq))).toBe(true)
    expect([...seqs].sort()).toEqual(seqs)
  })

  it('every request carries its own', async () => {
    const system = open()
    const before = fake.seqs.length
    await Promise.all(Array.from({ length: 20 }, () => system.check()))
    expect(new Set(fake.seqs.slice(before)).size).toBe(20)
  })

  it.each(['customer', 'password'] as const)('a connection without %s says so and asks nobody', async (field) => {
    const before = fake.bodies.length
    const { problem } = await run(open({ [field]: null }), 'get-tts-template-list')
    expect(problem).toMatchObject({ code: 'auth-failed', details: { field } })
    expect(fake.bodies).toHaveLength(before)
  })
})

describe('what is checked before anything is sent', () => {
  const refused = async (name: string, values: Record<string, unknown>) => {
    const before = fake.bodies.length
    const { problem } = await run(open(), name, values)
    expect(fake.bodies).toHaveLength(before)
    expect(problem?.code).toBe('bad-request')
    return [problem?.details.field, problem?.details.reason]
  }
  const notice = { callee, content: '您好', cyclePlayTimes: '1' }

  it('userData of a call has at most 40 characters', async () => {
    const [field] = await refused('voice-notify', { ...notice, userData: 'x'.repeat(41) })
    expect(field).toBe('userData')
    expect((await run(open(), 'voice-notify', { ...notice, userData: 'x'.repeat(40) })).problem).toBeNull()
  })

  it('a variable left in a text to speak is named', async () => {
    expect(await refused('voice-notify', { ...notice, content: '{2}您好' })).toEqual([
      'content',
      'variable {2} has no value',
    ])
  })

  it('a template is one that the platform takes', async () => {
    const reason = async (content: string) => (await refused('upload-tts-template', { name: 'x', content }))[1]
    expect(await reason('{1}…{11}')).toMatch('variable {11}')
    expect(await reason('{2}您好')).toMatch('variable {1} is missing')
    expect(await reason('a@b')).toMatch('"@"')
    expect(await reason('{name}')).toMatch('"{"')
  })

  it('one call is asked for by session or userData', async () => {
    expect(await refused('get-one-cdr', { session: '', agent: '7777' })).toEqual([
      'session',
      'session or userData is needed',
    ])
  })

  it.each([
    '',
    '/data/voicerecord/.mp3',
    '/data/voicerecord/',
    '.mp3',
    'http://evil.test/x.mp3',
    '//evil.test/x.mp3',
    '/a/../b.mp3',
    '\\\\evil.test\\x',
  ])('a recording is a file on the platform: %j', async (filename) =>
    expect((await refused('recording-download', { filename }))[0]).toBe('filename'),
  )

  it('a file name is sent as it is, whatever it holds, below the root of the server', async () => {
    const server = await startCapturingServer({ status: 200, contentType: 'audio/mpeg', body: 'abc' })
    const system = open({ baseUrl: `${server.baseUrl}/openapi/V2.0.6` })
    for (const filename of ['/data/a#1?b%20 李.mp3', 'data/x.mp3'])
      await run(system, 'recording-download', { filename })
    expect(server.requests.map((one) => one.target)).toEqual(['/data/a%231%3Fb%2520%20%E6%9D%8E.mp3', '/data/x.mp3'])
    expect(server.requests[0]!.headers).not.toHaveProperty('authorization')
    await server.stop()
  })

  it('calls directly, with values of their own kind', async () => {
    await call(openSessionTo(fake.baseUrl), voiceNotify, { callee, content: '您好', cyclePlayTimes: 3 })
    expect(JSON.parse(fake.bodies.at(-1)!)).toMatchObject({ request: { cyclePlayTimes: '3' } })
  })
})
