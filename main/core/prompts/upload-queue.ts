import type { ErrorCode } from '../../../preload/contract/index.ts'
import { CoreError, toProblem } from '../errors.ts'
import type { Clock, Log, PromptLibrary, PromptSound, PromptStore, PromptUpload } from '../ports/index.ts'
import { newUpload, nextUploadState, stepOf, type UploadEvent } from './upload-state.ts'

export interface RunningUpload extends PromptUpload {
  /** Bytes sent of the whole request; null while nothing is being sent. */
  progress: { bytes: number; total: number | null } | null
  /** When it is tried next, epoch ms; null = now, or never. */
  nextAt: number | null
}

export interface UploadQueue {
  /** Take up what an earlier run of the program left behind. */
  start(): Promise<void>
  list(): RunningUpload[]
  /** → its id. Errors: storage-failed. */
  add(upload: Omit<PromptUpload, 'id' | 'state'>, sound: PromptSound | null): Promise<number>
  /** Break off, or give up waiting. Errors: not-found. */
  cancel(id: number): Promise<void>
  /** A failed one, once more. Errors: not-found. */
  retry(id: number): Promise<void>
  /** Forget one that failed or was confirmed. Errors: not-found, conflict (it is under way). */
  dismiss(id: number): Promise<void>
  /** Nothing is sent any more; what was under way is looked up at the next start. */
  stop(): void
}

export interface UploadWaits {
  /** Before each look at the list, ms: a request that was cut may still be worked on. */
  lookAfterMs: readonly number[]
  /** While the system is away, ms. */
  backOffMs: readonly number[]
}

const usualWaits: UploadWaits = { lookAfterMs: [500, 2500, 5000], backOffMs: [2000, 5000, 15_000, 30_000] }
/** So long a confirmed one is shown. */
const confirmedMs = 8000

/**
 * Uploads of voice files, one at a time for each connection, in the order they were asked for. Each step is on the disk before
 * it is taken.
 */
