import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import {
  returnCode,
  taskCallType,
  taskCreateType,
  taskIdleTime,
  taskRatio,
  taskRecallType,
  taskStatus,
} from '../codes.ts'
import { data, done } from '../envelope.ts'
import { refusedWithoutCode } from '../errors.ts'
import { outboundInstanceId } from '../ids.ts'
import { page, pagesOf } from '../rows.ts'
import {
  clock,
  dataObject,
  idOf,
  instance,
  longProject,
  numberOf,
  optionalText,
  pageParams,
  someText,
} from '../values.ts'
import { createType, hasItsSource, importFile, mobileAndDes, remoteFileName } from './task-numbers.ts'

const name = says(someText, 'Task name', '任务名称')
const callType = numberOf(taskCallType, [0, 1], 'Kind', '类型（0 预测拨号；1 精确预览）')
const ratio = numberOf(taskRatio, [1, 2, 3, 4, 5], 'Dialling rate', '外呼速率（1,2,3,4,5）')
const idleTime = numberOf(
  taskIdleTime,
  [8000, 16000, 24000, 32000, 40000],
  'Wait before the second attempt, ms',
  '二次呼叫间隔（单位毫秒）',
)
const timeFrom = clock('Daily window, start', '任务时段开始时间')
const timeTo = clock('Daily window, end', '任务时段结束时间')
const wordsKey = optionalText('Script: value of the script list', '话术 ID')
const remark = optionalText('Remark', '备注')

/** The instance has another name here than in every other answer. `groupDn` is the queueCode of the members. */
const Created = z.preprocess(
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value, outboundInstanceId: outboundInstanceId(value as Record<string, unknown>) ?? undefined }
      : value,
  wireRecord({ outboundInstanceId: wireText, groupDn: wireText.optional(), groupId: wireText.optional() }),
)

/** `taskId` is the long form; times are yyyyMMddHHmmss. */
const Task = wireRecord({
  id: wireText,
  name: wireText.optional(),
  status: wireInteger.optional(),
  groupDn: wireText.optional(),
  groupId: wireText.optional(),
})
type Task = z.output<typeof Task>

const codes = { status: taskStatus, callType: taskCallType, ratio: taskRatio, idleTime: taskIdleTime }

/** Numbers typed in, an uploaded file, or a file that is there already. It does not dial before out-task-start. Manual 004 §6.3.3.1. */
export const outTaskInsert = operation({
  id: 'cloud-cs.out-task-insert',
  title: 'Create a manual outbound task',
  titleZh: '人工外呼-新增',
  doc: '004 §6.3.3.1',
  method: 'POST',
  path: '/artificialOutTask/insert',
  body: 'multipart',
  params: z
    .object({
      outProjectId: longProject,
      taskId: says(someText, 'Task, short: 1 to 16 digits or letters', '任务标识（短号，1-16 位数字或字母）'),
      name,
      callerId: optionalText('Number that customers see', '外显号码'),
      createType,
      importFile,
      remoteFileName,
      mobileAndDes,
      timeFrom,
      timeTo,
      dataObjId: dataObject,
      callType,
      ratio,
      idleTime,
      wordsKey,
      remark,
    })
    .superRefine(hasItsSource),
  response: data(Created),
  retry: 'never',
})

/** Manual 004 §6.3.3.2. */
export const outTaskPage = operation({
  id: 'cloud-cs.out-task-page',
  title: 'List manual outbound tasks',
  titleZh: '人工外呼-分页查询',
  doc: '004 §6.3.3.2',
  method: 'GET',
  path: '/artificialOutTask/pageSearch',
  params: z.object({
    name: optionalText('Task name', '任务名称'),
    taskId: optionalText('Task, short', '任务标识（短号）'),
    status: numberOf(taskStatus, [0, 2, 3, 4, 5, 6], 'State', '任务状态').optional(),
    callType: callType.optional(),
    outProjectId: optionalText('Project, long form PRO_company_short', '项目（长号，格式：PRO_企业标识_短号）'),
    ...pageParams,
  }),
  response: data(page(Task)),
  retry: 'safe',
  pages: pagesOf<Task>('id'),
  codes,
})

/** Manual 004 §6.3.3.3. */
export const outTaskFind = operation({
  id: 'cloud-cs.out-task-find',
  title: 'Get a manual outbound task',
  titleZh: '人工外呼-详情查询',
  doc: '004 §6.3.3.3',
  method: 'GET',
  path: '/artificialOutTask/findById',
  params: z.object({ instanceId: instance }),
  wire: { instanceId: 'id' },
  response: data(Task),
  retry: 'safe',
  codes: { ...codes, createType: taskCreateType },
})

/** `callType` stands in the sample only. Manual 004 §6.3.3.4. */
export const outTaskUpdate = operation({
  id: 'cloud-cs.out-task-update',
  title: 'Update a manual outbound task',
  titleZh: '人工外呼-修改',
  doc: '004 §6.3.3.4',
  method: 'PUT',
  path: '/artificialOutTask/update',
  params: z.object({
    instanceId: instance,
    name,
    callerId: idOf('Number that customers see', '外显号码'),
    ratio,
    idleTime,
    timeFrom,
    timeTo,
    dataObjId: dataObject,
    wordsKey,
    remark,
    callType: callType.optional(),
  }),
  wire: { instanceId: 'id' },
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

/** More numbers for a task. Manual 004 §6.3.3.5. */
export const outTaskAppend = operation({
  id: 'cloud-cs.out-task-append',
  title: 'Append numbers to a task',
  titleZh: '人工外呼-追加',
  doc: '004 §6.3.3.5',
  method: 'POST',
  path: '/artificialOutTask/append',
  body: 'multipart',
  params: z
    .object({ instanceId: instance, createType, importFile, mobileAndDes, remoteFileName })
    .superRefine(hasItsSource),
  wire: { instanceId: 'id' },
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

/** Call again those who were missed or refused. Manual 004 §6.3.3.9: its only sample is a refusal without a code. */
export const outTaskRecall = operation({
  id: 'cloud-cs.out-task-recall',
  title: 'Redial numbers of a task',
  titleZh: '人工外呼-重呼',
  doc: '004 §6.3.3.9',
  method: 'PUT',
  path: '/artificialOutTask/recall',
  params: z.object({
    instanceId: instance,
    type: numberOf(taskRecallType, [1, 2, 3], 'Which numbers', '重呼类型（1：拒接，2：漏接，3：全部）'),
  }),
  wire: { instanceId: 'id' },
  response: done,
  errors: { [refusedWithoutCode]: 'no-call' },
  retry: 'never',
  codes: { code: returnCode },
})

/** The same record as out-task-find, with the counts of this moment. Manual 004 §6.3.3.11. */
export const outTaskRead = operation({
  id: 'cloud-cs.out-task-read',
  title: 'Execution state of a task',
  titleZh: '人工外呼-执行情况',
  doc: '004 §6.3.3.11',
  method: 'GET',
  path: '/artificialOutTask/read',
  params: z.object({ instanceId: instance }),
  response: data(Task),
  retry: 'safe',
  codes: { ...codes, createType: taskCreateType },
})
