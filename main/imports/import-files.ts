import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { importPieceBytes } from '../../preload/contract/index.ts'
import { CoreError } from '../core/errors.ts'
import { importLimits } from '../core/imports/limits.ts'
import type { CheckOutcome, ImportFiles, Log } from '../core/ports/index.ts'
import type { FromImportWorker, ImportTask, Inspected, ToImportWorker } from './worker-messages.ts'

/** The worker's file: TypeScript when run from source, a bundle entry one folder up when this is a chunk. */
function workerUrl(from: string = import.meta.url): URL {
  const names = from.endsWith('.ts') ? ['./import-worker.ts'] : ['./import-worker.js', '../import-worker.js']
  return (
    names.map((name) => new URL(name, from)).find((url) => existsSync(fileURLToPath(url))) ?? new URL(names[0]!, from)
  )
}

/** A file that says nothing for so long is given up, ms. */
const silenceMs = 60_000
/** So long may a file be read in all, ms; while rows that were read are taken in, neither time runs. */
const totalMs = 300_000
/** A thread that was told to end and has not by then is stopped, ms. */
const endMs = 2000

const refused = (reason: string, more: object = {}) => new CoreError('bad-request', { field: 'file', reason, ...more })

const notKept = (error: unknown) =>
  new CoreError(
    'storage-failed',
    {
      reason:
        error instanceof Error && 'code' in error && error.code === 'ENOSPC'
          ? 'disk-full'
          : 'the file could not be kept',
    },
    error,
  )

