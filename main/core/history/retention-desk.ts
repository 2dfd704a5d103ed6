import type { HistoryFilter, HistoryTotals } from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import type { Clock, RetentionStore } from '../ports/index.ts'
import type { Retention } from './retention.ts'

const dayMs = 86_400_000
/** Counted no further than this: nobody reads the difference. */
const mostCounted = 100_000

/** What a retention would delete, told before anything is decided; and how far one is that runs. */
export function createRetentionDesk(deps: {
  clock: Clock
  store: Pick<RetentionStore, 'count'>
  totals(filter: Partial<HistoryFilter>, atMost: number): Promise<HistoryTotals>
  /** Recordings on this PC of calls that began before. */
  recordings(before: number): Promise<number>
  retention: Pick<Retention, 'state'>
}): Desk['retention'] {
  return {
    async preview({ days }) {
      const before = Math.floor(deps.clock.now() - days * dayMs)
      const [{ calls, isComplete }, recordings] = await Promise.all([
        deps.totals({ to: Math.max(0, before) }, mostCounted),
        deps.recordings(before),
      ])
      return { before, calls, isComplete, recordings, ...deps.store.count(before) }
    },
    status: async () => deps.retention.state(),
  }
}
