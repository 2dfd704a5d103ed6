import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { resultCode } from '../../kit/response.ts'
import { dialledNumber, extensionNumber, shownNumber } from '../values.ts'

/** Ring the extension, then the number, over a fixed telephone line. Manual 003 §1: no result codes, no body; §21: returns the clickcallid. */
export const clickToDial = operation({
  id: 'telcrm.click-to-dial',
  title: 'Click to dial over fixed telephone lines',
  titleZh: '固话线路点击呼叫',
  doc: '003 §1',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({ caller: extensionNumber, callee: dialledNumber, authtype: z.literal('no').default('no') }),
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
  params: z.object({ caller: extensionNumber, callee: dialledNumber, authtype: z.literal('no').default('no') }),
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
  params: z.object({ caller: extensionNumber, callee: shownNumber }),
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
  params: z.object({ extension: extensionNumber, target: extensionNumber }),
  wire: { extension: 'extnum' },
  fixed: { opt: 'CLICK_TO_TRANSFER' },
  response: resultCode([200]),
  errors: {
    400: ['bad-request', '参数错误'],
    404: ['not-found', '目标分机不存在'],
    480: ['offline', '目标分机不在线'],
    481: ['no-call', 'extnum 不存在可以转移的通话'],
    486: ['busy', '目标分机忙'],
    500: ['server-error', '系统错误'],
  },
  retry: 'never',
})
