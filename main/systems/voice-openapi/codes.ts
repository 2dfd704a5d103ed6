import { codeTable } from '../kit/codes.ts'
import { errorCodes } from './errors.ts'

/** Why a call ended. Manual 002 §9.4 and §11.6 word some of the 57 differently; the clearer words are here. */
export const releaseCause = codeTable('voice-openapi.releaseCause', '挂断原因', 'Release cause', {
  0: [null, '未设定', 'Not set'],
  1: [null, '呼叫成功', 'Call succeeded'],
  100: ['forbidden', '账户过期。请联系运营商续期。', 'Account expired. Ask the operator to renew it.'],
  101: ['forbidden', '账户被禁用。请联系运营商启用。', 'Account disabled. Ask the operator to enable it.'],
  102: [
    'rate-limited',
    '账户并发被限制。同时呼叫太多，请稍后再试。',
    'Account concurrency limited. Too many calls at once: try again later.',
  ],
  103: [
    'not-found',
    '手拨业务, 可能找不到对应的客户',
    'Account not found (manual dialling: matching customer not found)',
  ],
  200: [
    'auth-failed',
    '认证失败。请检查客户名称和密码。',
    'Authentication failed / other authentication error. Check customer name and password.',
  ],
  201: ['forbidden', '欠费。请充值后再试。', 'Account in arrears. Top up the account, then try again.'],
  202: ['forbidden', '业务受限。请联系运营商开通。', 'Account service restricted. Ask the operator to enable it.'],
  300: ['server-error', '无路由', 'No route'],
  301: ['bad-request', '无主叫号码。请填写主叫号码。', 'No calling number. Give a calling number.'],
  302: ['forbidden', '黑名单号码。该号码在黑名单中，不会呼叫。', 'Blacklisted number. It will not be called.'],
  303: ['no-call', '客户振铃之后收到 4xx错误码', '4xx received after the customer phone rang'],
  304: ['not-found', '客户侧给回404错误码。请核对号码。', 'Customer side answered 404. Check the number.'],
  305: [
    'offline',
    '客户振铃超时 收到 408 错误码。客户没有接听，请稍后再拨。',
    'Customer ringing timed out (408). Nobody answered: call again later.',
  ],
  306: ['busy', '呼叫客户收到486 错误码。请稍后再拨。', 'Customer busy (486). Call again later.'],
  307: ['no-call', '坐席振铃之后收到错误码4xx', '4xx received after the agent phone rang'],
  308: [
    'offline',
    '坐席振铃 给回了408 错误码。坐席没有接听。',
    'Agent ringing timed out (408). The agent did not answer.',
  ],
  309: ['busy', '呼叫坐席, 给回了486 错误码。请稍后再试。', 'Agent busy (486). Try again later.'],
  310: ['server-error', '呼叫客户时线路回500以上错误码5XX', 'Line answered 5xx when calling the customer'],
  311: ['bad-request', '号码非法, 如国际号码等。请核对号码。', 'Illegal number, e.g. international. Check the number.'],
  400: ['timeout', '队列超时', 'Queue timeout'],
  401: ['server-error', '呼叫中心异常', 'Call centre fault'],
  402: ['bad-request', '非法接入码', 'Unknown / illegal access code'],
  403: ['unavailable', '呼入DID没有绑定关系', 'Inbound DID not bound'],
  404: ['unavailable', '呼入AG中继没有绑定关系', 'Inbound AG trunk not bound'],
  405: ['not-found', '找被叫分机不存在', 'Called extension does not exist'],
  406: ['unavailable', '坐席未绑定。请先绑定坐席。', 'Agent not bound (no offline binding). Bind the agent first.'],
  407: ['rate-limited', '并发受限。请稍后再试。', 'Service concurrency limited. Try again later.'],
  408: ['not-found', '坐席不存在', 'Agent does not exist'],
  409: [
    'rate-limited',
    '被叫超频。对该号码呼叫太频繁，请稍后再试。',
    'Callee frequency exceeded. This number was called too often: wait before calling it again.',
  ],
  410: [
    'rate-limited',
    '主叫超频。该主叫呼叫太频繁，请稍后再试。',
    'Caller frequency exceeded. This caller called too often: wait, or use another calling number.',
  ],
  411: ['conflict', '小号绑定失败', 'Privacy-number binding failed'],
  412: ['server-error', '下发FS命令失败', 'Sending the FreeSWITCH command failed'],
  413: ['unavailable', '配置不存在', 'Configuration missing'],
  414: ['server-error', '呼叫入队失败', 'Call could not enter the queue'],
  415: ['server-error', '桥接上报失败', 'Bridge report failed'],
  416: ['server-error', '二次选路失败', 'Second routing failed'],
  417: ['server-error', '获取远端数据失败', 'Fetching remote data failed'],
  418: ['unavailable', '选择主叫号码失败', 'Selecting a calling number failed'],
  419: ['server-error', '呼叫上报失败', 'Call report failed'],
  420: ['not-found', '任务不存在', 'Task does not exist'],
  421: ['not-found', '任务模式不存在', 'Task mode does not exist'],
  422: ['not-found', '放音文件不存在。请重新上传放音文件。', 'Audio file does not exist. Upload the audio file again.'],
  423: ['server-error', '内部事件发送失败', 'Sending the internal event failed'],
  424: ['server-error', '语音导航放音失败', 'Voice guide playback failed'],
  425: ['server-error', '设置业务失败', 'Setting up the service failed'],
  426: ['bad-request', '号码变换失败', 'Number transformation failed'],
  427: ['offline', '分机不在线。请检查话机。', 'Extension not online. Check the telephone.'],
  428: [
    'forbidden',
    '被叫处于禁拨区域。该地区不能呼叫。',
    'Callee is in a forbidden area. This area cannot be called.',
  ],
  429: [
    'forbidden',
    '业务处于不可用时间段。请在允许的时间内呼叫。',
    'Outside the service time window. Call within the permitted hours.',
  ],
  430: ['server-error', '发送数据库队列失败', 'Sending to the database queue failed'],
  431: ['server-error', '检查SCB非法', 'SCB check failed (illegal)'],
  432: ['server-error', '检查LEG非法', 'LEG check failed (illegal)'],
  433: ['bad-request', '语音导航匹配事件失败', 'Voice guide event did not match'],
  434: ['server-error', '呼入策略放音失败', 'Inbound policy playback failed'],
  435: ['server-error', '呼入策略处理失败', 'Inbound policy processing failed'],
})

