import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { call, type RunOptions } from '../../main/systems/kit/call.ts'
import { explainCode } from '../../main/systems/kit/codes.ts'
import { wireParams } from '../../main/systems/kit/operation.ts'
import { everyRow } from '../../main/systems/kit/pages.ts'
import { fieldNames } from '../../main/systems/kit/params.ts'
import { createRunner } from '../../main/systems/kit/runner.ts'
import { openSession, type Session } from '../../main/systems/kit/session.ts'
import { state4click, texttocalState } from '../../main/systems/telcrm/codes.ts'
import { telcrmErrors } from '../../main/systems/telcrm/errors.ts'
import { soapListCalllog } from '../../main/systems/telcrm/operations/soap/call-records.ts'
import { telcrmSoapOperations } from '../../main/systems/telcrm/operations/soap/index.ts'
import { soapMakeCall } from '../../main/systems/telcrm/operations/soap/text-to-call.ts'
import { records, services } from '../fakes/telcrm-soap/contract.ts'
import { type FakeTelcrmSoap, startFakeTelcrmSoap, wsdlStyles } from '../fakes/telcrm-soap/index.ts'
import { recordedLog } from './recorded-log.ts'

const toEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

const sound = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVE', 'latin1'), Buffer.alloc(5_000, 0x7f)])
const other = Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(300, 3)])
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

function fill({ pbx }: FakeTelcrmSoap): void {
  const at = (time: string) => new Date(`2016-03-28T${time}:00+08:00`)
  pbx.addMail({ id: 1, extnum: '801', publicMail: false, beginTime: at('09:00'), caller: '13500001111' }, sound)
  pbx.addMail({ id: 2, extnum: '802', publicMail: true, beginTime: at('10:00') }, other)
  pbx.addMail({ id: 3, extnum: '802', publicMail: false, beginTime: at('11:00') }, other)
  for (let id = 1; id <= 5; id += 1) {
    const [caller, callee] = id % 2 === 0 ? ['801', '13500001111'] : ['13500001111', '802']
    const row = {
      ...{ id, caller, callee, channel: '192.168.3.80', beginTime: at(`1${id}:30`).getTime(), duration: id },
      ...{ state: 'STATE_RECEIVED', callType: 'LOCAL_CALL', estimate: id === 1 ? 2 : null, record: null },
      recordVoice: `/rec/${id}.wav`,
    }
    pbx.addCall(row, `call-${id}@192.168.1.82`, id === 1 ? sound : other)
  }
}

const log = recordedLog()
function open(baseUrl: string): Session {
  const session = openSession({ connection: 'pbx', system: 'telcrm', baseUrl, errors: telcrmErrors, log })
  toEnd.push(() => session.close())
  return session
}

async function start(style: (typeof wsdlStyles)[number]) {
  const fake = await startFakeTelcrmSoap(style)
  toEnd.push(() => fake.stop())
  fill(fake)
  const session = open(fake.baseUrl)
  const run = (name: string, params: Record<string, unknown>, options: RunOptions = {}): Promise<unknown> =>
    call(session, telcrmSoapOperations.find((one) => one.id === `telcrm.soap-${name}`)!, params, options)
  return { fake, session, run }
}

