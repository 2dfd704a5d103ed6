import { isDefinedError, ORPCError, safe } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { createRouter } from '../../main/rpc/router.ts'
import {
  type CallsCursor,
  type ChosenFile,
  contract,
  errorCodes,
  maxFileBytes,
  type RunEvent,
  type SnapshotEvent,
  topics,
} from '../../preload/contract/index.ts'
import { recordedLog } from '../systems/recorded-log.ts'
import { contractInputs } from './contract-inputs.ts'
import { createFakeDesk } from './fake-desk.ts'
import { emitterTransport, type Page, portTransport, socketTransport, type Transport } from './transports.ts'

const transports = [
  ['MessagePort', portTransport],
  ['Electron-like port', emitterTransport],
  ['WebSocket', socketTransport],
] as const

/** The same suite for every transport: what the page may rely on does not depend on how it is connected. */
describe.each(transports)('contract over %s', (_name, start) => {
  let fake: ReturnType<typeof createFakeDesk>
  let log: ReturnType<typeof recordedLog>
  let transport: Transport
  let page: Page
  beforeEach(async () => {
    fake = createFakeDesk()
    log = recordedLog()
    transport = await start(createRouter(fake.desk, log))
    page = await transport.load('page-1')
  })
  afterEach(async () => {
    page.leave()
    await transport.stop()
  })

  const caught = async (promise: Promise<unknown>): Promise<ORPCError<string, unknown>> => {
    const { error } = await safe(promise)
    if (!(error instanceof ORPCError)) throw new Error('no typed error arrived')
    return error
  }

  /** Reads a subscription into a list until cancelled. */
  const follow = async (from: Page = page) => {
    const abort = new AbortController()
    const events: SnapshotEvent[] = []
    const stream = await from.client.events.subscribe({}, { signal: abort.signal })
    const done = (async () => {
      for await (const event of stream) events.push(event)
    })().catch((error: unknown) => error)
    const countsOf = (topic: string) =>
      events
        .filter((event) => event.topic === topic)
        .map(({ snapshot }) => (snapshot as unknown as { count: number }).count)
    return { abort, events, done, countsOf }
  }

  it('who confirms what it has taken in gets the newest of a topic after that, not all there were', async () => {
    const abort = new AbortController()
    const stream = await page.client.events.subscribe({ confirms: true }, { signal: abort.signal })
    const boards: { seq: number; count: number }[] = []
    const done = (async () => {
      for await (const { topic, seq, snapshot } of stream)
        if (topic === 'board') boards.push({ seq, count: (snapshot as unknown as { count: number }).count })
    })().catch((error: unknown) => error)
    await vi.waitFor(() => expect(boards).toHaveLength(1), 15_000)
    for (let n = 0; n < 3; n += 1) {
      fake.change('board')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(boards).toHaveLength(1)
    await page.client.events.taken({ seqs: [boards[0]!.seq] })
    await vi.waitFor(() => expect(boards.map(({ count }) => count)).toEqual([0, 3]), 15_000)
    abort.abort()
    await done
  })

  it('serves every procedure of the contract and nothing else', async () => {
    const names = Object.entries(contract).flatMap(([area, procedures]) =>
      area === 'events' ? [] : Object.keys(procedures).map((name) => `${area}.${name}`),
    )
    expect(names.length).toBeGreaterThan(20)
    for (const name of names) {
      const [area, procedure] = name.split('.') as [string, string]
      const call = (page.client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[
        area
      ]?.[procedure]
      const answer = await call?.(contractInputs[name] ?? (name.startsWith('calls.') ? { callId: 'c1' } : undefined))
      if (['operations.run', 'history.export', 'recordings.open', 'imports.check', 'imports.report'].includes(name))
        for await (const _event of answer as AsyncIterable<unknown>);
      expect(fake.asked.at(-1)?.procedure).toBe(name)
    }
    const foreign = page.client as unknown as {
      calls: { constructor(): Promise<unknown> }
      desk: { stop(): Promise<unknown> }
    }
    expect((await caught(foreign.desk.stop())).status).toBe(404)
  })

  it('answers arrive whole, defaults filled in', async () => {
    expect(await page.client.directory.search({ text: '李' })).toMatchObject([
      { name: '李先生', company: null, match: [[0, 1]], at: 5 },
    ])
    expect(fake.asked.at(-1)?.input).toEqual({ text: '李', limit: 12 })
    expect(await page.client.control.hangup({})).toBeUndefined()
  })

  it('a search of the history goes out with its defaults and comes back whole', async () => {
    const { rows, next } = await page.client.history.search({ filter: { text: '李', minDurationSec: 60 } })
    expect(rows).toMatchObject([{ result: 'answered', note: '回电', recording: { reference: 'D:/1.wav' } }])
    expect(next).toEqual({ startedAt: 5, row: 5120 })
    expect(fake.asked.at(-1)?.input).toMatchObject({
      filter: { text: '李', minDurationSec: 60, unhandled: false, direction: null },
      limit: 100,
    })
    const error = await caught(page.client.history.search({ filter: { result: 'lost' as 'missed' } }))
    expect([error.code, error.data]).toMatchObject(['bad-request', { field: 'filter.result' }])
  })

  it('an export arrives piece by piece; cancelled, it ends in the core', async () => {
    const pieces: string[] = []
    for await (const event of await page.client.history.export({ format: 'xlsx' }))
      pieces.push(event.kind === 'data' ? new TextDecoder().decode(event.bytes) : event.kind)
    expect(pieces).toEqual(['progress', '李,b\r\n', '李,b\r\n', '李,b\r\n', 'done'])
    const stop = new AbortController()
    const seen: string[] = []
    const reading = (async () => {
      for await (const event of await page.client.history.export({ format: 'csv' }, { signal: stop.signal })) {
        seen.push(event.kind)
        stop.abort()
      }
    })()
    await reading.catch(() => undefined)
    await vi.waitFor(() => expect(fake.runs).toContain('aborted'), 15_000)
    expect(seen).not.toContain('done')
    expect((await caught(page.client.history.export({ format: 'pdf' as 'csv' }))).data).toMatchObject({
      field: 'format',
    })
  })

  it('Date, undefined, null and non-ASCII survive', async () => {
    const patch = { at: new Date('2026-11-20T08:00:00Z'), none: null, name: '前铃 🔔', list: [undefined, 1] }
    // In an object undefined is the same as absent, as in JSON; everywhere else it stays.
    await page.client.settings.update({ patch: { ...patch, gone: undefined } })
    expect(fake.asked.at(-1)?.input).toStrictEqual({ patch })
  })

  it.each(errorCodes)('%s arrives typed with its details', async (code) => {
    const details = {
      operation: 'telcrm.click-to-dial',
      connection: 'pbx',
      status: 486,
      field: 'number',
      reason: '分机忙',
    }
    fake.failWith(new CoreError(code, details))
    const error = await caught(page.client.control.dial({ number: '801' }))
    expect({ defined: isDefinedError(error), code: error.code, data: error.data }).toEqual({
      defined: true,
      code,
      data: details,
    })
  })

  it('any other failure is server-error without its text, and is logged', async () => {
    fake.failWith(new TypeError('cannot read 13500000002 of hunter2'))
    const error = await caught(page.client.control.dial({ number: '801' }))
    expect({ code: error.code, data: error.data, defined: error.defined }).toEqual({
      code: 'server-error',
      data: { reason: 'TypeError' },
      defined: true,
    })
    expect(JSON.stringify([error, error.message, log.lines])).not.toMatch(/hunter2|13500000002/)
    expect(log.lines).toMatchObject([
      { level: 'error', event: 'rpc-failed', fields: { procedure: 'control.dial', error: 'TypeError' } },
    ])
    expect(JSON.stringify(log.lines)).toContain('contract.test.ts')
  })

  it('bad input is bad-request with the field, and reaches nobody', async () => {
    const bad: [Promise<unknown>, string][] = [
      [page.client.control.dial({ number: '' }), 'number'],
      [page.client.control.dial({ number: '8'.repeat(61) }), 'number'],
      [page.client.control.setPresence({ presence: 'asleep' as 'busy' }), 'presence'],
      [page.client.calls.list({ limit: 501 }), 'limit'],
      [page.client.calls.list({ before: { startedAt: 1 } as CallsCursor }), 'before.row'],
      [page.client.settings.update({ patch: [] as unknown as Record<string, unknown> }), 'patch'],
      [page.client.control.transfer(undefined as unknown as { target: string }), ''],
    ]
    for (const [promise, field] of bad) {
      const error = await caught(promise)
      expect({ code: error.code, defined: error.defined, data: error.data }).toEqual({
        code: 'bad-request',
        defined: true,
        data: { field, reason: expect.any(String) },
      })
    }
    expect(fake.asked).toEqual([])
  })

  it('an answer of ours that breaks the contract is server-error and is logged', async () => {
    fake.answerBadly()
    const error = await caught(page.client.directory.search({ text: '' }))
    expect([error.code, error.data]).toEqual([
      'server-error',
      { reason: 'the answer of directory.search has a wrong field: [0].at' },
    ])
    expect(log.lines.map(({ event }) => event)).toEqual(['rpc-bad-answer'])
  })

  it('many calls at once keep their answers apart', async () => {
    const numbers = Array.from({ length: 200 }, (_, n) => `8${n}`)
    const answers = await Promise.all(numbers.map((number) => page.client.control.dial({ number })))
    expect(answers.map(({ dialled }) => dialled)).toEqual(numbers)
  })

  it('events: every topic at once, then changes, the last one always', async () => {
    const { events, countsOf, abort, done } = await follow()
    await vi.waitFor(() => expect(events.map(({ topic }) => topic)).toEqual([...topics]), 15_000)
    for (let n = 0; n < 50; n++) fake.change('calls')
    await vi.waitFor(() => expect(countsOf('calls').at(-1)).toBe(50), 15_000)
    for (let n = 0; n < 500; n++) {
      fake.change('board')
      if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    await vi.waitFor(() => expect(countsOf('board').at(-1)).toBe(500), 15_000)
    expect(events.length).toBeLessThan(20)
    for (let n = 1; n < events.length; n++) expect(events[n]?.seq).toBeGreaterThan(events[n - 1]?.seq ?? 0)
    abort.abort()
    await done
  })

  it('events: cancelling ends the subscription at our side', async () => {
    const { events, abort, done } = await follow()
    await vi.waitFor(() => expect(events).toHaveLength(topics.length), 15_000)
    expect(fake.subscriptions()).toBe(1)
    abort.abort()
    await done
    await vi.waitFor(() => expect(fake.subscriptions()).toBe(0), 15_000)
    expect(fake.closed).toEqual([])
  })

  it('events: a stream that fails arrives as a typed code', async () => {
    fake.hub.provide('calls', () => {
      throw new CoreError('storage-failed', { reason: 'disk' })
    })
    const { done } = await follow()
    expect(await done).toMatchObject({ code: 'storage-failed', data: { reason: 'disk' } })
  })

  const tryIt = (values: Record<string, string | ChosenFile>, signal?: AbortSignal) =>
    page.client.operations.run({ operation: 'telcrm.x', connection: 'pbx', values }, { signal })
  const bytesOf = (length: number) => Uint8Array.from({ length }, (_, n) => (n * 7) % 256)

  it('operations.run: progress, then the end; bytes arrive as bytes, both ways', async () => {
    const bytes = bytesOf(70_001)
    const events: RunEvent[] = []
    for await (const event of await tryIt({ caller: '802', tone: { name: 'a.wav', type: 'audio/wav', bytes } }))
      events.push(event)
    expect(events.map(({ kind }) => kind)).toEqual(['progress', 'progress', 'progress', 'done'])
    expect(fake.asked.at(-1)?.input).toStrictEqual({
      operation: 'telcrm.x',
      connection: 'pbx',
      values: { caller: '802', tone: { name: 'a.wav', type: 'audio/wav', bytes } },
    })
    const end = events.at(-1)
    expect(end).toMatchObject({ kind: 'done', result: { status: 200, data: { at: new Date(5), names: ['李阳'] } } })
    expect(end?.kind === 'done' && end.file).toStrictEqual(bytes)
    expect(fake.runs).toEqual(['done'])
  })

  it('operations.run: a file of 20 MB passes, one byte more is refused by name and the page goes on', async () => {
    const tone = (length: number) => ({ name: 'a.wav', type: 'audio/wav', bytes: new Uint8Array(length) })
    for await (const _event of await tryIt({ tone: tone(maxFileBytes) }));
    expect(fake.runs).toEqual(['done'])
    const error = await caught(tryIt({ tone: tone(maxFileBytes), more: tone(1) }))
    expect({ code: error.code, data: error.data }).toEqual({
      code: 'bad-request',
      data: { field: 'values', reason: 'files must be at most 20 MB together' },
    })
    expect((await page.client.app.info()).version).toBe('1.0.0')
  })

  it('operations.run: cancelling aborts it at our side, and so does a page that goes', async () => {
    const abort = new AbortController()
    const seen = (async () => {
      for await (const event of await tryIt({ endless: '1' }, abort.signal))
        if (event.kind === 'progress') abort.abort()
    })()
    await expect(seen).rejects.toThrow()
    await vi.waitFor(() => expect(fake.runs).toEqual(['aborted']), 15_000)
    const left = (async () => {
      for await (const event of await tryIt({ endless: '1' })) if (event.kind === 'progress') page.leave()
    })().catch(() => 'gone')
    await vi.waitFor(() => expect(fake.runs).toEqual(['aborted', 'aborted']), 15_000)
    page = await transport.load('page-2')
    await Promise.race([left, page.client.app.info()])
  })

  it('operations.run: a failure of ours arrives typed, also in the middle', async () => {
    fake.failWith(new CoreError('not-found', { operation: 'telcrm.x' }))
    const all = async (values: Record<string, string>) => {
      for await (const _event of await tryIt(values));
    }
    expect(await caught(all({}))).toMatchObject({ code: 'not-found', data: { operation: 'telcrm.x' } })
    fake.failWith(null)
    expect(await caught(all({ breaks: '1' }))).toMatchObject({ code: 'storage-failed', data: { reason: 'disk' } })
  })

  it('a reload: the old page ends, the new one starts afresh, ids do not mix', async () => {
    const old = await follow()
    await vi.waitFor(() => expect(old.events).toHaveLength(topics.length), 15_000)
    await page.client.events.visibility({ visible: false })
    page.leave()
    page = await transport.load('page-2')
    const fresh = await follow()
    await vi.waitFor(() => expect(fresh.events.map(({ topic }) => topic)).toEqual([...topics]), 15_000)
    await vi.waitFor(() => expect(fake.closed).toEqual(['page-1']), 15_000)
    await vi.waitFor(() => expect(fake.subscriptions()).toBe(1), 15_000)
    await page.client.events.visibility({ visible: true })
    expect(fake.visibility).toEqual([
      ['page-1', false],
      ['page-2', true],
    ])
    fake.change('me')
    await vi.waitFor(() => expect(fresh.countsOf('me')).toEqual([0, 1]), 15_000)
    expect(old.countsOf('me')).toEqual([0])
    fresh.abort.abort()
  })

  it.each([
    ['no JSON', 'garbage{'],
    ['no object', '7'],
    ['no id', '{"p":{"u":"/app/info"}}'],
    ['no path', '{"i":"1","p":{}}'],
    ['a foreign address', '{"i":"1","p":{"u":"http://evil.test/app/info"}}'],
    ['a foreign method', '{"i":"1","p":{"u":"/app/info","m":"GET"}}'],
    ['headers', '{"i":"1","p":{"u":"/app/info","h":{"content-type":"multipart/form-data; boundary=x"},"b":"x"}}'],
    ['a stream to us', '{"i":"1","t":3,"p":{"e":"message"}}'],
    ['bytes', new Uint8Array([0x7b, 0xff, 0x00])],
    ['too much', `{"i":"1","p":{"u":"/app/info","b":"${'x'.repeat(1024 * 1024)}"}}`],
  ])('a message with %s ends this page, and only this page', async (_what, data) => {
    const other = await transport.load('page-2')
    page.send(data)
    await page.closed
    await vi.waitFor(() => expect(fake.closed).toEqual(['page-1']), 15_000)
    expect(log.lines.map(({ event }) => event)).toContain('rpc-foreign-message')
    expect((await other.client.app.info()).version).toBe('1.0.0')
    other.leave()
  })

  it('a malformed body is refused, the page goes on', async () => {
    page.send('{"i":"x1","p":{"u":"/control/dial","b":{"json":{"number":"801"},"meta":[[1,"__proto__","x"]]}}}')
    page.send('{"i":"x2","p":{"u":"/control/dial","b":{"json":{"__proto__":{"number":"801"}}}}}')
    page.send('{"i":"x3","p":{"u":"/calls/__proto__","b":{}}}')
    expect((await page.client.app.info()).version).toBe('1.0.0')
    expect(({} as Record<string, unknown>).number).toBeUndefined()
  })

  it('a call takes well under a millisecond', async () => {
    for (let n = 0; n < 200; n++) await page.client.app.info()
    const times: number[] = []
    for (let n = 0; n < 1000; n++) {
      const from = performance.now()
      await page.client.app.info()
      times.push(performance.now() - from)
    }
    times.sort((a, b) => a - b)
    const [medianMs = 0, p95Ms = 0] = [times[500], times[950]]
    console.log(`rpc over ${_name}: median ${medianMs.toFixed(3)} ms, p95 ${p95Ms.toFixed(3)} ms`)
    expect(medianMs).toBeLessThan(1)
  })
})
