import type { Clock, RunOperationOptions } from '../ports/index.ts'

type Progress = Parameters<NonNullable<RunOperationOptions['onProgress']>>[0]

/** More often than this nobody needs to hear how far a file is, ms. */
const gapMs = 100

/** The newest progress, at most every 100 ms, until `end`. A slow reader misses what lies between. */
export function createProgressNews(clock: Clock) {
  let newest: Progress | null = null
  let toldAt = Number.NEGATIVE_INFINITY
  let ended = false
  let wake = () => {}
  return {
    tell(progress: Progress): void {
      if (clock.mono() - toldAt < gapMs) return
      toldAt = clock.mono()
      newest = progress
      wake()
    },
    end(): void {
      ended = true
      wake()
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<Progress, void> {
      while (!ended) {
        if (newest === null) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
          continue
        }
        const progress = newest
        newest = null
        yield progress
      }
    },
  }
}
