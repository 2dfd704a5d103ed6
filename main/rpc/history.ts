import type { Desk } from '../core/desk.ts'
import { procedures } from './procedures.ts'
import { rpcError } from './rpc-error.ts'

/** The call history. An export is a stream: it ends when it is done, when the page cancels it, and when the page goes. */
export function createHistory(desk: Desk) {
  const { history } = procedures
  return {
    search: history.search.handler(({ input }) => desk.history.search(input)),
    totals: history.totals.handler(({ input }) => desk.history.totals(input)),
    hours: history.hours.handler(({ input }) => desk.history.hours(input)),
    get: history.get.handler(({ input }) => desk.history.get(input)),
    export: history.export.handler(async function* ({ input, signal, context }) {
      try {
        yield* await desk.history.export(input, signal)
      } catch (error) {
        throw rpcError(error, 'history.export', context.log)
      }
    }),
    saveFilter: history.saveFilter.handler(({ input }) => desk.history.saveFilter(input)),
    removeFilter: history.removeFilter.handler(({ input }) => desk.history.removeFilter(input)),
    sync: history.sync.handler(({ input }) => desk.history.sync(input)),
    cancelSync: history.cancelSync.handler(({ input }) => desk.history.cancelSync(input)),
  }
}
