import type { PlayableRecording, RecordingEvent } from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import { createProgressNews } from '../operations/progress-news.ts'
import type { Clock, StoredRecording } from '../ports/index.ts'
import type { OpenRequest, Recordings } from './recordings.ts'

/** Where the hosts serve recordings. */
export const recordingPath = (key: string) => `/recordings/${key}`

/** The contract's area: progress while a recording comes, then where it can be played from. */
export function createRecordingDesk(deps: {
  clock: Clock
  recordings: Recordings
  limitBytes(): number
}): Desk['recordings'] {
  const { recordings } = deps

  async function* open(
    { onlyHere, ...request }: OpenRequest & { onlyHere: boolean },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<RecordingEvent, void> {
    const here = await recordings.cached(request)
    if (here || onlyHere) {
      yield here ? { kind: 'ready', recording: toPlayable(here) } : { kind: 'absent' }
      return
    }
    const stop = new AbortController()
    const abort = () => stop.abort()
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort)
    const news = createProgressNews(deps.clock)
    const done = recordings
      .open(request, {
        signal: stop.signal,
        onProgress: ({ bytes, total }) => news.tell({ direction: 'download', bytes, total }),
      })
      .finally(news.end)
    // It is awaited below; until then a failure is nobody's.
    done.catch(() => undefined)
    try {
      for await (const { bytes, total } of news) yield { kind: 'progress', bytes, total }
      yield { kind: 'ready', recording: toPlayable(await done) }
    } finally {
      abort()
      signal?.removeEventListener('abort', abort)
    }
  }

  return {
    open: async (request, signal) => open(request, signal),
    usage: async () => ({ ...(await recordings.usage()), limitBytes: deps.limitBytes() }),
    clear: async () => ({ files: await recordings.purge() }),
  }
}

function toPlayable({ key, type, bytes, durationMs, peaks, isCut }: StoredRecording): PlayableRecording {
  return { url: recordingPath(key), type, bytes, durationMs, peaks, isCut }
}
