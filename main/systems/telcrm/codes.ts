import { codeTable } from '../kit/codes.ts'
import { resultCodeTables } from './result-codes.ts'

/** How an announcement or a call with speech went. Manual 003 §3, §18. */
export const callResultState = codeTable('telcrm.callResultState', '呼叫结果 state', 'Outbound call result', {
  0: [null, '正在排队等待呼叫', 'Queued, waiting to be called: ask again in 5 seconds.'],
  1: [null, '呼叫成功', 'The call succeeded.'],
  2: [null, '呼叫失败', 'The call failed.'],
  3: [null, '空号', 'The number does not exist.'],
  4: [null, '正在呼叫中', 'The call is under way: ask again in 5 seconds.'],
  5: [null, '对方忙', 'The other party is busy.'],
  6: [null, '关机, 不在服务区', 'The telephone is switched off or out of coverage.'],
  404: ['not-found', 'id 不存在', 'The PBX knows no call of this name: check the id or token.'],
})

/** Manual 003 §4. */
export const screenPopState = codeTable('telcrm.screenPopState', '来电弹屏 state', 'Screen-pop call state', {
  calling: [null, '主叫到达服务器，处理中..', 'The caller has reached the PBX.'],
  ringing: [null, '振铃中.. 自动接听则没有此消息', 'The extension rings (not sent with automatic answering).'],
  canceled: [null, '振铃中挂机，取消呼叫', 'Hung up while it rang.'],
  talking: [null, '已经接通', 'Answered.'],
  hungup: [null, '挂机', 'Hung up.'],
})

/** Manual 003 §14: IDEL in the table, ONLINE in the sample. */
export const extState = codeTable('telcrm.extState', '话机通话状态', 'Phone call state', {
  IDEL: [null, '空闲', 'Idle.'],
  IDLE: [null, '空闲', 'Idle.'],
  BUSY_OUTGOING: [null, '外呼通话中', 'In an outgoing call.'],
  BUSY_INCOMING: [null, '接听来电通话中', 'In an incoming call.'],
  OFFLINE: [null, '离线', 'Offline: the telephone is not reachable.'],
  ONLINE: [null, '空闲（文档示例中出现，未说明）', 'Idle (stands in the sample only).'],
})

/** Manual 003 §8, §14; the spelling differs between table and sample. */
export const presence = codeTable('telcrm.presence', '坐席手动设置的线状态', 'Agent presence', {
  online: [null, '在线', 'Online, takes calls.'],
  Online: [null, '在线', 'Online, takes calls.'],
  offline: [null, '离线', 'Offline.'],
  reducing: [null, '减少来电', 'Gets fewer calls.'],
  busy: [null, '置忙', 'Set busy, gets no calls.'],
  unkown: [null, '状态未知', 'Unknown.'],
  unknown: [null, '状态未知', 'Unknown.'],
})

/** Manual 003 §14. */
export const telRegState = codeTable('telcrm.telRegState', '分机注册状态', 'Registration state', {
  0: [null, '未注册', 'The telephone is not registered: check its cable and account.'],
  1: [null, '已注册', 'The telephone is registered.'],
})

/** Manual 003 §21, §28. */
export const callLogState = codeTable('telcrm.callLogState', '呼叫日志 state', 'Call log state', {
  STATE_FAILED: [null, '失败', 'Failed, not answered.'],
  STATE_RECEIVED: [null, '成功', 'Answered.'],
  STATE_RECEIVING: [null, '通话中', 'Talking now.'],
})

/** Manual 003 §21, §28. */
export const callLogCallType = codeTable('telcrm.callLogCallType', '呼叫日志 callType', 'Call log call type', {
  CENTREX_CALL: [null, '内部通话', 'Internal call.'],
  LOCAL_CALL: [null, '本地通话', 'Local call.'],
  NATIONAL_CALL: [null, '国内长途', 'Domestic long-distance call.'],
  OVERSEAS_CALL: [null, '国际长途', 'International call.'],
  UNKNOW_CALL: [null, '未知', 'Unknown.'],
})

/** Manual 003 §21, §28. Empty = not rated. */
export const estimate = codeTable('telcrm.estimate', '客户评价', 'Customer rating', {
  1: [null, '非常满意', 'Very satisfied.'],
  2: [null, '满意', 'Satisfied.'],
  3: [null, '不满意', 'Dissatisfied.'],
})

/** The parameter's spelling is the vendor's. Manual 003 §21, §28. */
const dirction = codeTable('telcrm.dirction', 'dirction 方向', 'Direction filter', {
  0: [null, '全部', 'All calls.'],
  1: [null, '接听记录', 'Answered (incoming) calls.'],
  2: [null, '拨打记录', 'Dialled (outgoing) calls.'],
})

/** Manual 003 §25.3.4. */
export const state4click = codeTable('telcrm.state4click', '点击呼叫状态', 'Click call state', {
  0: [null, '空闲状态', 'Idle.'],
  1: [null, '主叫振铃状态', 'The caller’s telephone rings.'],
  2: [null, '被叫振铃状态', 'The callee’s telephone rings.'],
  3: [null, '通话状态', 'Talking.'],
})

/** Manual 003 §26. */
export const texttocalState = codeTable(
  'telcrm.texttocalState',
  'Texttocal.state',
  'State of a scheduled speech call',
  {
    WAITING: [null, '定时等待中', 'Waiting for its time: can still be changed or deleted.'],
    TRYING: [null, '开始呼叫', 'Calling.'],
    CONFIRM: [null, '播放成功', 'Played.'],
    RING_TIME_OUT: [null, '振铃超时', 'Nobody answered in time.'],
    CALL_FAILED: [null, '尝试 3 次失败', 'Failed after 3 attempts.'],
  },
)

/** What our answer to an SMS query does. Manual 003 §23. */
const smsReplyStatus = codeTable('telcrm.smsReplyStatus', '短信查询响应码', 'Reply to the SMS query', {
  403: [null, '不进行短信响应', 'No SMS is sent.'],
  other: [
    null,
    '呼叫中心会使用短信把响应内容转发给 telnum 的手机。',
    'The body of the answer is sent to telnum by SMS.',
  ],
})

/** Other numbers come from the import template of the installation. Manual 003 §19. */
const contactTid = codeTable('telcrm.contactTid', '客户资料 tid', 'Kind of contact detail', {
  1: [null, '手机', 'Mobile number.'],
  2: [null, '固话', 'Landline number.'],
  14: [null, 'QQ（模板示例 6:即时信息:14:QQ）', 'QQ number (as in the sample template).'],
})

/** Every code table of manual 003. */
export const telcrmCodes = [
  ...Object.values(resultCodeTables),
  callResultState,
  screenPopState,
  extState,
  presence,
  telRegState,
  callLogState,
  callLogCallType,
  estimate,
  dirction,
  state4click,
  texttocalState,
  smsReplyStatus,
  contactTid,
]
