import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import type { Paging } from '../../kit/pages.ts'
import { says } from '../../kit/params.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import { cdrResult, releaseCause, serviceType } from '../codes.ts'
import { answered, type Parts } from '../envelope.ts'
import { voiceOpenapiErrors } from '../errors.ts'
import { commandParams, commandWire, optionalNumber, optionalText, optionalTime } from '../values.ts'

/** Rows that one answer holds where it does not say: the sample's number. */
const usualPageSize = 500

/** One call, vendor names. The two lists call length and session differently: `timeLength` and `session` are always both. */
const Cdr = wireRecord({
  key: wireText,
  agent: wireText.optional(),
  serviceType: wireText.optional(),
  startTime: wireText.optional(),
  ringTime: wireText.optional(),
  answerTime: wireText.optional(),
  byeTime: wireText.optional(),
  caller: wireText.optional(),
  callee: wireText.optional(),
  timeLength: wireInteger.optional(),
  timeLen: wireInteger.optional(),
  session: wireText.optional(),
  voiceSign: wireText.optional(),
  fee: wireText.optional(),
  releaseCause: wireText.optional(),
  userData: wireText.optional(),
  taskID: wireText.optional(),
  record_name: wireText.optional(),
  filename: wireText.optional(),
  result: wireText.optional(),
}).transform((row) => {
  const timeLength = row.timeLength ?? row.timeLen
  const session = row.session ?? row.voiceSign
  return {
    ...row,
    ...(timeLength === undefined ? {} : { timeLength }),
    ...(session === undefined ? {} : { session }),
  }
})
export type Cdr = z.output<typeof Cdr>

const CdrPage = z.object({ cdr: z.array(Cdr), total: wireInteger, size: wireInteger.optional() })
type CdrPage = z.output<typeof CdrPage>

function cdrPart({ find }: Parts): unknown {
  const found = find('cdr') || []
  const cdr = Array.isArray(found) ? found : [found]
  return { cdr, total: find('total') ?? cdr.length, size: find('size') }
}

/** On from the last key. Neither direction nor whether that row comes again is stated: everyRow() leaves out what it has. */
const pages: Paging<CdrPage> = {
  rows: ({ cdr }) => cdr,
  key: (row) => (row as Cdr).key,
  next(values, { cdr, size }) {
    const last = cdr.at(-1)
    if (last === undefined || cdr.length < (size || usualPageSize) || last.key === values.startKey) return null
    return { ...values, startKey: last.key }
  },
}

const shared = {
  method: 'POST',
  response: answered(CdrPage, cdrPart),
  errors: voiceOpenapiErrors,
  retry: 'safe',
  codes: { releaseCause, result: cdrResult, serviceType },
} as const

const callerSays = ['Calling number', '主叫号码'] as const
const calleeSays = ['Called number', '被叫号码'] as const
const leastSays = ['Shortest talk, seconds', '最小通话时间（秒）'] as const
const mostSays = ['Longest talk, seconds', '最大通话时间（秒）'] as const

/** The record of one call, by session or by userData. Manual 002 §10. */
export const getOneCdr = operation({
  ...shared,
  id: 'voice-openapi.get-one-cdr',
  title: 'Fetch one CDR by session',
  titleZh: '获取指定话单',
  doc: '002 §10',
  path: '/getOneCdr',
  params: z
    .object({
      ...commandParams(64),
      session: says(
        optionalText(100),
        'Session of the call; this or userData',
        '话单 session 标识；与用户数据不能都为空',
      ),
      agent: says(optionalText(7), 'Agent number', '坐席工号'),
      caller: says(optionalText(40), ...callerSays),
      callee: says(optionalText(40), ...calleeSays),
      timeLengthMin: says(optionalNumber(0), ...leastSays),
      timeLengthMax: says(optionalNumber(0), ...mostSays),
    })
    .refine(({ session, userData }) => session !== undefined || userData !== undefined, {
      path: ['session'],
      error: 'session or userData is needed',
    }),
  wire: {
    ...commandWire,
    session: 'request.session',
    agent: 'request.agent',
    caller: 'request.caller',
    callee: 'request.callee',
    timeLengthMin: 'request.timeLengthMin',
    timeLengthMax: 'request.timeLengthMax',
  },
})

const serviceTypes = {
  1: ['manual dialling', '手拨呼叫'],
  2: ['inbound call', '呼入呼叫'],
  3: ['internal call', '内部呼叫'],
  4: ['automatic outbound', '自动外呼'],
  5: ['click to dial', '点拨呼叫'],
  7: ['recording service', '录音业务'],
  9: ['transfer service', '转接业务'],
  17: ['rent', '租金业务'],
  18: ['settlement', '结算业务'],
  19: ['voice verification code', '语音验证码业务'],
  21: ['voice notification', '语音通知'],
} as const

/** Calls of a time, today's without one. More come after the last key; the manual does not say in which order. Manual 002 §11. */
export const getCdrList = operation({
  ...shared,
  id: 'voice-openapi.get-cdr-list',
  title: 'List CDRs',
  titleZh: '请求获取话单',
  doc: '002 §11',
  path: '/getCdrList',
  params: z.object({
    ...commandParams(64),
    taskId: says(optionalText(40), 'Task id', '任务 ID'),
    agent: says(
      z
        .array(z.string().trim().min(1).max(40))
        .max(500)
        .transform((list) => (list.length === 0 ? undefined : list))
        .optional(),
      'Agent numbers',
      '坐席工号',
    ),
    serviceType: says(
      z.enum(['1', '2', '3', '4', '5', '7', '9', '17', '18', '19', '21']).optional(),
      'Kind of call',
      '业务类型',
      { values: serviceTypes },
    ),
    startTime: says(optionalTime, 'From, yyyy-MM-dd HH:mm:ss', '开始时间 yyyy-MM-dd HH:mm:ss'),
    endTime: says(optionalTime, 'To, yyyy-MM-dd HH:mm:ss', '结束时间 yyyy-MM-dd HH:mm:ss'),
    caller: says(optionalText(40), ...callerSays),
    callee: says(optionalText(40), ...calleeSays),
    timeLengthMin: says(optionalNumber(0), ...leastSays),
    timeLengthMax: says(optionalNumber(0), ...mostSays),
    startKey: says(optionalText(40), 'Key to go on from', '查询起始 Id'),
  }),
  wire: {
    ...commandWire,
    taskId: 'request.taskID',
    agent: 'request.agent',
    serviceType: 'request.serviceType',
    startTime: 'request.startTime',
    endTime: 'request.endTime',
    caller: 'request.caller',
    callee: 'request.callee',
    timeLengthMin: 'request.timeLengthMin',
    timeLengthMax: 'request.timeLengthMax',
    startKey: 'request.startKey',
  },
  pages,
})
