import { type CodeTable, codeTable } from '../kit/codes.ts'

/** Appendix 1. The first column of its table is the family of the code. */
export const returnCode = codeTable('cloud-cs.returnCode', '消息返回码', 'Return code', {
  '0': [null, '成功', 'success'],
  '-1': [
    'server-error',
    '未知错误：平台内部故障，请稍后重试；仍不行时把返回的消息发给供应商',
    'unknown error inside the platform: try again later; if it stays, send the returned message to the vendor',
  ],
  '1001': [
    'server-error',
    '公共异常，供应商暂未定义，请看返回的消息',
    'common fault, not yet defined by the vendor: see the returned message',
  ],
  '1002': [
    'server-error',
    '公共异常，供应商暂未定义，请看返回的消息',
    'common fault, not yet defined by the vendor: see the returned message',
  ],
  '10101': [
    'bad-request',
    '业务异常，供应商暂未定义：请求与现有数据不符，请看返回的消息',
    'business fault, not yet defined by the vendor: the request does not fit the data there, see the returned message',
  ],
})

/** Manual 004 §6.1.1.4.2. */
export const oauthError = codeTable('cloud-cs.oauthError', '鉴权失败 error', 'Token error', {
  invalid_client: [
    'auth-failed',
    'client_id 或 client_secret 缺失或错误，或权限未开通、未开始、已过期：请核对连接设置，或联系供应商开通',
    'client id or secret missing or wrong, or permission not opened, not started or expired: check the connection, or ask the vendor',
  ],
  invalid_scope: [
    'forbidden',
    '缺少 scope 字段或字段值不正确：请在连接设置中改为已开通的权限，如 read,write',
    'scope missing or wrong: set it to what was granted, such as read,write, in the connection',
  ],
  invalid_request: ['bad-request', '缺少 grant_type 字段或字段值错误', 'grant_type missing or wrong'],
})

/** Manual 004 §6.1.1.3. */
export const scope = codeTable('cloud-cs.scope', '权限范围 scope', 'Scope', {
  read: [null, '读权限', 'read permission'],
  write: [null, '写权限（表中误写为 writ）', 'write permission (misprinted writ)'],
})

/** Manual 004 §6.3.3: 1 is not defined. */
export const taskStatus = codeTable('cloud-cs.taskStatus', '任务状态 status', 'Outbound task state', {
  '0': [null, '无效活动', 'invalid'],
  '2': [null, '规划中（尚未启动）', 'planned, not started yet'],
  '3': [null, '执行中', 'running'],
  '4': [null, '暂停中（可再次启动）', 'paused, can be started again'],
  '5': [null, '已结束', 'ended'],
  '6': [null, '已终结（不能再启动）', 'terminated, cannot be started again'],
})

export const taskCallType = codeTable('cloud-cs.taskCallType', '外呼任务类型 callType', 'Outbound task type', {
  '0': [null, '预测拨号', 'predictive dialling'],
  '1': [null, '精确预览', 'precise preview'],
})

export const taskRecallType = codeTable('cloud-cs.taskRecallType', '重呼类型 type', 'Redial type', {
  '1': [null, '拒接', 'rejected'],
  '2': [null, '漏接', 'missed'],
  '3': [null, '全部', 'all'],
})

export const taskCreateType = codeTable('cloud-cs.taskCreateType', '号码来源 createType', 'Source of the numbers', {
  input: [null, '手动输入', 'typed in'],
  file: [null, '文件上传', 'uploaded file'],
  remoteFile: [null, '现有文件', 'existing file'],
})

export const taskRatio = codeTable('cloud-cs.taskRatio', '外呼速率 ratio', 'Dialling rate', {
  '1': [null, '速率 1（最慢）', 'rate step 1 (slowest)'],
  '2': [null, '速率 2', 'rate step 2'],
  '3': [null, '速率 3', 'rate step 3'],
  '4': [null, '速率 4', 'rate step 4'],
  '5': [null, '速率 5（最快）', 'rate step 5 (fastest)'],
})

