import { describe, expect, it, vi } from 'vitest'
import { CoreError } from '../../../main/core/errors.ts'
import { createOperationDesk } from '../../../main/core/operations/operations.ts'
import type { OperationRunner, RunOperationOptions, UploadFile } from '../../../main/core/ports/index.ts'
import { maxFileBytes, type OperationResult, type RunEvent } from '../../../preload/contract/index.ts'
import { field, operationInfo } from '../../renderer/operations-fixture.ts'
import { createManualClock } from '../snapshots/manual-clock.ts'

const canary = 'c4nary-Secret'
const catalogue = [
  operationInfo('telcrm.call', {
    fields: [field('extnum', { key: 'extension' }), field('pin', { secret: true, required: false })],
  }),
  operationInfo('telcrm.recording', { download: true, fields: [field('callid')] }),
  operationInfo('telcrm.pop', { direction: 'inbound' }),
]
const resultOf = (operation: string, over: Partial<OperationResult> = {}): OperationResult => ({
  operation,
  status: 200,
  code: null,
  ms: 999,
  data: { code: 200 },
  problem: null,
  explained: [],
  raw: null,
  ...over,
})

type Run = (values: Readonly<Record<string, unknown>>, options: RunOperationOptions) => Promise<OperationResult>

function openDesk(run: Run = async () => resultOf('telcrm.call')) {
  const clock = createManualClock()
  const seen: Readonly<Record<string, unknown>>[] = []
  const runner: OperationRunner = {
    async preview(_id, values) {
      seen.push(values)
      return { method: 'GET', url: 'http://pbx/', headers: {}, body: null, curl: 'curl' }
    },
    run(_id, values, options = {}) {
      seen.push(values)
      return run(values, options)
    },
  }
  let opens = true
  const desk = createOperationDesk({
    clock,
    catalogue: async () => catalogue,
    received: (info, limit) => [
      { id: limit, at: 1, connection: null, values: { operation: info.id }, status: 200, answer: 'OK' },
    ],
    systemOf: (connection) => ({ pbx: 'telcrm', cloud: 'cloud-cs' })[connection] ?? null,
    async runnerOf() {
      if (!opens) throw new CoreError('unavailable', { reason: 'closed' })
      return runner
    },
  })
  const all = async (operation: string, values = {}, signal?: AbortSignal): Promise<RunEvent[]> => {
    const events: RunEvent[] = []
    for await (const event of await desk.run({ operation, connection: 'pbx', values }, signal)) events.push(event)
    return events
  }
  return { desk, clock, seen, all, history: async () => desk.history(undefined), close: () => (opens = false) }
}

