import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { openTelcrm } from '../../main/systems/telcrm/index.ts'
import { TelcrmConnection } from '../../preload/contract/index.ts'
import { type CannedServer, type Script, startCannedServer } from './canned-server.ts'
import { faultCases, maxBytes, type Verdict } from './fault-cases.ts'
import { recordedLog } from './recorded-log.ts'

/** Short only where the clock is what is tested, so that a busy machine changes no verdict. */
const hasty = { connectMs: 200, firstByteMs: 120, totalMs: 300, maxBytes }
const patient = { connectMs: 2_000, firstByteMs: 2_000, totalMs: 4_000, maxBytes }
const number = '13500000002'
const log = recordedLog()
let elsewhere: CannedServer
let canned: CannedServer | null = null

beforeAll(async () => {
  elsewhere = await startCannedServer('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]')
})
afterEach(async () => {
  await canned?.stop()
})
afterAll(async () => {
  await elsewhere.stop()
})

const limitsFor = (verdict: Verdict) => (verdict[0] === 'timeout' ? hasty : patient)

/** Run one call against a script and say how it ended. */
async function outcome(script: Script, which: 'poll' | 'dial', limits = patient): Promise<Verdict> {
  canned = await startCannedServer(script)
  const baseUrl = `http://admin:topsecret@127.0.0.1:${canned.port}`
  const pbx = openTelcrm(TelcrmConnection.parse({ id: 'pbx', system: 'telcrm', baseUrl }), { log, limits })
  const startedAt = performance.now()
  try {
    if (which === 'poll') {
      const rows = await pbx.extensionStates!.list()
      expect(rows.map((row) => row.name)).toEqual(['李阳'])
    } else {
      await pbx.callControl!.dial({ extension: '801', number, line: 'fixed' })
    }
    return 'ok'
  } catch (error) {
    expect(error).toBeInstanceOf(CoreError)
    const { code, details } = error as CoreError
    const operation = which === 'poll' ? 'telcrm.extnum-state' : 'telcrm.click-to-dial'
    expect(details).toMatchObject({ operation, connection: 'pbx' })
    return [code, details.reason, details.field].filter((part) => part !== undefined) as unknown as Verdict
  } finally {
    expect(performance.now() - startedAt).toBeLessThan(limits.totalMs + 500)
    await pbx.close()
  }
}

describe('R4 every fault ends in its own classified error, in time', () => {
  it('there are at least 40 of them', () => {
    expect(faultCases.length).toBeGreaterThanOrEqual(40)
    expect(new Set(faultCases.map((one) => one.name)).size).toBe(faultCases.length)
  })
  for (const { name, script, poll, dial = poll } of faultCases) {
    it(`poll: ${name}`, async () => {
      expect(await outcome(script, 'poll', limitsFor(poll))).toEqual(poll)
    })
    it(`dial: ${name}`, async () => {
      expect(await outcome(script, 'dial', limitsFor(dial))).toEqual(dial)
      // Whatever happened, the telephone was asked to ring once.
      expect(canned!.heads).toHaveLength(1)
    })
  }
  it('R3 a reset after every single byte of an answer is an error, never half a board', async () => {
    const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]'
    for (let length = 0; length < whole.length; length += 1) {
      const verdict = await outcome((socket) => {
        if (length > 0) socket.write(whole.slice(0, length))
        setTimeout(() => socket.resetAndDestroy(), 3)
      }, 'poll')
      expect(verdict, `after ${length} bytes`).toEqual(['unexpected-response', 'connection-closed'])
      await canned?.stop()
    }
  })
  it('T12 nothing follows a redirect and no password of the address leaves', async () => {
    const location = `http://127.0.0.1:${elsewhere.port}/bridge/jsoncfg`
    for (const status of ['301', '302', '303', '307', '308']) {
      const verdict = await outcome(
        `HTTP/1.1 ${status} X\r\nContent-Length: 0\r\nLocation: ${location}\r\n\r\n`,
        'poll',
      )
      expect(verdict).toEqual(['unexpected-response', 'redirect'])
      expect(canned!.heads.join()).not.toMatch(/authorization/i)
      await canned?.stop()
    }
    expect(elsewhere.heads).toEqual([])
  })
  it('no log line holds an address, a query, a payload, a secret or a number', () => {
    expect(log.lines.length).toBeGreaterThan(faultCases.length * 2)
    const allowed = ['operation', 'connection', 'status', 'ms', 'bytes', 'code', 'vendorCode', 'reason', 'field']
    for (const { event, fields } of log.lines) {
      expect(['call', 'call failed']).toContain(event)
      expect(allowed).toEqual(expect.arrayContaining(Object.keys(fields)))
      // Numbers stand only under status, ms and bytes; nothing of the rest looks like a telephone number or a URL.
      const { status: _status, ms: _ms, bytes: _bytes, ...words } = fields
      expect(JSON.stringify(words)).not.toMatch(/\d{4}|topsecret|admin|李|http:|\/bridge|opt=|127\.0/)
    }
  })
})
