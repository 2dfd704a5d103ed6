import type { HistorySpan } from '../../../preload/contract/index.ts'
import type { CallHistorySource, Clock, HistoryEntry, HistoryStore, LoggedCall } from '../ports/index.ts'
import { readSpan, type SpanRead, type SpanReading } from './read-span.ts'

export interface SpanStoringDeps {
  clock: Clock
  connection: string
  system: string
  source: CallHistorySource
  store: HistoryStore
  toEntry(row: LoggedCall): HistoryEntry | null
  /** Calls that began before this are not kept, epoch ms; 0 = all are. */
  floor(): number
  /** New or changed rows are stored. */
  onStored(entries: HistoryEntry[]): Promise<void> | void
  /** A page came. → the end of what is known of the log, epoch ms */
  onRead(rows: number, times: { oldest: number; newest: number }): number
}

export interface SpanStoring {
  /** The span is complete from `until` on once its end was reached and it held calls. Errors: as the source's, storage-failed. */
  store(reading: Omit<SpanReading, 'source' | 'onPage' | 'until'> & { until: number }): Promise<SpanRead>
  /** Nothing is in this span of time. */
  storeEmpty(complete: HistorySpan): Promise<void>
}

/** Calls of spans on their way from the log into the store; a page is written while the next one is read. */
export function createSpanStoring(deps: SpanStoringDeps): SpanStoring {
  const { clock, source, store } = deps
  const identity = { connection: deps.connection, system: deps.system }

  return {
    async store(reading) {
      const { span, until } = reading
      const telling: Promise<void>[] = []
      /** What is complete with the page before; null = nothing can be. */
      let after: HistorySpan | null = null

      /** What follows from the rows goes on beside the next page; a failure meanwhile is not lost. */
      async function save(rows: LoggedCall[], complete: HistorySpan, above: HistorySpan | null): Promise<void> {
        const floor = deps.floor()
        const entries = rows.flatMap((row) => (row.startedAt < floor ? [] : (deps.toEntry(row) ?? [])))
        const changed = await store.save(identity, entries, Math.round(clock.now()), complete, above)
        if (changed === 0) return
        const told = Promise.resolve(deps.onStored(entries))
        told.catch(() => undefined)
        telling.push(told)
      }

      const allTold = async (): Promise<void> => {
        await Promise.all(telling)
      }
      try {
        const read = await readSpan({
          ...reading,
          source,
          async onPage(page, { oldest, newest, isEnd }, before) {
            const known = deps.onRead(page.length, { oldest, newest })
            // The oldest moment may go on in the next page; the newest one may not be over.
            const from = Math.max(span.from, isEnd ? until : oldest + 1)
            const complete = { from, to: Math.min(span.to, known) }
            const above = after
            after = complete.to > complete.from ? complete : null
            // The page before may still be written: this one is handed over all the same, so that the writer never waits.
            // Calls of one moment only leave nothing that tells whether they are stored.
            if (above === null) await before
            await save(page, complete, above)
          },
        })
        const stored = read.stored.then(allTold)
        stored.catch(() => undefined)
        return { ...read, stored }
      } catch (error) {
        await allTold()
        throw error
      }
    },
    async storeEmpty(complete) {
      await store.save(identity, [], Math.round(clock.now()), complete)
    },
  }
}
