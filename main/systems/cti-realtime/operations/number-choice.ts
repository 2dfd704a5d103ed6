import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { wireRecord, wireText } from '../../kit/tolerant.ts'
import { numberResult } from '../codes.ts'
import { is, ivrAnswer } from '../envelope.ts'
import { anyText, appId, enterpriseId, filled } from '../values.ts'

const calledNumber = says(filled, 'Number to call', '被叫号码')
const areaCode = says(filled, 'Area code', '区号')
const trunkNumber = says(filled, 'Trunk number', '中继号码')

/** Answers of §22-24: 2 = done, 1 = refused, the other way round than elsewhere. `number` may be empty. */
const chosenNumber = ivrAnswer(
  { ok: is('result', '2') },
  wireRecord({ result: wireText, description: wireText.optional(), number: wireText }),
)
const chosenErrors = { 1: numberResult.codes[1] as ['bad-request', string, string] }

/** Success and failure use different fields. `clidResult` 0 = well formed, but not valid. Manual 000 IVR §4. */
export const ivrIsClidValid = operation({
  id: 'cti-realtime.ivr-is-clid-valid',
  title: 'Check a caller id',
  titleZh: 'IsClidValid接口',
  doc: '000 IVR §4',
  method: 'GET',
  path: '/interface/ivr/IsClidValid',
  params: z.object({ appId, clid: says(anyText, 'Caller id to check', '需要验证的clid') }),
  response: ivrAnswer(
    { ok: is('clidResult', '1'), code: ['clidResult', 'result'] },
    wireRecord({ clidResult: wireText, result: wireText.optional(), description: wireText.optional() }),
  ),
  errors: {
    0: ['bad-request', '该主叫号码无效：请换一个号码', 'This caller id is not valid: use another one'],
    false: ['bad-request', '主叫号码为空或格式不正确', 'The caller id is empty or malformed'],
  },
  retry: 'safe',
})

/** Only `result` counts: for a number that fits, the manual's text says that it does not. Manual 000 IVR §5. */
export const ivrIsTelNumber = operation({
  id: 'cti-realtime.ivr-is-tel-number',
  title: 'Check a telephone number',
  titleZh: 'IsTelNumber接口',
  doc: '000 IVR §5',
  method: 'GET',
  path: '/interface/ivr/IsTelNumber',
  params: z.object({ tel: says(anyText, 'Number to check', '需要验证的号码') }),
  response: ivrAnswer({ ok: is('result', '1') }, wireRecord({ result: wireText, description: wireText.optional() })),
  errors: { 0: ['bad-request', '号码为空或格式不正确', 'The number is empty or malformed'] },
  retry: 'safe',
})

/** Here `result` 1 is a failure. Manual 000 IVR §8. */
export const ivrGetClid = operation({
  id: 'cti-realtime.ivr-get-clid',
  title: 'Choose the caller id to show',
  titleZh: 'GetClid接口',
  doc: '000 IVR §8',
  method: 'GET',
  path: '/interface/ivr/GetClid',
  params: z.object({
    enterpriseId,
    routerClidCallType: says(
      filled,
      'Caller id type, 1 or 2 (the list in the manual is cut off)',
      'clid类型，只能为1、2（文档此处不完整）',
    ),
    customerNumber: says(filled, 'Number of the customer', '顾客号码'),
    numberTrunk: trunkNumber,
  }),
  response: ivrAnswer(
    { ok: (told) => told('clid') !== null && told('result') === null },
    wireRecord({ clid: wireText, clid_bak: wireText.optional() }),
  ),
  errors: { 1: ['bad-request', '参数不合法', 'Invalid parameters: check them'] },
  retry: 'safe',
})

/** A local landline number for a call. Spelling is the vendor's. Manual 000 IVR §22. */
export const ivrFixdLineToLocal = operation({
  id: 'cti-realtime.ivr-fixd-line-to-local',
  title: 'Choose a local landline number for a callee',
  titleZh: 'FixdLineToLocal接口',
  doc: '000 IVR §22',
  method: 'GET',
  path: '/interface/ivr/fixdLineToLocal',
  params: z.object({
    ...{ appId, tel: calledNumber, areaCode, trunkNumber },
    type: says(filled, 'Kind of trunk number', '中继号码类型'),
  }),
  response: chosenNumber,
  errors: chosenErrors,
  codes: { result: numberResult },
  retry: 'safe',
})

/** One of the enterprise's own numbers for a call; empty = none is set up for it. Manual 000 IVR §23. */
export const ivrGetCaller = operation({
  id: 'cti-realtime.ivr-get-caller',
  title: 'Choose a caller number for a callee',
  titleZh: 'getCaller接口',
  doc: '000 IVR §23',
  method: 'GET',
  path: '/interface/ivr/getCaller',
  params: z.object({ appId, calleeNumber: calledNumber, trunkNumber }),
  response: chosenNumber,
  errors: chosenErrors,
  codes: { result: numberResult },
  retry: 'safe',
})

/** Binds a number (AXB) and says which one to show. Spelling is the vendor's; modes are not explained. Manual 000 IVR §24. */
export const ivrTelNumerSchedul = operation({
  id: 'cti-realtime.ivr-tel-numer-schedul',
  title: 'Mobile number scheduling (AXB)',
  titleZh: 'telNumerSchedul接口',
  doc: '000 IVR §24',
  method: 'GET',
  path: '/interface/ivr/telNumerSchedul',
  params: z.object({
    mode: says(z.union([z.literal(1), z.literal(2)]), 'Mode, 1 or 2 (not explained)', '只能为1或2（文档未说明含义）', {
      values: { 1: ['Mode 1', '模式1'], 2: ['Mode 2', '模式2'] },
    }),
    telX: says(filled, 'X number of the AXB binding', 'AXB绑定关系中的X号码'),
    appId,
    telB: says(filled, 'B number of the AXB binding', 'AXB绑定关系中的B号码'),
    areaCode,
    trunkNumber,
  }),
  response: chosenNumber,
  errors: chosenErrors,
  codes: { result: numberResult },
  retry: 'never',
})
