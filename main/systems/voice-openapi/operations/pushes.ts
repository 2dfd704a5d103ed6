import { z } from 'zod'
import { inbound } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'

/** Who sends it, as in our own requests. */
const sender = {
  customer: says(z.string(), 'Customer name', '客户名称'),
  timestamp: says(z.string(), 'Epoch milliseconds', '时间戳'),
  seq: says(z.string(), 'Request number', '请求序列号'),
  digest: says(z.string(), 'md5(customer@timestamp@seq@password)', '认证域'),
}
const senderWire = {
  customer: 'authentication.customer',
  timestamp: 'authentication.timestamp',
  seq: 'authentication.seq',
  digest: 'authentication.digest',
} as const
const path = '/openapi/push'

/** A template was reviewed. Has no type, unlike the bill. Manual 002 §8. */
const ttsAuditPush = inbound({
  id: 'voice-openapi.tts-audit-push',
  title: 'Push: result of a template review',
  titleZh: 'TTS模板审核实时推送',
  doc: '002 §8',
  method: 'POST',
  path,
  params: z.object({
    ...sender,
    id: says(z.string(), 'Template id', '模板ID'),
    content: says(z.string(), 'Template text', 'TTS模板内容'),
    remark: says(z.string(), 'Review remark', 'TTS审核备注'),
    status: says(z.enum(['0', '1', '2']), 'Review state', 'TTS审核状态', {
      values: { 0: ['rejected', '驳回'], 1: ['passed', '通过'], 2: ['waiting for review', '待审核'] },
    }),
  }),
  wire: {
    ...senderWire,
    id: 'notify.id',
    content: 'notify.content',
    remark: 'notify.remark',
    status: 'notify.status',
  },
})

/** A notification call ended. Manual 002 §9. */
const ttsVoiceNotifyBillingPush = inbound({
  id: 'voice-openapi.tts-voice-notify-billing-push',
  title: 'Push: bill of a text-to-speech notification call',
  titleZh: '文本转语音通知呼叫的话单',
  doc: '002 §9',
  method: 'POST',
  path,
  params: z.object({
    ...sender,
    commandSeq: says(z.string(), 'Command number of the request', '命令序列号'),
    userData: says(z.string().optional(), 'Your own data of the request', '用户回传数据'),
    type: says(z.literal('TTSVoiceNotifyBilling'), 'Kind of push', 'api类型', {
      values: { TTSVoiceNotifyBilling: ['bill of a notification call', '文本转语音通知呼叫的话单'] },
    }),
    startTime: says(z.string(), 'Call start', '呼叫开始时间'),
    ringTime: says(z.string(), 'Ringing start', '振铃开始时间'),
    answerTime: says(z.string(), 'Answered at', '呼叫接通时间'),
    byeTime: says(z.string(), 'Call end', '呼叫结束时间'),
    callee: says(z.string(), 'Called number', '被叫号码'),
    caller: says(z.string(), 'Calling number', '主叫号码'),
    keyPress: says(z.string(), 'Keys pressed by the customer', '客户按键'),
    recordFile: says(z.string(), 'Recording file', '录音文件'),
    service: says(z.string(), 'Service type', '业务类型'),
    session: says(z.string(), 'Session of the call', '通话标识'),
    timeLength: says(z.string(), 'Talk time; 0 = not answered', '通话时长；0 表示未接通'),
    resultCode: says(z.string(), 'Old error code, without a table', '错误码(旧)'),
    releaseCause: says(z.string(), 'Release cause', '挂断原因'),
  }),
  wire: {
    ...senderWire,
    commandSeq: 'notify.seq',
    userData: 'notify.userData',
    type: 'notify.type',
    startTime: 'notify.startTime',
    ringTime: 'notify.ringTime',
    answerTime: 'notify.answerTime',
    byeTime: 'notify.byeTime',
    callee: 'notify.callee',
    caller: 'notify.caller',
    keyPress: 'notify.keyPress',
    recordFile: 'notify.recordFile',
    service: 'notify.service',
    session: 'notify.session',
    timeLength: 'notify.timeLength',
    resultCode: 'notify.resultCode',
    releaseCause: 'notify.releaseCause',
  },
})

/** What the platform tells us; main/intake answers it. */
export const voiceOpenapiInbound = [ttsAuditPush, ttsVoiceNotifyBillingPush]
