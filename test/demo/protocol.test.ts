import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeMuLaw } from '../../main/demo/tone-recording.ts'
import { openTelcrm } from '../../main/systems/telcrm/index.ts'
import { ask, type Office, openOffice, until } from './demo-office.ts'

let office: Office
beforeEach(async () => {
  office = await openOffice(3)
})
afterEach(() => office.close())

const presence = (extension: string, state: string) =>
  office.control(`extnum=${extension}&state=${state}&opt=SET_EXT_PRESENCE_STATE`)
const transfer = async (extension: string, target: string) =>
  (await office.control(`extnum=${extension}&target=${target}&opt=CLICK_TO_TRANSFER`)).status
const hangUp = async (extension: string, number: string) =>
  (await office.control(`caller=${extension}&callee=${number}&opt=CLICK_TO_HUNGUP`)).status
const dial = (extension: string, number: string, opt = 'CLICK_TO_DIAL') =>
  office.control(`caller=${extension}&callee=${number}&authtype=no&opt=${opt}`)
const story = () =>
  office.receiver.pops.map(({ businessId, callee, state }) => `${businessId === 'maincall' ? 'main' : callee} ${state}`)
/** 802 talks with 李建国. */
async function talk(): Promise<void> {
  await office.clock.advance(3400 + 9000)
  await office.delivered()
  expect((await office.rows()).get('802')?.state).toBe('BUSY_INCOMING')
}

describe('EXTNUM_STATE', () => {
  it('lists 24 people with the vendor spelling, remoteNum only during a call', async () => {
    const { body, type } = await ask(`${office.pbx.baseUrl}/bridge/jsoncfg?opt=EXTNUM_STATE`)
    expect(type).toContain('application/json')
    const rows = JSON.parse(body.toString()) as Record<string, unknown>[]
    expect(rows).toHaveLength(24)
    expect(rows[1]).toEqual({
      telNum: '802',
      userName: '张霞',
      telRegState: 1,
      phoneType: 'NewRockTech-MX8-v1.9.82.333/UA',
      state: 'IDEL',
      presence: 'online',
      missingCallCount: 0,
    })
    expect(rows[3]).toMatchObject({ telNum: '804', telRegState: 0, state: 'OFFLINE' })
    expect(rows[4]).toMatchObject({ userName: '严明', presence: 'busy' })
    expect(rows[7]).toMatchObject({ telNum: '808', state: 'BUSY_OUTGOING', remoteNum: '18600005521' })
    expect(rows[12]).toMatchObject({ telNum: '813', state: 'BUSY_INCOMING', remoteNum: '075528000123' })
    expect(office.pbx.groups.map(({ id, name, extensions }) => [id, name, extensions.length])).toEqual([
      ['3001', '前台与行政', 5],
      ['3002', '售前组', 9],
      ['3003', '售后组', 5],
      ['3004', '财务与仓库', 5],
    ])
  })
})

