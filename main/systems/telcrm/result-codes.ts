import { type CodeEntry, type CodeTable, codeTable } from '../kit/codes.ts'
import type { ErrorTable } from '../kit/operation.ts'

type Codes = Record<string, CodeEntry>

const badParameters: CodeEntry = ['bad-request', '参数错误', 'Wrong parameters: check what was entered.']
const systemError: CodeEntry = ['server-error', '系统错误', 'The PBX failed: try again, then ask IT.']
const noResources: CodeEntry = ['server-error', '系统资源不足', 'The PBX has no resources left: try again later.']
const done: CodeEntry = [null, '操作成功', 'Done.']

/** §3; the same for both kinds of line. */
const announcement: Codes = {
  200: [null, '成功', 'Accepted: ask for the result every 5 seconds.'],
  401: [
    'auth-failed',
    '密码错误',
    'Wrong password: check the announcement secret in the settings, and the PBX’s date.',
  ],
  420: ['bad-request', '参数错误', 'Wrong parameters: check number, voice file and code.'],
  421: ['forbidden', '需付费开通', 'This feature has to be bought first: ask the vendor.'],
  486: ['rate-limited', '后台忙, 稍后再试', 'The PBX is busy: try again later.'],
  503: systemError,
}

/** §11-13; the same for all that act on the call with a third party. */
const thirdParty: Codes = {
  200: done,
  400: badParameters,
  404: ['no-call', '无法找到 callee 相关的通话', 'This extension has no such call: it may have ended.'],
  500: systemError,
}

const noSupervisor: CodeEntry = [
  'forbidden',
  '主管分机权限不足。到后台分机管理中修改分机权限添加“坐席监控”',
  'The supervisor’s extension lacks the right: add “坐席监控” (agent monitoring) in the PBX’s extension management.',
]