export const taskIdleTime = codeTable('cloud-cs.taskIdleTime', '二次呼叫间隔 idleTime', 'Second attempt interval', {
  '8000': [null, '8000 毫秒', '8 seconds'],
  '16000': [null, '16000 毫秒', '16 seconds'],
  '24000': [null, '24000 毫秒', '24 seconds'],
  '32000': [null, '32000 毫秒', '32 seconds'],
  '40000': [null, '40000 毫秒', '40 seconds'],
})

/** Manual 004 §6.3.4.1: 2, 3 and 6 are not defined. */
export const callState = codeTable('cloud-cs.callState', '呼叫状态 callState', 'Per-number call state', {
  '0': [null, '呼叫失败', 'call failed'],
  '1': [null, '联系成功', 'contacted'],
  '4': [null, '用户应答', 'answered by the customer'],
  '5': [null, '无人应答', 'no answer'],
  '7': [null, '座席拒接', 'rejected by the agent'],
  '8': [null, '座席全忙', 'all agents busy'],
  '9': [null, '未联系', 'not contacted'],
})

/** Manual 004 §6.3.4.1 and §6.4.1.1.2: FreeSWITCH's names, of which more exist than the manual lists. */
export const cHangupCause = codeTable('cloud-cs.cHangupCause', '挂断原因 cHangupCause', 'Hang-up cause', {
  NORMAL_CLEARING: [null, '正常挂断', 'normal hang-up'],
  INCOMPATIBLE_DESTINATION: [null, '不兼容的目的地', 'incompatible destination'],
  EXCHANGE_ROUTING_ERROR: [null, '用户指示的目的地不能到达', 'the destination asked for cannot be reached'],
  ORIGINATOR_CANCEL: [null, '发起者取消', 'cancelled by the originator'],
  UNALLOCATED_NUMBER: [null, '无法到达被叫方：号码未分配，请核对号码', 'number not allocated: check the number'],
  DESTINATION_OUT_OF_ORDER: [
    null,
    '目标接口功能不正常，信号消息无法传送给远程方',
    'destination interface not working, signalling cannot be delivered',
  ],
  CALL_REJECTED: [null, '呼叫被拒绝', 'call rejected'],
  NO_USER_RESPONSE: [
    null,
    '没有用户回复：被叫方在规定时间内没有响应呼叫建立消息',
    'no reaction to the call set-up within the time limit',
  ],
  NO_ANSWER: [null, '没有用户回答：已振铃但在规定时间内没有接听', 'the telephone rang but was not answered in time'],
  NORMAL_TEMPORARY_FAILURE: [
    null,
    '暂时失败：网络运行不正常，不会持续很久，请稍后再呼',
    'temporary network failure that does not last: call again later',
  ],
  ALLOTTED_TIMEOUT: [
    null,
    '服务器取消了呼叫：目标花了太长时间来回答',
    'cancelled by the server because the destination took too long to answer',
  ],
  SERVICE_NOT_IMPLEMENTED: [null, '服务或选项未实施', 'service or option not offered by the network'],
  NO_ROUTE_DESTINATION: [null, '无法到达被叫方：没有到达该目的地的路由', 'no route to the destination'],
})

export const callType = codeTable('cloud-cs.callType', '呼叫类型 callType', 'Call type', {
  '1': [null, '内部通话', 'internal call'],
  '2': [null, '客户呼入', 'inbound from a customer'],
  '3': [null, '手动呼出', 'manual outbound'],
  '4': [null, '电话转接', 'transferred call'],
  '5': [null, '多方通话', 'multi-party call'],
  '6': [null, '预约回呼', 'scheduled callback'],
  '7': [null, '电话回访', 'follow-up call'],
  '8': [null, '预测拨号', 'predictive dialling'],
  '9': [null, '精确预览', 'precise preview'],
  '10': [null, '网页电话', 'web phone'],
})

/** The filter takes the code, the answer holds the Chinese words. */
export const callResult = codeTable('cloud-cs.callResult', '呼叫结果 callResult', 'Call result', {
  '0': [null, '未接通', 'not connected'],
  '2': [null, '已接通', 'connected'],
  未接通: [null, '未接通', 'not connected'],
  已接通: [null, '已接通', 'connected'],
})

export const hangupType = codeTable('cloud-cs.hangupType', '挂机方 hangupType', 'Who hung up first', {
  '0': [null, '座席先挂断', 'the agent'],
  '1': [null, '客户先挂断', 'the customer'],
})

