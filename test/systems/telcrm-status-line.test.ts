import { createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { call } from '../../main/systems/kit/call.ts'
import { Answer } from '../../main/systems/kit/response.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { thirdPartyState } from '../../main/systems/telcrm/envelope.ts'
import { telcrmErrors } from '../../main/systems/telcrm/errors.ts'
import { clickToHungup } from '../../main/systems/telcrm/operations/call-control.ts'
import { callThirdGetThirdState } from '../../main/systems/telcrm/operations/third-party.ts'
import { answer, type Script, startCannedServer } from './canned-server.ts'
import { recordedLog } from './recorded-log.ts'

describe('a state as the status line', () => {
  const ask = async (script: Script, operation = callThirdGetThirdState as never) => {
    const server = await startCannedServer(script)
    const limits = { firstByteMs: 12_000, totalMs: 15_000 }
    const facts = { connection: 'pbx', system: 'telcrm', baseUrl: server.baseUrl, errors: telcrmErrors, limits }
    const session = openSession({ ...facts, log: recordedLog() })
    const startedAt = performance.now()
    const values = { extension: '801', caller: '801', callee: '801' } as never
    const result = await call(session, operation, values).catch((thrown: unknown) => thrown)
    const ms = performance.now() - startedAt
    await session.close()
    await server.stop()
    return { result, ms, connections: server.connections }
  }
  const ringing = { state: 'ringing', code: 180 }
  const head = (line: string, more = '') => `HTTP/1.1 ${line}\r\n${more}\r\n`

  it.each([
    ['180 and silence', head('180 Ringing', 'Content-Length: 0\r\n'), ringing],
    ['180 and the connection closed', closing(head('180 Ringing')), ringing],
    ['180 with a body', `${head('180', 'Content-Length: 3\r\n')}180`, ringing],
    ['180 with an empty chunked body', `${head('180', 'Transfer-Encoding: chunked\r\n')}0\r\n\r\n`, ringing],
    ['100 and silence', head('100 Continue'), { state: 'trying', code: 100 }],
    ['100 and the connection closed', closing(head('100 Trying')), { state: 'trying', code: 100 }],
    ['183', head('183 Progress'), 'unexpected-response'],
    ['603', head('603 Decline', 'Content-Length: 0\r\n'), { state: 'refused', code: 603 }],
    ['200', head('200 OK', 'Content-Length: 0\r\n'), { state: 'answered', code: 200 }],
    ['404', head('404 No', 'Content-Length: 0\r\n'), 'no-call'],
  ])('%s', async (_name, script, wanted) => {
    const { result, ms } = await ask(script)
    expect(result instanceof CoreError ? result.code : result).toEqual(wanted)
    // It was not waited for.
    expect(ms).toBeLessThan(10_000)
  })
  it('a final answer that follows wins', async () => {
    const { result } = await ask((socket) => {
      socket.write(head('180 Ringing'))
      setTimeout(() => socket.write(answer('603')), 100)
    })
    expect(result).toEqual({ state: 'refused', code: 603 })
  })
  it('a connection that dies without a word stays a failure', async () => {
    const { result } = await ask((socket) => void socket.destroy())
    expect(result).toMatchObject({ code: 'unexpected-response', details: { reason: 'connection-closed' } })
  })
  it('other operations go on waiting for the final answer', async () => {
    const { result, ms } = await ask(head('180 Ringing'), clickToHungup as never)
    expect(result).toMatchObject({ code: 'timeout' })
    expect(ms).toBeGreaterThan(1_400)
  })
  it('each question after a status line gets a connection of its own, none is left behind', async () => {
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => socket.destroy())
      socket.on('data', () => socket.write(head('180 Ringing')))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const facts = { connection: 'pbx', system: 'telcrm', baseUrl: `http://127.0.0.1:${port}`, errors: telcrmErrors }
    const session = openSession({ ...facts, log: recordedLog() })
    for (let nth = 0; nth < 3; nth += 1) {
      expect(await call(session, callThirdGetThirdState, { extension: '801' })).toEqual(ringing)
    }
    await expect.poll(() => sockets.size).toBe(0)
    await session.close()
    await new Promise((resolve) => server.close(resolve))
  })
  it('a login page is no answered call', () => {
    const page = new Answer(200, { 'content-type': 'text/html' }, Buffer.from('<html>login</html>'))
    expect(() => thirdPartyState().read(page)).toThrow('html-page')
  })
})

function closing(words: string): Script {
  return (socket) => void socket.end(words)
}
