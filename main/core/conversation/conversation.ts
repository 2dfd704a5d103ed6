import type { Call, Conversation } from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import { CoreError } from '../errors.ts'
import { maskNumber } from '../numbers/index.ts'
import { createConferences } from './conferences.ts'
import { createConsult } from './consult.ts'
import { type ConversationDeps, capability, talkingCall, wasCalledHere } from './conversation-deps.ts'

/** More than two people in a call of mine: consultation, conference, voice menu. */
export interface ConversationDesk {
  desk: Desk['conversation']
  snapshot(): Conversation
  isConsulting(callId: string): boolean
  callsChanged(): void
  boardChanged(): void
  /** See ConsultDesk. */
  recover(call: Call): Promise<void>
  stop(): void
}

export function createConversation(deps: ConversationDeps): ConversationDesk {
  const conferences = createConferences({ ...deps, isConsulting: (callId) => consult.isConsulting(callId) })
  const consult = createConsult({
    ...deps,
    isInviting: conferences.isInviting,
    onThreeWay: (made) => conferences.add(made),
  })

  async function toMenu({ callId, menu }: { callId?: string | undefined; menu: number }): Promise<void> {
    const { control, extension } = capability(deps, 'voiceMenus')
    const call = talkingCall(deps, extension, callId)
    if (!wasCalledHere(call, extension)) throw new CoreError('no-call', { reason: 'call-not-incoming' })
    if (consult.isConsulting(call.callId)) throw new CoreError('conflict', { reason: 'consult-under-way' })
    const { number } = call.caller
    if (number === '') throw new CoreError('bad-request', { field: 'caller', reason: 'caller-withheld' })
    deps.log.info('to-menu', { extension, caller: maskNumber(number), menu })
    await control.transfer({ caller: number, extension, menu })
  }

  return {
    desk: {
      consult: (input) => consult.start(input),
      finish: (input) => consult.finish(input),
      dismiss: ({ callId }) => consult.dismiss(callId),
      invite: (input) => conferences.invite(input),
      toMenu,
    },
    snapshot: () => ({ consult: consult.snapshot(), conferences: conferences.list() }),
    isConsulting: consult.isConsulting,
    callsChanged() {
      consult.callsChanged()
      conferences.callsChanged()
    },
    boardChanged: conferences.boardChanged,
    recover: consult.recover,
    stop: consult.stop,
  }
}
