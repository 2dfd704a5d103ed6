import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { toHistoryEntry } from '../../main/core/history/history-entry.ts'
import { readSpan } from '../../main/core/history/read-span.ts'
import type { TelephonySystem } from '../../main/core/ports/index.ts'
import { openSystem } from '../../main/systems/index.ts'
import { toCallLogRow, toExtensionState } from '../../main/systems/telcrm/map.ts'
import { Connection } from '../../preload/contract/index.ts'
import { type FakeTelcrm, logRow, startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { recordedLog } from './recorded-log.ts'

const number = '13500000002'
let fake: FakeTelcrm
let pbx: TelephonySystem
/** With short times, for what is late. */
let hasty: TelephonySystem

beforeAll(async () => {
  fake = await startFakeTelcrm()
  const connection = Connection.parse({ id: 'pbx', system: 'telcrm', baseUrl: fake.baseUrl })
  pbx = await openSystem(connection, { log: recordedLog() })
  hasty = await openSystem(connection, { log: recordedLog(), limits: { firstByteMs: 150, totalMs: 300 } })
})
afterEach(() => {
  fake.fault(null)
  fake.setResultStyle('status')
  fake.state.calls.clear()
  for (const extension of fake.state.extensions.values()) {
    Object.assign(extension, { state: 'IDEL', telRegState: 1, presence: 'online' })
    delete extension.remoteNum
  }
})
afterAll(async () => {
  await Promise.all([pbx.close(), hasty.close()])
  await fake.stop()
})

async function failure(running: Promise<unknown>): Promise<CoreError> {
  const error = await running.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(CoreError)
  return error as CoreError
}
const stateOf = async (extension: string) =>
  (await pbx.extensionStates!.list()).find((row) => row.extension === extension)

describe.each(['status', 'body'] as const)('with result codes as %s', (style) => {
  it('dials over both lines; the extension talks after it was picked up', async () => {
    for (const line of ['fixed', 'ip'] as const) {
      fake.setResultStyle(style)
      const { clickCallId } = await pbx.callControl!.dial({ extension: '801', number, line })
      const call = fake.state.callOf('801')!
      expect(clickCallId).toBe(style === 'status' ? call.clickCallId : null)
      expect(fake.requests.at(-1)!.target).toContain(line === 'ip' ? 'CLICK_TO_IP_DIAL' : 'CLICK_TO_DIAL')
      expect(await stateOf('801')).toMatchObject({ phone: 'idle', remoteNumber: null })
      await fake.answer(call.id)
      expect(await stateOf('801')).toMatchObject({ phone: 'talking', direction: 'outgoing', remoteNumber: number })
      await pbx.callControl!.hangup({ extension: '801', number })
      expect(await stateOf('801')).toMatchObject({ phone: 'idle', remoteNumber: null })
    }
  })
  it('says why dialling failed', async () => {
    fake.setResultStyle(style)
    fake.state.extensions.get('803')!.telRegState = 0
    await pbx.callControl!.dial({ extension: '801', number, line: 'fixed' })
    const codeFor = async (extension: string) =>
      (await failure(pbx.callControl!.dial({ extension, number, line: 'fixed' }))).code
    expect(await Promise.all(['801', '803', '899'].map(codeFor))).toEqual(['busy', 'offline', 'not-found'])
  })
  it('transfers, and says why not', async () => {
    fake.setResultStyle(style)
    fake.state.extensions.get('803')!.telRegState = 0
    const { id } = await fake.ring({ from: number, to: '801' })
    await fake.answer(id)
    await fake.ring({ from: '13500000003', to: '804' })
    const refusal = async (extension: string, target: string) => {
      const { code, details } = await failure(pbx.callControl!.transfer({ extension, target }))
      return [code, details.vendorCode, details.vendorText]
    }
    expect(await refusal('801', '899')).toEqual(['not-found', '404', '目标分机不存在'])
    expect(await refusal('801', '803')).toEqual(['offline', '480', '目标分机不在线'])
    expect(await refusal('802', '805')).toEqual(['no-call', '481', 'extnum 不存在可以转移的通话'])
    expect(await refusal('801', '804')).toEqual(['busy', '486', '目标分机忙'])
    await pbx.callControl!.transfer({ extension: '801', target: '802' })
    await fake.answer(id)
    expect(await stateOf('802')).toMatchObject({ phone: 'talking', direction: 'incoming', remoteNumber: number })
    expect((await stateOf('801'))!.phone).toBe('idle')
  })
  it('hangs up only a call that is there', async () => {
    fake.setResultStyle(style)
    expect((await failure(pbx.callControl!.hangup({ extension: '801', number }))).code).toBe('no-call')
    const { id } = await fake.ring({ from: number, to: '801' })
    await pbx.callControl!.hangup({ extension: '801', number })
    expect(fake.state.calls.get(id)!.state).toBe('ended')
  })
  it('sets presence', async () => {
    fake.setResultStyle(style)
    for (const presence of ['busy', 'reducing', 'online'] as const) {
      await pbx.presenceControl!.setPresence({ extension: '802', presence })
      expect((await stateOf('802'))!.presence).toBe(presence)
    }
    expect((await failure(pbx.presenceControl!.setPresence({ extension: '899', presence: 'busy' }))).code).toBe(
      'not-found',
    )
  })
})

describe('call log', () => {
  it('pages newest first by days in UTC+8, with call ids as the screen pop has them', async () => {
    const midnight = Date.UTC(2016, 2, 28, 16) // 29 March 00:00 in UTC+8
    fake.state.oldLog.push(
      logRow({
        id: 1,
        caller: number,
        callee: '801',
        beginTime: midnight - 1,
        callid: 'a%40b',
        duration: 41,
        state: 'STATE_RECEIVED',
        cname: '李先生',
        record: '回电',
        recordVoice: 'D:/1.wav',
      }),
      logRow({ id: 2, caller: '801', callee: '802', beginTime: midnight, callType: 'CENTREX_CALL' }),
      logRow({ id: 3, caller: number, callee: '802', beginTime: midnight + 1000 }),
    )
    const page = (cursor: string | null, limit: number, from: number, to: number) =>
      pbx.history!.page({ from, to, cursor, limit })
    const { rows, next } = await page(null, 10, midnight - 1, midnight + 1)
    expect(next).toBe('3')
    expect(rows.map((row) => row.startedAt - midnight)).toEqual([1000, 0, -1])
    expect(rows[2]).toEqual({
      callId: 'a@b',
      isRowId: false,
      clickCallId: null,
      caller: number,
      callee: '801',
      direction: null,
      name: '李先生',
      startedAt: midnight - 1,
      durationSec: 41,
      outcome: 'answered',
      extension: null,
      group: null,
      note: '回电',
      causeCode: null,
      causeText: null,
      recording: { kind: 'telcrm-file', reference: 'D:/1.wav' },
    })
    expect(rows[1]).toMatchObject({
      direction: 'internal',
      outcome: 'unanswered',
      name: null,
      note: null,
      recording: null,
    })
    expect(await page('1', 1, midnight - 1, midnight + 1)).toEqual({ rows: [rows[1]], next: '2' })
    expect(await page(null, 10, midnight - 1, midnight)).toEqual({ rows: [rows[2]], next: null })
    expect(pbx.history!.stepBack!('7', 5)).toBe('2')
    expect(pbx.history!.stepBack!('3', 5)).toBe('0')
  })

  it('knows the newest call before a day, and about how many there are', async () => {
    const day = Date.UTC(2026, 2, 1) - 8 * 3_600_000
    for (let id = 1; id <= 3000; id += 1)
      fake.state.oldLog.push(logRow({ id, caller: '801', callee: '13500000002', beginTime: day - id * 1000 }))
    fake.state.oldLog.push(logRow({ id: 9000, caller: '801', callee: '13500000002', beginTime: day + 5 }))
    expect(await pbx.history!.newestBefore(day)).toBe(day - 1000)
    expect(await pbx.history!.newestBefore(Date.UTC(2010, 0, 1))).toBeNull()
    const estimate = await pbx.history!.estimateBefore(day)
    expect(Math.abs(estimate! - 3000)).toBeLessThan(330)
    expect(fake.requests.filter(({ target }) => target.includes('CALL_LOG')).length).toBeLessThan(20)
  })

  it('is read to its end though the PBX caps its answers, and a quiet look costs one request', async () => {
    const day = Date.UTC(2014, 4, 5)
    for (let id = 1; id <= 250; id += 1)
      fake.state.oldLog.push(
        logRow({ id, caller: number, callee: '801', beginTime: day + id * 1000, callid: `${id}%40cap` }),
      )
    fake.state.mostLogRows = 100
    const connection = Connection.parse({ id: 'capped', system: 'telcrm', baseUrl: fake.baseUrl })
    const capped = await openSystem(connection, { log: recordedLog() })
    const read = async (from: number) => {
      const found = new Set<string>()
      const before = fake.requests.length
      await readSpan({
        ...{ source: capped.history!, span: { from, to: from + 86_400_000 }, until: null, firstPageRows: 1000 },
        signal: new AbortController().signal,
        isEnough: () => false,
        onPage: async (rows) => rows.forEach(({ callId }) => void found.add(callId)),
      })
      return { calls: found.size, requests: fake.requests.length - before }
    }
    expect(await read(day)).toEqual({ calls: 250, requests: 3 })
    fake.state.oldLog.push(logRow({ id: 9, caller: number, callee: '801', beginTime: day + 5 * 86_400_000 }))
    expect(await read(day + 5 * 86_400_000)).toEqual({ calls: 1, requests: 1 })
    expect(await read(day + 7 * 86_400_000)).toEqual({ calls: 0, requests: 1 })
    fake.state.mostLogRows = Number.POSITIVE_INFINITY
    await capped.close()
  })

  it('decodes an id once, and takes numbers as strings', () => {
    const row = { id: 5, caller: '1', callee: '2', beginTime: 1, duration: 0, state: 'STATE_RECEIVING', callType: '' }
    expect(toCallLogRow({ ...row, callid: 'x%2540y' }).callId).toBe('x%40y')
    expect(toCallLogRow({ ...row, callid: '100%' }).callId).toBe('100%')
    expect(toCallLogRow(row)).toMatchObject({ callId: 'log-5', isRowId: true, outcome: 'running' })
    expect(toCallLogRow({ ...row, callid: 'log-5' }).isRowId).toBe(false)
    const facts = { canonicalOf: (one: string) => one, isExtension: () => false }
    const dialled = { ...row, callid: 'x', clickcallid: 'click-7' }
    expect(toHistoryEntry(toCallLogRow(dialled), facts, () => '')).toMatchObject({
      callId: 'x',
      clickCallId: 'click-7',
    })
    expect(toCallLogRow({ ...dialled, clickcallid: '' }).clickCallId).toBeNull()
  })

  it('a state that no document knows is neither missed nor answered', () => {
    const row = { id: 5, caller: number, callee: '802', beginTime: 1, duration: 0, callType: '' }
    const resultOf = (state: string) =>
      toHistoryEntry(
        toCallLogRow({ ...row, state }),
        { canonicalOf: (one) => one, isExtension: (one) => one === '802' },
        () => '',
      )?.result
    expect(['STATE_FAILED', 'STATE_RECEIVED', 'STATE_RECEIVING'].map(resultOf)).toEqual([
      'missed',
      'answered',
      'running',
    ])
    expect(['STATE_FORWARDED', ''].map(resultOf)).toEqual(['unknown', 'unknown'])
  })
})

describe('extension states', () => {
  const row = { telNum: '801', userName: '', telRegState: 1, state: 'IDEL', presence: 'online', missingCallCount: 2 }

  it('reads the words of the manual, their contradictions, and others', () => {
    const phone = (state: string) => toExtensionState({ ...row, state }).phone
    expect(['IDEL', 'IDLE', 'ONLINE', 'idel', 'OFFLINE', 'BUSY_INCOMING', 'RINGING', 'constructor'].map(phone)).toEqual(
      ['idle', 'idle', 'idle', 'idle', 'offline', 'talking', 'unknown', 'unknown'],
    )
    const presence = (word: string) => toExtensionState({ ...row, presence: word }).presence
    expect(
      ['Online', 'online', 'offline', 'REDUCING', 'busy', 'unkown', 'unknown', '', 'toString'].map(presence),
    ).toEqual(['online', 'online', 'offline', 'reducing', 'busy', 'unknown', 'unknown', 'unknown', 'unknown'])
    expect(toExtensionState({ ...row, telRegState: 0, remoteNum: '' })).toMatchObject({
      registered: false,
      remoteNumber: null,
      missedCount: 2,
    })
  })
  it('names and numbers survive GBK', async () => {
    fake.fault('gbk')
    expect((await pbx.extensionStates!.list()).map((one) => one.name)).toEqual([
      '李阳',
      '张霞',
      '王芳',
      '刘洋',
      '陈静',
      '赵磊',
    ])
  })
})

describe('what a fake PBX in trouble looks like', () => {
  const cases = [
    ['silence', 'timeout'],
    ['slow', 'timeout'],
    ['drip', 'timeout'],
    ['reset', 'unexpected-response'],
    ['cut', 'unexpected-response'],
    ['html-login', 'unexpected-response'],
    ['html-as-json', 'unexpected-response'],
    ['redirect', 'unexpected-response'],
    ['truncated-json', 'unexpected-response'],
    ['wrong-types', 'unexpected-response'],
    ['missing-field', 'unexpected-response'],
    ['empty', 'unexpected-response'],
    ['gzip-bomb', 'unexpected-response'],
    ['status-999', 'unexpected-response'],
    ['unauthorized', 'auth-failed'],
    ['server-error', 'server-error'],
  ] as const
  it.each(cases)('%s → %s, and well again afterwards', async (fault, code) => {
    // Twice where the first one is repeated on a new socket.
    fake.fault(fault, { times: fault === 'reset' ? 2 : 1 })
    const asked = code === 'timeout' ? hasty : pbx
    expect((await failure(asked.extensionStates!.list())).code).toBe(code)
    fake.fault(null)
    expect(await pbx.extensionStates!.list()).toHaveLength(6)
  })
  it('a byte order mark is no trouble', async () => {
    fake.fault('bom')
    expect(await pbx.extensionStates!.list()).toHaveLength(6)
  })
})

it('every system of the settings has a client', async () => {
  for (const { shape } of Connection.options) {
    const { value: system } = shape.system
    const opened = await openSystem(Connection.parse({ id: 'one', system, baseUrl: 'http://host' }), {
      log: recordedLog(),
    })
    expect(opened).toMatchObject({ connection: 'one', system, address: 'host' })
    await opened.close()
  }
  expect(pbx).toMatchObject({ connection: 'pbx', system: 'telcrm', address: `127.0.0.1:${fake.port}` })
})
