import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { UploadFile } from '../../main/core/ports/index.ts'
import { call } from '../../main/systems/kit/call.ts'
import { everyRow } from '../../main/systems/kit/pages.ts'
import { Answer } from '../../main/systems/kit/response.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { recording, recordingPlayer, savedNumber } from '../../main/systems/telcrm/envelope.ts'
import { telcrmErrors } from '../../main/systems/telcrm/errors.ts'
import { callLogGetWithCallid, callLogQuery } from '../../main/systems/telcrm/operations/call-log.ts'
import { contactsCreate, preorderCreate } from '../../main/systems/telcrm/operations/customers.ts'
import { toneFileQuery } from '../../main/systems/telcrm/operations/tone-files.ts'
import { plainCallId } from '../../main/systems/telcrm/values.ts'
import { logRow, muLawWav } from '../fakes/telcrm/index.ts'
import { startCapturingServer } from './capturing-server.ts'
import { recordedLog } from './recorded-log.ts'
import { pbxForEachTest } from './telcrm-pbx.ts'

const customer = '13500000002'
const pbx = pbxForEachTest()

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const open = (baseUrl: string) =>
  openSession({ connection: 'pbx', system: 'telcrm', baseUrl, errors: telcrmErrors, log: recordedLog() })
const fileOf = (bytes: Buffer): UploadFile => ({
  name: '提示.wav',
  type: 'audio/wav',
  size: bytes.length,
  async *open() {
    yield bytes
  },
})

describe('customers', () => {
  const contact = (cname: string, cvalue: string) => ({ cname, localuser: -1, gid: 1, details: [{ tid: 1, cvalue }] })

  it.each(['status', 'body'] as const)('contacts are created, a known number is a conflict (%s)', async (style) => {
    pbx.fake.setResultStyle(style)
    const data = JSON.stringify({ contacts: [{ cname: '李 & 建国', details: [{ tid: 1, cvalue: customer }] }] })
    await pbx.data('contacts-create', { data })
    expect(pbx.fake.state.customerBase.contacts).toEqual([contact('李 & 建国', customer)])
    expect(pbx.fake.state.customers.get(customer)).toBe('李 & 建国')
    const { problem } = await pbx.run('contacts-create', { data })
    expect(problem).toMatchObject({
      code: 'conflict',
      details: { vendorCode: '483', explained: { zh: '电话号码重复', en: expect.stringContaining('already in use') } },
    })
  })
  it('opportunities likewise', async () => {
    const preorder = [{ cname: '王', telnum: customer, product: 'CRM', comment: '回电' }]
    await pbx.data('preorder-create', { data: { preorder } })
    expect(pbx.fake.state.customerBase.preorders).toEqual(preorder)
    expect(await pbx.refusal('preorder-create', { data: { preorder } })).toEqual(['conflict', '483'])
  })
  it('our names and the vendor’s mean the same', async () => {
    const session = open(pbx.fake.baseUrl)
    const details = [{ title: 2, value: '4006198112' }]
    await call(session, contactsCreate, { data: { contacts: [{ name: '李', details }] } })
    const opportunity = { name: '王', number: customer, product: 'CRM', comment: '', qq: '1' }
    await call(session, preorderCreate, { data: { opportunities: [opportunity] } })
    await session.close()
    const { contacts, preorders } = pbx.fake.state.customerBase
    expect(contacts[0]).toEqual({ ...contact('李', ''), details: [{ tid: 2, cvalue: '4006198112' }] })
    expect(preorders[0]).toEqual({ cname: '王', telnum: customer, product: 'CRM', comment: '', qq: '1' })
  })

  it('what is wrong is named as it was typed, however deep', async () => {
    const fieldOf = async (operation: string, data: object) =>
      (await pbx.run(operation, { data: JSON.stringify(data) })).problem?.details.field
    const details = [{ tid: 1, cvalue: '' }]
    expect(await fieldOf('contacts-create', { contacts: [{ cname: '李', details }] })).toBe(
      'data.contacts.0.details.0.cvalue',
    )
    expect(await fieldOf('contacts-create', { contacts: [{ cname: '李', gid: 0, details: [] }] })).toBe(
      'data.contacts.0.gid',
    )
    expect(await fieldOf('contacts-create', { contacts: [{ localuser: 'x', cname: '李', details }] })).toBe(
      'data.contacts.0.localuser',
    )
    expect(await fieldOf('preorder-create', { preorder: [] })).toBe('data.preorder')
    expect(await fieldOf('preorder-create', { preorder: [{ cname: '王', telnum: '' }] })).toBe('data.preorder.0.telnum')
  })

  it('what is not a contact is not sent', async () => {
    const wrong = [
      '{"contacts": []}',
      '{"contacts": [{"cname": "李", "details": []}]}',
      '{"contacts": [{"cname": "", "details": [{"tid": 1, "cvalue": "1"}]}]}',
      '{"contacts": [{"cname": "李", "phone": "1", "details": [{"tid": 1, "cvalue": "1"}]}]}',
      '[]',
      'contacts',
    ]
    for (const data of wrong) {
      const { problem } = await pbx.run('contacts-create', { data })
      expect({ data, code: problem?.code }).toEqual({ data, code: 'bad-request' })
      expect(problem?.details.field).toMatch(/^data/)
    }
    expect(pbx.fake.requests).toEqual([])
  })
})

