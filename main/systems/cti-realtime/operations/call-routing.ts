import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import { asrProvider, callType, cdrType, enterpriseStatus, hangupValueType, telSetStrategy } from '../codes.ts'
import { has, is, ivrAnswer } from '../envelope.ts'
import { readGroupNumbers, readHangupVariables, readNumberList } from '../numbers.ts'
import { appId, choices, enterpriseId, enterpriseIdOrNone, filled } from '../values.ts'

const inboundKind = z.union([z.literal(1), z.literal(2)])
const gatewayIp = says(filled, 'IP address of the gateway', '网关ip地址')

/** Prefix and gateway for a number that is to be dialled. Manual 000 IVR §1. */
export const ivrGetPrePost = operation({
  id: 'cti-realtime.ivr-get-pre-post',
  title: 'Number prefix and gateway for a call',
  titleZh: 'GetPrePost接口',
  doc: '000 IVR §1',
  method: 'GET',
  path: '/interface/ivr/GetPrePost',
  params: z.object({
    enterpriseId,
    tel: says(filled, 'Number to dial', '号码'),
    routerClidCallType: says(filled, 'Caller id type', 'clid类型'),
  }),
  response: ivrAnswer(
    { ok: has('pre') },
    wireRecord({
      pre: wireText,
      post: wireText.optional(),
      gw_ip: wireText.optional(),
      gw_port: wireText.optional(),
      cdr_callee_area_code: wireText.optional(),
      dial_interface_cust: wireText.optional(),
    }),
  ),
  retry: 'safe',
})

/** `is_restrict_tel` is 1 or 2; the manual does not say which one means blocked. Manual 000 IVR §2. */
export const ivrCheckBlackList = operation({
  id: 'cti-realtime.ivr-check-black-list',
  title: 'Black and white list check',
  titleZh: 'CheckBlackList接口',
  doc: '000 IVR §2',
  method: 'GET',
  path: '/interface/ivr/CheckBlackList',
  params: z.object({
    enterpriseId,
    customerNumber: says(filled, 'Number that calls', '当前呼入号码'),
    customerAreaCode: says(filled, 'Area code', '地区区号'),
  }),
  response: ivrAnswer({ ok: has('is_restrict_tel') }, wireRecord({ is_restrict_tel: wireText })),
  retry: 'safe',
})

/** Everything an IVR wants to know when a call comes in. Most fields depend on the enterprise. Manual 000 IVR §3. */
export const ivrGetIvrOption = operation({
  id: 'cti-realtime.ivr-get-ivr-option',
  title: 'IVR options for an incoming call',
  titleZh: 'GetIvrOption接口',
  doc: '000 IVR §3',
  method: 'GET',
  path: '/interface/ivr/GetIvrOption',
  params: z.object({
    numberTrunk: says(z.string().optional(), 'Number bound to the trunk it came over', '传入的中继绑定的号码'),
    customerNumber: says(filled, 'Number that calls', '当前呼入号码'),
    gwIp: gatewayIp,
    callType: says(inboundKind, 'Kind of call', '呼叫类型,呼入和网上400呼入', choices(callType)),
    webcallIvrId: says(
      z.string().default(''),
      'IVR id of web-400 calls; may stay empty for others',
      '网上400接口使用的ivrId，其他呼叫可为空',
    ),
    enterpriseId: enterpriseIdOrNone,
  }),
  response: ivrAnswer(
    { ok: has('__cdr_customer_number') },
    wireRecord({
      __cdr_customer_number: wireText,
      __cdr_customer_number_type: wireText.optional(),
      __cdr_customer_area_code: wireText.optional(),
      number_trunk_area_code: wireText.optional(),
      enterprise_status: wireText.optional(),
      __enterprise_id: wireText.optional(),
      __cdr_hotline: wireText.optional(),
      is_restrict_check: wireText.optional(),
      is_record: wireText.optional(),
      record_scope: wireText.optional(),
      is_crbt_open: wireText.optional(),
      is_asr_transfer_open: wireText.optional(),
      is_double_channel_record_open: wireText.optional(),
      __ivr_id: wireText.optional(),
    }),
  ),
  codes: { enterprise_status: enterpriseStatus, is_asr_transfer_open: asrProvider },
  retry: 'safe',
})

/** Whom a caller reached last. Unit of `validTime` and meaning of `result` are not stated: 1 is taken for success. Manual 000 IVR §6. */
export const ivrGetPastCalleeNumber = operation({
  id: 'cti-realtime.ivr-get-past-callee-number',
  title: 'Last callee remembered for a caller',
  titleZh: 'GetPastCalleeNumber接口',
  doc: '000 IVR §6',
  method: 'GET',
  path: '/interface/ivr/GetPastCalleeNumber',
  params: z.object({
    appId,
    validTime: says(filled, 'How long a caller is remembered (unit not stated)', '主叫记忆时间'),
    cdrType: says(z.enum(['inbound', 'outbound', 'both']), 'Which calls are remembered', '记忆类型', choices(cdrType)),
    callerNumber: says(filled, 'Number that calls', '来电号码'),
  }),
  response: ivrAnswer(
    { ok: is('result', '1') },
    wireRecord({
      result: wireText,
      cdrType: wireText.optional(),
      validTime: wireText.optional(),
      calleeNumber: wireText.optional(),
      description: wireText.optional(),
    }),
  ),
  errors: {
    0: [
      'not-found',
      '没有记忆号码或参数不合法：请检查参数',
      'No number is remembered, or a parameter is invalid: check them',
    ],
  },
  codes: { cdrType },
  retry: 'safe',
})

