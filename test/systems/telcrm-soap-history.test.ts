import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTelcrm } from '../../main/systems/telcrm/index.ts'
import { TelcrmConnection } from '../../preload/contract/index.ts'
import { type FakeTelcrmSoap, startFakeTelcrmSoap } from '../fakes/telcrm-soap/index.ts'
import { recordedLog } from './recorded-log.ts'

let fake: FakeTelcrmSoap
beforeEach(async () => {
  fake = await startFakeTelcrmSoap('axis')
})
afterEach(() => fake.stop())

const at = Date.parse('2016-03-28T10:00:00+08:00')
const minute = 60_000
function add(id: number, over: Record<string, string | number> = {}) {
  const row = { id, caller: '13500000002', callee: '802', channel: '1', beginTime: at + id * minute, duration: 41 }
  const rest = { state: 'STATE_RECEIVED', callType: 'LOCAL_CALL', estimate: 1, record: '', recordVoice: '' }
  fake.pbx.calls.push({ ...row, ...rest, ...over })
}
function open() {
  const connection = { id: 'pbx', system: 'telcrm', baseUrl: fake.baseUrl, callLog: 'soap' }
  return openTelcrm(TelcrmConnection.parse(connection), { log: recordedLog() })
}

describe('a PBX whose HTTP interface is off', () => {
  it('gives its log over the web service, newest first, in our words', async () => {
    add(1)
    add(2, { state: 'STATE_FAILED', duration: 0, callType: 'CENTREX_CALL', caller: '801' })
    add(3, { recordVoice: 'D:/records/3.wav', record: '要报价', state: 'STATE_RECEIVING' })
    const system = open()
    const history = system.history!
    const { rows, next } = await history.page({ from: at, to: at + 60 * minute, cursor: null, limit: 100 })
    expect(next).toBeNull()
    expect(rows).toMatchObject([
      {
        callId: 'log-3',
        isRowId: true,
        outcome: 'running',
        note: '要报价',
        recording: { reference: 'D:/records/3.wav' },
      },
      { callId: 'log-2', outcome: 'unanswered', direction: 'internal', caller: '801', durationSec: 0 },
      { callId: 'log-1', outcome: 'answered', startedAt: at + minute, durationSec: 41, recording: null },
    ])
    expect(await history.newestBefore(at + 900 * 86_400_000)).toBe(at + 3 * minute)
    expect(await history.newestBefore(at)).toBeNull()
    expect(fake.requests.every(({ line }) => line.includes('/bridge/services/CallRecordHome'))).toBe(true)
    await system.close()
  })

  it('is read to its end though the PBX caps its answers, and a quiet look costs one request', async () => {
    for (let id = 1; id <= 250; id += 1) add(id, { beginTime: at + id * 1000 })
    fake.pbx.mostCalls = 100
    const system = open()
    const look = async (from: number) => {
      const before = fake.requests.length
      const { rows } = await system.history!.page({ from, to: from + 3_600_000, cursor: null, limit: 100 })
      return { calls: rows.length, requests: fake.requests.length - before }
    }
    expect((await look(at)).calls).toBe(250)
    expect(await look(at + 240_000)).toEqual({ calls: 11, requests: 1 })
    expect(await look(at + 9_000_000)).toEqual({ calls: 0, requests: 1 })
    fake.pbx.calls.splice(1)
    const fresh = open()
    expect((await fresh.history!.page({ from: at, to: at + 3_600_000, cursor: null, limit: 9 })).rows).toHaveLength(1)
    await Promise.all([system.close(), fresh.close()])
  })

  it('reads a busy span page by page', async () => {
    for (let id = 1; id <= 5200; id += 1) add(id, { beginTime: at + id * 1000 })
    const system = open()
    const { rows } = await system.history!.page({ from: at, to: at + 6_000_000, cursor: null, limit: 100 })
    expect(new Set(rows.map(({ callId }) => callId)).size).toBe(5200)
    expect(fake.requests.filter(({ line }) => line.startsWith('POST'))).toHaveLength(2)
    await system.close()
  })

  it('reads again when the list moved between two pages, and gives up one that never rests', async () => {
    for (let id = 1; id <= 250; id += 1) add(id, { beginTime: at + id * 1000 })
    fake.pbx.mostCalls = 100
    const system = open()
    const all = { from: at, to: at + 3_600_000, cursor: null, limit: 100 }
    const run = fake.pbx.run.bind(fake.pbx)
    let asked = 0
    fake.pbx.run = (...args) => {
      asked += 1
      if (asked === 2) fake.pbx.calls.splice(0, 3)
      return run(...args)
    }
    expect((await system.history!.page(all)).rows).toHaveLength(247)
    // Two of the first reading, three of the second.
    expect(asked).toBe(5)
    fake.pbx.run = (...args) => {
      fake.pbx.calls.splice(0, 3)
      return run(...args)
    }
    await expect(system.history!.page(all)).rejects.toMatchObject({ code: 'unexpected-response' })
    await system.close()
  })
})
