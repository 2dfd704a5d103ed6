import { CoreError } from '../errors.ts'
import type {
  Clock,
  FetchOptions,
  Log,
  RecordingFiles,
  RecordingRef,
  RecordingSource,
  StoredRecording,
} from '../ports/index.ts'
import { fetchRecording, pause } from './fetch-recording.ts'
import { createSlots } from './slots.ts'
import { expectDone, isTooEarly, type RecordedCall, waitFor } from './still-recording.ts'

/** Downloads at once: an old PBX has calls to switch. */
const mostDownloads = 2
const dayMs = 24 * 3600_000

type Progress = Parameters<FetchOptions['onProgress']>[0]

export interface OpenRequest extends RecordingRef {
  connection: string
}

export interface OpenOptions {
  signal: AbortSignal
  onProgress(progress: Progress): void
}

export interface Recordings {
  /** What is here already, or null. Errors: storage-failed. */
  cached(request: OpenRequest): Promise<StoredRecording | null>
  /**
   * The whole recording, downloaded unless it is here. Two who want the same share one download, which ends when both
   * have given up. Errors: not-found (`expired`, `no-recording`), unavailable (`still-recording`),
   * unexpected-response, storage-failed
   * (`disk-full`), and those of a call.
   */
  open(request: OpenRequest, options: OpenOptions): Promise<StoredRecording>
  usage(): Promise<{ files: number; bytes: number }>
  /** How many there are of calls that began before, epoch ms. Errors: storage-failed. */
  countBefore(before: number): Promise<number>
  /** Delete every file, or those of calls that began before `before` (epoch ms). → files deleted. Errors: storage-failed. */
  purge(before?: number): Promise<number>
  /** Delete what is older than the settings allow, or too much. Errors: storage-failed. */
  tidy(): Promise<void>
  /** Downloads are stopped. */
  stop(): void
}

interface Download {
  done: Promise<StoredRecording>
  abort: AbortController
  listeners: Set<OpenOptions>
  latest: Progress | null
}

