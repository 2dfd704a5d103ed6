import type { LookupFunction } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CoreError } from '../../main/core/errors.ts'
import { call } from '../../main/systems/kit/call.ts'
import { isCloseBy } from '../../main/systems/kit/close-by.ts'
import { operation } from '../../main/systems/kit/operation.ts'
import { binary } from '../../main/systems/kit/response.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { answer, startCannedServer } from './canned-server.ts'
import { recordedLog } from './recorded-log.ts'

const recording = operation({
  ...{ id: 'x.recording', title: 'Test', titleZh: '测试', doc: 'none', method: 'GET', path: '{url}', retry: 'safe' },
  params: z.object({ url: z.string() }),
  response: binary(),
  auth: false,
})

const toEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

/** Names of a hostile name server. */
const names: Record<string, string[]> = {
  'rebound.example': ['127.0.0.1'],
  'both.example': ['93.184.216.34', '127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'six.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'wire.example': ['fe80::1'],
  'nowhere.example': ['0.0.0.0'],
}

/** A server of this computer, and a connection whose system is somewhere else. */
async function office() {
  const server = await startCannedServer(answer('RIFF', { headers: ['Content-Type: audio/wav'] }))
  toEnd.push(() => server.stop())
  const lookup: LookupFunction = (hostname, options, done) => {
    const known = names[hostname]
    if (!known) {
      done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), '')
      return
    }
    const found = known.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) done(null, found)
    else done(null, found[0]!.address, found[0]!.family)
  }
  const facts = { connection: 'desk', system: 'x', errors: {}, log: recordedLog(), lookup }
  const ask = async (url: string, baseUrl = 'http://cloud.example') => {
    const session = openSession({ ...facts, baseUrl })
    toEnd.push(() => session.close())
    try {
      await call(session, recording, { url })
      return 'ok'
    } catch (thrown) {
      if (!(thrown instanceof CoreError)) throw thrown
      return `${thrown.code} ${thrown.details.reason}`
    }
  }
  return { server, ask }
}

/** Everything that ends at this computer, however it is written. */
const hosts = [
  ...['127.0.0.1', '127.1', '127.0.1', '127.8.8.8', '127.255.255.255', '2130706433', '0x7f000001', '0x7f.0.0.1'],
  ...['0177.0.0.1', '017700000001', '127.0.0.1.', '１２７.0.0.1', '127。0。0。1', '0.0.0.0', '0', '0.1.2.3'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'a.b.localhost.', 'ｌocalhost', '%6cocalhost'],
  ...['169.254.169.254', '169.254.0.1', '2852039166', '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]'],
  ...['[::ffff:7f00:1]', '[::ffff:a9fe:a9fe]', '[fe80::1]', '[febf::1]', 'cloud.example@127.0.0.1', '127.0.0.1:80@0'],
  ...Object.keys(names),
]

describe('T13 an address out of an answer', () => {
  it(`does not reach this computer: ${hosts.length} ways to write it`, async () => {
    expect(hosts.length).toBeGreaterThanOrEqual(40)
    const { server, ask } = await office()
    for (const host of hosts) {
      expect(await ask(`http://${host}:${server.port}/x.wav`), host).toBe('bad-request wrong-address')
      expect(await ask(`//${host}:${server.port}/x.wav`), host).toBe('bad-request wrong-address')
    }
    expect(server.connections).toBe(0)
  })
  it('nor by way of a redirect', async () => {
    const { server } = await office()
    const outside = await startCannedServer(
      answer('', { status: '302 Found', headers: [`Location: http://127.0.0.1:${server.port}/x.wav`] }),
    )
    toEnd.push(() => outside.stop())
    const session = openSession({
      ...{ connection: 'desk', system: 'x', errors: {}, log: recordedLog(), baseUrl: outside.baseUrl },
    })
    toEnd.push(() => session.close())
    await expect(call(session, recording, { url: '/x.wav' })).rejects.toMatchObject({
      details: { reason: 'redirect' },
    })
    expect([outside.heads.length, server.connections]).toEqual([1, 0])
  })
  it('may lie on the host of the connection, wherever that is, and on other machines of the office', async () => {
    const { server, ask } = await office()
    expect(await ask(`http://127.0.0.1:${server.port}/x.wav`, 'http://127.0.0.1:9')).toBe('ok')
    expect(await ask('/x.wav', server.baseUrl)).toBe('ok')
    expect(await ask('http://gone.example/x.wav')).toBe('unreachable name-not-found')
    const others = ['192.168.1.5', '10.0.0.1', '172.16.0.1', '93.184.216.34', '[fd00::1]', '[2001:db8::1]', 'pbx']
    expect(others.filter(isCloseBy)).toEqual([])
  })
})
