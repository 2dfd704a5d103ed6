import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { offsetPages } from '../../kit/pages.ts'
import { says } from '../../kit/params.ts'
import { json } from '../../kit/response.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import { callLogCallType, callLogState, estimate } from '../codes.ts'
import { callId, day, filledOrAbsent, shownNumber } from '../values.ts'

/** One row of the call log, vendor names. `callid` stands in the sample only. Manual 003 §21. */
export const LoggedCall = wireRecord({
  id: wireInteger,
  caller: wireText,
  callee: wireText,
  beginTime: wireInteger,
  duration: wireInteger,
  state: wireText,
  callType: wireText,
  callid: wireText.optional(),
  record: wireText.optional(),
  recordVoice: wireText.optional(),
  cname: wireText.optional(),
  clickcallid: wireText.optional(),
  fxonum: wireText.optional(),
  estimate: wireText.optional(),
})
export type LoggedCall = z.output<typeof LoggedCall>

const codes = { state: callLogState, callType: callLogCallType, estimate }

/** Past and running calls of some days. `first` is an offset; direction 0 = all, 1 = answered, 2 = dialled. Manual 003 §21. */
export const callLogQuery = operation({
  id: 'telcrm.call-log-query',
  title: 'Query call logs',
  titleZh: '呼叫日志查询',
  doc: '003 §21',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({
    first: says(z.number().int().min(0), 'How many rows to skip', '查询起始位置，0 从第一条返回'),
    maxResults: says(z.number().int().min(1).max(10_000), 'How many rows at most', '最多查询条数'),
    beginDate: says(day, 'First day, yyyy-MM-dd in UTC+8', '呼叫起始日期，格式 yyyy-MM-dd'),
    endDate: says(day, 'Last day, yyyy-MM-dd in UTC+8', '呼叫结束日期，格式 yyyy-MM-dd'),
    number: says(filledOrAbsent(shownNumber), 'Only calls with this number', '相关号码，不填查询所有通话记录'),
    direction: says(z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0), 'Direction', '方向', {
      values: {
        0: ['all calls', '全部'],
        1: ['answered calls', '接听记录'],
        2: ['dialled calls', '拨打记录'],
      },
    }),
  }),
  wire: { number: 'telnum', direction: 'dirction' },
  fixed: { opt: 'CALL_LOG_QUERY' },
  response: json(z.array(LoggedCall)),
  pages: offsetPages({ offset: 'first', size: 'maxResults' }, (row: LoggedCall) => String(row.id)),
  codes,
  retry: 'safe',
})

/** A lone row, a list of one, or nothing: the manual does not show which. */
const asList = z.transform((value: unknown): unknown[] =>
  value === null ? [] : Array.isArray(value) ? value : [value],
)

/** One call by the id of its screen pops. Manual 003 §21. */
export const callLogGetWithCallid = operation({
  id: 'telcrm.call-log-get-with-callid',
  title: 'Call log of one call',
  titleZh: '根据 callid 获取呼叫日志',
  doc: '003 §21',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({ callId }),
  wire: { callId: 'callid' },
  fixed: { opt: 'CALL_LOG_GET_WITH_CALLID' },
  response: json(asList.pipe(z.array(LoggedCall))),
  codes,
  retry: 'safe',
})
