import type { BoardState } from '../core/board/board-state.ts'
import type { Desk } from '../core/desk.ts'
import { CoreError } from '../core/errors.ts'
import type { Clock, Log, Store } from '../core/ports/index.ts'
import { createPresenceWatcher, type PresenceWatcher } from '../core/supervision/presence-watch.ts'
import { createStatistics, type Statistics } from '../core/supervision/statistics.ts'
import { createSupervise } from '../core/supervision/supervise.ts'
import type { Telephony } from './telephony.ts'

export interface SupervisionParts {
  desk: Desk['supervision']
  watcher: PresenceWatcher
  statistics: Statistics
}

/** What a supervisor sees and does, wired. `telephony` is asked for late: it reports its polls to the watcher. */
export function createSupervision(deps: {
  clock: Clock
  log: Log
  store: Pick<Store, 'presence' | 'statistics' | 'history'>
  board: BoardState
  telephony(): Telephony
}): SupervisionParts {
  const { clock, log, store, telephony } = deps
  const supervise = createSupervise({
    log: log.child('supervision'),
    system: () => telephony().primary(),
    supervisor: () => telephony().primaryConnection()?.supervisorExtension ?? null,
    stateOf: (extension) => deps.board.stateOf(extension),
    onDone: () => telephony().pollNow(),
  })
  const watcher = createPresenceWatcher({
    clock,
    log: log.child('supervision'),
    store: store.presence,
    gapMs: () => telephony().staleAfterMs(),
  })
  const statistics = createStatistics({
    clock,
    store: store.statistics,
    history: store.history,
    groupOf: (extension) => deps.board.groupOf(extension),
  })
  function connectionInUse(): string {
    const connection = telephony().primaryConnection()?.id
    if (connection === undefined)
      throw new CoreError('unavailable', { field: 'connections', reason: 'no telephone system is configured' })
    return connection
  }
  return {
    watcher,
    statistics,
    desk: {
      ...supervise,
      presence({ extension, from, until }) {
        if (until <= from) throw new CoreError('bad-request', { field: 'until', reason: 'must be later than "from"' })
        const connection = connectionInUse()
        return store.presence.spans({ connection, extension, from, until, running: watcher.running(connection) })
      },
      statistics: ({ range, group }) => statistics.of({ connection: connectionInUse(), range, group }),
    },
  }
}
