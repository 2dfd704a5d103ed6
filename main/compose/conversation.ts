import type { BoardState } from '../core/board/board-state.ts'
import type { LiveCalls } from '../core/calls/live-calls.ts'
import { type ConversationDesk, createConversation } from '../core/conversation/conversation.ts'
import type { ConversationDeps } from '../core/conversation/conversation-deps.ts'
import { createPoller } from '../polling/poller.ts'

/** How often the PBX is asked how the third party's phone is; manual 003 §11 names no interval. */
const askEveryMs = 1000

export interface WiredConversation extends ConversationDesk {
  /** A poll brought the extensions' states. */
  polled(): void
}

/** Consultation, conference and voice menu over the calls and the board of this desk. */
export function createDeskConversation(
  deps: Omit<ConversationDeps, 'ask' | 'phoneOf' | 'liveCallOf' | 'callById'> & { live: LiveCalls; board: BoardState },
): WiredConversation {
  const { live, board, clock, log } = deps
  let looked = false
  const conversation = createConversation({
    ...deps,
    liveCallOf: (extension) => live.liveCallOf(extension),
    callById: (callId) => live.byId(callId),
    phoneOf(extension) {
      const state = board.isStale() ? null : board.stateOf(extension)
      return state && { talking: state.phone === 'talking' }
    },
    ask(run) {
      const poller = createPoller({
        clock,
        log: log.child('polling'),
        name: 'third-party',
        random: Math.random,
        intervalMs: () => askEveryMs,
        run,
        onOutcome: () => undefined,
      })
      return { start: () => poller.start(), stop: () => void poller.stop() }
    },
  })
  return {
    ...conversation,
    polled() {
      conversation.boardChanged()
      const extension = deps.myExtension()
      if (looked || extension === null) return
      // What I talk in at the first poll began before this program did.
      looked = true
      const call = live.liveCallOf(extension)
      if (call?.state === 'talking') void conversation.recover(call)
    },
  }
}