/** Recordings of calls, kept on this PC: the least recently used go first when they take too much room. */
export function createRecordings(deps: {
  clock: Clock
  log: Log
  files: RecordingFiles
  /** Of a configured connection; null = it has no recordings. Errors: not-found. */
  sourceOf(connection: string): Promise<RecordingSource | null>
  /** Null = nothing is known of that call. */
  callOf(call: { connection: string; callId: string }): RecordedCall | null
  settings(): { cacheMb: number; keepDays: number }
}): Recordings {
  const { clock, log, files } = deps
  const downloads = new Map<string, Download>()
  const inSlot = createSlots(mostDownloads)
  /** The call decides: by its id and by the log's file name it is the same sound. */
  const keyOf = ({ connection, callId }: OpenRequest) => files.keyOf(`${connection}\n${callId}`)

  async function find(key: string, request: OpenRequest): Promise<StoredRecording | null> {
    const found = (await files.list()).find((one) => one.key === key) ?? null
    if (found && isTooEarly(found, deps.callOf(request))) {
      await files.remove(key)
      return null
    }
    if (found) await files.touch(key, clock.now())
    return found
  }

  async function download(key: string, request: OpenRequest, one: Download): Promise<StoredRecording> {
    const source = await deps.sourceOf(request.connection)
    if (!source) throw new CoreError('unavailable', { connection: request.connection, reason: 'no-recordings' })
    const startedMono = clock.mono()
    try {
      const { part, facts, bytes, sha256 } = await fetchRecording(key, source.ways(request), {
        clock,
        files,
        signal: one.abort.signal,
        onProgress(progress) {
          one.latest = progress
          for (const listener of one.listeners) listener.onProgress(progress)
        },
      })
      const { connection, callId, at } = request
      const now = clock.now()
      try {
        expectDone(facts, deps.callOf(request), now)
      } catch (error) {
        await part.discard()
        throw error
      }
      const recording = { key, connection, callId, bytes, sha256, callAt: at, storedAt: now, usedAt: now, ...facts }
      await part.finish(recording)
      log.info('recording-stored', { connection, bytes, type: facts.type, ms: Math.round(clock.mono() - startedMono) })
      await tidy(key)
      return recording
    } catch (error) {
      throw expiredOr(error, request, source)
    }
  }

  function expiredOr(error: unknown, { at }: RecordingRef, { keptMs }: RecordingSource): unknown {
    const isExpired = at !== null && keptMs !== null && clock.now() - at > keptMs
    if (!(error instanceof CoreError) || error.code !== 'not-found' || !isExpired) return error
    return new CoreError('not-found', { ...error.details, reason: 'expired' }, error)
  }

  /** Too old, then too much: the least recently used first, `kept` never. */
  async function tidy(kept: string | null): Promise<void> {
    const { cacheMb, keepDays } = deps.settings()
    const oldest = keepDays === 0 ? Number.NEGATIVE_INFINITY : clock.now() - keepDays * dayMs
    const all = await files.list()
    const others = all.filter(({ key }) => key !== kept).sort((a, b) => b.usedAt - a.usedAt)
    const own = all.find(({ key }) => key === kept)
    let room = cacheMb * 1_048_576 - (own?.bytes ?? 0)
    for (const one of others) {
      if (one.bytes <= room && one.storedAt >= oldest) room -= one.bytes
      else await files.remove(one.key)
    }
  }

  /** The PBX has written the file to its end, as far as one can know before. Nobody else's turn is taken meanwhile. */
  async function ready(request: OpenRequest, signal: AbortSignal): Promise<void> {
    const waitMs = waitFor(deps.callOf(request), clock.now())
    if (waitMs > 0) await pause(clock, waitMs, signal)
  }

  function begin(key: string, request: OpenRequest): Download {
    const abort = new AbortController()
    const one: Download = { done: Promise.resolve(null as never), abort, listeners: new Set(), latest: null }
    downloads.set(key, one)
    one.done = ready(request, abort.signal)
      .then(() => inSlot(abort.signal, () => download(key, request, one)))
      .finally(() => downloads.delete(key))
    // Whoever waits hears it; after the last one has left nobody does.
    one.done.catch((error: unknown) => {
      const { code, details } = error instanceof CoreError ? error : new CoreError('server-error')
      log.info('recording-not-stored', { connection: request.connection, code, reason: details.reason })
    })
    return one
  }

  async function follow(one: Download, options: OpenOptions): Promise<StoredRecording> {
    const { signal } = options
    one.listeners.add(options)
    if (one.latest) options.onProgress(one.latest)
    let leave = () => {}
    const left = new Promise<never>((_resolve, reject) => {
      leave = () => reject(new CoreError('cancelled'))
      if (signal.aborted) leave()
      signal.addEventListener('abort', leave, { once: true })
    })
    try {
      return await Promise.race([one.done, left])
    } finally {
      signal.removeEventListener('abort', leave)
      one.listeners.delete(options)
      if (one.listeners.size === 0) one.abort.abort()
    }
  }

  const olderThan = async (before: number) =>
    (await files.list()).filter(({ callAt, storedAt }) => (callAt ?? storedAt) < before)

  return {
    cached: (request) => find(keyOf(request), request),
    async open(request, options) {
      const key = keyOf(request)
      const running = downloads.get(key)
      // One that everybody has given up ends by itself; it is not joined any more.
      if (running && !running.abort.signal.aborted) return follow(running, options)
      await running?.done.catch(() => undefined)
      const here = await find(key, request)
      if (here) return here
      return follow(downloads.get(key) ?? begin(key, request), options)
    },
    async usage() {
      const all = await files.list()
      return { files: all.length, bytes: all.reduce((sum, one) => sum + one.bytes, 0) }
    },
    countBefore: async (before) => (await olderThan(before)).length,
    async purge(before = Number.POSITIVE_INFINITY) {
      const old = await olderThan(before)
      for (const { key } of old) await files.remove(key)
      return old.length
    },
    tidy: () => tidy(null),
    stop() {
      for (const { abort } of downloads.values()) abort.abort()
    },
  }
}
