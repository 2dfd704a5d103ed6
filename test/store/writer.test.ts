import { readFileSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createBatchRunner } from '../../main/store/batch-runner.ts'
import { migrations } from '../../main/store/migrations/index.ts'
import { prepareFile } from '../../main/store/prepare-file.ts'
import { defaultWorkerUrl } from '../../main/store/worker-thread.ts'
import type { WriteOperation } from '../../main/store/write-operations.ts'
import { createWriter, type Writer } from '../../main/store/writer.ts'
import { createTestLog, entry, event, open, query, realClock, record, tempFile } from './temp-store.ts'

const observedWorker = new URL('./observed-worker.ts', import.meta.url)
const batches = (file: string) => readFileSync(`${file}.batches`, 'utf8').trim().split('\n').map(Number)

async function prepared(): Promise<string> {
  const file = tempFile()
  await prepareFile({ file, clock: realClock, log: createTestLog().log, migrations })
  return file
}

async function openWriter(options: { maxWaiting?: number } = {}): Promise<{ writer: Writer; file: string }> {
  const file = await prepared()
  const writer = createWriter({
    file,
    workerUrl: defaultWorkerUrl(),
    prepared: Promise.resolve(),
    log: createTestLog().log,
    onChanged() {},
    ...options,
  })
  onTestFinished(() => writer.close())
  return { writer, file }
}

const append = (callId: string): WriteOperation => [
  'inbox.append',
  'pbx',
  1,
  's',
  callId,
  'a',
  'b',
  'ringing',
  'incoming',
  '',
  '',
  '',
  'utf-8',
]

function countInbox(file: string): number {
  const db = new Database(file, { readonly: true })
  try {
    return Number(db.prepare('SELECT count(*) FROM inbox').pluck().get())
  } finally {
    db.close()
  }
}

/** Another program that holds the write lock. */
function lock(file: string): () => void {
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  const release = () => {
    if (other.open) other.close()
  }
  onTestFinished(release)
  return release
}

describe('group commit', () => {
  it('R22: writes of 200 callers share their transactions, every one gets its own id', async () => {
    const file = tempFile()
    const store = await open(file, { workerUrl: observedWorker })
    const ids: number[] = []
    let next = 0
    const caller = async () => {
      while (next < 2000) {
        next += 1
        ids.push(await store.inbox.append(event({ callId: `c${next}` })))
      }
    }
    await Promise.all(Array.from({ length: 200 }, caller))
    expect(new Set(ids).size).toBe(2000)
    expect(batches(file).length).toBeLessThan(200)
    expect(Math.max(...batches(file))).toBeGreaterThan(50)
    expect(countInbox(file)).toBe(2000)
  })

  it('rejects only the write that fails; its neighbours are committed', async () => {
    const runner = createBatchRunner(await prepared())
    const bad: WriteOperation = ['calls.set-handled', 'x', 'no number' as unknown as number]
    const unknown = ['inbox.drop'] as unknown as WriteOperation
    const inherited = ['toString'] as unknown as WriteOperation
    const orphan = ['inbox.append', null] as unknown as WriteOperation
    const outcome = runner.run([append('a'), orphan, append('b'), unknown, inherited, bad, append('c')])
    runner.close()
    expect(outcome.failures.map(([at]) => at)).toEqual([1, 3, 4])
    expect(outcome.failures[0]?.[1]).toMatch(/^SQLITE_|^$/)
    expect([outcome.results[0], outcome.results[2], outcome.results[6]]).toEqual([1, 2, 3])
  })

  it('undoes all of a write that fails half way', async () => {
    const file = await prepared()
    const runner = createBatchRunner(file)
    const learn = [
      'directory.learn',
      [
        ['1', 'pbx', 'A', 1],
        ['2', 'pbx', null, 1],
      ],
    ] as unknown as WriteOperation
    expect(runner.run([learn, append('a')]).failures).toHaveLength(1)
    runner.close()
    const db = new Database(file, { readonly: true })
    expect(db.prepare('SELECT count(*) FROM learned_names').pluck().get()).toBe(0)
    db.close()
    expect(countInbox(file)).toBe(1)
  })

  it('saves calls and the folded mark in one transaction', async () => {
    const store = await open()
    const id = await store.inbox.append(event())
    const bad = record({ callId: 'bad', caller: null as unknown as string })
    await expect(store.calls.save([record({ callId: 'good' }), bad], id)).rejects.toMatchObject({
      code: 'storage-failed',
    })
    expect(store.calls.get('good')).toBeNull()
    expect(store.inbox.unfolded()).toHaveLength(1)
  })

  it('refuses a value that cannot cross to the worker, alone', async () => {
    const { writer } = await openWriter()
    const [bad, good] = await Promise.allSettled([
      writer.write('calls.set-handled', Symbol('x') as unknown as string, 1),
      writer.write('calls.set-handled', 'x', 1),
    ])
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'storage-failed' } })
    expect(good).toMatchObject({ status: 'fulfilled', value: 0 })
  })

  it('has a bounded queue', async () => {
    const { writer } = await openWriter({ maxWaiting: 10 })
    const all = await Promise.allSettled(Array.from({ length: 12 }, () => writer.write('calls.set-handled', 'x', 1)))
    expect(all.map((one) => one.status)).toEqual([...Array(10).fill('fulfilled'), 'rejected', 'rejected'])
    await expect(writer.write('calls.set-handled', 'x', 1)).resolves.toBe(0)
  })
})