describe('dial and hang up', () => {
  it('rings my phone first, then the number; the answer is the click call id', async () => {
    const { status, body } = await dial('802', '18600005521')
    expect(status).toBe(200)
    expect(body.toString()).toMatch(/^click-[0-9a-f]{12}$/)
    expect((await office.rows()).get('802')?.state).toBe('IDEL')
    await office.clock.advance(3000)
    expect((await office.rows()).get('802')).toMatchObject({ state: 'BUSY_OUTGOING', remoteNum: '18600005521' })
    await until('ringing', () => story().includes('18600005521 ringing'))
    expect(office.receiver.pops.find(({ state }) => state === 'ringing')).toMatchObject({
      caller: '802',
      direction: 'outgoing',
    })
    expect((await dial('802', '13800000417')).status).toBe(486)
    expect(await hangUp('802', '+86 186-0000-5521'.replace('+', '%2B').replaceAll(' ', '%20'))).toBe(200)
    await until('the end', () => story().includes('main canceled'))
    expect((await office.log21()).find(({ caller, record }) => caller === '802' && record === '')).toMatchObject({
      caller: '802',
      callee: '18600005521',
      state: 'STATE_FAILED',
      clickcallid: body.toString(),
    })
    expect(await hangUp('802', '18600005521')).toBe(481)
  })

  it('CLICK_TO_IP_DIAL does the same, inside calls ring the colleague', async () => {
    expect((await dial('802', '801', 'CLICK_TO_IP_DIAL')).status).toBe(200)
    await office.clock.advance(3500)
    await until('801 rings', () => story().includes('801 ringing'))
    expect((await office.log21()).find(({ caller, record }) => caller === '802' && record === '')).toMatchObject({
      caller: '802',
      callee: '801',
      callType: 'CENTREX_CALL',
    })
  })

  it.each([
    ['899', '13500000002', 404],
    ['804', '13500000002', 480],
    ['808', '13500000002', 486],
  ])('from %s to %s gives %d', async (extension, number, code) =>
    expect((await dial(extension, number)).status).toBe(code),
  )

  it('hangs up while ringing and while talking, and only calls that are there', async () => {
    expect(await hangUp('899', '1')).toBe(404)
    expect(await hangUp('802', '13500000002')).toBe(481)
    await talk()
    expect(await hangUp('802', '13800000417')).toBe(481)
    expect(await hangUp('802', '13500000002')).toBe(200)
    await until('hung up', () => story().includes('802 hungup'))
    expect((await office.rows()).get('802')?.state).toBe('IDEL')
  })

  it('refusing a ringing call ends it as canceled', async () => {
    await office.clock.advance(3500)
    expect(await hangUp('802', '13500000002')).toBe(200)
    await until('canceled', () => story().includes('main canceled'))
    expect(story()).toEqual(['main calling', '802 calling', '802 ringing', '802 canceled', 'main canceled'])
  })
})

describe('transfer', () => {
  it('puts the caller through: same id, another businessId', async () => {
    await talk()
    const before = office.receiver.pops.length
    const [{ id, businessId } = { id: '', businessId: '' }] = office.receiver.pops.filter(
      ({ state, callee }) => state === 'talking' && callee === '802',
    )
    expect(await transfer('802', '801')).toBe(200)
    expect((await office.rows()).get('802')?.state).toBe('IDEL')
    await office.clock.advance(6000)
    await office.delivered()
    const moved = office.receiver.pops.slice(before).filter((pop) => pop.id === id)
    expect(moved.map(({ callee, state }) => `${callee} ${state}`)).toEqual([
      '802 hungup',
      '801 calling',
      '801 ringing',
      '801 talking',
    ])
    expect(moved[1]?.businessId).not.toBe(businessId)
    expect(new Set(moved.slice(1).map((pop) => pop.businessId)).size).toBe(1)
    expect((await office.rows()).get('801')).toMatchObject({ state: 'BUSY_INCOMING', remoteNum: '13500000002' })
    expect(
      (await office.log21()).find(({ state, caller }) => state === 'STATE_RECEIVING' && caller === '13500000002'),
    ).toMatchObject({ callee: '801' })
  })

  it('of a call that I made hands over the person outside', async () => {
    office.clock.jump(0)
    let status = 481
    await dial('806', '18600005521')
    for (let second = 0; second < 30 && status !== 200; second += 1) {
      await office.clock.advance(1000)
      status = await transfer('806', '807')
    }
    expect(status).toBe(200)
    await office.clock.advance(6000)
    await office.delivered()
    expect(office.receiver.pops.find(({ callee, state }) => callee === '807' && state === 'talking')).toMatchObject({
      caller: '18600005521',
      direction: 'incoming',
    })
    expect((await office.rows()).get('807')).toMatchObject({ remoteNum: '18600005521' })
  })

  it('answers every code of the manual', async () => {
    expect(await transfer('802', '801')).toBe(481)
    await talk()
    expect(await transfer('802', '899')).toBe(404)
    expect(await transfer('899', '801')).toBe(404)
    expect(await transfer('802', '802')).toBe(400)
    expect(await transfer('802', '804')).toBe(480)
    expect(await transfer('802', '814')).toBe(480)
    expect(await transfer('802', '805')).toBe(486)
    expect(await transfer('802', '808')).toBe(486)
    expect((await office.rows()).get('802')?.state).toBe('BUSY_INCOMING')
  })
})

describe('presence', () => {
  it('sets three states and shows them', async () => {
    for (const state of ['busy', 'reducing', 'online']) {
      expect((await presence('802', state)).status).toBe(200)
      expect((await office.rows()).get('802')?.presence).toBe(state)
    }
    expect((await presence('899', 'busy')).status).toBe(404)
    expect((await presence('802', 'offline')).status).toBe(400)
  })
})

