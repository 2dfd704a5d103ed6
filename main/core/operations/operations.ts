import {
  type ChosenFile,
  maxFileBytes,
  type OperationInfo,
  type ReceivedCall,
  type RunEvent,
} from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import { CoreError, toProblem } from '../errors.ts'
import type { Clock, OperationRunner } from '../ports/index.ts'
import { createFileBasket } from './file-basket.ts'
import { createHistory } from './history.ts'
import { createProgressNews } from './progress-news.ts'
import { namedFile, uploadOf } from './uploads.ts'

/** The catalogue, tried by hand: previews, runs with progress and files, and what was tried. */
export function createOperationDesk(deps: {
  clock: Clock
  /** Every operation of every system. */
  catalogue(): Promise<OperationInfo[]>
  /** Runs the operations of one connection. Errors: not-found, and why it could not be opened. */
  runnerOf(connection: string): Promise<OperationRunner>
  /** What came lately for an operation that arrives. */
  received(info: OperationInfo, limit: number): ReceivedCall[]
  /** Connection id → its system. */
  systemOf(connection: string): string | null
}): Desk['operations'] {
  const { clock } = deps
  const history = createHistory()
  let catalogue: Promise<OperationInfo[]> | null = null
  const list = () => (catalogue ??= deps.catalogue())

  async function find(operation: string, connection: string): Promise<OperationInfo> {
    const info = (await list()).find((one) => one.id === operation)
    if (!info) throw new CoreError('not-found', { operation, reason: 'no such operation' })
    if (info.direction === 'inbound')
      throw new CoreError('bad-request', { operation, field: 'operation', reason: 'this arrives, it cannot be sent' })
    if (deps.systemOf(connection) !== info.system)
      throw new CoreError('unavailable', { operation, connection, reason: 'no such connection of this system' })
    return info
  }

  async function* run(
    info: OperationInfo,
    connection: string,
    values: Readonly<Record<string, string | ChosenFile>>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<RunEvent, void> {
    const stop = new AbortController()
    const abort = () => stop.abort()
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort)
    const basket = createFileBasket(maxFileBytes, abort)
    const news = createProgressNews(clock)
    const at = clock.now()
    const from = clock.mono()

    const finish = async (): Promise<RunEvent> => {
      const options = { signal: stop.signal, sink: info.download ? basket : undefined, onProgress: news.tell }
      const result = await start(info.id, connection, async () => {
        const runner = await deps.runnerOf(connection)
        return runner.run(info.id, mapValues(values, uploadOf), options)
      })
      result.ms = Math.round(clock.mono() - from)
      if (basket.overflowed()) {
        const reason = 'file-too-large'
        result.problem = { code: 'unexpected-response', details: { operation: info.id, connection, reason } }
      }
      history.add(info, { at, connection, values, result })
      const file = info.download && result.problem === null ? basket.take() : null
      return { kind: 'done', result, file }
    }
    // Remembered also when nobody waits for the end any more.
    const done = finish().finally(news.end)
    try {
      for await (const progress of news) yield { kind: 'progress', ...progress }
      yield await done
    } finally {
      abort()
      signal?.removeEventListener('abort', abort)
    }
  }

  return {
    list,
    async preview({ operation, connection, values }, signal) {
      const info = await find(operation, connection)
      const shown = deps.runnerOf(connection).then((runner) => runner.preview(info.id, mapValues(values, namedFile)))
      return cancellable(shown, signal)
    },
    async run({ operation, connection, values }, signal) {
      return run(await find(operation, connection), connection, values, signal)
    },
    history: () => history.list(),
    clearHistory: () => history.clear(),
    async received({ operation, limit }) {
      const info = (await list()).find((one) => one.id === operation)
      if (!info) throw new CoreError('not-found', { operation, reason: 'no such operation' })
      return deps.received(info, limit)
    },
  }
}

type Result = Awaited<ReturnType<OperationRunner['run']>>

/** A connection that cannot be opened fails like one that does not answer: as a result. */
async function start(operation: string, connection: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    const { code, details } = toProblem(error)
    const problem = { code, details: { operation, connection, ...details } }
    return { operation, status: null, code: null, ms: 0, data: null, problem, explained: [], raw: null }
  }
}

/** Whoever has given up gets no answer; what runs to its end in the background changes nothing. */
function cancellable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new CoreError('cancelled'))
    if (signal.aborted) cancel()
    signal.addEventListener('abort', cancel, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel))
  })
}

function mapValues<File>(
  values: Readonly<Record<string, string | File>>,
  toUpload: (file: File) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : toUpload(value)]),
  )
}
