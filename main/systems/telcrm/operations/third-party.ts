import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { resultCode } from '../../kit/response.ts'
import { thirdPartyState } from '../envelope.ts'
import { resultCodes } from '../result-codes.ts'
import { dialledNumber, extensionNumber } from '../values.ts'

const talking = says(extensionNumber, 'Extension that is talking', '通话中的被叫分机号码')
const consultation = z.object({ extension: talking })
const consultationNames = { extension: 'callee' } as const

/** Call somebody while the caller waits with music. Manual 003 §11. */
export const callThird = operation({
  id: 'telcrm.call-third',
  title: 'Call a third party during a call',
  titleZh: '通话中呼叫第三方',
  doc: '003 §11',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({
    extension: talking,
    target: says(dialledNumber, 'Number to call: extension, mobile or landline', '分机号或手机号、固话号码等'),
  }),
  wire: consultationNames,
  fixed: { opt: 'CALL_THIRD' },
  response: resultCode([200]),
  ...resultCodes('CALL_THIRD'),
  retry: 'never',
})

/** Give up the third party, ringing or answered, and go back to the caller. Manual 003 §11. */
export const callThirdResume = operation({
  id: 'telcrm.call-third-resume',
  title: 'Go back to the caller',
  titleZh: '呼叫第三方时恢复通话',
  doc: '003 §11',
  method: 'GET',
  path: '/bridge/callctrl',
  params: consultation,
  wire: consultationNames,
  fixed: { opt: 'CALL_THIRD_RESUME' },
  response: resultCode([200]),
  ...resultCodes('CALL_THIRD_RESUME'),
  retry: 'never',
})

/** What the third party's telephone does: 100 trying, 180 ringing, 200 answered, 603 refused. Manual 003 §11. */
export const callThirdGetThirdState = operation({
  id: 'telcrm.call-third-get-third-state',
  title: 'State of the third party',
  titleZh: '呼叫第三方时查询呼叫状态',
  doc: '003 §11',
  method: 'GET',
  path: '/bridge/callctrl',
  params: consultation,
  wire: consultationNames,
  fixed: { opt: 'CALL_THIRD_GET_THIRD_STATE' },
  response: thirdPartyState(),
  ...resultCodes('CALL_THIRD_GET_THIRD_STATE'),
  informational: true,
  retry: 'safe',
})

/** Join caller, extension and third party. Manual 003 §12. */
export const callThirdConference = operation({
  id: 'telcrm.call-third-conference',
  title: 'Join caller and third party',
  titleZh: '三方通话（基于通话中呼叫第三方）',
  doc: '003 §12',
  method: 'GET',
  path: '/bridge/callctrl',
  params: consultation,
  wire: consultationNames,
  fixed: { opt: 'CALL_THIRD_CONFERENCE' },
  response: resultCode([200]),
  ...resultCodes('CALL_THIRD_CONFERENCE'),
  retry: 'never',
})

/** Connect caller and third party; the extension is free. Manual 003 §13. */
export const callThirdTransfer = operation({
  id: 'telcrm.call-third-transfer',
  title: 'Transfer the caller to the third party',
  titleZh: '转话（显转，基于通话中呼叫第三方）',
  doc: '003 §13',
  method: 'GET',
  path: '/bridge/callctrl',
  params: consultation,
  wire: consultationNames,
  fixed: { opt: 'CALL_THIRD_TRANSFER' },
  response: resultCode([200]),
  ...resultCodes('CALL_THIRD_TRANSFER'),
  retry: 'never',
})