describe('call log', () => {
  const days = 'beginDate=2026-03-01&endDate=2026-03-02'

  it('begins with an hour of earlier calls, newest first, in the keys of the manual', async () => {
    const rows = await office.log21()
    expect(rows.filter(({ state }) => state !== 'STATE_RECEIVING')).toHaveLength(20)
    const earliest = rows.at(-1) ?? {}
    expect(earliest).toMatchObject({
      id: 1,
      caller: '13500000002',
      callee: '801',
      duration: 184,
      record: '问发票抬头，已邮件发送',
      cname: '李建国',
      estimate: '',
      _judge: 0,
    })
    expect(earliest.callid).toMatch(/%40127\.0\.0\.1$/)
    expect(earliest.beginTime).toBe(office.clock.now() - 59 * 60_000)
    expect(earliest._callTime).toBe('Mar 2, 2026 9:31:00 AM')
    const times = rows.map(({ beginTime }) => Number(beginTime))
    expect(times).toEqual([...times].sort((a, b) => b - a))
  })

  it('pages and filters', async () => {
    const all = await office.log21()
    expect(await office.log21(`first=3&maxResults=4&${days}&dirction=0`)).toEqual(all.slice(3, 7))
    expect(await office.log21('first=0&maxResults=9&beginDate=2026-02-27&endDate=2026-03-01&dirction=0')).toEqual([])
    const dialled = await office.log21(`first=0&maxResults=99&${days}&dirction=2`)
    expect(dialled.length).toBeGreaterThan(0)
    expect(dialled.every(({ caller }) => /^8\d\d$/.test(String(caller)))).toBe(true)
    const mine = await office.log21(`first=0&maxResults=99&${days}&dirction=1&telnum=802`)
    expect(mine.length).toBeGreaterThan(4)
    expect(mine.every(({ callee }) => callee === '802')).toBe(true)
  })

  it('a recording is μ-law, by call id and by file name', async () => {
    const row =
      (await office.log21()).find(({ duration, state }) => state === 'STATE_RECEIVED' && Number(duration) > 100) ?? {}
    const byId = await ask(`${office.pbx.baseUrl}/Oms/FileDownServlet?callid=${String(row.callid)}`)
    expect(byId).toMatchObject({ status: 200, type: 'audio/x-wav' })
    expect(byId.body.toString('latin1', 0, 4)).toBe('RIFF')
    expect(byId.body.readUInt32LE(4)).toBe(byId.body.length - 8)
    expect(byId.body.readUInt16LE(20)).toBe(7)
    expect(byId.body.readUInt32LE(24)).toBe(8000)
    expect(byId.body.length).toBe(58 + 60 * 8000)
    const byName = await ask(
      `${office.pbx.baseUrl}/Oms/FileDownServlet?filename=${encodeURIComponent(String(row.recordVoice))}`,
    )
    expect(byName.body.equals(byId.body)).toBe(true)
    const missed = (await office.log21()).find(({ state }) => state === 'STATE_FAILED') ?? {}
    expect((await ask(`${office.pbx.baseUrl}/Oms/FileDownServlet?callid=${String(missed.callid)}`)).status).toBe(404)
  })

  it('μ-law end points and silence', () => {
    expect([0, 32_767, -32_768, 1, -1].map(encodeMuLaw)).toEqual([0xff, 0x80, 0x00, 0xff, 0x7f])
  })
})

