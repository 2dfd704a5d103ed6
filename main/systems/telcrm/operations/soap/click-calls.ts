import { z } from 'zod'
import { operation } from '../../../kit/operation.ts'
import { says } from '../../../kit/params.ts'
import { soapInteger, soapText, soapVoid } from '../../../kit/soap-answer.ts'
import { state4click } from '../../codes.ts'
import { dialledNumber, extensionNumber } from '../../values.ts'

const path = '/bridge/services/Click2CallControl'
const parties = z.object({
  extension: says(extensionNumber, 'Agent extension that rings first', '主叫分机号码'),
  callee: says(
    dialledNumber,
    'Extension, mobile or landline number to call then',
    '要拨打的被叫号码，可以是分机号码，也可以是客户的手机号码和固定电话号码',
  ),
})
const clickCall = z.object({
  clickCallId: says(
    z.string().trim().min(1, 'must not be empty').max(200),
    'Key that click2call or click2ipcall returned',
    '点击呼叫接口返回的键值',
  ),
})

/** Ring the extension, then the number, over a landline, E1 or GoIP line. Returns the call's key. Manual 003 §25.3.1. */
export const soapClick2call = operation({
  id: 'telcrm.soap-click2call',
  title: 'Click to call over landline, E1 or GoIP lines',
  titleZh: '固话,E1,GoIP 等线路点击呼叫接口',
  doc: '003 §25.3.1',
  method: 'POST',
  path,
  params: parties,
  wire: { extension: 'extnum' },
  body: 'soap',
  soap: { operation: 'click2call' },
  response: soapText(),
  retry: 'never',
})

/** The same over an internet telephony line. Manual 003 §25.3.2. */
export const soapClick2ipcall = operation({
  id: 'telcrm.soap-click2ipcall',
  title: 'Click to call over an internet telephony line',
  titleZh: '网络电话点击呼叫接口',
  doc: '003 §25.3.2',
  method: 'POST',
  path,
  params: parties,
  wire: { extension: 'extnum' },
  body: 'soap',
  soap: { operation: 'click2ipcall' },
  response: soapText(),
  retry: 'never',
})

/** End a click call, ringing or answered. Manual 003 §25.3.3 (void; its table repeats the return value of click2call). */
export const soapClick2hungup = operation({
  id: 'telcrm.soap-click2hungup',
  title: 'Hang up a click call',
  titleZh: '点击挂断接口',
  doc: '003 §25.3.3',
  method: 'POST',
  path,
  params: clickCall,
  body: 'soap',
  soap: { operation: 'click2hungup' },
  response: soapVoid(),
  retry: 'never',
})

/** How far a click call is: 0 to 3. Manual 003 §25.3.4. */
export const soapState4click = operation({
  id: 'telcrm.soap-state4click',
  title: 'State of a click call',
  titleZh: '呼叫状态查询接口',
  doc: '003 §25.3.4',
  method: 'POST',
  path,
  params: clickCall,
  body: 'soap',
  soap: { operation: 'state4click' },
  response: soapInteger(),
  // The answer is the code itself.
  codes: { '': state4click },
  retry: 'safe',
})
