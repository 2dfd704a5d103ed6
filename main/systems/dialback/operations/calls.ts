import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { keyedPages } from '../../kit/pages.ts'
import { says } from '../../kit/params.ts'
import { wireInteger, wireNumber, wireRecord, wireText } from '../../kit/tolerant.ts'
import { direction, recordFlag } from '../codes.ts'
import { enveloped } from '../envelope.ts'
import { dateTime, dialledNumber, seat, userData } from '../values.ts'

const customer = says(userData, 'Customer id', '客户识别码')
const seatNumber = says(seat, 'Seat number, PPxxxxxxx', '座席号码，PPxxxxxxx')

/** Bind a caller number to a seat: needed once before dialling; a seat has one caller number. Manual 001, binding. */
export const bindSeatCaller = operation({
  id: 'dialback.bind-seat-caller',
  title: 'Bind a caller number to a seat',
  titleZh: '主叫绑定座席接口',
  doc: '001 主叫绑定座席接口',
  method: 'POST',
  path: '/management/add/setingphone',
  params: z.object({
    userData: customer,
    seatNumber,
    callerNumber: says(dialledNumber, 'Caller number to bind, any spelling', '要绑定的主叫号码，写法不限'),
  }),
  wire: { seatNumber: 'setingNbr', callerNumber: 'userPhone' },
  response: enveloped(wireText),
  retry: 'never',
})

/** Ring the caller, then the callee. The answer is the session id of the call, and means queued only. Manual 001, dialling. */
export const voiceCall = operation({
  id: 'dialback.voice-call',
  title: 'Place a callback call (caller first, then callee)',
  titleZh: '拨号接口',
  doc: '001 拨号接口',
  method: 'POST',
  path: '/rest/voiceCall/api',
  params: z.object({
    callerNumber: says(dialledNumber, 'Caller number, rings first', '主叫号码，先响铃'),
    calleeNumber: says(dialledNumber, 'Number to call, any spelling', '被叫号码，写法不限'),
    userData: customer,
    seatNumber: says(seat, 'Seat number that the caller is bound to', '主叫所绑定的座席号码'),
  }),
  wire: { callerNumber: 'callerNbr', calleeNumber: 'calleeNbr', seatNumber: 'setingNbr' },
  response: enveloped(wireText),
  retry: 'never',
})

/** One call, vendor names. `duration` (s) is missing in the sample, `callmin` is rounded. Times are `yyyy-MM-dd HH:mm:ss`. */
const CallRecord = wireRecord({
  id: wireInteger,
  sessionId: wireText.optional(),
  userData: wireText.optional(),
  setingNbr: wireText.optional(),
  direction: wireText.optional(),
  callerNum: wireText.optional(),
  calleeNum: wireText.optional(),
  callEndTime: wireText.optional(),
  fwdAnswerTime: wireText.optional(),
  callOutAnswerTime: wireText.optional(),
  recordFlag: wireText.optional(),
  recordFileDownloadUrl: wireText.optional(),
  duration: wireInteger.optional(),
  callmin: wireInteger.optional(),
})
export type CallRecord = z.output<typeof CallRecord>

/** Nothing found comes as an empty text or null. */
const noneIsEmpty = (value: unknown) => (value === '' || value === null || value === undefined ? [] : value)

/** Calls of a time, at most 100 in one answer; the rest comes after the largest id. Manual 001 §2. */
export const recordVoice = operation({
  id: 'dialback.record-voice',
  title: 'Fetch CDRs and recording links',
  titleZh: '获取话单以及录音接口',
  doc: '001 §2',
  method: 'POST',
  path: '/call/record/voice',
  params: z.object({
    maxId: says(z.coerce.number().int().min(0).default(0), 'Largest id already fetched', '已取得的最大话单 ID'),
    startTime: says(dateTime, 'From, yyyy-MM-dd HH:mm:ss', '话单开始时间 yyyy-MM-dd HH:mm:ss'),
    endTime: says(dateTime, 'To, yyyy-MM-dd HH:mm:ss', '话单结束时间 yyyy-MM-dd HH:mm:ss'),
    userData: customer,
  }),
  wire: { startTime: 'starTime' },
  response: enveloped(z.preprocess(noneIsEmpty, z.array(CallRecord))),
  retry: 'safe',
  pages: keyedPages<CallRecord[]>({
    param: 'maxId',
    size: 100,
    rows: (page) => page,
    key: (row) => String((row as CallRecord).id),
  }),
  codes: { direction, recordFlag },
})

/** Remaining call time; the manual does not say in which unit. Manual 001 §3. */
export const isAllow = operation({
  id: 'dialback.isallow',
  title: 'Query the remaining call time',
  titleZh: '查询余额接口',
  doc: '001 §3',
  method: 'POST',
  path: '/management/customer/isallow',
  params: z.object({ userData: customer }),
  response: enveloped(wireNumber),
  retry: 'safe',
})
