import type { HistorySpan } from '../../../preload/contract/index.ts'
import { CoreError } from '../errors.ts'
import type { CallHistorySource, LoggedCall } from '../ports/index.ts'

/** Rows that two pages share: the proof that nothing fell between them. */
const sharedRows = 5
/** A log of which a page brings nothing this often within one reading is not being read, it is being rewritten. */
const mostStray = 40

export interface SpanReading {
  source: CallHistorySource
  span: HistorySpan
  /** Reading may end at rows that began before this, epoch ms; null = only at the end of the span. */
  until: number | null
  /** Rows of the first page; the others are as large as the source allows. */
  firstPageRows: number
  signal: AbortSignal
  /** Asked after every page: end here, the rest is read another time. */
  isEnough(): boolean
  /**
   * Rows of one page, newest first. Every call of the span that began in [`oldest`, `newest`] was given by now; `isEnd` = every
   * call that was asked for was. Resolves once they may be forgotten. One page may be under way while the next is asked for and
   * handed over: `before` is the page before, which has to be stored first.
   */
  onPage(
    rows: LoggedCall[],
    read: { oldest: number; newest: number; isEnd: boolean },
    before: Promise<void>,
  ): Promise<void>
}

export interface SpanRead {
  /** The end of what was asked for was reached. */
  reachedEnd: boolean
  rows: number
  stored: Promise<void>
}

/**
 * Read the calls of a span from a log that may grow and shift meanwhile. Pages overlap: new rows on top push known ones
 * into the next page (they come twice), rows that go away would open a hole, so a page that does not begin with a row
 * already read is not used; the reading steps back until it does. Every page was handed over when it is over; `stored` says when
 * the last one may be forgotten. Errors: as the source's; unexpected-response for a log that never holds still.
 */
export async function readSpan(reading: SpanReading): Promise<SpanRead> {
  const { source, span, until, signal } = reading
  let cursor: string | null = null
  let read: { oldest: number; newest: number } | null = null
  let before = new Set<string>()
  let rows = 0
  let stray = 0
  let saving: Promise<void> = Promise.resolve()
  let limit = Math.min(reading.firstPageRows, source.pageRows)

  const ask = (): Promise<Awaited<ReturnType<CallHistorySource['page']>>> =>
    source.page({ ...span, cursor, limit }, { signal })

  function strayed(): void {
    stray += 1
    if (stray > mostStray)
      throw new CoreError('unexpected-response', { reason: 'the call log changes faster than it can be read' })
  }

  try {
    for (;;) {
      const page = await ask()
      if (signal.aborted) throw new CoreError('cancelled')
      const first = page.rows[0]
      if (cursor !== null && source.stepBack && (!first || !before.has(keyOf(first)))) {
        strayed()
        // By a page as it really was: a system may give fewer rows than it is asked for.
        cursor = source.stepBack(cursor, before.size)
        // At the top there is nothing that could have gone away above.
        if (cursor === source.stepBack(cursor, 1)) cursor = null
        continue
      }
      for (const { startedAt } of page.rows) {
        read ??= { oldest: startedAt, newest: startedAt }
        read.oldest = Math.min(read.oldest, startedAt)
        read.newest = Math.max(read.newest, startedAt)
      }
      const added = page.rows.filter((row) => !before.has(keyOf(row))).length
      rows += added
      if (cursor !== null && added === 0) strayed()
      // Asked on after a page that was not full, and there is nothing but what the two share.
      const isNothingNew = cursor !== null && added === 0 && page.rows.length < limit
      const isOver = page.next === null || page.rows.length === 0 || isNothingNew
      const isEnd = isOver || (until !== null && read !== null && read.oldest < until)
      const stored = saving
      if (read) saving = reading.onPage(page.rows, { ...read, isEnd }, stored)
      // Awaited with the next page or by whoever asked for the span; a failure meanwhile is not lost.
      saving.catch(() => undefined)
      await stored
      if (isEnd || page.next === null) return { reachedEnd: true, rows, stored: saving }
      if (reading.isEnough()) return { reachedEnd: false, rows, stored: saving }
      before = new Set(page.rows.map(keyOf))
      const shared = Math.max(1, Math.min(sharedRows, page.rows.length - 1))
      cursor = source.stepBack ? source.stepBack(page.next, shared) : page.next
      limit = source.pageRows
    }
  } catch (error) {
    await saving
    throw error
  }
}

const keyOf = (row: LoggedCall) => row.callId
