import { z } from 'zod'
import { mask } from '../../kit/auth.ts'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { wireRecord, wireText } from '../../kit/tolerant.ts'
import { returnCode, roleKey, taskCallType } from '../codes.ts'
import { data, done } from '../envelope.ts'
import { alsoNamed, page, pagesOf, rows, wholeList } from '../rows.ts'
import { idOf, idsOf, optionalText, pageParams } from '../values.ts'

/** A mail password is nobody's business: dots where there is one. */
const hidden = z.unknown().transform((value) => (value === '' || value === null ? value : mask))

/** `agentId` is tenant + extension. The creation time has two names (§6.2.1.1, §6.3.3.12.1). */
export const Employee = alsoNamed(
  { createTime: 'createdTime' },
  wireRecord({
    streamNumber: wireText,
    userCode: wireText.optional(),
    nameCn: wireText.optional(),
    agentId: wireText.optional(),
    emailPwd: hidden.optional(),
  }),
)
export type Employee = z.output<typeof Employee>

/** Manual 004 §6.2.1.1. */
export const employeePage = operation({
  id: 'cloud-cs.employee-page',
  title: 'List employees',
  titleZh: '员工-分页查询',
  doc: '004 §6.2.1.1',
  method: 'GET',
  path: '/employeeInfo/pageSearch',
  params: z.object({
    userCode: optionalText('Account, without the company number', '账号（短号）'),
    nameCn: optionalText('Name', '姓名'),
    agentId: optionalText('Extension, short', '分机（短号）'),
    roleKey: optionalText(
      'Role, such as ROLE_CC_AGENT or ROLE_CC_MONITOR',
      '角色（座席 ROLE_CC_AGENT，班组长 ROLE_CC_MONITOR）',
    ),
    workPhone: optionalText('Mobile number', '手机号码'),
    enabled: says(z.boolean(), 'Enabled or stopped', '员工状态（true 可用，false 停用）').optional(),
    agtGrpStream: optionalText('Team: company number + short team number', '班组标识（企业号+班组短号）'),
    ...pageParams,
  }),
  response: data(page(Employee)),
  retry: 'safe',
  pages: pagesOf<Employee>('streamNumber'),
  codes: { roleKey },
})

/** Replaces all skill groups of an agent. Manual 004 §6.2.1.2: JSON by the table, a form in the sample. */
export const employeeResetQueues = operation({
  id: 'cloud-cs.employee-reset-queues',
  title: 'Reset the skill groups of an agent',
  titleZh: '客服-重置技能组',
  doc: '004 §6.2.1.2',
  method: 'PUT',
  path: '/employeeInfo/resetQueues',
  params: z.object({
    agentId: idOf('Extension, agentId of the employee list', '分机（列表 agentId 值）'),
    queues: says(
      idsOf('', '').transform((codes) => codes.join(',')),
      'Skill groups, their queueCode; all others are taken away',
      '技能组 queueCode（多个，逗号分隔，示例：102118001,102118000）',
    ),
    defaultQueue: idOf('Default skill group, queueCode', '默认技能组 queueCode'),
  }),
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

const SkillGroup = wireRecord({ queueCode: wireText, name: wireText.optional() })

/** Skill groups of an agent, outgoing and incoming (`Tast` is the vendor's). Manual 004 §6.2.1.3. */
export const skillsLoadQueueInfo = operation({
  id: 'cloud-cs.skills-load-queue-info',
  title: 'List skill groups of an agent',
  titleZh: '客服-技能组列表',
  doc: '004 §6.2.1.3',
  method: 'GET',
  path: '/skills/loadQueueInfo',
  params: z.object({ agentId: idOf('Extension, agentId of the employee list', '分机（分机列表 agentId 值）') }),
  response: data(
    alsoNamed(
      { outTaskList: 'outTastList', inTaskList: 'inTastList' },
      wireRecord({ outTastList: rows(SkillGroup), inTastList: rows(SkillGroup) }),
    ),
  ),
  retry: 'safe',
  codes: { callType: taskCallType },
})

const Option = wireRecord({ value: wireText, label: wireText })
type Option = z.output<typeof Option>

/** Manual 004 §6.2.2. */
export const openWordsOptions = operation({
  id: 'cloud-cs.open-words-options',
  title: 'List scripts',
  titleZh: '话术查询',
  doc: '004 §6.2.2',
  method: 'GET',
  path: '/openWords/getJsonOption',
  params: z.object({}),
  response: data(rows(Option)),
  retry: 'safe',
  pages: wholeList<Option>('value'),
})

/** `value` is the long id that tasks take as dataObjId. Manual 004 §6.2.3. */
export const dataObjectSearch = operation({
  id: 'cloud-cs.data-object-search',
  title: 'List work-order objects',
  titleZh: '工单对象查询',
  doc: '004 §6.2.3',
  method: 'GET',
  path: '/dataObject/search',
  params: z.object({}),
  response: data(rows(Option)),
  retry: 'safe',
  pages: wholeList<Option>('value'),
})

/** `label` is the number that customers see. Manual 004 §6.2.4. */
export const accessTelNumOptions = operation({
  id: 'cloud-cs.access-tel-num-options',
  title: 'List displayed numbers',
  titleZh: '外显号码查询',
  doc: '004 §6.2.4',
  method: 'GET',
  path: '/accessTelNum/getJsonOption',
  params: z.object({}),
  response: data(rows(Option)),
  retry: 'safe',
  pages: wholeList<Option>('value'),
})