/** Files below `folder`, each read by a thread that has 256 MB and no more. */
export function createImportFiles(
  folder: string,
  log: Log,
  options: { silenceMs?: number; totalMs?: number } = {},
): ImportFiles {
  const pathOf = (id: string) => join(folder, `${id}.import`)
  const sizes = new Map<string, number>()
  /** The threads that are told to end and still have their file open, by the file. */
  const ending = new Map<string, Promise<unknown>>()

  /** Start a thread, hand over what it needs, and wait for its answer. Cancelled within a moment: the thread ends behind that. */
  function run<T>(
    task: ImportTask,
    signal: AbortSignal | undefined,
    answer: (message: FromImportWorker, worker: Worker) => T | undefined | Promise<undefined>,
    prepare: (post: (message: ToImportWorker) => void) => Promise<void> = async () => {},
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(new CoreError('cancelled'))
        return
      }
      const worker = new Worker(workerUrl(), {
        workerData: task,
        name: 'import',
        execArgv: [],
        resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 },
      })
      let silent: NodeJS.Timeout | undefined
      let late: NodeJS.Timeout | undefined
      let leftMs = options.totalMs ?? totalMs
      let since = 0
      let over = false
      let exited = false
      const end = (settle: () => void) => {
        if (over) return
        over = true
        holdUp()
        signal?.removeEventListener('abort', cancel)
        settle()
        if (exited) return
        const deaf = setTimeout(() => {
          log.warn('import-thread-stopped')
          worker.terminate().catch((error: unknown) => log.warn('import-thread-not-ended', { error: String(error) }))
        }, endMs)
        const gone = new Promise((resolve) => worker.once('exit', resolve)).then(() => {
          clearTimeout(deaf)
          if (ending.get(task.path) === gone) ending.delete(task.path)
        })
        ending.set(task.path, gone)
        worker.postMessage({ kind: 'end' } satisfies ToImportWorker)
      }
      const fail = (error: unknown) => end(() => reject(error))
      const cancel = () => fail(new CoreError('cancelled'))
      const tooSlow = () => fail(refused('too-slow'))
      const heard = () => {
        clearTimeout(silent)
        silent = setTimeout(tooSlow, options.silenceMs ?? silenceMs)
      }
      const goOn = () => {
        if (over) return
        heard()
        since = performance.now()
        late = setTimeout(tooSlow, leftMs)
      }
      const holdUp = () => {
        clearTimeout(silent)
        clearTimeout(late)
        leftMs -= performance.now() - since
      }
      signal?.addEventListener('abort', cancel, { once: true })
      worker.on('error', (error: NodeJS.ErrnoException) => {
        log.warn('import-thread-failed', { error: error.code ?? error.name })
        fail(refused(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-much-inside' : 'damaged'))
      })
      worker.on('exit', () => {
        exited = true
        fail(refused('damaged'))
      })
      worker.on('message', (message: FromImportWorker) => {
        if (!over) heard()
        if (message.kind === 'failed') {
          if (message.reason === null) log.warn('import-thread-failed', { error: message.name })
          fail(refused(message.reason ?? 'damaged', message.row === null ? {} : { vendorText: `row ${message.row}` }))
          return
        }
        if (over) return
        if (message.kind === 'rows') holdUp()
        Promise.resolve(answer(message, worker)).then((result) => {
          if (result !== undefined) end(() => resolve(result))
          else if (message.kind === 'rows') goOn()
        }, fail)
      })
      goOn()
      prepare((message) => worker.postMessage(message)).catch(fail)
    })
  }

  return {
    async begin(id, { name, size }) {
      const isSheet = /\.xls[xm]?$/i.test(name)
      if (/\.xls$/i.test(name)) throw refused('xls-file')
      if (size > (isSheet ? importLimits.sheetBytes : importLimits.csvBytes)) throw refused('too-large')
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await (await open(pathOf(id), 'w', 0o600)).close()
      } catch (error) {
        throw notKept(error)
      }
      sizes.set(id, 0)
    },
    async append(id, at, bytes) {
      const had = sizes.get(id)
      if (had === undefined) throw new CoreError('not-found', { field: 'id', reason: 'no such import' })
      if (at !== had || bytes.length > importPieceBytes) throw refused('damaged')
      if (had + bytes.length > importLimits.csvBytes) throw refused('too-large')
      const file = await open(pathOf(id), 'r+').catch((error: unknown) => {
        throw notKept(error)
      })
      try {
        // A disk that gets full takes the beginning of a piece without an error.
        for (let done = 0; done < bytes.length; )
          done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
        sizes.set(id, at + bytes.length)
      } catch (error) {
        throw notKept(error)
      } finally {
        await file.close()
      }
    },
    inspect: (id, request, signal) =>
      run<Inspected>({ kind: 'inspect', path: pathOf(id), request }, signal, (message) =>
        message.kind === 'inspected' ? message.inspection : undefined,
      ).then((inspection) => ({ ...inspection, remembered: false })),
    check(id, { directory, pbx, ...request }, { signal, onProgress, onRows }) {
      const task: ImportTask = { kind: 'check', path: pathOf(id), request, handsOver: onRows !== undefined }
      return run<CheckOutcome>(
        task,
        signal,
        (message, worker) => {
          if (message.kind === 'progress') onProgress?.(message.rows, message.share)
          if (message.kind === 'checked') return message.outcome
          if (message.kind !== 'rows' || !onRows) return undefined
          return onRows(message.rows).then(() => {
            worker.postMessage({ kind: 'taken' } satisfies ToImportWorker)
            return undefined
          })
        },
        async (post) => {
          for (const [set, pieces] of [
            ['directory', directory],
            ['pbx', pbx],
          ] as const) {
            for (const numbers of pieces) {
              post({ kind: 'known', set, numbers })
              await new Promise((resolve) => setImmediate(resolve))
            }
          }
          post({ kind: 'go' })
        },
      )
    },
    async discard(id) {
      sizes.delete(id)
      await ending.get(pathOf(id))
      await rm(pathOf(id), { force: true })
    },
    async sweep() {
      const names = await readdir(folder).catch(() => [])
      await Promise.all(
        names.filter((name) => name.endsWith('.import')).map((name) => rm(join(folder, name), { force: true })),
      )
    },
  }
}
