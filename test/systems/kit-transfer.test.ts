import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Authenticator } from '../../main/systems/kit/auth.ts'
import { call } from '../../main/systems/kit/call.ts'
import type { Progress } from '../../main/systems/kit/exchange.ts'
import { operation } from '../../main/systems/kit/operation.ts'
import { binary } from '../../main/systems/kit/response.ts'
import { startCapturingServer } from './capturing-server.ts'
import { keptBytes } from './kept-memory.ts'
import { download, endAll, endLater, facts, failure, keeper, noise, open, pump, serve, sha256 } from './transfers.ts'

const elsewhere = operation({
  ...facts,
  id: 'x.elsewhere',
  method: 'GET',
  path: '{url}',
  params: z.object({ url: z.string() }),
  response: binary(),
})

afterEach(endAll)

describe('a file that comes', () => {
  it('is passed on whole, with its size, type and SHA-256, whatever its length', async () => {
    for (const length of [1, 100, 4095, 4096, 4097, 65_536, 3_000_001]) {
      const file = noise(length)
      const base = await serve((_request, response) => {
        response.writeHead(200, { 'Content-Type': 'audio/x-wav', 'Content-Length': length })
        response.end(file)
      })
      const sink = keeper()
      const progress: Progress[] = []
      const got = await call(open(base), download, {}, { sink, onProgress: (one) => void progress.push(one) })
      expect(Buffer.concat(sink.chunks).equals(file)).toBe(true)
      expect({ ...got, data: null }).toEqual({
        bytes: length,
        sha256: sha256(file),
        contentType: 'audio/x-wav',
        data: null,
      })
      expect(progress.at(-1)).toEqual({ direction: 'download', bytes: length, total: length })
    }
  })
  it('without a sink is kept in memory up to the limit', async () => {
    const file = noise(50_000)
    const base = await serve((_request, response) => response.end(file))
    expect((await call(open(base), download, {})).data?.equals(file)).toBe(true)
    expect(await failure(call(open(base, { maxBytes: 49_999 }), download, {}))).toEqual({
      code: 'unexpected-response',
      reason: 'too-large',
    })
  })
  it('of 300 MB comes no faster than a slow sink takes it, and memory stays bounded', { timeout: 60_000 }, async () => {
    const chunk = noise(1 << 20)
    const sent = { bytes: 0 }
    const base = await serve((_request, response) => void pump(response, 300, chunk, sent))
    const hash = createHash('sha256')
    let taken = 0
    let rested = 0
    let megabytes = 0
    let ahead = 0
    let most = 0
    const before = keptBytes()
    const got = await call(
      open(base),
      download,
      {},
      {
        sink: {
          async write(bytes) {
            hash.update(bytes)
            taken += bytes.length
            if (taken > rested + (1 << 20)) {
              rested = taken
              await wait(1)
              megabytes += 1
              if (megabytes % 100 === 99) most = Math.max(most, keptBytes() - before)
            }
            ahead = Math.max(ahead, sent.bytes - taken)
          },
        },
      },
    )
    expect(got).toMatchObject({ bytes: 300 << 20, sha256: hash.digest('hex') })
    // Socket buffers of both ends, and the one chunk that the server counts before it goes out.
    expect(ahead).toBeLessThan(24 << 20)
    expect(most).toBeLessThan(48 << 20)
  })
  it('waits for the sink: a slow disk is not the other side’s silence', async () => {
    const base = await serve((_request, response) => void pump(response, 4, noise(100_000)))
    let bytes = 0
    const sink = {
      async write(chunk: Uint8Array) {
        bytes += chunk.length
        if (bytes < 150_000) await wait(300)
      },
    }
    expect(await call(open(base, { idleMs: 150 }), download, {}, { sink })).toMatchObject({ bytes: 400_000 })
  })
  it.each([
    ['by its length', { 'Content-Length': '100000' }],
    ['in the middle of a chunk', {}],
  ])('that is cut off %s is a failure', async (_how, headers) => {
    const base = await serve((request, response) => {
      response.writeHead(200, { 'Content-Type': 'audio/wav', ...headers })
      response.write(noise(50_000))
      setTimeout(() => (request.socket as Socket).destroy(), 30)
    })
    const sink = keeper()
    expect(await failure(call(open(base), download, {}, { sink }))).toMatchObject({ code: 'unexpected-response' })
    expect(Buffer.concat(sink.chunks).length).toBeGreaterThan(0)
  })
  it('a sink that takes no more ends it: a long one, a short one, at once or later', async () => {
    for (const [length, failAt] of [
      [10, 0],
      [5_000_000, 0],
      [5_000_000, 1_000_000],
    ] as const) {
      const sent = { bytes: 0 }
      const base = await serve((_request, response) => void pump(response, 1, noise(length), sent))
      let taken = 0
      const sink = {
        async write(chunk: Uint8Array) {
          taken += chunk.length
          if (taken >= failAt) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
        },
      }
      expect(await failure(call(open(base), download, {}, { sink }))).toEqual({
        code: 'storage-failed',
        reason: 'sink',
      })
    }
  })
  it('JSON, XML or a web page in its place never reaches the sink', async () => {
    const rows = JSON.stringify({ result: 1, rows: Array.from({ length: 900 }, (_, n) => ({ n, text: 'no file' })) })
    const cases: [body: string, type: string, reason: string][] = [
      ['{"error":"no such file"}', 'application/octet-stream', 'not-a-file'],
      [rows, 'audio/wav', 'not-a-file'],
      [rows, 'application/json', 'not-a-file'],
      ['"gone"', 'application/json;charset=utf-8', 'not-a-file'],
      ['<?xml version="1.0"?><error/>', 'audio/wav', 'not-a-file'],
      [`<html>${'x'.repeat(9000)}</html>`, 'audio/wav', 'html-page'],
      ['', 'audio/wav', 'empty'],
    ]
    for (const [body, type, reason] of cases) {
      const base = await serve((_request, response) => {
        response.writeHead(200, { 'Content-Type': type })
        response.end(body)
      })
      const sink = keeper()
      expect(await failure(call(open(base), download, {}, { sink }))).toEqual({ code: 'unexpected-response', reason })
      expect(sink.chunks).toEqual([])
    }
  })
  it('a refusal with a body does not reach the sink either', async () => {
    const base = await serve((_request, response) => {
      response.writeHead(404, { 'Content-Type': 'audio/wav' })
      response.end(noise(9000))
    })
    const sink = keeper()
    expect(await failure(call(open(base), download, {}, { sink }))).toMatchObject({ code: 'not-found' })
    expect(sink.chunks).toEqual([])
  })
  it.each([
    ['before the first byte', 0],
    ['in the middle', 20_000],
  ])('that stops %s is a timeout, with a sink and without', async (_when, bytes) => {
    const base = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'audio/wav', 'Content-Length': 1_000_000 })
      response.flushHeaders()
      if (bytes > 0) response.write(noise(bytes))
    })
    for (const sink of [keeper(), undefined]) {
      const session = open(base, { idleMs: 120, totalMs: 200, firstByteMs: 2_000 })
      expect(await failure(call(session, download, {}, { sink }))).toEqual({ code: 'timeout', reason: 'idle' })
    }
  })
})