describe('what arrives', () => {
  it('is asked for by an operation of the catalogue', async () => {
    const { desk } = openDesk()
    expect(await desk.received({ operation: catalogue[0]!.id, limit: 3 })).toMatchObject([
      { id: 3, values: { operation: catalogue[0]!.id } },
    ])
    await expect(desk.received({ operation: 'telcrm.none', limit: 3 })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('what can be run', () => {
  it('only operations of the connection’s own system, and none that arrives', async () => {
    const { desk, seen } = openDesk()
    const run = (operation: string, connection: string) => desk.run({ operation, connection, values: {} })
    await expect(run('telcrm.nothing', 'pbx')).rejects.toMatchObject({ code: 'not-found' })
    await expect(run('telcrm.pop', 'pbx')).rejects.toMatchObject({ code: 'bad-request' })
    await expect(run('telcrm.call', 'cloud')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(run('telcrm.call', 'gone')).rejects.toMatchObject({ code: 'unavailable' })
    expect(seen).toEqual([])
  })

  it('a connection that cannot be opened fails as a result, and is remembered', async () => {
    const { all, close, history } = openDesk()
    close()
    expect(await all('telcrm.call')).toMatchObject([
      {
        kind: 'done',
        file: null,
        result: {
          status: null,
          problem: {
            code: 'unavailable',
            details: { operation: 'telcrm.call', connection: 'pbx', reason: 'closed' },
          },
        },
      },
    ])
    expect(await history()).toMatchObject([{ code: 'unavailable', status: null }])
  })
})

describe('files', () => {
  it('a chosen file is sent in pieces, twice if need be; a preview knows its name and size only', async () => {
    const bytes = Uint8Array.from({ length: 150_000 }, (_, n) => n % 251)
    const read = async (file: UploadFile) => {
      const pieces: Uint8Array[] = []
      for await (const piece of file.open()) pieces.push(piece)
      return { count: pieces.length, bytes: new Uint8Array(Buffer.concat(pieces)) }
    }
    const { desk, all, seen } = openDesk(async ({ tone }) => {
      for (const sent of [await read(tone as UploadFile), await read(tone as UploadFile)]) {
        expect(sent.bytes).toEqual(bytes)
        expect(sent.count).toBeGreaterThan(1)
      }
      return resultOf('telcrm.call')
    })
    expect((await all('telcrm.call', { tone: { name: 'a.wav', type: 'audio/wav', bytes } })).at(-1)?.kind).toBe('done')
    await desk.preview({
      operation: 'telcrm.call',
      connection: 'pbx',
      values: { tone: { name: 'a', type: '', size: 7 } },
    })
    const shown = seen.at(-1)?.tone as UploadFile
    expect([shown.name, shown.size, (await read(shown)).bytes.length]).toEqual(['a', 7, 0])
  })

  it('a file in the answer arrives whole, with news at most every 100 ms', async () => {
    const { all, clock } = openDesk(async (_values, { sink, onProgress }) => {
      for (let n = 1; n <= 30; n++) {
        sink?.write(Uint8Array.of(n, n))
        onProgress?.({ direction: 'download', bytes: n * 2, total: 60 })
        clock.advance(20)
        await new Promise((resolve) => setImmediate(resolve))
      }
      return resultOf('telcrm.recording', { data: { bytes: 60 } })
    })
    const events = await all('telcrm.recording', { callid: 'x' })
    const end = events.at(-1)
    expect(end?.kind === 'done' && end.file).toEqual(Uint8Array.from({ length: 60 }, (_, n) => Math.floor(n / 2) + 1))
    expect(end).toMatchObject({ result: { ms: 600 } })
    expect(events.slice(0, -1).map((event) => event.kind === 'progress' && event.bytes)).toEqual([
      2, 12, 22, 32, 42, 52,
    ])
  })

  it('one that is too large is broken off and says so', async () => {
    const { all, history } = openDesk(async (_values, { sink, signal }) => {
      for (let n = 0; n < 100 && !signal?.aborted; n++) sink?.write(new Uint8Array(1024 * 1024))
      return signal?.aborted
        ? resultOf('telcrm.recording', { data: null, problem: { code: 'cancelled', details: {} } })
        : resultOf('telcrm.recording')
    })
    expect(maxFileBytes).toBeLessThan(100 * 1024 * 1024)
    expect(await all('telcrm.recording')).toMatchObject([
      {
        kind: 'done',
        file: null,
        result: { problem: { code: 'unexpected-response', details: { reason: 'file-too-large' } } },
      },
    ])
    expect(await history()).toMatchObject([{ code: 'unexpected-response' }])
  })
})

describe('cancelling', () => {
  const untilAborted: Run = (_values, { signal }) =>
    new Promise((resolve) => {
      const end = () => resolve(resultOf('telcrm.call', { data: null, problem: { code: 'cancelled', details: {} } }))
      signal?.addEventListener('abort', end)
    })

  it('reaches the request, and the try is remembered although nobody waits for it', async () => {
    const { desk, history, seen } = openDesk(untilAborted)
    const abort = new AbortController()
    const stream = await desk.run({ operation: 'telcrm.call', connection: 'pbx', values: {} }, abort.signal)
    const next = (stream as AsyncGenerator<RunEvent, void>).next()
    await vi.waitFor(() => expect(seen).toHaveLength(1), 15_000)
    abort.abort()
    void next
    await vi.waitFor(async () => expect(await history()).toMatchObject([{ code: 'cancelled' }]))
  })

  it('a preview that nobody waits for ends at once', async () => {
    const { desk } = openDesk()
    const input = { operation: 'telcrm.call', connection: 'pbx', values: {} }
    await expect(desk.preview(input, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('history', () => {
  it('keeps what was typed, but no secret, no file and no text that is very long', async () => {
    const { all, history, desk } = openDesk()
    await all('telcrm.call', { extnum: '802', pin: canary, unknown: canary })
    await all('telcrm.call', { extension: '803', extnum: 'x'.repeat(20_001) })
    const tone = { name: 'a.wav', type: 'audio/wav', bytes: new TextEncoder().encode(canary) }
    await all('telcrm.call', { extnum: tone })
    const tries = await history()
    expect(tries.map(({ values }) => values)).toEqual([{}, { extension: '803' }, { extnum: '802' }])
    expect(JSON.stringify(tries)).not.toContain(canary)
    await desk.clearHistory(undefined)
    expect(await history()).toEqual([])
  })

  it('is the last hundred, newest first', async () => {
    const { all, history } = openDesk(async () =>
      resultOf('telcrm.call', { status: 486, data: null, problem: { code: 'busy', details: { vendorCode: '486' } } }),
    )
    for (let n = 0; n < 103; n++) await all('telcrm.call', { extnum: String(n) })
    const tries = await history()
    expect(tries).toHaveLength(100)
    expect(tries[0]).toMatchObject({ values: { extnum: '102' }, code: 'busy', vendorCode: '486', status: 486 })
    expect(tries.at(-1)).toMatchObject({ values: { extnum: '3' } })
  })
})
