import type { BoardState } from '../core/board/board-state.ts'
import type { LiveCalls } from '../core/calls/live-calls.ts'
import { createDialWatch, type DialWatch } from '../core/control/dial-watch.ts'
import type { Clock, Log } from '../core/ports/index.ts'
import { createPoller } from '../polling/poller.ts'
import type { Telephony } from './telephony.ts'

/** How often the PBX is asked how far a call is; manual 003 §25.3.4 names no interval. */
const settingUpMs = 1000
/** Every so often a call that talks is looked at: the board tells, or else the PBX is asked. */
const talkingMs = 5000

/** Follows the calls that are dialled from this desk, over its calls, its board and its telephone system. */
export function followDialledCalls(deps: {
  clock: Clock
  log: Log
  live: LiveCalls
  board: BoardState
  telephony(): Telephony
}): DialWatch {
  const { clock, log, live, board } = deps
  const primary = (connection: string) => {
    const system = deps.telephony().primary()
    return system?.connection === connection ? system : null
  }
  return createDialWatch({
    clock,
    log: log.child('dialled'),
    control: (connection) => primary(connection)?.callControl ?? null,
    boardTells: (connection) => primary(connection)?.extensionStates !== undefined && !board.isStale(),
    open: () => live.openClicks(),
    onNews: (click, news, at) => live.clicked(click, news, at),
    ask(run, isTalking) {
      const poller = createPoller({
        clock,
        log: log.child('polling'),
        name: 'dial-progress',
        random: Math.random,
        intervalMs: () => (isTalking() ? talkingMs : settingUpMs),
        run,
        onOutcome: () => undefined,
      })
      return { start: () => poller.start(), stop: () => void poller.stop(), now: () => poller.now() }
    },
  })
}
