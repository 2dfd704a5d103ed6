import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { json } from '../../kit/response.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import { day, shownNumber } from '../values.ts'

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
})
export type LoggedCall = z.output<typeof LoggedCall>

/** Past and running calls of some days. `first` is an offset; direction 0 = all, 1 = answered, 2 = dialled. Manual 003 §21. */
export const callLogQuery = operation({
  id: 'telcrm.call-log-query',
  title: 'Query call logs',
  titleZh: '呼叫日志查询',
  doc: '003 §21',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({
    first: z.number().int().min(0),
    maxResults: z.number().int().min(1).max(10_000),
    beginDate: day,
    endDate: day,
    number: shownNumber.optional(),
    direction: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
  }),
  wire: { number: 'telnum', direction: 'dirction' },
  fixed: { opt: 'CALL_LOG_QUERY' },
  response: json(z.array(LoggedCall)),
  retry: 'safe',
})