/** Manual 000 IVR §9. */
export const ivrGetAreaCode = operation({
  id: 'cti-realtime.ivr-get-area-code',
  title: 'Area code lookup',
  titleZh: 'GetAreaCode接口',
  doc: '000 IVR §9',
  method: 'GET',
  path: '/interface/ivr/GetAreaCode',
  params: z.object({
    tel: says(filled, 'Number', '号码'),
    gateway: says(filled, 'Address of the gateway (the manual prints "id address")', '网关id地址'),
  }),
  response: ivrAnswer(
    { ok: has('__cdr_customer_number') },
    wireRecord({
      __cdr_customer_number: wireText,
      __cdr_customer_number_type: wireText.optional(),
      __cdr_customer_area_code: wireText.optional(),
    }),
  ),
  retry: 'safe',
})

/** Manual 000 IVR §12. */
export const ivrFormatRdnis = operation({
  id: 'cti-realtime.ivr-format-rdnis',
  title: 'Normalise a redirecting number (RDNIS)',
  titleZh: 'FormatRDNIS接口',
  doc: '000 IVR §12',
  method: 'GET',
  path: '/interface/ivr/FormatRDNIS',
  params: z.object({ rdnis: says(filled, 'Number to format', '需要格式化的rdnis'), gwIp: gatewayIp }),
  response: ivrAnswer({ ok: has('__RDNIS') }, wireRecord({ __RDNIS: wireText.optional() })),
  retry: 'safe',
})

/** Members of a telephone group, also as a list: `numbers`. Manual 000 IVR §13. */
export const ivrGetTelSet = operation({
  id: 'cti-realtime.ivr-get-tel-set',
  title: 'Telephone group lookup',
  titleZh: 'GetTelSet接口',
  doc: '000 IVR §13',
  method: 'GET',
  path: '/interface/ivr/GetTelSet',
  params: z.object({
    enterpriseId,
    type: says(filled, 'Kind of call; ivr gives the detailed answer', '呼叫类型，ivr 返回详细信息'),
    telSet: says(filled, 'Group number', '组号'),
  }),
  response: ivrAnswer(
    { ok: has('cdr_queue_name') },
    wireRecord({
      cdr_queue_name: wireText,
      tel_set_count: wireInteger.optional(),
      tel_set_timeout: wireInteger.optional(),
      tel_set_strategy: wireText.optional(),
      tel_set_tel: wireText.optional(),
      tel_set: wireText.optional(),
    }).transform((row) => ({
      ...row,
      numbers: row.tel_set_tel ? readGroupNumbers(row.tel_set_tel) : readNumberList(row.tel_set ?? ''),
    })),
  ),
  codes: { tel_set_strategy: telSetStrategy },
  retry: 'safe',
})

/** Variables that are worked out at the end of a call, also as a list: `variables`. Manual 000 IVR §14. */
export const ivrGetHangupSet = operation({
  id: 'cti-realtime.ivr-get-hangup-set',
  title: 'Variables to work out at hang-up',
  titleZh: 'GetHangupSet接口',
  doc: '000 IVR §14',
  method: 'GET',
  path: '/interface/ivr/GetHangupSet',
  params: z.object({
    enterpriseId,
    callType: says(inboundKind, 'Kind of call', '呼叫类型,1(呼入)或2(网上400呼入),否则无效', choices(callType)),
  }),
  response: ivrAnswer(
    { ok: is('result', 'success') },
    wireRecord({ result: wireText, hangup_set_count: wireInteger.optional() }).transform((row) => ({
      ...row,
      variables: readHangupVariables(row),
    })),
  ),
  codes: { valueType: hangupValueType },
  retry: 'safe',
})

/** May this number be called again? What 2, 3 and 4 mean is not stated; with a description they refuse. Manual 000 IVR §16. */
export const ivrCheckCallLimit = operation({
  id: 'cti-realtime.ivr-check-call-limit',
  title: 'Call limit check for a callee',
  titleZh: 'CheckCallLimit接口',
  doc: '000 IVR §16',
  method: 'GET',
  path: '/interface/ivr/CheckCallLimit',
  params: z.object({ appId, calleeNumber: says(filled, 'Number to call', '被叫号码') }),
  response: ivrAnswer(
    { ok: (told) => told('result') !== null && told('result') !== 'false' && !told('description') },
    wireRecord({ result: wireText, description: wireText.optional() }),
  ),
  errors: {
    false: [
      'bad-request',
      '参数不合法：请检查企业id和被叫号码',
      'Invalid parameters: check the enterprise and the number',
    ],
    2: ['bad-request', '参数不合法（2）：请检查企业id和被叫号码', 'Invalid (2): check the enterprise and the number'],
    3: ['bad-request', '参数不合法（3）：请检查企业id和被叫号码', 'Invalid (3): check the enterprise and the number'],
    4: ['bad-request', '参数不合法（4）：请检查企业id和被叫号码', 'Invalid (4): check the enterprise and the number'],
  },
  retry: 'safe',
})
