import { codeTable } from '../kit/codes.ts'

export const enterpriseStatus = codeTable(
  'cti-realtime.enterpriseStatus',
  '企业中继状态 enterprise_status',
  'Enterprise trunk state',
  {
    0: [null, '未开通', 'Not opened'],
    1: [null, '正常', 'Normal'],
    2: [null, '欠费：请充值', 'In arrears: top up the account'],
    3: [null, '停机：请联系运营商恢复', 'Suspended: ask the carrier to resume it'],
    4: [null, '注销', 'Cancelled'],
  },
)

export const asrProvider = codeTable('cti-realtime.asrProvider', 'is_asr_transfer_open', 'ASR provider', {
  0: [null, '关闭', 'Off'],
  1: [null, '阿里', 'Alibaba'],
  2: [null, '科大讯飞', 'iFlytek'],
})

export const callType = codeTable('cti-realtime.callType', '呼叫类型 callType', 'Call type', {
  1: [null, '呼入', 'Inbound'],
  2: [null, '网上400呼入', 'Web-400 inbound'],
})

export const alarmEventType = codeTable('cti-realtime.alarmEventType', 'AlarmEvent eventType', 'Alarm event type', {
  1: [null, '按键后立刻挂机', 'Hung up right after a key press'],
  2: [null, 'webcall排队超过最大', 'Web call queue over the maximum'],
  3: [null, 'webcall排队超过75%', 'Web call queue over 75 %'],
})

export const ivrProfileImportCode = codeTable(
  'cti-realtime.ivrProfileImportCode',
  'IvrProfileImport code',
  'IvrProfileImport code',
  {
    0: [null, '请求成功且结果有效', 'Done'],
    1: ['bad-request', '参数为空：请补全参数', 'A parameter is empty: fill it in'],
    2: ['bad-request', '参数格式不正确：请检查参数', 'A parameter is malformed: check it'],
    3: [
      'not-found',
      '参数有误(主要是查不到相关记录)：请检查企业、用户名和流程 id',
      'A parameter is wrong, usually there is no such record: check enterprise, user name and profile id',
    ],
    6: ['server-error', '服务器内部发生异常：请稍后再试', 'The server failed inside: try again later'],
  },
)

export const hangupValueType = codeTable(
  'cti-realtime.hangupValueType',
  'hangup_set value_type',
  'Hang-up variable type',
  {
    0: [null, '表达式', 'Expression'],
    1: [null, '字符串', 'Text'],
  },
)

export const telSetStrategy = codeTable('cti-realtime.telSetStrategy', '组呼叫策略', 'Group call strategy', {
  order: [null, '顺序', 'In order'],
  random: [null, '随机', 'At random'],
})

export const cdrType = codeTable('cti-realtime.cdrType', '记忆类型 cdrType', 'Memory type', {
  inbound: [null, '呼入（英文值，文档无中文）', 'Inbound calls'],
  outbound: [null, '呼出（英文值，文档无中文）', 'Outbound calls'],
  both: [null, '两者（英文值，文档无中文）', 'Both directions'],
})

export const numberResult = codeTable(
  'cti-realtime.numberResult',
  'result (FixdLineToLocal, getCaller, telNumerSchedul)',
  'Result of number selection',
  {
    1: ['bad-request', '参数不合法或无效：请检查参数', 'The parameters are invalid: check them'],
    2: [null, '成功', 'Done'],
  },
)

/** Not codes of answers: what `result` means, by operation. */
const resultSemantics = codeTable(
  'cti-realtime.resultSemantics',
  'result 字段在各接口中的含义',
  'Meaning of result, which differs per operation',
  {
    IsTelNumber: [null, '1 符合规则，否则为 0', '1 = acceptable, 0 = not'],
    IsClidValid: [
      null,
      '仅失败时出现，为 false；成功看 clidResult 是否为 1',
      'Only on failure (false); success is clidResult 1',
    ],
    GetPastCalleeNumber: [
      null,
      '1 或 0（含义未说明）；按 1 为成功处理',
      '1 or 0, not explained; 1 is taken for success',
    ],
    GetClid: [null, '仅参数不合法时出现，固定为 1', 'Only for invalid parameters, always 1'],
    CheckCallLimit: [
      null,
      '2 3 4 false代表参数不合法；带 description 的按失败处理',
      '"2 3 4 false mean invalid parameters": an answer with a description counts as a failure',
    ],
    SendOnlineCallUrl: [null, '0 代表参数不合法或者无效；成功时没有该字段', '0 = invalid; absent on success'],
    'GetHangupSet / AlarmEvent / SaveSelfRecord': [null, '固定为 success', 'Always success'],
    SelfRecord: [null, 'erro / success', 'erro (vendor spelling) / success'],
    IvrProfileImport: [null, 'error / success (sucess)', 'error / success'],
    'FixdLineToLocal / getCaller / telNumerSchedul': [null, '1 失败 2 成功', '1 = failed, 2 = done'],
  },
)

/** Every table of manual 000. */
export const ctiRealtimeCodes = [
  enterpriseStatus,
  asrProvider,
  callType,
  alarmEventType,
  ivrProfileImportCode,
  hangupValueType,
  telSetStrategy,
  cdrType,
  numberResult,
  resultSemantics,
] as const
