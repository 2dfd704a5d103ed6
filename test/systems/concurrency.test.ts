import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { call } from '../../main/systems/kit/call.ts'
import type { Operation } from '../../main/systems/kit/operation.ts'
import type { Limits, Session } from '../../main/systems/kit/session.ts'
import { answer, type CannedRequest, type CannedServer, type Script, startCannedServer } from './canned-server.ts'
import { type Subject, subjects } from './fault-clients.ts'
import { recordedLog } from './recorded-log.ts'

/** Of one connection to another server, and as many again for what must not share one. */
const mostSockets = 16
const hundred = Array.from({ length: 100 }, (_one, nth) => String(nth))

const toEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

const subjectOf = (name: string): Subject => subjects.find((one) => one.name === name)!
/** Any number is asked for by its id and answered with it. */
const rows = subjectOf('cti-realtime.identify-single')
const dialling = subjectOf('telcrm.click-to-dial')
const history = subjectOf('cloud-cs.call-history-page')

const rowOf = (id: string) =>
  answer(`id=${id}&endpoint=e&type=t&match_header=h`, { headers: ['Content-Type: text/plain'] })
const idIn = ({ target }: CannedRequest) => new URL(target, 'http://x').searchParams.get('id') ?? ''
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function serve(subject: Subject, script: Script, limits: Partial<Limits> = {}) {
  let peak = 0
  const server: CannedServer = await startCannedServer(script, {
    helper: subject.client.helper,
    connected() {
      peak = Math.max(peak, server.open())
    },
  })
  toEnd.push(() => server.stop())
  const session = subject.client.open(server.baseUrl, recordedLog(), limits)
  toEnd.push(() => session.close())
  return { server, session, peak: () => peak }
}

const ask = (session: Session, id: string, signal?: AbortSignal) =>
  call(session, rows.described as Operation, { id }, { signal }) as Promise<{ id: string }>
const codeOf = (thrown: unknown) => (thrown instanceof CoreError ? thrown.code : thrown)

describe('a hundred calls at once', () => {
  it('share 16 connections, and each caller gets his own answer', async () => {
    const { server, session, peak } = await serve(rows, (socket, nth, request) => {
      // The later ones of a batch first.
      setTimeout(() => socket.write(rowOf(idIn(request))), (nth * 7) % 16)
    })
    const got = await Promise.all(hundred.map((id) => ask(session, id)))
    expect(got.map(({ id }) => id)).toEqual(hundred)
    expect(server.heads).toHaveLength(100)
    expect(server.connections).toBeLessThanOrEqual(mostSockets)
    expect(peak()).toBeLessThanOrEqual(mostSockets)
  })
  it('also when connections die on the way: no answer goes to a stranger', async () => {
    const { server, session } = await serve(rows, (socket, nth, request) => {
      if (nth % 5 === 4) socket.destroy()
      // A second answer that nobody asked for.
      else
        socket.write(
          nth % 5 === 2 ? Buffer.concat([rowOf(idIn(request)), rowOf('somebody else')]) : rowOf(idIn(request)),
        )
    })
    const got = await Promise.all(
      hundred.map((id) =>
        ask(session, id).then(
          (row) => row.id === id,
          (thrown) => codeOf(thrown) === 'unexpected-response',
        ),
      ),
    )
    expect(got.every(Boolean)).toBe(true)
    expect(server.heads.length).toBeLessThanOrEqual(200)
  })
  it('that ring: each on a connection of its own, 16 at a time, none twice', async () => {
    const { server, session, peak } = await serve(dialling, (socket, _nth, request) => {
      const callee = new URL(request.target, 'http://x').searchParams.get('callee')
      setTimeout(() => socket.write(answer(`call-${callee}`, { headers: ['Content-Type: text/plain'] })), 3)
    })
    const got = (await Promise.all(
      hundred.map((id) => call(session, dialling.described, { ...dialling.params, callee: `100${id}` })),
    )) as { text: string }[]
    expect(got.map(({ text }) => text)).toEqual(hundred.map((id) => `call-100${id}`))
    expect([server.heads.length, server.connections]).toEqual([100, 100])
    // Those that were answered may still be closing.
    expect(peak()).toBeLessThanOrEqual(2 * mostSockets)
  })
  it('with a token: one token, 16 connections', async () => {
    const { server, session } = await serve(history, (socket) => void socket.write(answer(history.good.body)))
    await Promise.all(hundred.map(() => call(session, history.described, history.params)))
    expect([server.heads.length, server.helped]).toEqual([100, 1])
    // One for the token, which is asked for while nothing else is.
    expect(server.connections).toBeLessThanOrEqual(mostSockets + 1)
  })
})

