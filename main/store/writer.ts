import type { Worker } from 'node:worker_threads'
import { CoreError } from '../core/errors.ts'
import type { Log } from '../core/ports/index.ts'
import { storageFailedCode } from './sqlite.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'
import { startWorker } from './worker-thread.ts'
import type { WriteArguments, WriteName, WriteOperation } from './write-operations.ts'

/** Queues writes and hands them to the worker in batches: whatever came in while one batch was being committed is the next. */
export interface Writer {
  /** The worker has opened the database. Rejects with storage-failed when it could not. */
  readonly ready: Promise<void>
  /** Resolves with the operation's number once it is on the disk. Errors: storage-failed. */
  write<N extends WriteName>(name: N, ...args: WriteArguments[N]): Promise<number>
  /** Resolves when nothing is waiting any more. */
  flush(): Promise<void>
  /** Shorten the log; call when idle. */
  checkpoint(): void
  /** Write what waits (as far as that takes no longer than a second), call `beforeLast`, then end the worker. */
  close(beforeLast?: () => void): Promise<void>
}

interface Waiting {
  operation: WriteOperation
  resolve(result: number): void
  reject(error: CoreError): void
}

export interface WriterOptions {
  file: string
  workerUrl: URL
  log: Log
  /** The worker opens the file after this; it starts before, because starting a thread takes time. */
  prepared: Promise<unknown>
  /** The disk was changed by a batch. */
  onChanged(): void
  /** Writes that may wait; more are refused. */
  maxWaiting?: number
}

const maxBatch = 2000
/** After a batch this large there is a rush: the next one is gathered a little longer, ms, so that fewer commits are needed. */
const rushBatch = 16
const gatherMs = 3
const defaultMaxWaiting = 50_000
/** A worker that dies over the same batch this often will not get it again. */
const maxAttempts = 3
const drainMs = 650
const closeMs = 250