const refusalOf = async (running: Promise<unknown>): Promise<CoreError> => {
  const error = await running.then(
    () => new Error('did not fail'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(CoreError)
  return error as CoreError
}

describe.each(wsdlStyles)('the web services of a telcrm PBX, as a server of kind %s has them', (style) => {
  it('click calls: rung, followed, ended', async () => {
    const { fake, run } = await start(style)
    const id = await run('click2call', { extension: '801', callee: '13500001111' })
    const ip = await run('click2ipcall', { extension: '802', callee: '10086' })
    expect([id, ip]).toEqual(['click-1@192.168.1.82', 'click-2@192.168.1.82'])
    expect([...fake.pbx.clicks.values()].map(({ extnum, callee, line }) => [extnum, callee, line])).toEqual([
      ['801', '13500001111', 'fixed'],
      ['802', '10086', 'ip'],
    ])
    const states: unknown[] = []
    for (let nth = 0; nth < 5; nth += 1) states.push(await run('state4click', { clickCallId: id }))
    expect(states).toEqual([0, 1, 2, 3, 3])
    expect(await run('click2hungup', { clickCallId: id })).toBeNull()
    expect(await run('state4click', { clickCallId: id })).toBe(0)
    const again = await refusalOf(run('click2hungup', { clickCallId: id }))
    const { vendorText, reason } = again.details
    expect({ code: again.code, vendorText, reason }).toEqual({
      code: 'server-error',
      vendorText: `no call ${String(id)}`,
      reason: 'soap-fault',
    })
    expect(again.details.vendorCode).toBe('Server.userException')
  })
  it('text to call: created, changed while it waits, listed, deleted', async () => {
    const { fake, run } = await start(style)
    const info = {
      ...{ caller: '801', callee: '13500001111', content: '您好 <b> & "再见"' },
      ...{ calldate: '2016-03-29 09:00:00', servicetype: 'VOICE_MAIL_RE' },
    }
    expect(await run('list-with-token', { first: 0, maxResults: 10, serviceType: 'VOICE_MAIL_RE' })).toEqual([])
    const id = (await run('make-call', { info })) as number
    expect(fake.pbx.tasks.get(id)).toMatchObject({
      ...info,
      ...{ id, calldate: new Date('2016-03-29T01:00:00Z'), assisid: 0, voipcall: false, linkkey: null },
    })
    const one = (await run('list-un-called', { first: 0, maxResults: 10, serviceType: 'VOICE_MAIL_RE' })) as object[]
    expect(one).toEqual([
      {
        ...{ id, caller: '801', callee: '13500001111', content: info.content, assisid: 0, voipcall: false },
        ...{
          calldate: '2016-03-29T01:00:00.000Z',
          servicetype: 'VOICE_MAIL_RE',
          createTime: '2016-03-28T10:00:00.000Z',
        },
        ...{ state: 'WAITING', calltime: 0 },
      },
    ])
    // A listed task may be sent back with a change.
    expect(await run('make-call', { info: { ...one[0], content: '改', linkkey: 7 } })).toBe(id)
    const second = await run('make-call', { info: { ...info, linkkey: '8' } })
    const listed = (await run('list-with-token', {
      first: 0,
      maxResults: 10,
      serviceType: 'VOICE_MAIL_RE',
    })) as object[]
    expect(listed).toMatchObject([
      { id, content: '改', linkkey: 7 },
      { id: second, linkkey: 8 },
    ])
    expect(
      await run('list-with-token', { first: 0, maxResults: 10, serviceType: 'VOICE_MAIL_RE', linkKey: 8 }),
    ).toMatchObject([{ id: second }])
    fake.pbx.tasks.get(id)!.state = 'CONFIRM'
    expect((await refusalOf(run('make-call', { info: { ...info, id } }))).details.vendorText).toMatch(/only WAITING/)
    expect(await run('list-un-called', { first: 0, maxResults: 9, serviceType: 'VOICE_MAIL_RE' })).toHaveLength(1)
    expect(await run('remove', { taskId: id })).toBeNull()
    expect([...fake.pbx.tasks.keys()]).toEqual([second])
  })
  it('voice mails: listed, downloaded, deleted', async () => {
    const { fake, run } = await start(style)
    const query = { first: 0, maxResults: 10, extension: '801' }
    const day = { begin: '2016-03-28 00:00:00', end: '2016-03-28T23:59:59+08:00' }
    const mails = (await run('get-mails-include-pub', { ...query, ...day })) as { id: number; filepath: string }[]
    expect(mails).toMatchObject([
      {
        ...{ id: 1, caller: '13500001111', ivrInput: '#', beginTime: '2016-03-28T01:00:00.000Z', duration: 12 },
        ...{ publicMail: false, filepath: 'F:/voice mail/1&.wav' },
      },
      { id: 2, publicMail: true },
    ])
    const later = { ...day, begin: Date.parse('2016-03-28T09:30:00+08:00') }
    expect(await run('get-mails-include-pub', { ...query, ...later })).toMatchObject([{ id: 2 }])
    expect(await run('get-mails', { extension: '801' })).toMatchObject([{ id: 1 }])
    expect(await run('get-mails', { extension: '803' })).toEqual([])
    const file = await run('voicemail-download-voice', { filePath: mails[0]!.filepath })
    expect(file).toEqual({ bytes: sound.length, sha256: sha256(sound), contentType: 'audio/wav', data: sound })
    expect(await run('delete-with-id', { mailId: 1 })).toBeNull()
    expect([...fake.pbx.mails.keys()]).toEqual([2, 3])
    expect((await refusalOf(run('voicemail-download-voice', { filePath: 'F:/none.wav' }))).code).toBe('not-found')
  })
  it('call log: page by page, by number and direction; recordings by path and by call, to a sink too', async () => {
    const { session, run } = await start(style)
    const query = { first: 0, maxResults: 2, beginDate: '2016-03-28 00:00:00', endDate: '2016-03-28 23:59:59' }
    const rows: unknown[] = []
    for await (const row of everyRow(session, soapListCalllog, query)) rows.push((row as { id: number }).id)
    expect(rows).toEqual([1, 2, 3, 4, 5])
    const [first] = (await run('list-calllog', query)) as object[]
    expect(first).toEqual({
      ...{ id: 1, caller: '13500001111', callee: '802', channel: '192.168.3.80', duration: 1, estimate: 2 },
      ...{ beginTime: Date.parse('2016-03-28T11:30:00+08:00'), state: 'STATE_RECEIVED', callType: 'LOCAL_CALL' },
      recordVoice: '/rec/1.wav',
    })
    expect(await run('list-calllog', { ...query, direction: 2, maxResults: 9 })).toMatchObject([{ id: 2 }, { id: 4 }])
    expect(await run('list-calllog', { ...query, number: '802', maxResults: 9 })).toHaveLength(3)
    expect(await run('callrecord-download-voice', { filePath: '/rec/2.wav' })).toMatchObject({
      ...{ bytes: other.length, contentType: 'audio/amr' },
    })
    const chunks: Uint8Array[] = []
    const sink = { write: (chunk: Uint8Array) => void chunks.push(chunk) }
    const got = await run('download-voice-with-callid', { callId: 'call-1%40192.168.1.82' }, { sink })
    expect(got).toMatchObject({ bytes: sound.length, sha256: sha256(sound) })
    expect(Buffer.concat(chunks).equals(sound)).toBe(true)
  })
  it('reads each WSDL once, asks only its own server, and shows the exact request beforehand', async () => {
    const { fake, session, run } = await start(style)
    const runner = createRunner(session, telcrmSoapOperations)
    const shown = await runner.preview('telcrm.soap-click2call', { extnum: '801', callee: '10086' })
    expect(fake.requests.every(({ line }) => line.startsWith('GET /bridge/services/Click2CallControl?'))).toBe(true)
    await run('click2call', { extension: '801', callee: '10086' })
    const sent = fake.requests.at(-1)!
    expect(sent).toEqual({ line: 'POST /bridge/services/Click2CallControl', body: shown.body })
    await run('state4click', { clickCallId: 'x' })
    expect(fake.requests.filter(({ line }) => line.endsWith('?wsdl'))).toHaveLength(1)
    fake.faultStatus = 200
    const typed = await runner.run('telcrm.soap-state4click', { clickCallId: 'x' })
    expect(typed).toMatchObject({ status: 200, data: 0, problem: null, explained: [{ value: '0' }] })
    const refused = await runner.run('telcrm.soap-click2call', { extnum: '999', callee: '10086' })
    expect(refused.problem).toMatchObject({ code: 'server-error', details: { vendorText: 'no extension 999' } })
    await run('state4click', { clickCallId: 'x' })
    expect(fake.requests.filter(({ line }) => line.endsWith('?wsdl'))).toHaveLength(2)
  })
})

describe('as the manual has it', () => {
  const inOrder = (service: string, name: string) => services[service]![name]!.args.map(([argument]) => argument)
  it.each(telcrmSoapOperations.map((one) => [one.id, one] as const))('%s', (_id, described) => {
    const service = described.path.split('/').at(-1)!
    const names = wireParams(described).map(({ name }) => name.replace('texttocalld', 'texttocallId'))
    expect(names).toEqual(inOrder(service, described.soap!.operation))
    expect(wireParams(described).every(({ place }) => place === 'soap')).toBe(true)
    expect(described.doc).toMatch(/^003 §2[5-8]\.3\.\d/)
  })
  it('all methods of all services, and the fields of a task in their order', () => {
    const methods = Object.entries(services).flatMap(([service, each]) =>
      Object.keys(each).map((name) => [service, name]),
    )
    expect(telcrmSoapOperations.map((one) => [one.path.split('/').at(-1), one.soap!.operation])).toEqual(methods)
    expect(fieldNames(soapMakeCall.params.shape.info)).toEqual(records.Texttocal.map(([name]) => name))
  })
  it('codes: every one explained in both languages', () => {
    expect(Object.keys(state4click.codes)).toEqual(['0', '1', '2', '3'])
    expect(Object.keys(texttocalState.codes)).toEqual(['WAITING', 'TRYING', 'CONFIRM', 'RING_TIME_OUT', 'CALL_FAILED'])
    expect(explainCode(state4click, 3)).toEqual({ zh: '通话状态', en: 'Talking.' })
    expect(explainCode(texttocalState, 'WAITING')?.zh).toBe('定时等待中')
  })
})

it('no number and no text of a call is ever logged', async () => {
  const lines = JSON.stringify(log.lines)
  expect(log.lines.length).toBeGreaterThan(100)
  expect(lines).not.toMatch(/13500001111|10086|您好|VOICE_MAIL/)
})