/** By `opt`, or by servlet. Chinese is the manual's own wording. */
const codes = {
  CLICK_TO_IP_CAPTCHA: announcement,
  CLICK_TO_FIXEDLINE_CAPTCHA: announcement,
  CLICK_TO_TRANSFER: {
    200: [null, '转话成功', 'Transferred.'],
    400: badParameters,
    404: ['not-found', '目标分机不存在', 'The target extension does not exist: check its number.'],
    480: ['offline', '目标分机不在线', 'The target extension is offline: choose another one.'],
    481: [
      'no-call',
      'extnum 不存在可以转移的通话',
      'This extension has no call that can be transferred: answer it first.',
    ],
    486: ['busy', '目标分机忙', 'The target extension is busy: choose another one or try later.'],
    500: systemError,
  },
  TALKING_CALLER_TO_IVR: {
    200: [null, '转话成功', 'Transferred.'],
    404: [
      'not-found',
      '主被相关的通话不存在或者语音菜单编号不存在',
      'There is no call between the two numbers, or no voice menu of that number.',
    ],
    483: [
      'conflict',
      '两个号码, 找到多个通话, 系统无法准确定位具体是哪个通话, 拒绝执行。',
      'The two numbers have several calls: the PBX cannot tell which one is meant.',
    ],
  },
  SET_EXT_PRESENCE_STATE: {
    200: [null, '操作', 'Done.'],
    400: badParameters,
    404: ['not-found', '目标分机不存在', 'The extension does not exist: check its number.'],
  },
  CONFERENCE_CREATE: {
    200: done,
    404: [
      'no-call',
      '找不到相关的通话,无法创建 3 方会议',
      'There is no call between the two numbers that could become a conference.',
    ],
    483: ['conflict', '重复创建', 'The conference exists already: invite others to join it.'],
    486: ['busy', '被邀请电话忙', 'The invited telephone is busy: try later.'],
    503: noResources,
  },
  CONFERENCE_JOIN: {
    200: done,
    404: ['not-found', '找不到相关的会议，无法加入会议', 'There is no such conference: create it first.'],
    480: ['rate-limited', '正在创建会议，稍后再试。', 'The conference is still being created: try again in a moment.'],
    486: ['busy', '被邀请电话忙', 'The invited telephone is busy: try later.'],
    503: noResources,
  },
  CALL_THIRD: thirdParty,
  CALL_THIRD_RESUME: thirdParty,
  CALL_THIRD_GET_THIRD_STATE: {
    100: [null, '瞬时状态, 很少遇到, 如果获取可忽略', 'About to ring: ask again.'],
    180: [null, '目标终端振铃', 'The third party’s telephone rings.'],
    200: [
      null,
      '目标终端接听, 如: PSTN 线路此处不是很准确, 需结合坐席话筒判断',
      'The third party has answered (not exact on analogue lines: listen).',
    ],
    400: badParameters,
    404: [
      'no-call',
      '无法找到 callee 相关的通话, 或者已经转话或创建三方',
      'This extension has no such call, or it was already transferred or made a conference.',
    ],
    603: [null, '目标终端忙, 拒绝接听', 'The third party is busy or refused: go back to the caller.'],
  },
  CALL_THIRD_CONFERENCE: thirdParty,
  CALL_THIRD_TRANSFER: thirdParty,
  CALL_MONITOR: {
    200: done,
    403: noSupervisor,
    404: ['no-call', '被监听分机没有在通话', 'The extension to listen to has no call.'],
    503: noResources,
  },
  FORCE_PICKUP: {
    200: done,
    403: noSupervisor,
    404: ['no-call', '没有找到可强插的通话', 'There is no call to take over.'],
    503: noResources,
  },
  FORCE_HUNGUP: {
    200: done,
    403: noSupervisor,
    404: ['no-call', '没有找到可强拆的通话', 'There is no call to end.'],
    503: noResources,
  },
  IVR_TTS_CALL: {
    200: [
      null,
      '操作成功，系统已经开始呼叫',
      'Accepted, the PBX has begun to call: ask for the result every 5 seconds.',
    ],
    400: badParameters,
    401: ['auth-failed', '需要密码', 'The PBX wants a password, but its manual has no place for one: ask the vendor.'],
    480: ['server-error', '系统暂时不可用，稍后再试。', 'The PBX cannot do this just now: try again later.'],
    483: ['conflict', '重复提交', 'This token was used already: choose another one.'],
    486: ['rate-limited', '系统繁忙，稍后再试。', 'The PBX is busy: try again later.'],
  },
  ContactsSrvlt: {
    200: [null, '操作成功, 系统已经开始呼叫', 'Created.'],
    400: ['bad-request', '参数错误等导致失败', 'Failed, probably because of wrong data: check the contacts.'],
    483: [
      'conflict',
      '电话号码重复',
      'A telephone number is already in use by another contact: remove it or change that contact.',
    ],
  },
  PreorderSrvlt: {
    200: [null, '操作成功，系统已经开始呼叫', 'Created.'],
    400: ['bad-request', '参数错误等导致失败', 'Failed, probably because of wrong data: check the opportunities.'],
    483: [
      'conflict',
      '有一个或者多个商机重复',
      'One or more of these opportunities exist already: remove them from the list.',
    ],
  },
  'ToneFileSvlt.save': {
    0: ['server-error', '失败', 'Not saved: check the format (μ-law, 8000 Hz, mono) and the number of the voice file.'],
    '>0': [null, '大于零返回的为语音文件的编号，表示成功。', 'Saved; this is the number of the voice file.'],
  },
  'ToneFileSvlt.delete': {
    200: [null, '删除成功', 'Deleted.'],
    400: badParameters,
    404: ['not-found', '无法找到相关数据', 'There is no voice file of this number: it may have been deleted already.'],
  },
} satisfies Record<string, Codes>

type Opt = keyof typeof codes

export const resultCodeTables = Object.fromEntries(
  Object.entries(codes).map(([opt, entries]: [string, Codes]) => [
    opt,
    codeTable(`telcrm.resultCodesByOperation.${opt}`, `${opt} 响应码`, `Result codes of ${opt}`, entries),
  ]),
) as Record<Opt, CodeTable>

/** An operation's result codes: those that are failures, and what its field `code` means. */
export function resultCodes(opt: Opt): { errors: ErrorTable; codes: { code: CodeTable } } {
  return { errors: refusals(resultCodeTables[opt]), codes: { code: resultCodeTables[opt] } }
}

/** The failures of a table. */
export function refusals({ codes: entries }: CodeTable): ErrorTable {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([code, [core, zh, en]]) => (core === null ? [] : [[code, [core, zh, en]]])),
  )
}