describe('strict requests', () => {
  it.each([
    ['/bridge/callctrl', 400, 'opt is missing'],
    ['/bridge/callctrl?opt=CLICK_TO_JUMP', 400, 'opt CLICK_TO_JUMP is not known'],
    ['/bridge/callctrl?opt=__proto__', 400, 'opt __proto__ is not known'],
    ['/bridge/callctrl?opt=CLICK_TO_DIAL&caller=802&authtype=no', 400, 'callee is missing'],
    ['/bridge/callctrl?opt=CLICK_TO_DIAL&caller=802&callee=%20&authtype=no', 400, 'callee is missing'],
    ['/bridge/callctrl?opt=CLICK_TO_DIAL&caller=802&callee=13500000002', 400, 'authtype is missing'],
    ['/bridge/callctrl?opt=CLICK_TO_DIAL&caller=802&callee=13500000002&authtype=md5', 400, 'authtype must be no'],
    ['/bridge/callctrl?opt=CLICK_TO_DIAL&caller=802&callee=abc&authtype=no', 400, 'callee must be digits'],
    ['/bridge/callctrl?opt=CLICK_TO_DIAL&caller=802&callee=802&authtype=no', 400, 'callee must not be the caller'],
    ['/bridge/callctrl?opt=CLICK_TO_TRANSFER&extnum=802&extnum=803&target=801', 400, 'extnum is given more than once'],
    ['/bridge/callctrl?opt=SET_EXT_PRESENCE_STATE&extnum=802', 400, 'state is missing'],
    [
      '/bridge/callctrl?opt=SET_EXT_PRESENCE_STATE&extnum=802&state=gone',
      400,
      'state must be online, reducing or busy',
    ],
    [
      '/bridge/callctrl?opt=CALL_LOG_QUERY&first=0&maxResults=9&beginDate=2026-02-30&endDate=2026-03-01&dirction=0',
      400,
      'beginDate must be a day as yyyy-MM-dd',
    ],
    [
      '/bridge/callctrl?opt=CALL_LOG_QUERY&first=-1&maxResults=9&beginDate=2026-02-20&endDate=2026-03-01&dirction=0',
      400,
      'first must be a whole number',
    ],
    [
      '/bridge/callctrl?opt=CALL_LOG_QUERY&first=0&maxResults=9&beginDate=2026-02-20&endDate=2026-03-01&dirction=3',
      400,
      'dirction must be 0, 1 or 2',
    ],
    ['/bridge/jsoncfg?opt=ALL', 400, 'opt must be EXTNUM_STATE'],
    ['/Oms/FileDownServlet', 400, 'callid or filename is missing'],
    ['/Oms/FileDownServlet?callid=unknown', 404, 'no such recording'],
    ['/', 404, 'no such path'],
    ['//', 400, 'the address cannot be read'],
  ])('%s → %d %s', async (path, status, body) => {
    const reply = await ask(`${office.pbx.baseUrl}${path}`)
    expect([reply.status, reply.body.toString()]).toEqual([status, body])
  })

  it('serves GET only', async () =>
    expect((await ask(`${office.pbx.baseUrl}/bridge/jsoncfg?opt=EXTNUM_STATE`, 'POST')).status).toBe(405))
})

describe('through the real adapter', () => {
  it('board, log, dial, presence, transfer and hang up', async () => {
    const { baseUrl } = office.pbx
    const system = openTelcrm(
      {
        id: 'demo',
        system: 'telcrm',
        baseUrl,
        extension: '802',
        supervisorExtension: null,
        line: 'fixed',
        callLog: 'http',
        callControl: 'http',
        captchaSecret: null,
      },
      { log: office.log },
    )
    try {
      await expect(system.callControl?.transfer({ extension: '802', target: '801' })).rejects.toMatchObject({
        code: 'no-call',
      })
      await talk()
      const list = await system.extensionStates?.list()
      expect(list).toHaveLength(24)
      expect(list?.find(({ extension }) => extension === '808')).toMatchObject({
        phone: 'talking',
        direction: 'outgoing',
        remoteNumber: '18600005521',
      })
      expect(list?.find(({ extension }) => extension === '804')).toMatchObject({ registered: false })
      const day = Date.UTC(2026, 2, 1)
      const page = await system.history?.page({ from: day, to: day + 86_400_000, cursor: null, limit: 100 })
      expect(page?.rows.find(({ note }) => note === '问发票抬头，已邮件发送')).toMatchObject({
        name: '李建国',
        outcome: 'answered',
        durationSec: 184,
      })
      await system.presenceControl?.setPresence({ extension: '803', presence: 'busy' })
      const { callControl } = system
      expect(await callControl?.dial({ extension: '801', number: '18600005521', line: 'ip' })).toEqual({
        clickCallId: expect.stringMatching(/^click-/),
      })
      await callControl?.hangup({ extension: '801', number: '18600005521' })
      await expect(callControl?.transfer({ extension: '802', target: '803' })).rejects.toMatchObject({ code: 'busy' })
      await expect(callControl?.transfer({ extension: '802', target: '804' })).rejects.toMatchObject({
        code: 'offline',
      })
      await callControl?.transfer({ extension: '802', target: '801' })
    } finally {
      await system.close()
    }
  })
})
