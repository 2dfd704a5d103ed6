import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { wireRecord, wireText } from '../../kit/tolerant.ts'
import { returnCode, roleKey } from '../codes.ts'
import { data, done } from '../envelope.ts'
import { page, pagesOf } from '../rows.ts'
import { idOf, idsOf, optionalText, pageParams } from '../values.ts'
import { Employee } from './employees.ts'

const queueCode = idOf('Skill group of the task: groupDn in the task list', '外呼列表的 groupDn 值')

/** `agent` is tenant + extension. */
const Member = wireRecord({ id: wireText, agent: wireText.optional(), queueCode: wireText.optional() })
type Member = z.output<typeof Member>

/** Manual 004 §6.3.3.12.1. */
export const queueUserPageCanAdd = operation({
  id: 'cloud-cs.queue-user-page-can-add',
  title: 'List members that can be added to a task',
  titleZh: '人工外呼-可添加成员',
  doc: '004 §6.3.3.12.1',
  method: 'GET',
  path: '/queueUser/pageSearchCanAddUsers',
  params: z.object({
    queueCode,
    agtGrpStream: optionalText('Team, long number', '班组（长号）'),
    agentId: optionalText('Extension, short', '分机（短号）'),
    nameCn: optionalText('Name', '姓名'),
    ...pageParams,
  }),
  response: data(page(Employee)),
  retry: 'safe',
  pages: pagesOf<Employee>('streamNumber'),
  codes: { roleKey },
})

/** Manual 004 §6.3.3.12.2. */
export const queueUserInsert = operation({
  id: 'cloud-cs.queue-user-insert',
  title: 'Add members to a task',
  titleZh: '人工外呼-新增成员',
  doc: '004 §6.3.3.12.2',
  method: 'POST',
  path: '/queueUser/insert',
  params: z.object({
    queueCode,
    groupId: idOf('groupId in the task list', '外呼列表的 groupId 值'),
    selectedIds: idsOf('Agents: agentId of those that can be added', '可添加人员列表的 agentId 值（可多个）'),
  }),
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

/** Manual 004 §6.3.3.12.3. */
export const queueUserPage = operation({
  id: 'cloud-cs.queue-user-page',
  title: 'List members of a task',
  titleZh: '人工外呼-成员分页查询',
  doc: '004 §6.3.3.12.3',
  method: 'GET',
  path: '/queueUser/pageSearch',
  params: z.object({
    queueCode,
    userName: optionalText('Name', '员工姓名'),
    agent: optionalText('Extension, short', '分机（短号）'),
    ...pageParams,
  }),
  response: data(page(Member)),
  retry: 'safe',
  pages: pagesOf<Member>('id'),
})

/** Manual 004 §6.3.3.12.4. */
export const queueUserDelete = operation({
  id: 'cloud-cs.queue-user-delete',
  title: 'Remove members from a task',
  titleZh: '人工外呼-成员删除',
  doc: '004 §6.3.3.12.4',
  method: 'DELETE',
  path: '/queueUser/delete',
  params: z.object({ ids: idsOf('Rows: id of the member list', '列表主键（可多个）') }),
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})
