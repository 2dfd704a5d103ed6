import { z } from 'zod'
import { operation } from '../../../kit/operation.ts'
import { offsetPages } from '../../../kit/pages.ts'
import { says } from '../../../kit/params.ts'
import { soapInteger, soapList, soapVoid } from '../../../kit/soap-answer.ts'
import { wireFlag, wireInteger, wireMaybeInteger, wireText } from '../../../kit/tolerant.ts'
import { texttocalState } from '../../codes.ts'
import { dialledNumber, extensionNumber } from '../../values.ts'
import { integer, moment, offset, pageSize } from './values.ts'

const path = '/bridge/services/TextToCallService'

/** What the PBX fills in; a listed task may be sent back as it came. */
const filledIn = <Schema extends z.ZodType>(schema: Schema, en: string, zh: string) =>
  says(schema.nullish(), `${en} (set by the system)`, `${zh}（系统产生，不用填写）`)

/** Table 6-1 in its order, vendor names. */
const Texttocal = z.strictObject({
  id: says(
    integer.default(-1),
    'Key: -1 for a new task, an existing one to change it',
    '任务主键，新建时为 -1，已有编号则修改该任务',
  ),
  caller: says(
    extensionNumber,
    'Extension whose bound outside line is used; any extension when none is bound',
    '根据分机号码获取分机绑定 FXO 通道；如不需绑定则随便设置一个分机号码',
  ),
  callee: says(dialledNumber, 'Customer number that hears the text', '用于接收放音的客户电话'),
  content: says(z.string().min(1, 'must not be empty'), 'Text to read', '需要读给客户的文本', { long: true }),
  assisid: says(integer.nullable().default(0), 'Agent to associate, 0 = none', '用于关联坐席，不关联可设置成 0'),
  calldate: says(moment.nullish(), 'When to call', '定时呼叫时间'),
  voipcall: says(
    z.boolean().nullable().default(false),
    'Over an internet line (reserved, not working)',
    '指定外呼用网络电话（保留字段尚未实现）',
  ),
  servicetype: says(
    z.string().nullish(),
    'Tag of your own, e.g. VOICE_MAIL_RE',
    '用于表明相关业务，例如 VOICE_MAIL_RE',
  ),
  linkkey: says(integer.nullish(), 'Number of your own', '一个值无限制，方便对接方实现业务逻辑'),
  createTime: filledIn(moment, 'Created at', '创建时间'),
  state: filledIn(z.string(), 'State of the task', '任务状态'),
  ttsfile: filledIn(z.string(), 'Sound file on the server', '生成的服务器本地文件路径'),
  calltime: filledIn(integer, 'Number of attempts', '重复呼叫次数'),
  playingtime: filledIn(
    integer,
    'Seconds from the start of the text to the end of the call',
    '开始播放正文到挂机的时长',
  ),
})

/** One task, vendor names. Times are xsd:dateTime text. */
const task = {
  id: wireInteger,
  caller: wireText.optional(),
  callee: wireText.optional(),
  content: wireText.optional(),
  assisid: wireMaybeInteger.optional(),
  calldate: wireText.optional(),
  voipcall: wireFlag.optional(),
  servicetype: wireText.optional(),
  linkkey: wireMaybeInteger.optional(),
  createTime: wireText.optional(),
  state: wireText.optional(),
  ttsfile: wireText.optional(),
  calltime: wireMaybeInteger.optional(),
  playingtime: wireMaybeInteger.optional(),
}

const query = z.object({
  first: offset,
  maxResults: pageSize,
  serviceType: says(z.string(), 'Tag that the task was created with', '与创建任务时填写的一致，例如 VOICE_MAIL_RE'),
  linkKey: says(
    integer.optional(),
    'Number that the task was created with; leave out for all',
    '创建任务时填写的值，没有可不填写',
  ),
})

const pages = offsetPages<{ id: number }>({ offset: 'first', size: 'maxResults' }, (row) => String(row.id))

/** Create a task (id -1), or change one that is still WAITING. Returns its key. Manual 003 §26.3.1. */
export const soapMakeCall = operation({
  id: 'telcrm.soap-make-call',
  title: 'Create or modify a scheduled text-to-speech call',
  titleZh: '定时文本转语音呼叫接口',
  doc: '003 §26.3.1',
  method: 'POST',
  path,
  params: z.object({
    info: says(
      Texttocal,
      'The task: id -1 creates it, an existing id changes it while its state is WAITING',
      '任务：id 为 -1 时新建，已有 id 则修改（仅 WAITING 状态可修改）',
    ),
  }),
  body: 'soap',
  soap: { operation: 'makeCall' },
  response: soapInteger(),
  retry: 'never',
})

/** Delete a task. Manual 003 §26.3.2 (the name of the argument is printed texttocalld). */
export const soapRemove = operation({
  id: 'telcrm.soap-remove',
  title: 'Delete a scheduled task',
  titleZh: '删除定时任务接口',
  doc: '003 §26.3.2',
  method: 'POST',
  path,
  params: z.object({
    taskId: says(
      z.number().int(),
      'Key that makeCall returned, or id of a listed task',
      'makeCall 返回的键值，或者通过查询获取到的 id 值',
    ),
  }),
  wire: { taskId: 'texttocalld' },
  body: 'soap',
  soap: { operation: 'remove' },
  response: soapVoid(),
  retry: 'never',
})

/** Tasks of one tag. Manual 003 §26.3.3. */
export const soapListWithToken = operation({
  id: 'telcrm.soap-list-with-token',
  title: 'List tasks by servicetype',
  titleZh: '根据 servicetype 查询数据',
  doc: '003 §26.3.3',
  method: 'POST',
  path,
  params: query,
  wire: { serviceType: 'servicetype', linkKey: 'linkkey' },
  body: 'soap',
  soap: { operation: 'listWithToken' },
  response: soapList(task),
  pages,
  codes: { state: texttocalState },
  retry: 'safe',
})

/** Tasks of one tag that still wait for their time. Manual 003 §26.3.4. */
export const soapListUnCalled = operation({
  id: 'telcrm.soap-list-un-called',
  title: 'List tasks still waiting to be called',
  titleZh: '根据查询等待呼叫中的数据',
  doc: '003 §26.3.4',
  method: 'POST',
  path,
  params: query,
  wire: { serviceType: 'servicetype', linkKey: 'linkkey' },
  body: 'soap',
  soap: { operation: 'listUnCalled' },
  response: soapList(task),
  pages,
  codes: { state: texttocalState },
  retry: 'safe',
})
