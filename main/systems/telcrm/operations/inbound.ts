import { z } from 'zod'
import { inbound } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'

const text = z.string()

/** A call changes its state. Any answer with status 200 will do. Manual 003 §4. */
const screenPop = inbound({
  id: 'telcrm.screen-pop',
  title: 'Screen pop of an incoming call',
  titleZh: '来电弹屏推送',
  doc: '003 §4',
  method: 'GET',
  path: '/srvlt',
  params: z.object({
    id: says(
      text,
      'Id of the call, the same in all its messages; callid of log and recordings',
      '全局唯一标记，同一呼叫的通知消息拥有相同的 id',
    ),
    caller: says(text, 'Calling number', '主叫号码'),
    callee: says(text, 'Called extension', '被叫号码'),
    state: says(z.enum(['calling', 'ringing', 'canceled', 'talking', 'hungup']), 'State of the call', '当前呼叫状态', {
      values: {
        calling: ['the caller has reached the PBX', '主叫到达服务器，处理中'],
        ringing: ['rings; not sent with automatic answering', '振铃中，自动接听则没有此消息'],
        canceled: ['hung up while it rang', '振铃中挂机，取消呼叫'],
        talking: ['answered', '已经接通'],
        hungup: ['hung up', '挂机'],
      },
    }),
    direction: says(text.optional(), 'Reserved; the sample says incoming', '保留字段'),
    businessId: says(
      text.optional(),
      'Part of the call: maincall = the caller’s own side, pops up nothing; anything else = the called extension',
      '主从会话标识，maincall 为原始主叫侧（弹屏请忽略），其他为目的方分机号的通知',
    ),
    group: says(text.optional(), 'Group of the extension', '分机归属分组号码'),
  }),
})

/** A voice menu asks what to do with pressed keys; it is answered with one bare word. Manual 003 §7. */
const ivrCheck = inbound({
  id: 'telcrm.ivr-check',
  title: 'Question of a voice menu',
  titleZh: 'IVR 语音自助查询交互',
  doc: '003 §7',
  method: 'GET',
  path: '/ivr/{flow}',
  params: z.object({
    selector: says(
      text.optional(),
      'What the menu asks; its author writes it into the address',
      'check 地址中的参数，由 IVR 作者填写',
    ),
    input: says(
      text.optional(),
      'The pressed keys; the manual does not name this parameter, so its name is a setting of each menu ("input" unless set, * = any)',
      '收集到的按键，文档未说明参数名，因此在设置中按流程填写（默认 input，* 表示任意名称）',
    ),
  }),
  wire: { selector: 'a', input: '{collected_input}' },
})

/** A customer sent an SMS; what is answered goes back to him, unless the status is 403. Manual 003 §23. */
const smsQuery = inbound({
  id: 'telcrm.sms-query',
  title: 'SMS query',
  titleZh: '短信自助查询',
  doc: '003 §23',
  method: 'GET',
  path: '/',
  params: z.object({
    method: says(z.literal('smsquery'), 'Marks the SMS query', '固定值，表示短信查询', {
      values: { smsquery: ['SMS query', '短信查询'] },
    }),
    number: says(text, 'Number of the sender, who gets the answer', '发送短信的手机号，接收回复'),
    content: says(text, 'Text of the SMS', '短信内容'),
    channel: says(text, 'Account of the SMS gateway', '查询通道，GoIP 网关上配置的注册账号'),
  }),
  wire: { number: 'telnum', content: 'contant' },
})

/** What the PBX tells or asks us, in the order of the manual. The intake answers it. */
export const telcrmInbound = [screenPop, ivrCheck, smsQuery]