describe('a file elsewhere', () => {
  const auth: Authenticator = {
    credentials: () => ({ headers: { authorization: 'Bearer top-secret' }, query: { access_token: 'top-secret' } }),
    masked: () => ({}),
  }
  it('is fetched without credentials; below the connection they go along', async () => {
    const file = noise(100)
    const other = await startCapturingServer({ status: 200, contentType: 'audio/wav', body: file })
    const own = await startCapturingServer({ status: 200, contentType: 'audio/wav', body: file })
    endLater(other.stop)
    endLater(own.stop)
    const session = open(own.baseUrl, {}, auth)
    await call(session, elsewhere, { url: `${other.baseUrl}/rec/1.wav?id=5` })
    expect(other.requests[0]!.target).toBe('/rec/1.wav?id=5')
    expect(JSON.stringify(other.requests)).not.toContain('secret')
    await call(session, elsewhere, { url: '/rec/1.wav?id=5' })
    expect(own.requests[0]).toMatchObject({ target: '/rec/1.wav?id=5&access_token=top-secret' })
    expect(own.requests[0]!.headers.authorization).toBe('Bearer top-secret')
  })
  it('an address that is none is refused before anything is sent', async () => {
    const session = open('http://127.0.0.1:9', {}, auth)
    for (const url of ['ftp://host/a.wav', 'file:///etc/passwd', 'http://[bad', 'javascript:1']) {
      expect(await failure(call(session, elsewhere, { url }))).toEqual({ code: 'bad-request', reason: 'wrong-address' })
    }
  })
})
