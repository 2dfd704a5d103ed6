import type { Problem } from '../../preload/contract/index.ts'
import type { ConnectionHistory } from '../core/history/history-sync.ts'
import type { Clock, Log } from '../core/ports/index.ts'
import { createPoller, type Poller } from './poller.ts'

/** Keeps a connection's history up to date. Stopping it also ends the fetching of older calls. */
export function createHistoryPoller(deps: {
  clock: Clock
  log: Log
  random(): number
  history: ConnectionHistory
  intervalMs(): number
  /** Refusals of our password in a row after which it stops; absent = the system knows none. */
  mostRefusals: number | undefined
  /** It has stopped for that. */
  onRefused(problem: Problem): void
}): Poller {
  const { history } = deps
  const poller = createPoller({
    clock: deps.clock,
    log: deps.log,
    random: deps.random,
    name: 'history',
    intervalMs: deps.intervalMs,
    run: async (signal) => {
      try {
        await history.poll(signal)
      } catch (error) {
        if (!signal.aborted) history.failed(error)
        throw error
      }
    },
    mostRefusals: deps.mostRefusals,
    onOutcome(outcome) {
      if (!outcome.ok && outcome.retryAt === null) deps.onRefused(outcome.problem)
    },
  })
  return {
    ...poller,
    async stop() {
      await Promise.all([poller.stop(), history.stop()])
    },
  }
}