describe('fifty of a hundred are given up', () => {
  /** Holds every request until told. */
  async function held() {
    const waiting: [Socket, CannedRequest][] = []
    let isOpen = false
    const reply = (socket: Socket, request: CannedRequest) => socket.write(rowOf(idIn(request)))
    const served = await serve(rows, (socket, _nth, request) => {
      if (isOpen) reply(socket, request)
      else waiting.push([socket, request])
    })
    const release = () => {
      isOpen = true
      for (const [socket, request] of waiting) if (!socket.destroyed) reply(socket, request)
    }
    return { ...served, waiting, release }
  }

  it('their connections are free at once, the others are answered, nothing is sent for the dead', async () => {
    const { server, session, waiting, release, peak } = await held()
    const impatient = new AbortController()
    const running = hundred.map((id) =>
      ask(session, id, Number(id) < 50 ? impatient.signal : undefined).then(({ id: got }) => got, codeOf),
    )
    await expect.poll(() => waiting.length).toBe(mostSockets)
    const given = waiting.map(([, request]) => idIn(request))
    expect(given.every((id) => Number(id) < 50)).toBe(true)
    const startedAt = performance.now()
    impatient.abort()
    expect(await Promise.all(running.slice(0, 50))).toEqual(Array.from({ length: 50 }, () => 'cancelled'))
    // Their limits would end them after five seconds.
    expect(performance.now() - startedAt).toBeLessThan(4_000)
    // Room for the patient ones, without anybody having answered.
    await expect.poll(() => waiting.length).toBe(2 * mostSockets)
    expect(waiting.slice(mostSockets).every(([, request]) => Number(idIn(request)) >= 50)).toBe(true)
    release()
    expect(await Promise.all(running.slice(50))).toEqual(hundred.slice(50))
    expect(server.heads).toHaveLength(mostSockets + 50)
    expect(peak()).toBeLessThanOrEqual(2 * mostSockets)
    expect(server.open()).toBeLessThanOrEqual(mostSockets)
  })
  it('and when nobody is left, no connection is', async () => {
    const { server, session, waiting } = await held()
    const impatient = new AbortController()
    const running = hundred.map((id) => ask(session, id, impatient.signal).catch(codeOf))
    await expect.poll(() => waiting.length).toBe(mostSockets)
    impatient.abort()
    expect(new Set(await Promise.all(running))).toEqual(new Set(['cancelled']))
    await expect.poll(() => server.open()).toBe(0)
    await pause(50)
    expect(server.heads).toHaveLength(mostSockets)
  })
  it('closing ends all of them, and leaves nothing', async () => {
    const { server, session, waiting } = await held()
    const running = hundred.map((id) => ask(session, id).catch(codeOf))
    await expect.poll(() => waiting.length).toBe(mostSockets)
    await session.close()
    expect(new Set(await Promise.all(running))).toEqual(new Set(['cancelled']))
    await expect.poll(() => server.open()).toBe(0)
    expect(server.heads).toHaveLength(mostSockets)
  })
})

describe('side by side', () => {
  it('calls that wait in vain for a place end in time, and those after them are served', async () => {
    const { session } = await serve(
      rows,
      (socket, nth, request) => {
        if (nth >= mostSockets) socket.write(rowOf(idIn(request)))
      },
      { firstByteMs: 300, totalMs: 250 },
    )
    const ends = await Promise.all(hundred.slice(0, 40).map((id) => ask(session, id).catch(codeOf)))
    expect(new Set(ends)).toEqual(new Set(['timeout']))
    expect(await ask(session, 'later')).toMatchObject({ id: 'later' })
  })
  it('a system that hangs does not hold up another', async () => {
    const hanging = await serve(rows, () => {})
    const healthy = await serve(rows, (socket, _nth, request) => void socket.write(rowOf(idIn(request))))
    const stuck = hundred.map((id) => ask(hanging.session, id).catch(codeOf))
    const got = await Promise.all(hundred.map((id) => ask(healthy.session, id)))
    expect(got.map(({ id }) => id)).toEqual(hundred)
    await hanging.session.close()
    await Promise.all(stuck)
  })
  it('downloads that are given up let go of their connections', async () => {
    const recording = subjectOf('telcrm.file-down-by-callid to a disk')
    const { server, session } = await serve(recording, (socket) => {
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: 1000000\r\n\r\n${'\0'.repeat(50_000)}`,
      )
    })
    const impatient = new AbortController()
    let bytes = 0
    const sink = {
      write(chunk: Uint8Array) {
        bytes += chunk.length
      },
    }
    const running = hundred
      .slice(0, 30)
      .map(() => call(session, recording.described, recording.params, { sink, signal: impatient.signal }).catch(codeOf))
    await expect.poll(() => bytes).toBe(mostSockets * 50_000)
    impatient.abort()
    expect(new Set(await Promise.all(running))).toEqual(new Set(['cancelled']))
    await expect.poll(() => server.open()).toBe(0)
  })
})