/** What kind of call. Manual 002 §11.4. */
export const serviceType = codeTable('voice-openapi.serviceType', '业务类型', 'Service type', {
  1: [null, '手拨呼叫', 'manual dialling'],
  2: [null, '呼入呼叫', 'inbound call'],
  3: [null, '内部呼叫', 'internal call'],
  4: [null, '自动外呼', 'automatic outbound'],
  5: [null, '点拨呼叫', 'click to dial'],
  7: [null, '录音业务', 'recording service'],
  9: [null, '转接业务', 'transfer service'],
  17: [null, '租金业务', 'rent'],
  18: [null, '结算业务', 'settlement'],
  19: [null, '语音验证码业务', 'voice verification code'],
  21: [null, '语音通知', 'voice notification'],
})

/** How a call went. Manual 002 §10.6 and §11.6. */
export const cdrResult = codeTable('voice-openapi.cdrResult', '呼叫结果', 'Call result', {
  1: [null, '接通', 'answered'],
  2: [null, '未接通', 'not answered'],
  3: [null, '空号', 'number does not exist'],
})

/** Kind of push; a template review has none. Manual 002 §9.4. */
export const notifyType = codeTable('voice-openapi.notifyType', '推送类型', 'Push type', {
  TTSVoiceNotifyBilling: [null, '文本转语音通知呼叫的话单', 'bill of a text-to-speech notification'],
})

/** Whether a template may be used. Manual 002 §7.6 and §8.4. */
export const ttsVerifyStatus = codeTable('voice-openapi.ttsVerifyStatus', 'TTS 模板审核状态', 'Template review state', {
  0: [null, '驳回。请按备注修改后重新提交。', 'rejected: change it as the remark says and send it again'],
  1: [null, '通过', 'passed'],
  2: [null, '等待审核', 'waiting for review'],
})

export const voiceOpenapiCodes = [errorCodes, releaseCause, serviceType, cdrResult, notifyType, ttsVerifyStatus]
