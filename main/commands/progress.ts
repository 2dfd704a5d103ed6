import type { RunOperationOptions } from '../core/ports/index.ts'

type Update = NonNullable<RunOperationOptions['onProgress']>

/** Small answers come and go without a word. */
const leastBytes = 100_000
const everyMs = 100

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** One line on a terminal that follows a file up or down; nothing where stderr goes into a file. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr): { update: Update; end(): void } {
  let shownAt = 0
  let shown = false
  return {
    update({ direction, bytes, total }) {
      const now = performance.now()
      if (!stream.isTTY || (total ?? bytes) < leastBytes || (now - shownAt < everyMs && bytes !== total)) return
      shownAt = now
      shown = true
      const of = total === null ? '' : ` / ${megabytes(total)} (${Math.floor((bytes / Math.max(1, total)) * 100)} %)`
      stream.write(`\r\x1b[K${direction === 'upload' ? '↑' : '↓'} ${megabytes(bytes)}${of}`)
    },
    end() {
      if (shown) stream.write('\r\x1b[K')
    },
  }
}