describe('voice files', () => {
  it('are listed, added, changed and deleted', async () => {
    const sound = muLawWav(0.5)
    const added = { title: '下班 + 50% 提示', des: '静音 0.3 秒 ~(*)', file: fileOf(sound) }
    expect(await pbx.data('tone-file-save', added)).toEqual({ id: 14 })
    expect(pbx.fake.state.sounds.tones.get(14)).toMatchObject({ titel: added.title, des: added.des, sound })
    expect(await pbx.data('tone-file-save', { id: '14', title: 'Night', des: 'n' })).toEqual({ id: 14 })
    expect(pbx.fake.state.sounds.tones.get(14)).toMatchObject({ titel: 'Night', sound })
    const rows = (await pbx.data('tone-file-query')) as { id: number; titel: string }[]
    expect(rows.map(({ id, titel }) => [id, titel])).toEqual([
      [1, '个人来电转语音邮箱导航'],
      [2, '非工作时间提醒'],
      [3, '录音提示'],
      [12, '静音'],
      [13, '转话语音导航'],
      [14, 'Night'],
    ])
    expect(await pbx.data('tone-file-delete', { id: '14' })).toEqual({ code: 200, text: null })
    expect(await pbx.refusal('tone-file-delete', { id: 14 })).toEqual(['not-found', '404'])
  })
  it('0 is a refusal, whatever the PBX disliked', async () => {
    const added = { title: 'a', des: 'b', file: fileOf(Buffer.from('RIFF, but no wave')) }
    expect(await pbx.refusal('tone-file-save', added)).toEqual(['server-error', '0'])
    expect(await pbx.refusal('tone-file-save', { ...added, id: 99 })).toEqual(['server-error', '0'])
  })
  it('a new one without sound is not sent', async () => {
    const { problem } = await pbx.run('tone-file-save', { title: 'a', des: 'b' })
    expect(problem).toMatchObject({ code: 'bad-request', details: { field: 'file' } })
    expect(pbx.fake.requests).toEqual([])
  })
  it('any number is one, anything else is no answer', () => {
    const read = (body: string, status = 200) => {
      const answer = new Answer(status, {}, Buffer.from(body))
      const { ok, code } = savedNumber().judge(answer)
      return ok ? savedNumber().read(answer) : code
    }
    expect([read('404'), read(' 14\n'), read('0'), read('14', 500)]).toEqual([{ id: 404 }, { id: 14 }, '0', '500'])
    expect(() => read('')).toThrow('empty')
    expect(() => read('saved')).toThrow('undocumented-code')
    expect(() => read('<html>')).toThrow('html-page')
  })
  it('the title is read in both spellings', async () => {
    const server = await startCapturingServer({ status: 200, body: '[{"id":1,"title":"a"},{"id":"2","Titel":"b"}]' })
    const session = open(server.baseUrl)
    expect(await call(session, toneFileQuery, {})).toEqual([
      { id: 1, titel: 'a' },
      { id: 2, titel: 'b' },
    ])
    await session.close()
    await server.stop()
  })
})

