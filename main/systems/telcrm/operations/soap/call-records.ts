import { z } from 'zod'
import { operation } from '../../../kit/operation.ts'
import { offsetPages } from '../../../kit/pages.ts'
import { says } from '../../../kit/params.ts'
import { soapBytes, soapList } from '../../../kit/soap-answer.ts'
import { wireInteger, wireMaybeInteger, wireText } from '../../../kit/tolerant.ts'
import { callLogCallType, callLogState, estimate } from '../../codes.ts'
import { epoch, localTime, offset, pageSize } from './values.ts'

const path = '/bridge/services/CallRecordHome'

/** Table 10-1, vendor names. `beginTime` is epoch milliseconds. */
const calllog = {
  id: wireInteger,
  caller: wireText.optional(),
  callee: wireText.optional(),
  channel: wireText.optional(),
  beginTime: epoch.optional(),
  duration: wireMaybeInteger.optional(),
  state: wireText.optional(),
  callType: wireText.optional(),
  estimate: wireMaybeInteger.optional(),
  record: wireText.optional(),
  recordVoice: wireText.optional(),
}

export type SoapCallLogRow = z.output<z.ZodObject<typeof calllog>>

/** Past and running calls of some time; direction 0 = all, 1 = answered, 2 = dialled. Manual 003 §28.3.1. */
export const soapListCalllog = operation({
  id: 'telcrm.soap-list-calllog',
  title: 'Query call logs',
  titleZh: '呼叫日志查询接口',
  doc: '003 §28.3.1',
  method: 'POST',
  path,
  params: z.object({
    first: offset,
    maxResults: pageSize,
    beginDate: says(localTime, 'From, yyyy-MM-dd HH:mm:ss', '开始时间，格式为 2013-01-22 08:00:00'),
    endDate: says(localTime, 'To, yyyy-MM-dd HH:mm:ss', '结束时间，格式为 2013-01-22 18:00:00'),
    number: says(z.string().max(60).default(''), 'Number involved; empty = all', '相关的电话号码，为空则查询所有电话'),
    direction: says(z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0), 'Which calls', '方向', {
      values: { 0: ['all', '全部'], 1: ['answered (incoming)', '接听记录'], 2: ['dialled (outgoing)', '拨打记录'] },
    }),
  }),
  wire: { number: 'telnum', direction: 'dirction' },
  body: 'soap',
  soap: { operation: 'listCalllog' },
  response: soapList(calllog),
  pages: offsetPages<SoapCallLogRow>({ offset: 'first', size: 'maxResults' }, (row) => String(row.id)),
  codes: { state: callLogState, callType: callLogCallType, estimate },
  retry: 'safe',
})

/** A recording by its path. Manual 003 §28.3.1, second of that number. */
export const soapCallrecordDownloadVoice = operation({
  id: 'telcrm.soap-callrecord-download-voice',
  title: 'Download a recording by path',
  titleZh: '录音文件下载接口',
  doc: '003 §28.3.1 录音文件下载接口',
  method: 'POST',
  path,
  params: z.object({
    filePath: says(
      z.string().min(1, 'must not be empty'),
      'recordVoice of the log entry',
      '录音文件路径，对应查询接口的 recordVoice',
    ),
  }),
  wire: { filePath: 'filepath' },
  body: 'soap',
  soap: { operation: 'downloadVoice' },
  response: soapBytes(),
  retry: 'safe',
})

/** A recording by the id of its call, with `@`: ids out of URLs and logs come as `%40`. Manual 003 §28.3.1. */
export const soapDownloadVoiceWithCallid = operation({
  id: 'telcrm.soap-download-voice-with-callid',
  title: 'Download a recording by callid',
  titleZh: '录音文件下载接口 (callid)',
  doc: '003 §28.3.1 录音文件下载接口',
  method: 'POST',
  path,
  params: z.object({
    callId: says(
      z
        .string()
        .min(1, 'must not be empty')
        .transform((id) => id.replace(/%40/g, '@')),
      'id parameter of the screen pop',
      '来电弹屏推送的 id 参数',
    ),
  }),
  wire: { callId: 'callid' },
  body: 'soap',
  soap: { operation: 'downloadVoiceWithCallId' },
  response: soapBytes(),
  retry: 'safe',
})
