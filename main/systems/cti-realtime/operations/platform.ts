import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import { alarmEventType, ivrProfileImportCode } from '../codes.ts'
import { fileOrText, has, is, ivrAnswer, plainOrRefusal, relayedOr, startedAnswer } from '../envelope.ts'
import { anyText, appId, choices, enterpriseId, filled } from '../values.ts'

const uniqueId = says(filled, 'Unique id of the call', '通话唯一标识')
const long = z.string().min(1, 'must not be empty').max(1_000_000)
const exception = {
  500: ['server-error', '发生异常', 'The platform ran into an exception: check the values, then ask its administrator'],
} as const

/** Health check. Not started = HTTP 404 (or `false`), which is an answer here: `{started: false}`. Manual 000 IVR §7. */
export const systemAllModuleStarted = operation({
  id: 'cti-realtime.system-all-module-started',
  title: 'Are all modules started?',
  titleZh: 'AllModuleStarted接口',
  doc: '000 IVR §7',
  method: 'GET',
  path: '/interface/system/AllModuleStarted',
  params: z.object({}),
  response: startedAnswer(),
  retry: 'safe',
})

/** The platform sends a request for us. With `sync` 1 the third server's answer comes back as text. Manual 000 IVR §10. */
export const ivrCurl = operation({
  id: 'cti-realtime.ivr-curl',
  title: 'Let the platform send an HTTP request',
  titleZh: 'Curl接口',
  doc: '000 IVR §10',
  method: 'GET',
  path: '/interface/ivr/Curl',
  params: z.object({
    enterpriseId,
    retry: says(z.number().int().min(0), 'Number of retries', '重试次数'),
    timeout: says(z.number().int().min(0), 'Time limit (unit not stated)', '超时时间'),
    uniqueId,
    url: says(filled, 'Address to ask', '请求地址（文档印为“请求唯一标识”）'),
    userField: says(anyText, 'Free field (not explained)', '自定义字段（文档未说明）'),
    params: says(long, 'Parameters of the request (form not stated)', '请求参数', { long: true }),
    sync: says(filled, '1 = wait, and answer with what came back', '1 为同步，直接返回对方的内容'),
    method: says(filled, 'HTTP method', '请求方式'),
  }),
  longAsForm: true,
  response: relayedOr(
    'curl_result',
    { ok: is('curl_result', '1'), code: ['curl_result'] },
    wireRecord({ curl_result: wireText, msg: wireText.optional() }),
  ),
  errors: {
    0: ['bad-request', '参数不合法：缺少参数或参数格式错误', 'A parameter is missing or malformed: check them'],
  },
  retry: 'never',
})

/** `seed` and `pwd` are made from the connection's token unless given; only the action add is documented. Manual 000 IVR §11. */
export const systemIvrProfileImport = operation({
  id: 'cti-realtime.system-ivr-profile-import',
  title: 'Import an IVR profile',
  titleZh: 'IvrProfileImport接口',
  doc: '000 IVR §11',
  method: 'GET',
  path: '/interface/system/IvrProfileImport',
  params: z.object({
    enterpriseId,
    userName: says(filled, 'User name', '用户名'),
    seed: says(filled.optional(), 'Salt of the password; made up unless given', '密码的随机串，不填时自动生成'),
    pwd: says(
      filled.optional(),
      'Password digest; made from seed and token by the formula in the settings unless given',
      '密码，不填时按设置里的公式由 seed 和 token 生成',
      { secret: true },
    ),
    action: says(filled, 'What to do; add makes a new profile', '动作类型，add 为新增'),
    stringIvr: says(long, 'The IVR as text', 'IVR 流程内容', { long: true }),
    ivrProfileId: says(z.string().max(100).default(''), 'Id of the profile; empty for add', '流程 id，新增时可为空'),
  }),
  longAsForm: true,
  response: ivrAnswer(
    {
      ok: (told) => is('result', 'success', 'sucess')(told) || (told('result') === null && told('code') === '0'),
      code: ['code', 'result'],
    },
    wireRecord({
      result: wireText.optional(),
      code: wireText.optional(),
      msg: wireText.optional(),
      ivrProfileId: wireText.optional(),
    }),
  ),
  errors: importErrors(),
  codes: { code: ivrProfileImportCode },
  retry: 'never',
})

function importErrors() {
  const { 0: _done, ...failures } = ivrProfileImportCode.codes
  return failures as Record<string, ['bad-request', string, string]>
}

/** Manual 000 IVR §15. */
export const ivrAlarmEvent = operation({
  id: 'cti-realtime.ivr-alarm-event',
  title: 'Report an alarm event',
  titleZh: 'AlarmEvent接口',
  doc: '000 IVR §15',
  method: 'GET',
  path: '/interface/ivr/alarmEvent',
  params: z.object({
    enterpriseId,
    uniqueId,
    callType: says(filled, 'Kind of call', '呼叫类型'),
    eventType: says(
      z.union([z.literal(1), z.literal(2), z.literal(3)]),
      'What happened',
      '事件类型',
      choices(alarmEventType),
    ),
    msg: says(filled, 'Message', '描述信息'),
  }),
  response: ivrAnswer({ ok: is('result', 'success') }, wireRecord({ result: wireText })),
  errors: exception,
  retry: 'never',
})

