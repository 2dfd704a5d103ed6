import { control, type FakeAnswer, type FakeOperation, type PbxActions, type Values } from '../fake-operation.ts'
import type { FakeCall } from '../pbx-state.ts'

const supervision = ['leaderExtnum', 'wokerExtnum']

/** Manual 003 §8, 14 to 17. */
export const agents: Record<string, FakeOperation> = {
  'set-ext-presence-state': control('SET_EXT_PRESENCE_STATE', ['extnum', 'state'], ({ extnum, state }, pbx) => {
    if (state !== 'online' && state !== 'reducing' && state !== 'busy') return { code: 400 }
    const extension = pbx.state.extensions.get(extnum!)
    if (!extension) return { code: 404 }
    extension.presence = state
    return { code: 200 }
  }),
  'extnum-state': {
    path: '/bridge/jsoncfg',
    constants: { opt: 'EXTNUM_STATE' },
    required: [],
    answer: (_values, pbx) => ({ json: [...pbx.state.extensions.values()] }),
  },
  'call-monitor': control('CALL_MONITOR', supervision, (values, pbx) =>
    supervise(values, pbx, () => {
      const { conversations } = pbx.state
      if (conversations.listening.size >= conversations.mostListeners) return { code: 503 }
      conversations.listening.set(values.leaderExtnum!, values.wokerExtnum!)
      return { code: 200 }
    }),
  ),
  'force-pickup': control('FORCE_PICKUP', supervision, (values, pbx) =>
    supervise(values, pbx, (call) => {
      pbx.takeOver(call, values.leaderExtnum!)
      return { code: 200 }
    }),
  ),
  'force-hungup': control('FORCE_HUNGUP', supervision, (values, pbx) =>
    supervise(values, pbx, (call) => {
      pbx.hangup(call)
      return { code: 200 }
    }),
  ),
}

function supervise(
  { leaderExtnum, wokerExtnum }: Values,
  { state }: PbxActions,
  run: (call: FakeCall) => FakeAnswer,
): FakeAnswer {
  if (!state.conversations.supervisors.has(leaderExtnum!)) return { code: 403 }
  const call = state.callOf(wokerExtnum!, 'talking')
  if (!call) return { code: 404 }
  return state.conversations.isFull ? { code: 503 } : run(call)
}