export function createUploadQueue(deps: {
  clock: Clock
  log: Log
  store: Pick<PromptStore, 'uploads' | 'copies' | 'sound' | 'enqueue' | 'setState' | 'confirm' | 'dropUpload'>
  /** Errors: unavailable, and why the connection could not be opened. */
  libraryOf(connection: string): Promise<PromptLibrary>
  onChange(): void
  /** The list of the connection is another one now. */
  onListChanged(connection: string): void
  waits?: UploadWaits
}): UploadQueue {
  const { clock, log, store, waits = usualWaits } = deps
  const { backOffMs } = waits
  const uploads = new Map<number, RunningUpload>()
  const aborts = new Map<number, AbortController>()
  const running = new Set<string>()
  const wakes = new Map<string, () => void>()
  const cancelTimers = new Set<() => void>()
  let stopped = false

  const later = (ms: number, run: () => void): (() => void) => {
    const forget = clock.after(ms, () => {
      cancelTimers.delete(forget)
      run()
    })
    cancelTimers.add(forget)
    return forget
  }

  /** Cut short by `wake`. */
  function pause(connection: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        cancel()
        wakes.delete(connection)
        resolve()
      }
      const cancel = later(ms, done)
      wakes.set(connection, done)
    })
  }

  /** On the disk first, then in force. Errors: storage-failed. */
  async function apply(upload: RunningUpload, event: UploadEvent): Promise<void> {
    const state = nextUploadState(upload, upload.state, event)
    if (state === upload.state) return
    if (state.phase === 'confirmed') {
      const old = store.copies(upload.connection).find(({ prompt }) => prompt === state.prompt)
      const was = 'before' in upload.state ? upload.state.before?.find(({ id }) => id === state.prompt) : undefined
      const isOurs = old !== undefined && was !== undefined && old.file === was.file && old.title === was.title
      await store.confirm(upload.id, { ...state, at: clock.now(), keepOld: isOurs, state })
      later(confirmedMs, () => void dismiss(upload.id).catch(() => undefined))
      deps.onListChanged(upload.connection)
      log.info('prompt-confirmed', { connection: upload.connection, prompt: state.prompt })
    } else {
      await store.setState(upload.id, state)
      if (state.phase === 'failed')
        log.warn('prompt-upload-failed', { connection: upload.connection, code: state.problem.code })
    }
    upload.state = state
    deps.onChange()
  }

  async function send(upload: RunningUpload, library: PromptLibrary, signal: AbortSignal): Promise<void> {
    await apply(upload, { kind: 'begun', rows: await library.list({ signal }) })
    if (upload.state.phase !== 'sending') return
    const sound = upload.sound === null ? null : store.sound(upload.sound)
    if (upload.sound !== null && sound === null) {
      const problem = { code: 'storage-failed', details: { reason: 'sound-lost' } } as const
      return apply(upload, { kind: 'refused', problem })
    }
    const { prompt, title, description } = upload
    try {
      const saved = await library.save(
        { id: prompt, title, description, sound },
        {
          signal,
          onProgress(progress) {
            upload.progress = progress
            deps.onChange()
          },
        },
      )
      await apply(upload, { kind: 'answered', prompt: saved })
    } catch (error) {
      if (stopped) return
      await apply(upload, afterFailure(error))
    } finally {
      upload.progress = null
    }
  }

  /** One step. → how long to wait before the next one, ms. */
  async function step(upload: RunningUpload, tries: number): Promise<{ waitMs: number; tries: number }> {
    const abort = new AbortController()
    aborts.set(upload.id, abort)
    const backOff = { waitMs: backOffMs[Math.min(tries, backOffMs.length - 1)]!, tries: tries + 1 }
    try {
      const library = await deps.libraryOf(upload.connection)
      if (stepOf(upload.state) === 'send') {
        await send(upload, library, abort.signal)
        return upload.state.phase === 'queued' ? backOff : { waitMs: lookWait(upload, waits), tries: 0 }
      }
      await apply(upload, { kind: 'seen', rows: await library.list({ signal: abort.signal }) })
      return { waitMs: lookWait(upload, waits), tries: 0 }
    } catch (error) {
      if (stopped) return backOff
      await apply(upload, { kind: 'look-failed', problem: toProblem(error) })
      return backOff
    } finally {
      aborts.delete(upload.id)
    }
  }

  async function run(connection: string): Promise<void> {
    if (running.has(connection) || stopped) return
    running.add(connection)
    let tries = 0
    try {
      for (;;) {
        const upload = [...uploads.values()].find((one) => one.connection === connection && stepOf(one.state) !== null)
        if (!upload || stopped) return
        const next = await step(upload, tries)
        tries = next.tries
        if (next.waitMs === 0 || stopped) continue
        upload.nextAt = clock.now() + next.waitMs
        deps.onChange()
        await pause(connection, next.waitMs)
        upload.nextAt = null
      }
    } catch (error) {
      // The disk refuses: nothing may be sent that is not written down first. The next click or start tries again.
      log.error('prompt-uploads-stopped', { reason: error instanceof CoreError ? error.details.reason : 'unknown' })
      const problem = toProblem(error)
      for (const upload of uploads.values())
        if (upload.connection === connection && stepOf(upload.state) !== null && upload.state.phase !== 'confirmed')
          upload.state = {
            phase: 'failed',
            sent: 0,
            problem,
            before: 'before' in upload.state ? upload.state.before : null,
          }
      deps.onChange()
    } finally {
      running.delete(connection)
    }
  }

  const must = (id: number): RunningUpload => {
    const found = uploads.get(id)
    if (!found) throw new CoreError('not-found', { field: 'upload', reason: 'no such upload' })
    return found
  }

  async function dismiss(id: number): Promise<void> {
    const { phase } = must(id).state
    if (phase !== 'failed' && phase !== 'confirmed')
      throw new CoreError('conflict', { field: 'upload', reason: 'upload-under-way' })
    await store.dropUpload(id)
    uploads.delete(id)
    deps.onChange()
  }

  return {
    async start() {
      for (const found of store.uploads()) {
        const upload = { ...found, progress: null, nextAt: null }
        uploads.set(upload.id, upload)
        if (upload.state.phase === 'confirmed') await dismiss(upload.id)
        else await apply(upload, { kind: 'restarted' })
      }
      for (const { connection } of uploads.values()) void run(connection)
    },
    list: () => [...uploads.values()],
    async add(wanted, sound) {
      const id = await store.enqueue({ ...wanted, state: newUpload }, sound)
      uploads.set(id, { ...wanted, id, state: newUpload, progress: null, nextAt: null })
      deps.onChange()
      void run(wanted.connection)
      return id
    },
    async cancel(id) {
      const upload = must(id)
      await apply(upload, { kind: 'cancelled' })
      aborts.get(id)?.abort()
      wakes.get(upload.connection)?.()
    },
    async retry(id) {
      const upload = must(id)
      await apply(upload, { kind: 'retried' })
      wakes.get(upload.connection)?.()
      void run(upload.connection)
    },
    dismiss,
    stop() {
      stopped = true
      for (const cancel of cancelTimers) cancel()
      for (const abort of aborts.values()) abort.abort()
      for (const wake of [...wakes.values()]) wake()
    },
  }
}

/** Before the next look; a first look comes at once. */
function lookWait({ state }: PromptUpload, { lookAfterMs }: UploadWaits): number {
  if (state.phase !== 'unsure' && state.phase !== 'saved') return 0
  if (state.phase === 'saved' && state.looks === 0) return 0
  return lookAfterMs[Math.min(state.looks, lookAfterMs.length - 1)]!
}

/** What a failed sending says about whether it arrived. */
function afterFailure(error: unknown): UploadEvent {
  const problem = toProblem(error)
  const { code, details } = problem
  if (code === 'unreachable' || (code === 'timeout' && details.reason === 'connect')) return { kind: 'unsent', problem }
  // 0 is how a system says that it saved nothing; any other failure of a server may come after the work was done.
  const isRefusal = refusals.has(code) || (code === 'server-error' && details.vendorCode === '0')
  return { kind: isRefusal ? 'refused' : 'lost', problem }
}

const refusals: ReadonlySet<ErrorCode> = new Set([
  'bad-request',
  'auth-failed',
  'forbidden',
  'not-found',
  'rate-limited',
])
