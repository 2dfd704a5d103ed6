import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import {
  agentAction,
  agentReasonCode,
  agentState,
  agentType,
  alreadyCallback,
  callResult,
  callState,
  callType,
  cHangupCause,
  exitStatus,
  hangupType,
  isRobotGuide,
  orderTime,
  outCallType,
  qcSv,
  satisfaction,
} from '../codes.ts'
import { data, file } from '../envelope.ts'
import { type Page, page, pagesOf } from '../rows.ts'
import { idOf, instance, numberOf, optionalText, pageParams, seconds, someText, time } from '../values.ts'

const agent = optionalText('Extension, short', '分机（短号）')
const kindOfCall = numberOf(callType, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'Kind of call', '呼叫方式').optional()
const from = time('start', 'Call began, from', '呼叫开始')
const until = time('end', 'Call began, until', '呼叫截止')

const Contact = wireRecord({ id: wireText, outboundId: wireText.optional(), fileName: wireText.optional() })
type Contact = z.output<typeof Contact>

/** Every number of a task and what became of it. Manual 004 §6.3.4.1. */
export const outboundContactsPage = operation({
  id: 'cloud-cs.outbound-contacts-page',
  title: 'Per-number results of a task',
  titleZh: '号码执行明细查询',
  doc: '004 §6.3.4.1',
  method: 'GET',
  path: '/outboundContacts/pageSearch',
  params: z.object({ ...pageParams, instanceId: instance }),
  wire: { instanceId: 'outboundId' },
  response: data(page(Contact)),
  retry: 'safe',
  pages: pagesOf<Contact>('id'),
  codes: { callState, cHangupCause, outCallType },
})

const AgentEvent = wireRecord({ id: wireText, agentId: wireText.optional() })
type AgentEvent = z.output<typeof AgentEvent>

/** Who was logged in, ready or not, and why. `duration` is HH:mm:ss. Manual 004 §6.4.1.1.1. */
export const employeeHistoriesPage = operation({
  id: 'cloud-cs.employee-histories-page',
  title: 'Agent state history',
  titleZh: '客服历史明细',
  doc: '004 §6.4.1.1.1',
  method: 'GET',
  path: '/employeeHistories/pageSearch',
  params: z.object({
    ...pageParams,
    startTimeFrom: time('start', 'State began, from', '状态开始时间'),
    startTimeEnd: time('end', 'State began, until', '状态结束时间'),
    agentId: agent,
    state: numberOf(agentState, [0, 1, 2], 'State', '状态').optional(),
    action: numberOf(agentAction, [580, 581, 582, 583], 'Event', '事件类型').optional(),
    queueCode: optionalText('Skill group, queueCode', '技能组 queueCode 值'),
  }),
  response: data(page(AgentEvent)),
  retry: 'safe',
  pages: pagesOf<AgentEvent>('id'),
  codes: { state: agentState, action: agentAction, reasonCode: agentReasonCode, callType },
})

/** Times are yyyy-MM-dd HH:mm:ss here; `agent` is tenant + extension; `campaignId` is the outbound instance. */
export const HistoryCall = wireRecord({
  id: wireText,
  callSid: wireText.optional(),
  callId: wireText.optional(),
  customer: wireText.optional(),
  agent: wireText.optional(),
  dnis: wireText.optional(),
  tenantId: wireText.optional(),
  callType: wireInteger.optional(),
  cStartTime: wireText.optional(),
  talksec: wireInteger.optional(),
  callResult: wireText.optional(),
  filename: wireText.optional(),
})
export type HistoryCall = z.output<typeof HistoryCall>

const callCodes = {
  ...{ agentType, alreadyCallback, callResult, callType, cHangupCause, exitStatus },
  ...{ hangupType, isRobotGuide, orderTime, qcSv, satisfaction },
}

/** Manual 004 §6.4.1.1.2. */
export const callHistoryPage = operation({
  id: 'cloud-cs.call-history-page',
  title: 'Call history',
  titleZh: '呼叫历史明细',
  doc: '004 §6.4.1.1.2',
  method: 'GET',
  path: '/callHistory/pageSearchCallHistory',
  params: z.object({
    ...pageParams,
    cStartTimeFrom: from,
    cStartTimeEnd: until,
    customer: optionalText('Number of the customer', '呼叫号码'),
    agent,
    callType: kindOfCall,
    hangupType: numberOf(hangupType, [0, 1], 'Who hung up first', '挂机方').optional(),
    callResult: numberOf(callResult, [0, 2], 'Result', '呼叫结果').optional(),
    talksecStart: seconds('Shortest talk', '通话时长最小值'),
    talksecEnd: seconds('Longest talk', '通话时长最大值'),
  }),
  response: data(page(HistoryCall)),
  retry: 'safe',
  pages: pagesOf<HistoryCall>('id'),
  codes: callCodes,
})

/** A page with one row in the sample; the row alone is understood as well. */
const OneCall = z.preprocess((value) => (isLoneRow(value) ? { pageData: [value], total: 1 } : value), page(HistoryCall))

const isLoneRow = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'id' in value && !('pageData' in value)

/** Manual 004 §6.4.1.1.3. */
export const callHistoryDetail = operation({
  id: 'cloud-cs.call-history-detail',
  title: 'Call detail by sid',
  titleZh: '话单详情',
  doc: '004 §6.4.1.1.3',
  method: 'GET',
  path: '/callHistory/detailBySid',
  params: z.object({ sid: idOf('callSid of the call history', '列表 callSid 值') }),
  response: data(OneCall),
  retry: 'safe',
  pages: { rows: (one: Page<HistoryCall>) => one.pageData, key: () => null, next: () => null },
  codes: callCodes,
})

const Recording = wireRecord({ id: wireText, filename: wireText, cStartTime: wireText.optional() })
type Recording = z.output<typeof Recording>

/** Manual 004 §6.4.2.1. */
export const recordPage = operation({
  id: 'cloud-cs.record-page',
  title: 'List recordings',
  titleZh: '录音-列表',
  doc: '004 §6.4.2.1',
  method: 'GET',
  path: '/record/pageSearch4Record',
  params: z.object({
    ...pageParams,
    cStartTimeFrom: from,
    cStartTimeEnd: until,
    agent,
    callType: kindOfCall,
    customer: optionalText('Number of the customer', '客户号码'),
  }),
  response: data(page(Recording)),
  retry: 'safe',
  pages: pagesOf<Recording>('id'),
  codes: { callType, satisfaction },
})

/** Manual 004 §6.4.2.2. */
export const recordDownload = operation({
  id: 'cloud-cs.record-download',
  title: 'Download a recording',
  titleZh: '录音-下载',
  doc: '004 §6.4.2.2',
  method: 'GET',
  path: '/record/recordDownload',
  params: z.object({ path: says(someText, 'filename of the recording list', '录音列表 filename 值') }),
  response: file,
  retry: 'safe',
})