export const agentState = codeTable('cloud-cs.agentState', '状态 state', 'Agent state', {
  '0': [null, '登出', 'logged out'],
  '1': [null, '就绪', 'ready'],
  '2': [null, '非就绪', 'not ready'],
})

export const agentAction = codeTable('cloud-cs.agentAction', '事件类型 action', 'Agent event', {
  '580': [null, '登入', 'log in'],
  '581': [null, '登出', 'log out'],
  '582': [null, '非就绪', 'not ready'],
  '583': [null, '就绪', 'ready'],
})

/** 2 and 4 are not defined. */
export const agentReasonCode = codeTable('cloud-cs.agentReasonCode', '子事件类型 reasonCode', 'Agent event reason', {
  '0': [null, '整理', 'wrap-up'],
  '1': [null, '通话', 'talking'],
  '3': [null, '示忙', 'busy'],
  '5': [null, '休息', 'rest'],
  '6': [null, '振铃', 'ringing'],
})

export const agentType = codeTable('cloud-cs.agentType', '坐席类型 agentType', 'Agent type', {
  '': [null, '普通使用 SIP 电话的坐席', 'ordinary SIP phone agent'],
  pta: [null, '手机随行', 'mobile follow-me'],
  bod: [null, '手机执勤', 'mobile duty'],
})

/** 0 occurs in the samples only. */
export const satisfaction = codeTable('cloud-cs.satisfaction', '客户评价 satisfaction', 'Customer rating', {
  '-1': [null, '未评价', 'not rated'],
  '0': [null, '未评价', 'not rated'],
  '1': [null, '满意', 'satisfied'],
  '2': [null, '一般', 'average'],
  '3': [null, '不满意', 'dissatisfied'],
})

export const exitStatus = codeTable('cloud-cs.exitStatus', '离开状态 exitStatus', 'How the queue was left', {
  '0': [null, '进入队列', 'entered the queue'],
  '1': [null, '客户放弃', 'abandoned by the customer'],
})

export const alreadyCallback = codeTable('cloud-cs.alreadyCallback', '是否已回呼', 'Called back', {
  '1': [null, '已回访', 'called back'],
  '0': [null, '未回访', 'not called back yet'],
})

export const orderTime = codeTable('cloud-cs.orderTime', '预约回呼时间 orderTime', 'Callback kind', {
  '1': [null, '自动预约回呼', 'automatic scheduled callback'],
  '3': [null, '非预约回呼', 'not a scheduled callback'],
})

export const isRobotGuide = codeTable('cloud-cs.isRobotGuide', '进入智能导航', 'Smart guide used', {
  '0': [null, '否', 'no'],
  '1': [null, '是', 'yes'],
})

export const qcSv = codeTable('cloud-cs.qcSv', '质检 qcSv', 'Quality inspection', {
  '0': [null, '未检测', 'not inspected'],
  '1': [null, '合格', 'passed'],
  '2': [null, '不合格', 'failed'],
})

export const roleKey = codeTable('cloud-cs.roleKey', '角色标识 roleKey', 'Role', {
  ROLE_CC_AGENT: [null, '座席', 'agent'],
  ROLE_CC_MONITOR: [null, '班组长', 'team leader'],
  ROLE_CC_SOC_CONF: [null, '智能外呼配置管理员（仅见于示例）', 'intelligent outbound configuration (sample only)'],
})

export const outCallType = codeTable('cloud-cs.outCallType', 'outCallType', 'Intelligent outbound mark', {
  soc: [null, '智能外呼', 'intelligent outbound'],
})

/** Every table of manual 004. */
export const cloudCsCodes: readonly CodeTable[] = [
  returnCode,
  oauthError,
  scope,
  taskStatus,
  taskCallType,
  taskRecallType,
  taskCreateType,
  taskRatio,
  taskIdleTime,
  callState,
  cHangupCause,
  callType,
  callResult,
  hangupType,
  agentState,
  agentAction,
  agentReasonCode,
  agentType,
  satisfaction,
  exitStatus,
  alreadyCallback,
  orderTime,
  isRobotGuide,
  qcSv,
  roleKey,
  outCallType,
]
