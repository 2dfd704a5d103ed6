import { CoreError } from '../errors.ts'
import type { Clock, FetchOptions, RecordingFiles, RecordingPart, RecordingWay, SoundFacts } from '../ports/index.ts'
import { inspectSound } from './inspect-sound.ts'

/** A line that broke is tried again; whoever waits sees the progress begin anew. */
const mostTries = 3
const pauseMs = 500
/** Ten hours of telephone sound, twice over. */
export const longestBytes = 1_073_741_824

export interface Fetched {
  part: RecordingPart
  facts: SoundFacts
  bytes: number
  sha256: string
}

export interface FetchDeps {
  clock: Clock
  files: RecordingFiles
  signal: AbortSignal
  onProgress: FetchOptions['onProgress']
}

/**
 * Download by the first way that has it, into a part file that is checked: whole by its length and by its own header.
 * The caller finishes or discards the part. Errors: not-found when no way has it, else the error that says most.
 */
export async function fetchRecording(key: string, ways: readonly RecordingWay[], deps: FetchDeps): Promise<Fetched> {
  const failures: CoreError[] = []
  for (const way of ways) {
    if (way.fallback && failures.some(saysThereIsNone)) continue
    try {
      return await tryAgain(() => attempt(key, way, deps), deps)
    } catch (error) {
      if (!(error instanceof CoreError) || endsEverything(error)) throw error
      failures.push(error)
    }
  }
  throw (
    failures.find(({ code }) => code !== 'not-found') ??
    failures[0] ??
    new CoreError('not-found', { reason: 'no-recording' })
  )
}

/** An answer of the interface itself, not of a server that has no such interface. */
const saysThereIsNone = ({ code, details: { status = 200 } }: CoreError) => code === 'not-found' && status < 300

/** Another way leads to the same place: it would fail the same. */
const endsEverything = ({ code }: CoreError) => ['cancelled', 'storage-failed', 'unreachable', 'timeout'].includes(code)

const mayPass = ({ code, details }: CoreError) =>
  code === 'unreachable' ||
  code === 'timeout' ||
  details.reason === 'truncated' ||
  details.reason === 'connection-closed'

async function tryAgain<T>(run: () => Promise<T>, { clock, signal }: FetchDeps): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof CoreError) || !mayPass(error) || attempt === mostTries) throw error
      await pause(clock, pauseMs * 2 ** (attempt - 1), signal)
    }
  }
}

/** Errors: cancelled. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      stop()
      reject(new CoreError('cancelled'))
    }
    const stop = clock.after(ms, () => {
      signal.removeEventListener('abort', cancel)
      resolve()
    })
    if (signal.aborted) cancel()
    else signal.addEventListener('abort', cancel, { once: true })
  })
}

async function attempt(key: string, way: RecordingWay, { files, signal, onProgress }: FetchDeps): Promise<Fetched> {
  const part = await files.begin(key)
  let written = 0
  let announced: number | null = null
  /** What the disk said: the way only knows that its sink took no more. */
  let broken: unknown = null
  const sink = {
    async write(chunk: Uint8Array) {
      written += chunk.length
      try {
        if (written > longestBytes) throw new CoreError('unexpected-response', { reason: 'too-large' })
        await part.write(chunk)
      } catch (error) {
        broken = error
        throw error
      }
    },
  }
  try {
    const { bytes, sha256 } = await way
      .fetch({
        signal,
        sink,
        onProgress(progress) {
          announced = progress.total
          onProgress(progress)
        },
      })
      .catch((error: unknown) => {
        throw broken ?? error
      })
    if (bytes === 0) throw new CoreError('not-found', { reason: 'empty', status: 200 })
    if (written !== bytes || (announced !== null && announced !== bytes))
      throw new CoreError('unexpected-response', { reason: 'truncated' })
    const facts = await inspectSound(part.read(), bytes)
    // Cut on the way, unless its length was promised and kept: then the file over there is no longer.
    if (facts.isCut && announced === null) throw new CoreError('unexpected-response', { reason: 'truncated' })
    return { part, facts, bytes, sha256 }
  } catch (error) {
    await part.discard()
    throw error
  }
}