export function createWriter(options: WriterOptions): Writer {
  const { file, workerUrl, prepared, log, onChanged, maxWaiting = defaultMaxWaiting } = options
  let worker: Worker | null = null
  let isOpen = false
  let isClosing = false
  let isScheduled = false
  let deaths = 0
  let lastBatch = 0
  let queue: Waiting[] = []
  /** What the worker has and has not answered, in the order in which it will. */
  let inFlight: Waiting[][] = []
  let drained: (() => void)[] = []
  let settleReady: { resolve(): void; reject(error: CoreError): void } = { resolve() {}, reject() {} }
  let workerEnded: () => void = () => {}

  const ready = new Promise<void>((resolve, reject) => {
    settleReady = { resolve, reject }
  })
  const post = (message: ToWorker) => worker?.postMessage(message)

  function start(): void {
    const thread = startWorker(workerUrl, { role: 'writer' })
    worker = thread
    isOpen = false
    thread.on('message', receive)
    thread.on('error', (error) => log.error('store-worker-failed', { error: error.name }))
    thread.on('exit', () => {
      if (worker === thread) lost()
      workerEnded()
    })
    const open: ToWorker = { kind: 'open', file }
    prepared.then(
      () => thread.postMessage(open),
      () => {},
    )
  }

  function receive(message: FromWorker): void {
    if (message.kind === 'ready') {
      isOpen = true
      settleReady.resolve()
      send()
    } else if (message.kind === 'done') {
      settle(message)
    } else if (message.kind === 'closed') {
      workerEnded()
    } else if (message.kind === 'failed') {
      const error = storageFailedCode(message.code, message.name)
      log.error('store-worker-failed', { reason: error.details.reason })
      if (isOpen) return
      settleReady.reject(error)
      abandon(error)
    }
  }

  function settle({ results, failures, changed }: Extract<FromWorker, { kind: 'done' }>): void {
    const batch = inFlight.shift() ?? []
    deaths = 0
    const failed = new Map(failures.map(([at, code, name]) => [at, storageFailedCode(code, name)]))
    batch.forEach((one, at) => {
      const error = failed.get(at)
      if (error) one.reject(error)
      else one.resolve(results[at] ?? 0)
    })
    if (failed.size > 0)
      log.warn('writes-failed', { count: failed.size, reason: [...failed.values()][0]?.details.reason })
    if (changed) onChanged()
    lastBatch = batch.length
    if (queue.length > 0) schedule()
    if (isIdle()) release()
  }

  /** The worker is gone without having been told to go: what it had not answered is sent again, to a new one. */
  function lost(): void {
    worker = null
    isOpen = false
    if (isClosing) {
      abandon(new CoreError('storage-failed', { reason: 'the store was closed' }))
      return
    }
    deaths += 1
    log.error('store-worker-lost', { count: deaths })
    const error = new CoreError('storage-failed', { reason: 'the store worker ended unexpectedly' })
    // A batch that was committed but not answered is written twice: folding an event twice changes nothing.
    const unanswered = inFlight.flat()
    inFlight = []
    if (deaths < maxAttempts) queue = [...unanswered, ...queue]
    else reject(unanswered, error)
    if (deaths < maxAttempts) {
      start()
    } else {
      settleReady.reject(error)
      abandon(error)
    }
  }

  /** Nothing can be written now. The next write starts a new worker. */
  function abandon(error: CoreError): void {
    const old = worker
    worker = null
    isOpen = false
    deaths = 0
    const all = [...inFlight.flat(), ...queue]
    inFlight = []
    queue = []
    reject(all, error)
    release()
    old?.terminate().catch((reason: unknown) => log.warn('store-worker-failed', { error: String(reason) }))
  }

  function reject(batch: Waiting[], error: CoreError): void {
    for (const one of batch) one.reject(error)
  }

  function send(): void {
    isScheduled = false
    if (!isOpen || queue.length === 0 || !isAwaited()) return
    const count = batchLength()
    const batch = queue.slice(0, count)
    queue = queue.slice(count)
    try {
      post({ kind: 'batch', operations: batch.map((one) => one.operation) })
      inFlight.push(batch)
    } catch (error) {
      // Only a value that cannot be copied between threads gets here: find whose it is.
      queue = [...batch.filter((one) => isCopyable(one, error)), ...queue]
      schedule()
    }
  }

  /** What is small is written together; a page of a log on its own, so that nothing small waits for its end. */
  function batchLength(): number {
    const page = queue.findIndex(isPage)
    return page === 0 ? 1 : Math.min(page < 0 ? queue.length : page, maxBatch)
  }

  /**
   * One batch at a time, so that what is small gathers. Not about a page of a log: the next page lies ready when the worker has
   * done the one before, and so does what is small between two pages.
   */
  function isAwaited(): boolean {
    const pages = inFlight.filter((batch) => batch.some(isPage)).length
    if (queue.slice(0, 1).some(isPage)) return pages < 2
    return inFlight.length === 0 || inFlight.at(-1)!.some(isPage)
  }

  function schedule(): void {
    if (isScheduled) return
    isScheduled = true
    if (lastBatch < rushBatch) setImmediate(send)
    else setTimeout(send, gatherMs)
  }

  const isIdle = () => queue.length === 0 && inFlight.length === 0

  function release(): void {
    const waiting = drained
    drained = []
    for (const one of waiting) one()
  }

  function flush(): Promise<void> {
    return isIdle() ? Promise.resolve() : new Promise((resolve) => drained.push(resolve))
  }

  // Whoever opens the store asks for it later; until then a failure is nobody's unhandled rejection.
  ready.catch(() => {})
  start()
  return {
    ready,
    flush,
    write(name, ...args) {
      if (isClosing) return Promise.reject(new CoreError('storage-failed', { reason: 'the store was closed' }))
      if (queue.length >= maxWaiting) {
        return Promise.reject(new CoreError('storage-failed', { reason: `more than ${maxWaiting} writes are waiting` }))
      }
      return new Promise((resolve, reject) => {
        queue.push({ operation: [name, ...args] as unknown as WriteOperation, resolve, reject })
        if (!worker) start()
        schedule()
      })
    },
    checkpoint() {
      if (isOpen) post({ kind: 'checkpoint' })
    },
    async close(beforeLast = () => {}) {
      if (isClosing) return
      isClosing = true
      await within(drainMs, flush())
      beforeLast()
      if (worker && isOpen && isIdle()) {
        const ended = new Promise<void>((resolve) => {
          workerEnded = resolve
        })
        post({ kind: 'close' })
        await within(closeMs, ended)
      }
      abandon(new CoreError('storage-failed', { reason: 'the store was closed before this was written' }))
    },
  }
}

const isPage = ({ operation }: Waiting) => operation[0] === 'history.save'

function isCopyable(one: Waiting, cause: unknown): boolean {
  try {
    structuredClone(one.operation)
    return true
  } catch {
    one.reject(new CoreError('storage-failed', { reason: 'a value cannot be stored' }, cause))
    return false
  }
}

/** Wait for `done`, but no longer than `ms`. */
function within(ms: number, done: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    done.then(() => {
      clearTimeout(timer)
      resolve()
    }, resolve)
  })
}
