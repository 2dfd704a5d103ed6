import {
  control,
  type FakeAnswer,
  type FakeOperation,
  numberForm,
  type PbxActions,
  type Values,
} from '../fake-operation.ts'

const dialling = ['caller', 'callee', 'authtype']

/** Manual 003 §1, 2, 5, 6. */
export const callControl: Record<string, FakeOperation> = {
  'click-to-dial': control('CLICK_TO_DIAL', dialling, dial),
  'click-to-ip-dial': control('CLICK_TO_IP_DIAL', dialling, dial),
  'click-to-hungup': control('CLICK_TO_HUNGUP', ['caller', 'callee'], ({ caller, callee }, pbx) => {
    const call = pbx.state.callOf(caller!)
    const parties = call && [call.caller, call.callee, ...call.legs.map((leg) => leg.extension)]
    if (!call || !parties!.includes(callee!)) return { code: 404 }
    pbx.hangup(call)
    return { code: 200 }
  }),
  'click-to-transfer': control('CLICK_TO_TRANSFER', ['extnum', 'target'], ({ extnum, target }, pbx) => {
    const to = pbx.state.extensions.get(target!)
    if (!to) return { code: 404 }
    if (to.telRegState === 0 || to.state === 'OFFLINE') return { code: 480 }
    const call = pbx.state.callOf(extnum!, 'talking')
    if (!call) return { code: 481 }
    if (pbx.state.callOf(target!)) return { code: 486 }
    pbx.transfer(call, target!)
    return { code: 200 }
  }),
  'talking-caller-to-ivr': control('TALKING_CALLER_TO_IVR', ['caller', 'callee', 'ivrid'], (values, pbx) => {
    const { caller, callee, ivrid } = values
    const found = pbx.state.callsBetween(caller!, callee!)
    if (found.length === 0 || !pbx.state.menus.has(Number(ivrid))) return { code: 404 }
    if (found.length > 1) return { code: 483 }
    pbx.toMenu(found[0]!, Number(ivrid))
    return { code: 200 }
  }),
}

function dial({ caller, callee, authtype }: Values, pbx: PbxActions): FakeAnswer {
  if (authtype !== 'no' || !numberForm.test(callee!)) return { code: 400 }
  const extension = pbx.state.extensions.get(caller!)
  if (!extension) return { code: 404 }
  if (extension.telRegState === 0 || extension.state === 'OFFLINE') return { code: 480 }
  if (pbx.state.callOf(caller!)) return { code: 486 }
  return { code: 200, text: pbx.dial(caller!, callee!).clickCallId }
}
