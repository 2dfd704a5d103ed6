import type { ThirdParty } from '../conversation-state.ts'
import {
  control,
  type FakeAnswer,
  type FakeOperation,
  numberForm,
  type PbxActions,
  type Values,
} from '../fake-operation.ts'
import type { FakeCall } from '../pbx-state.ts'

/** Manual 003 §9 to 13. */
export const conversations: Record<string, FakeOperation> = {
  'conference-create': control('CONFERENCE_CREATE', ['caller', 'callee', 'target'], (values, { state }) => {
    const { caller, callee, target } = values
    const all = state.conversations
    if (state.callsBetween(caller!, callee!).length === 0) return { code: 404 }
    if (all.conferences.has(caller!)) return { code: 483 }
    if (all.conferences.size >= all.mostConferences) return { code: 503 }
    if (state.isEngaged(target!)) return { code: 486 }
    all.conferences.set(caller!, { ready: true, members: [caller!, callee!, target!] })
    return { code: 200 }
  }),
  'conference-join': control('CONFERENCE_JOIN', ['conferenceid', 'target'], ({ conferenceid, target }, { state }) => {
    const conference = state.conversations.conferences.get(conferenceid!)
    if (!conference) return { code: 404 }
    if (!conference.ready) return { code: 480 }
    if (conference.members.length >= state.conversations.mostMembers) return { code: 503 }
    if (conference.members.includes(target!) || state.isEngaged(target!)) return { code: 486 }
    conference.members.push(target!)
    return { code: 200 }
  }),
  'call-third': control('CALL_THIRD', ['callee', 'target'], ({ callee, target }, { state }) => {
    if (!numberForm.test(target!) || callee === target) return { code: 400 }
    const call = state.callOf(callee!, 'talking')
    if (!call) return { code: 404 }
    const third: ThirdParty = {
      callId: call.id,
      target: target!,
      state: state.isEngaged(target!) ? 'refused' : 'trying',
    }
    state.conversations.thirdParties.set(callee!, third)
    return { code: 200 }
  }),
  'call-third-resume': control('CALL_THIRD_RESUME', ['callee'], (values, pbx) => withThird(values, pbx, () => {})),
  'call-third-get-third-state': control('CALL_THIRD_GET_THIRD_STATE', ['callee'], ({ callee }, { state }) => {
    const third = state.thirdPartyOf(callee!)
    if (!third) return { code: 404 }
    const code = { trying: 100, ringing: 180, answered: 200, refused: 603 }[third.state]
    if (third.state === 'trying') third.state = 'ringing'
    return { code }
  }),
  'call-third-conference': control('CALL_THIRD_CONFERENCE', ['callee'], (values, pbx) =>
    withThird(values, pbx, (call, third) => {
      const members = [call.caller, values.callee!, third.target]
      pbx.state.conversations.conferences.set(call.caller, { ready: true, members })
    }),
  ),
  'call-third-transfer': control('CALL_THIRD_TRANSFER', ['callee'], (values, pbx) =>
    withThird(values, pbx, (call, third) => {
      if (!pbx.state.extensions.has(third.target)) pbx.hangup(call)
      else if (third.state === 'answered') pbx.takeOver(call, third.target)
      else pbx.transfer(call, third.target)
    }),
  ),
}

/** Whatever is done, the consultation is over afterwards. */
function withThird(
  { callee }: Values,
  { state }: PbxActions,
  run: (call: FakeCall, third: ThirdParty) => void,
): FakeAnswer {
  const third = state.thirdPartyOf(callee!)
  if (!third) return { code: 404 }
  state.conversations.thirdParties.delete(callee!)
  run(state.calls.get(third.callId)!, third)
  return { code: 200 }
}
