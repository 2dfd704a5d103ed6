import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CoreError } from '../../main/core/errors.ts'
import type { UploadFile } from '../../main/core/ports/index.ts'
import type { Authenticator } from '../../main/systems/kit/auth.ts'
import { call, type RunOptions } from '../../main/systems/kit/call.ts'
import type { Progress } from '../../main/systems/kit/exchange.ts'
import { operation } from '../../main/systems/kit/operation.ts'
import { type Answer, json } from '../../main/systems/kit/response.ts'
import { startCapturingServer } from './capturing-server.ts'
import { keptBytes } from './kept-memory.ts'
import { fileOfText } from './operation-suite.ts'
import {
  download,
  endAll,
  endLater,
  facts,
  failure,
  noise,
  open,
  pieces,
  pump,
  serve,
  swallow,
  upload,
} from './transfers.ts'

afterEach(endAll)

describe('a file that goes', () => {
  it('is multipart of known length, byte for byte', async () => {
    const server = await startCapturingServer({ status: 200, body: '200' })
    endLater(server.stop)
    const file = fileOfText({ name: '录音 "1".wav', type: 'audio/wav', text: 'RIFF\r\n--x\r\n' })
    await call(open(server.baseUrl), upload, { title: '问候 & 语', file })
    const { headers, body } = server.requests[0]!
    const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(headers['content-type']!)![1]
    expect(headers['content-length']).toBe(String(body.length))
    expect(headers['transfer-encoding']).toBeUndefined()
    expect(body.toString()).toBe(
      [
        `--${boundary}`,
        'Content-Disposition: form-data; name="title"',
        '',
        '问候 & 语',
        `--${boundary}`,
        'Content-Disposition: form-data; name="file"; filename="录音 %221%22.wav"',
        'Content-Type: audio/wav',
        '',
        'RIFF\r\n--x\r\n',
        `--${boundary}--`,
        '',
        '',
      ].join('\r\n'),
    )
  })
  it.each([
    ['a.wav', 'audio/wav\r\nX-Evil: 1'],
    ['a.wav', 'audio/wav\r\n\r\n--x--'],
    ['a.wav', 'audio/声音'],
    ['a.wav', 'a'],
    ['a.wav"\r\nX-Evil: 1\r\n\r\n', 'text/plain; charset=utf-8'],
  ])('adds no line to its head: %j %j', async (name, type) => {
    const server = await startCapturingServer({ status: 200, body: '200' })
    endLater(server.stop)
    await call(open(server.baseUrl), upload, { title: 'x', file: fileOfText({ name, type, text: 'RIFF' }) })
    const text = server.requests[0]!.body.toString()
    const head = text.slice(text.lastIndexOf('Content-Disposition'), text.indexOf('\r\n\r\nRIFF'))
    expect(head.split('\r\n')).toEqual([
      `Content-Disposition: form-data; name="file"; filename="${name === 'a.wav' ? name : 'a.wav%22%0D%0AX-Evil: 1%0D%0A%0D%0A'}"`,
      `Content-Type: ${type.startsWith('text/') ? type : 'application/octet-stream'}`,
    ])
  })
  it('of 300 MB is read no faster than the other side takes it, with progress', { timeout: 60_000 }, async () => {
    let received = 0
    let read = 0
    let ahead = 0
    const chunk = noise(1 << 20)
    const base = await serve((request, response) => {
      request.on('data', (one: Buffer) => {
        received += one.length
      })
      swallow(request, response)
    })
    const progress: Progress[] = []
    const before = keptBytes()
    let most = 0
    const file = pieces(chunk, 300, (nth) => {
      read += chunk.length
      ahead = Math.max(ahead, read - received)
      if (nth % 100 === 99) most = Math.max(most, keptBytes() - before)
    })
    await call(open(base), upload, { title: 'x', file }, { onProgress: (one) => void progress.push(one) })
    const ups = progress.filter((one) => one.direction === 'upload')
    expect(ups.at(-1)!.bytes).toBe(ups[0]!.total)
    expect(received).toBe(ups[0]!.total)
    expect(ups.every((one, nth) => nth === 0 || one.bytes > ups[nth - 1]!.bytes)).toBe(true)
    expect(ahead).toBeLessThan(24 << 20)
    expect(most).toBeLessThan(48 << 20)
  })
  it('that nobody takes is a timeout, and so is an answer that never comes', async () => {
    const deaf = await serve((request) => void request.pause())
    const limits = { idleMs: 150, firstByteMs: 150, totalMs: 200 }
    const file = pieces(noise(1 << 20), 40)
    expect(await failure(call(open(deaf, limits), upload, { title: 'x', file }))).toEqual({
      code: 'timeout',
      reason: 'idle',
    })
    const mute = await serve((request) => void request.resume())
    const short = fileOfText({ name: 'a.wav', type: 'audio/wav', text: 'RIFF' })
    expect(await failure(call(open(mute, limits), upload, { title: 'x', file: short }))).toEqual({
      code: 'timeout',
      reason: 'first-byte',
    })
  })
  it('that takes longer than a short call may is fine as long as it moves', async () => {
    const base = await serve((request, response) => swallow(request, response))
    const file = pieces(noise(1000), 6, () => wait(80))
    await call(open(base, { idleMs: 300, totalMs: 150 }), upload, { title: 'x', file })
  })
  it('that cannot be read, or is not as long as it was, is our mistake', async () => {
    const base = await serve((request, response) => swallow(request, response))
    const unreadable = pieces(noise(1000), 3, (nth) => {
      if (nth === 1) throw Object.assign(new Error('EIO'), { code: 'EIO' })
    })
    const session = open(base)
    expect(await failure(call(session, upload, { title: 'x', file: unreadable }))).toEqual({
      code: 'bad-request',
      reason: 'file-unreadable',
    })
    for (const size of [2000, 4000]) {
      const file = pieces(noise(1000), 3, undefined, size)
      expect(await failure(call(session, upload, { title: 'x', file }))).toEqual({
        code: 'bad-request',
        reason: 'file-changed',
      })
    }
  })
})