describe('recordings', () => {
  const path = 'D:/records/monitor/2016-08-22/801_803 李.wav'

  it('are downloaded by call id, however it is written, and by path', async () => {
    const { bytes } = pbx.fake.state.sounds.record('1456383508555141554-0@192.168.1.60', path, muLawWav(2))
    const file = { bytes: bytes.length, sha256: sha256(bytes), contentType: 'audio/x-wav' }
    for (const at of ['@', '%40', '%2540']) {
      expect(await pbx.data('file-down-by-callid', { callid: `1456383508555141554-0${at}192.168.1.60` })).toEqual(file)
      expect(pbx.fake.requests.at(-1)!.target).toBe('/Oms/FileDownServlet?callid=1456383508555141554-0%40192.168.1.60')
    }
    expect(await pbx.data('file-down-by-filename', { filename: path })).toEqual(file)
    expect(await pbx.data('record-player-by-callid', { callid: '1456383508555141554-0%40192.168.1.60' })).toEqual(file)
    const page = await pbx.run('record-player-by-file', { voiceFile: path })
    expect(page.data).toMatchObject({ contentType: 'text/html;charset=UTF-8' })
    expect(page.raw!.text).toContain('<audio')
  })
  it('a long one goes to the sink piece by piece', async () => {
    const sound = muLawWav(40)
    pbx.fake.state.sounds.record('a@b', path, sound)
    for (const name of ['file-down-by-callid', 'record-player-by-callid']) {
      const pieces: Uint8Array[] = []
      const sink = { write: (piece: Uint8Array) => void pieces.push(Buffer.from(piece)) }
      const { data, raw } = await pbx.run(name, { callid: 'a@b' }, { sink })
      expect(data).toMatchObject({ bytes: sound.length, sha256: sha256(sound) })
      expect(Buffer.concat(pieces).equals(sound)).toBe(true)
      expect(raw).toBeNull()
    }
  })
  it('one that is not there is not found', async () => {
    expect((await pbx.run('file-down-by-callid', { callid: 'x@y' })).problem).toMatchObject({
      code: 'not-found',
      details: { reason: 'html-page' },
    })
    expect((await pbx.refusal('record-player-by-file', { voiceFile: 'x' }))[0]).toBe('not-found')
  })
  it('sound is sound, whatever it is called', () => {
    const answer = (body: Buffer | string, type: string) => new Answer(200, { 'content-type': type }, Buffer.from(body))
    const judge = (body: Buffer | string, type: string) => recording().judge(answer(body, type))
    expect(judge(muLawWav(0.1), 'text/html')).toMatchObject({ ok: true, code: '200' })
    expect(judge('404', 'text/plain')).toEqual({ ok: false, code: '404' })
    expect(() => judge('file not found', 'text/html;charset=GBK')).toThrow('html-page')
    expect(() => judge('', 'audio/wav')).toThrow('empty')
    expect(() => recordingPlayer().read(answer('', 'audio/wav'))).toThrow('empty')
  })
})

describe('call log', () => {
  it('one call by its id, as screen pops and the log write it', async () => {
    const id = await pbx.talk(customer, '801')
    pbx.fake.state.sounds.record(id, 'D:/1.wav')
    const row = { caller: customer, callee: '801', state: 'STATE_RECEIVING', recordVoice: 'D:/1.wav' }
    for (const callid of [id, id.replace('@', '%40')]) {
      const { data, explained } = await pbx.run('call-log-get-with-callid', { callid })
      expect(data).toEqual([expect.objectContaining(row)])
      expect(explained.map((one) => [one.path, one.zh])).toEqual([
        ['[0].state', '通话中'],
        ['[0].callType', '本地通话'],
      ])
    }
    expect(await pbx.data('call-log-get-with-callid', { callid: 'x@y' })).toEqual([])
  })
  it('a lone row and no row are read as well; upper case does not matter', async () => {
    const row = {
      id: 1,
      caller: '1',
      callee: '2',
      beginTime: 1,
      duration: 0,
      state: 'STATE_FAILED',
      callType: 'LOCAL_CALL',
    }
    const bodies = [JSON.stringify({ ...row, Cname: '李', Fxonum: '5', Record: '回电' }), 'null', '[]']
    const outputs = []
    for (const body of bodies) {
      const server = await startCapturingServer({ status: 200, contentType: 'application/json', body })
      const session = open(server.baseUrl)
      outputs.push(await call(session, callLogGetWithCallid, { callId: 'a@b' }))
      await session.close()
      await server.stop()
    }
    expect(outputs).toEqual([[{ ...row, cname: '李', fxonum: '5', record: '回电' }], [], []])
  })
  it('goes on until a page brings nothing new, each row once', async () => {
    const beginTime = Date.UTC(2016, 2, 28, 4)
    for (let id = 1; id <= 25; id += 1) {
      pbx.fake.state.oldLog.push(logRow({ id, caller: customer, callee: '801', beginTime: beginTime + id }))
    }
    const session = open(pbx.fake.baseUrl)
    const ids: unknown[] = []
    const days = { beginDate: '2016-03-28', endDate: '2016-03-28' }
    for await (const row of everyRow(session, callLogQuery, { first: 0, maxResults: 10, ...days })) {
      ids.push((row as { id: number }).id)
      // A new call pushes the others down.
      if (ids.length === 10) {
        pbx.fake.state.oldLog.push(logRow({ id: 26, caller: customer, callee: '801', beginTime: beginTime + 26 }))
      }
    }
    await session.close()
    expect(ids).toEqual(Array.from({ length: 25 }, (_, nth) => 25 - nth))
    expect(pbx.fake.requests.map((one) => /first=(\d+)/.exec(one.target)![1])).toEqual(['0', '10', '20', '26'])
  })
})

describe('plainCallId()', () => {
  it('undoes any number of encodings, and nothing else', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w.:-]{1,30}@[\w.:-]{1,20}$/), fc.nat(3), (id, times) => {
        let written = id
        for (let nth = 0; nth < times; nth += 1) written = encodeURIComponent(written)
        expect(plainCallId(written)).toBe(id)
      }),
    )
    expect(plainCallId('100%')).toBe('100%')
  })
})
