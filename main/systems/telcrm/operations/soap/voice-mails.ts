import { z } from 'zod'
import { operation } from '../../../kit/operation.ts'
import { offsetPages } from '../../../kit/pages.ts'
import { says } from '../../../kit/params.ts'
import { soapBytes, soapList, soapVoid } from '../../../kit/soap-answer.ts'
import { wireFlag, wireInteger, wireMaybeInteger, wireText } from '../../../kit/tolerant.ts'
import { extensionNumber } from '../../values.ts'
import { moment, offset, pageSize } from './values.ts'

const path = '/bridge/services/VoiceMailHome'
const extension = says(extensionNumber, 'Extension', '分机号码')

/** Table 7-1, vendor names. `beginTime` is xsd:dateTime text. */
const voiceMail = {
  id: wireInteger,
  caller: wireText.optional(),
  ivrInput: wireText.optional(),
  beginTime: wireText.optional(),
  duration: wireMaybeInteger.optional(),
  publicMail: wireFlag.optional(),
  filepath: wireText.optional(),
}

/** Messages of some time: the extension's own and those for everybody. Manual 003 §27.3.1. */
export const soapGetMailsIncludePub = operation({
  id: 'telcrm.soap-get-mails-include-pub',
  title: 'List voice messages including public ones',
  titleZh: '公共（含私有）留言查询接口',
  doc: '003 §27.3.1',
  method: 'POST',
  path,
  params: z.object({
    first: offset,
    maxResults: pageSize,
    extension,
    begin: says(moment, 'From, yyyy-MM-dd HH:mm:ss', '查询留言开始时间'),
    end: says(moment, 'To, yyyy-MM-dd HH:mm:ss', '查询留言的结束时间段'),
  }),
  wire: { maxResults: 'maxresults', extension: 'extnum' },
  body: 'soap',
  soap: { operation: 'getMailsIncludePub' },
  response: soapList(voiceMail),
  pages: offsetPages<{ id: number }>({ offset: 'first', size: 'maxResults' }, (row) => String(row.id)),
  retry: 'safe',
})

/** The extension's own messages, all of them. Manual 003 §27.3.2. */
export const soapGetMails = operation({
  id: 'telcrm.soap-get-mails',
  title: 'List private voice messages of an extension',
  titleZh: '分机相关私有留言查询接口',
  doc: '003 §27.3.2',
  method: 'POST',
  path,
  params: z.object({ extension }),
  wire: { extension: 'extnum' },
  body: 'soap',
  soap: { operation: 'getMails' },
  response: soapList(voiceMail),
  retry: 'safe',
})

/** The sound of a message. Manual 003 §27.3.1, second of that number. */
export const soapVoicemailDownloadVoice = operation({
  id: 'telcrm.soap-voicemail-download-voice',
  title: 'Download a voice message',
  titleZh: '留言下载接口',
  doc: '003 §27.3.1 留言下载接口',
  method: 'POST',
  path,
  params: z.object({
    filePath: says(
      z.string().min(1, 'must not be empty'),
      'filepath of the message',
      '查询接口返回的 VoiceMailInfo 的 filepath',
    ),
  }),
  wire: { filePath: 'filepath' },
  body: 'soap',
  soap: { operation: 'downloadVoice' },
  response: soapBytes(),
  retry: 'safe',
})

/** Delete a message. Manual 003 §27.3.1, third of that number (void; its table repeats the download's return value). */
export const soapDeleteWithId = operation({
  id: 'telcrm.soap-delete-with-id',
  title: 'Delete a voice message',
  titleZh: '删除留言接口',
  doc: '003 §27.3.1 删除留言接口',
  method: 'POST',
  path,
  params: z.object({ mailId: says(z.number().int(), 'id of the message', '查询接口返回的 VoiceMailInfo 的编号') }),
  body: 'soap',
  soap: { operation: 'deleteWithId' },
  response: soapVoid(),
  retry: 'never',
})