describe('pages of a log', () => {
  it('lie ready in the worker before the one above is confirmed, and what is small between them', async () => {
    const file = tempFile()
    const store = await open(file, { workerUrl: observedWorker })
    const page = (callId: string) =>
      store.history.save({ connection: 'pbx', system: 'telcrm' }, [entry({ callId, startedAt: 1000 })], 1)
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    await store.inbox.append(event({ callId: 'before' }))
    const writes: Promise<unknown>[] = [page('first')]
    await turn()
    writes.push(store.inbox.append(event({ callId: 'small' })))
    await turn()
    writes.push(page('second'))
    await turn()
    writes.push(store.inbox.append(event({ callId: 'small too' })))
    await turn()
    writes.push(page('third'), store.inbox.append(event({ callId: 'last' })))
    await turn()
    // This thread hears nothing of the first page while it waits here.
    const until = Date.now() + 5000
    while (batches(file).length < 5 && Date.now() < until);
    expect(batches(file).length).toBeGreaterThanOrEqual(5)
    await Promise.all(writes)
    expect(batches(file)).toEqual([1, 1, 1, 1, 1, 1, 1])
    expect(store.history.get('pbx', 'second')).not.toBeNull()
  })
})

describe('a locked database', () => {
  it('R15: waits until the other program lets go, while this thread goes on and reads work', async () => {
    const file = tempFile()
    const store = await open(file)
    const release = lock(file)
    let isDone = false
    const waiting = store.inbox.append(event()).then(() => {
      isDone = true
    })
    let longestMs = 0
    const until = performance.now() + 600
    while (performance.now() < until) {
      const from = performance.now()
      await new Promise((resolve) => setTimeout(resolve, 10))
      store.calls.list(query())
      longestMs = Math.max(longestMs, performance.now() - from)
    }
    expect(isDone).toBe(false)
    release()
    await waiting
    expect(store.inbox.unfolded()).toHaveLength(1)
    // Who waited for the lock would have waited for all of the 600 ms.
    expect(longestMs).toBeLessThan(500)
  })

  it('R15: gives up with a clear error when it takes too long', async () => {
    const file = await prepared()
    const runner = createBatchRunner(file, { patienceMs: 300 })
    const release = lock(file)
    expect(runner.run([append('a'), append('b')]).failures.map(([, code]) => code)).toEqual([
      'SQLITE_BUSY',
      'SQLITE_BUSY',
    ])
    release()
    expect(runner.run([append('a')]).failures).toEqual([])
    runner.close()
  })

  it('closes in a moment all the same, and says that the write was not made', async () => {
    const file = tempFile()
    const store = await open(file)
    lock(file)
    const waiting = expect(store.inbox.append(event())).rejects.toMatchObject({ code: 'storage-failed' })
    const from = performance.now()
    await store.close()
    // A second is what it gives itself; a busy machine adds to it.
    expect(performance.now() - from).toBeLessThan(4000)
    await waiting
  })
})

describe('a worker that dies', () => {
  it('is replaced, and gets again what it had not written', async () => {
    const file = tempFile()
    const { log, lines } = createTestLog()
    const store = await open(file, { workerUrl: observedWorker, log })
    const all = await Promise.allSettled(
      ['a', 'die-before', 'b'].map((callId) => store.inbox.append(event({ callId }))),
    )
    expect(all.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
    expect(store.inbox.unfolded().map((row) => row.callId)).toEqual(['a', 'die-before', 'b'])
    expect(lines.some((line) => line.event === 'store-worker-lost')).toBe(true)
  })

  it('loses nothing that it had written but not yet answered', async () => {
    const store = await open(tempFile(), { workerUrl: observedWorker })
    await store.inbox.append(event({ callId: 'die-after' }))
    expect(new Set(store.inbox.unfolded().map((row) => row.callId))).toEqual(new Set(['die-after']))
    await store.inbox.append(event({ callId: 'next' }))
    expect(store.inbox.unfolded().at(-1)?.callId).toBe('next')
  })

  it('does not get the same deadly batch for ever', async () => {
    const store = await open(tempFile(), { workerUrl: observedWorker })
    await expect(store.inbox.append(event({ callId: 'die-always' }))).rejects.toMatchObject({ code: 'storage-failed' })
    await expect(store.inbox.append(event({ callId: 'next' }))).resolves.toBe(1)
  })

  it('makes opening fail clearly when it cannot run at all', async () => {
    const missing = new URL('./no-such-worker.ts', import.meta.url)
    await expect(open(tempFile(), { workerUrl: missing })).rejects.toMatchObject({ code: 'storage-failed' })
  })
})

describe('closing', () => {
  it('writes what waits, shortens the log to nothing and refuses what comes later', async () => {
    const file = tempFile()
    const store = await open(file)
    const waiting = Array.from({ length: 500 }, () => store.inbox.append(event()))
    const from = performance.now()
    await store.close()
    // A second is what it gives itself; a busy machine adds to it.
    expect(performance.now() - from).toBeLessThan(4000)
    await Promise.all(waiting)
    expect(countInbox(file)).toBe(500)
    expect(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0)
    await expect(store.inbox.append(event())).rejects.toMatchObject({ code: 'storage-failed' })
    expect(() => store.inbox.unfolded()).toThrow('the store is closed')
    await store.close()
  })

  it('flush waits for everything that was queued', async () => {
    const file = tempFile()
    const store = await open(file)
    for (let at = 0; at < 50; at += 1) store.inbox.append(event()).catch(() => {})
    await store.flush()
    expect(countInbox(file)).toBe(50)
    await store.flush()
  })
})
