import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { resultCode } from '../../kit/response.ts'
import { resultCodes } from '../result-codes.ts'
import { dialledNumber, extensionNumber, recordNumber, shownNumber } from '../values.ts'

const dialling = z.object({
  caller: says(extensionNumber, 'Extension that rings first', '主叫分机号码，先振铃'),
  callee: says(dialledNumber, 'Number that is called once the extension is picked up', '被叫电话号码'),
  authtype: says(z.literal('no').default('no'), 'Encryption; the manual knows only "no"', '加密模式，不加密填写 no', {
    values: { no: ['not encrypted', '不加密'] },
  }),
})

/** Ring the extension, then the number, over a fixed telephone line. Manual 003 §1: no result codes, no body; §21: returns the clickcallid. */
export const clickToDial = operation({
  id: 'telcrm.click-to-dial',
  title: 'Click to dial over fixed telephone lines',
  titleZh: '固话线路点击呼叫',
  doc: '003 §1',
  method: 'GET',
  path: '/bridge/callctrl',
  params: dialling,
  fixed: { opt: 'CLICK_TO_DIAL' },
  response: resultCode(),
  retry: 'never',
})

/** Ring the extension, then the number, over an internet telephony line. Manual 003 §1. */
export const clickToIpDial = operation({
  id: 'telcrm.click-to-ip-dial',
  title: 'Click to dial over an internet telephony line',
  titleZh: '网络电话线路点击呼叫',
  doc: '003 §1',
  method: 'GET',
  path: '/bridge/callctrl',
  params: dialling,
  fixed: { opt: 'CLICK_TO_IP_DIAL' },
  response: resultCode(),
  retry: 'never',
})

/** End a call, ringing or answered. Manual 003 §2 (spelling is the vendor's); no result codes are listed. */
export const clickToHungup = operation({
  id: 'telcrm.click-to-hungup',
  title: 'Click to hang up',
  titleZh: '点击挂断',
  doc: '003 §2',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({
    caller: says(extensionNumber, 'Extension whose call ends', '主叫分机号码'),
    callee: says(shownNumber, 'The other party', '被叫电话号码'),
  }),
  fixed: { opt: 'CLICK_TO_HUNGUP' },
  response: resultCode(),
  errors: { 404: 'no-call' },
  retry: 'never',
})

/** Move the extension's running call to another extension without asking first. Manual 003 §5. */
export const clickToTransfer = operation({
  id: 'telcrm.click-to-transfer',
  title: 'Transfer a call blindly',
  titleZh: '来电点击转话（盲转）',
  doc: '003 §5',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({
    extension: says(extensionNumber, 'Extension that is talking', '被叫分机号码（通话中）'),
    target: says(extensionNumber, 'Extension that gets the call', '转话目标分机'),
  }),
  wire: { extension: 'extnum' },
  fixed: { opt: 'CLICK_TO_TRANSFER' },
  response: resultCode([200]),
  ...resultCodes('CLICK_TO_TRANSFER'),
  retry: 'never',
})

/** Send the caller of a running call back into a voice menu. Manual 003 §6. */
export const talkingCallerToIvr = operation({
  id: 'telcrm.talking-caller-to-ivr',
  title: 'Transfer the caller to a voice menu',
  titleZh: '来电通话中转 IVR 语音菜单',
  doc: '003 §6',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({
    caller: says(shownNumber, 'Calling number, as the screen pop shows it', '主叫号码，需结合来电弹屏接口获取'),
    extension: says(extensionNumber, 'Extension that is talking', '分机号码'),
    menu: says(recordNumber, 'Number of the voice menu, as configured on the PBX', '需播放的 IVR 菜单编号'),
  }),
  wire: { extension: 'callee', menu: 'ivrid' },
  fixed: { opt: 'TALKING_CALLER_TO_IVR' },
  response: resultCode([200]),
  ...resultCodes('TALKING_CALLER_TO_IVR'),
  retry: 'never',
})