describe('cancelled', () => {
  async function cancelledAt(base: string, run: (options: RunOptions) => Promise<unknown>, at: Promise<unknown>) {
    const stop = new AbortController()
    const running = failure(run({ signal: stop.signal }))
    await at
    const asked = performance.now()
    stop.abort()
    expect(await running).toEqual({ code: 'cancelled', reason: undefined })
    // Its limits would end it after five seconds.
    expect(performance.now() - asked).toBeLessThan(4_000)
    return base
  }
  it('while it asks for credentials', async () => {
    const asked = Promise.withResolvers<void>()
    const auth: Authenticator = {
      credentials: (_operation, signal) =>
        new Promise((_resolve, reject) => {
          asked.resolve()
          signal?.addEventListener('abort', () => reject(new CoreError('cancelled')))
        }),
      masked: () => ({}),
    }
    const session = open('http://127.0.0.1:9', {}, auth)
    await cancelledAt('', (options) => call(session, download, {}, options), asked.promise)
  })
  it('while a file goes, and the file is closed', async () => {
    const reached = Promise.withResolvers<void>()
    let closed = false
    const base = await serve((request) => void request.once('data', () => request.pause()))
    const file: UploadFile = {
      name: 'a.wav',
      type: 'audio/wav',
      size: 100 << 20,
      async *open() {
        try {
          for (let nth = 0; nth < 100; nth += 1) {
            if (nth === 2) reached.resolve()
            yield noise(1 << 20)
          }
        } finally {
          closed = true
        }
      },
    }
    const session = open(base)
    await cancelledAt(base, (options) => call(session, upload, { title: 'x', file }, options), reached.promise)
    await expect.poll(() => closed).toBe(true)
  })
  it('while a file comes, and while the sink is busy', async () => {
    const base = await serve((_request, response) => void pump(response, 50, noise(100_000)))
    const session = open(base)
    for (const held of [false, true]) {
      const reached = Promise.withResolvers<void>()
      const sink = {
        write() {
          reached.resolve()
          return held ? new Promise<void>(() => {}) : wait(5)
        },
      }
      await cancelledAt(base, (options) => call(session, download, {}, { ...options, sink }), reached.promise)
    }
  })
})

describe('credentials', () => {
  const list = operation({
    ...facts,
    id: 'x.list',
    method: 'POST',
    path: '/list',
    params: z.object({}),
    response: json(z.unknown()),
    retry: 'never',
  })
  /** Tokens are numbered, the first is kept from before; `from` is the first that the other side takes. */
  function numbered(from: number) {
    let token = 0
    const forgotten: string[] = []
    const auth: Authenticator = {
      credentials: () => ({ headers: { token: String(token) }, kept: token === 0 }),
      masked: () => ({}),
      rejected(verdict, used) {
        if (verdict.code !== '401') return false
        forgotten.push(used.headers!.token!)
        token += 1
        return true
      },
    }
    return {
      auth,
      forgotten,
      takes: (request: { headers: Record<string, string> }) => Number(request.headers.token) >= from,
    }
  }
  it.each([
    [0, 1, 'ok'],
    [1, 2, 'ok'],
    [2, 2, 'auth-failed'],
  ])('that are good from the %ith on: %i requests, %s', async (from, requests, end) => {
    const { auth, forgotten, takes } = numbered(from)
    const server = await startCapturingServer((request) =>
      takes(request) ? { status: 200, contentType: 'application/json', body: '{}' } : { status: 401, body: 'no' },
    )
    endLater(server.stop)
    const seen: Answer[] = []
    const running = call(open(server.baseUrl, {}, auth), list, {}, { onAnswer: (one) => void seen.push(one) })
    const code = await running.then(
      () => 'ok',
      (error: CoreError) => error.code,
    )
    expect(code).toBe(end)
    expect(server.requests.map(({ headers }) => headers.token)).toEqual(['0', '1'].slice(0, requests))
    expect(seen).toHaveLength(requests)
    expect(forgotten).toEqual(['0', '1'].slice(0, Math.min(from, 1)))
  })
  it('refused once, an upload is sent again from its beginning', async () => {
    const { auth, takes } = numbered(1)
    const server = await startCapturingServer((request) => ({ status: takes(request) ? 200 : 401, body: 'ok' }))
    endLater(server.stop)
    await call(open(server.baseUrl, {}, auth), upload, { title: 'x', file: pieces(noise(1000), 3) })
    const [first, second] = server.requests
    expect(second!.body.length).toBe(first!.body.length)
  })
})