/**
 * Success is plain text, failure JSON. `timestamp` (Unix seconds) and `sign` are made from the connection's token unless
 * given. Manual 000 IVR §17.
 */
export const sendOnlineCallUrl = operation({
  id: 'cti-realtime.send-online-call-url',
  title: 'Send the online call address',
  titleZh: 'SendOnlineCallUrl接口',
  doc: '000 IVR §17',
  method: 'GET',
  path: '/interface/SendOnlineCallUrl',
  params: z.object({
    appId,
    timestamp: says(
      z.number().int().min(0).optional(),
      'Unix time in seconds; now unless given',
      '时间戳(秒)，不填时用当前时间',
    ),
    sign: says(
      filled.optional(),
      'Digest; made from appId, timestamp and token by the formula in the settings unless given',
      '鉴权参数，不填时按设置里的公式由 appId、timestamp 和 token 生成',
      { secret: true },
    ),
    subId: says(filled, 'Unique id of the binding', '绑定关系的唯一标识'),
    telB: says(filled, 'B number of the AXB binding', 'AXB号码绑定关系中的B号码'),
  }),
  response: plainOrRefusal({ ok: (told) => told('result') !== '0' }),
  errors: {
    0: [
      'bad-request',
      '参数不合法或者无效：请检查绑定关系、token 和签名公式',
      'Invalid parameters: check the binding, the token and the formula of the sign',
    ],
  },
  retry: 'never',
})

/** Manual 000 IVR §18. */
export const ivrSaveSelfRecord = operation({
  id: 'cti-realtime.ivr-save-self-record',
  title: 'Save a self-recorded prompt',
  titleZh: 'SaveSelfRecord接口',
  doc: '000 IVR §18',
  method: 'GET',
  path: '/interface/ivr/SaveSelfRecord',
  params: z.object({ enterpriseId, path: says(filled, 'Path of the voice file', '企业语音文件路径') }),
  response: ivrAnswer({ ok: is('result', 'success') }, wireRecord({ result: wireText })),
  errors: exception,
  retry: 'never',
})

/** Calls the number, which then records a prompt. `erro` is the vendor's spelling. Manual 000 IVR §19. */
export const selfRecord = operation({
  id: 'cti-realtime.self-record',
  title: 'Call a number to record a prompt',
  titleZh: 'SelfRecord接口',
  doc: '000 IVR §19',
  method: 'GET',
  path: '/interface/selfRecord/SelfRecord',
  params: z.object({ enterpriseId, tel: says(filled, 'Number to call', '号码') }),
  response: ivrAnswer({ ok: is('result', 'success') }, wireRecord({ result: wireText, msg: wireText.optional() })),
  errors: {
    erro: ['bad-request', '参数不合法或无效，或发生异常：请检查号码', 'Invalid, or an exception: check the number'],
    error: ['bad-request', '参数不合法或无效，或发生异常：请检查号码', 'Invalid, or an exception: check the number'],
  },
  retry: 'never',
})

/** Values of `result` are not listed: the counts tell. Manual 000 IVR §20. */
export const reExecuteCdr = operation({
  id: 'cti-realtime.re-execute-cdr',
  title: 'Generate failed call records again',
  titleZh: 'ReExecuteCDR接口',
  doc: '000 IVR §20',
  method: 'GET',
  path: '/interface/reExecuteCDR',
  params: z.object({}),
  response: ivrAnswer(
    { ok: has('totalCount') },
    wireRecord({
      result: wireText.optional(),
      msg: wireText.optional(),
      totalCount: wireInteger,
      successCount: wireInteger.optional(),
      failCount: wireInteger.optional(),
    }),
  ),
  retry: 'never',
})

/** An empty answer means that input or key was empty. Mode and padding are not stated. Manual 000 IVR §21. */
export const ivrDecryptBase64Des = operation({
  id: 'cti-realtime.ivr-decrypt-base64-des',
  title: 'Decrypt a Base64 DES text',
  titleZh: 'DecryptBase64DES接口',
  doc: '000 IVR §21',
  method: 'GET',
  path: '/interface/ivr/DecryptBase64DES',
  params: z.object({
    input: says(z.string().max(1_000_000), 'Text to decrypt', '需要解密的内容', { long: true }),
    key: says(anyText, 'Key', '辅助解密的键值(可以理解为密码)', { secret: true }),
  }),
  longAsForm: true,
  response: ivrAnswer({ ok: has('func_output') }, wireRecord({ func_output: wireText })),
  retry: 'safe',
})

/** Fetch or delete an exported file. The manual promises a text; a file is taken as well. Manual 000 §25. */
export const exportTaskQueue = operation({
  id: 'cti-realtime.export-task-queue',
  title: 'Download or delete an exported file',
  titleZh: 'exportTaskQueue接口',
  doc: '000 IVR §25',
  method: 'GET',
  path: '/exportTaskQueue',
  params: z.object({
    enterpriseId,
    fileName: says(filled, 'Name of the file', '文件名'),
    op: says(z.enum(['download', 'delete']), 'What to do', '操作类型', {
      values: { download: ['Download', '下载'], delete: ['Delete', '删除'] },
    }),
  }),
  response: fileOrText(),
  retry: 'never',
})
