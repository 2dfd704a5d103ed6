import { corpId, type Platform, Refusal, type Task, tenantId } from './platform.ts'
import { all, anyOf, clock, type Endpoint, one, paged, short, shown, type UploadedFile, type Values } from './values.ts'

const rules = {
  ...{ callType: anyOf('0', '1'), ratio: anyOf('1', '2', '3', '4', '5'), timeFrom: clock, timeTo: clock },
  ...{ idleTime: anyOf('8000', '16000', '24000', '32000', '40000'), dataObjId: /^OBJ_/, outProjectId: /^PRO_/ },
}

/** Manual 004 §6.3.3 and §6.3.4: manual outbound tasks, their members and numbers. */
export const taskEndpoints: Readonly<Record<string, Endpoint>> = {
  'POST /artificialOutTask/insert': {
    body: 'multipart',
    required: [
      ...['outProjectId', 'taskId', 'name', 'createType', 'timeFrom', 'timeTo'],
      ...['dataObjId', 'callType', 'ratio', 'idleTime'],
    ],
    optional: ['callerId', 'importFile', 'remoteFileName', 'mobileAndDes', 'wordsKey', 'remark'],
    files: ['importFile'],
    mayBeEmpty: ['dataObjId'],
    rules: { ...rules, taskId: /^[0-9A-Za-z]{1,16}$/ },
    answer(values, platform, files) {
      if (!platform.projects.has(one(values, 'outProjectId'))) throw new Refusal('项目不存在')
      const id = platform.nextId()
      const fields = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
      const groupDn = `${tenantId}${id}`
      const task: Task = { id, groupId: id + 600, groupDn, status: 2, fields, contacts: [], members: [] }
      platform.addContacts(task, numbers(values, files, platform))
      platform.tasks.set(String(id), task)
      return { groupDn, groupId: String(task.groupId), outboundInstanceId: String(id) }
    },
  },
  'GET /artificialOutTask/pageSearch': {
    body: 'query',
    required: [],
    optional: ['name', 'taskId', 'status', 'callType', 'outProjectId', 'currentPage', 'pageSize'],
    rules: { callType: rules.callType, outProjectId: rules.outProjectId, status: anyOf('0', '2', '3', '4', '5', '6') },
    answer: (values, platform) =>
      paged(
        values,
        [...platform.tasks.values()]
          .filter(
            ({ fields, status }) =>
              shown(values, 'name', fields.name) &&
              shown(values, 'taskId', fields.taskId) &&
              shown(values, 'status', status) &&
              shown(values, 'callType', fields.callType) &&
              shown(values, 'outProjectId', fields.outProjectId),
          )
          .map(record),
      ),
  },
  'GET /artificialOutTask/findById': {
    body: 'query',
    required: ['id'],
    answer: (values, platform) => record(platform.task(one(values, 'id'))),
  },
  'PUT /artificialOutTask/update': {
    body: 'json',
    required: ['id', 'name', 'callerId', 'ratio', 'idleTime', 'timeFrom', 'timeTo', 'dataObjId'],
    optional: ['wordsKey', 'remark', 'callType'],
    mayBeEmpty: ['dataObjId'],
    rules,
    answer(values, platform) {
      const { id, ...changes } = values
      const task = platform.task(String(id))
      if (task.status === 6) throw new Refusal('任务已终结')
      for (const [name, value] of Object.entries(changes)) task.fields[name] = String(value)
    },
  },
  'POST /artificialOutTask/append': {
    body: 'multipart',
    required: ['id', 'createType'],
    optional: ['importFile', 'mobileAndDes', 'remoteFileName'],
    files: ['importFile'],
    answer: (values, platform, files) =>
      platform.addContacts(platform.task(one(values, 'id')), numbers(values, files, platform)),
  },
  'PUT /artificialOutTask/startCall': change('id', [2, 4, 5], 3, '任务不能启动', (task) => {
    // Every second one is not at home.
    task.contacts.forEach((contact, at) => {
      if (contact.callState === 9) contact.callState = at % 2 === 0 ? 1 : 5
    })
  }),
  'PUT /artificialOutTask/pauseCall': change('id', [3], 4, '任务未执行'),
  'PUT /artificialOutTask/stopCall': change('id', [3, 4], 5, '任务未执行'),
  'PUT /artificialOutTask/changeState': change('instanceId', [0, 2, 3, 4, 5], 6, '任务已终结'),
  'PUT /artificialOutTask/recall': {
    body: 'json',
    required: ['id', 'type'],
    rules: { type: anyOf('1', '2', '3') },
    answer(values, platform) {
      const wanted = { '1': [7], '2': [5], '3': [5, 7] }[one(values, 'type')] ?? []
      const again = platform.task(one(values, 'id')).contacts.filter((one) => wanted.includes(one.callState))
      if (again.length === 0) throw new Refusal('没有可恢复的号码', null)
      for (const contact of again) contact.callState = 9
    },
  },
  'GET /artificialOutTask/read': {
    body: 'query',
    required: ['instanceId'],
    answer: (values, platform) => record(platform.task(one(values, 'instanceId'))),
  },
  'DELETE /artificialOutTask/delete': {
    body: 'query',
    required: ['instanceId'],
    answer(values, platform) {
      const task = platform.task(one(values, 'instanceId'))
      if (task.status === 3) throw new Refusal('任务执行中')
      platform.tasks.delete(String(task.id))
    },
  },
  'GET /queueUser/pageSearchCanAddUsers': {
    body: 'query',
    required: ['queueCode'],
    optional: ['agtGrpStream', 'agentId', 'nameCn', 'currentPage', 'pageSize'],
    rules: { agentId: short },
    answer(values, platform) {
      const taken = platform.taskOfQueue(one(values, 'queueCode')).members.map(({ agent }) => agent)
      const free = platform.employees.filter(
        (row) =>
          !taken.includes(String(row.agentId)) &&
          shown(values, 'agentId', String(row.agentId).slice(tenantId.length)) &&
          shown(values, 'nameCn', row.nameCn) &&
          shown(values, 'agtGrpStream', row.grpStreamNumber),
      )
      // Here the creation time has another name than in the employee list.
      return paged(
        values,
        free.map(({ createdTime, ...row }) => ({ ...row, createTime: createdTime })),
      )
    },
  },
  'POST /queueUser/insert': {
    body: 'json',
    required: ['queueCode', 'groupId', 'selectedIds'],
    repeats: ['selectedIds'],
    answer(values, platform) {
      const task = platform.taskOfQueue(one(values, 'queueCode'))
      if (one(values, 'groupId') !== String(task.groupId)) throw new Refusal('技能组 ID 不符')
      if (!Array.isArray(values.selectedIds)) throw new Refusal('selectedIds 应为数组', 1002)
      for (const agent of all(values, 'selectedIds')) {
        if (!platform.queuesOf.has(agent)) throw new Refusal('分机不存在')
        task.members.push({ id: platform.nextId(), agent })
      }
      return {}
    },
  },
  'GET /queueUser/pageSearch': {
    body: 'query',
    required: ['queueCode'],
    optional: ['userName', 'agent', 'currentPage', 'pageSize'],
    rules: { agent: short },
    answer(values, platform) {
      const task = platform.taskOfQueue(one(values, 'queueCode'))
      const nameOf = (agent: string) => platform.employees.find((row) => row.agentId === agent)?.nameCn
      const rows = task.members.map(({ id, agent }) => ({
        ...{ id, agent, queueCode: task.groupDn, groupId: task.groupId, priority: 0 },
        ...{ userName: nameOf(agent), queueName: task.fields.name, grpName: '班组 1001' },
      }))
      const wanted = rows.filter(
        (row) => shown(values, 'agent', row.agent.slice(tenantId.length)) && shown(values, 'userName', row.userName),
      )
      return paged(values, wanted)
    },
  },
  'DELETE /queueUser/delete': {
    body: 'query',
    required: ['ids'],
    repeats: ['ids'],
    answer(values, platform) {
      const ids = all(values, 'ids')
      const tasks = [...platform.tasks.values()]
      const isThere = (id: string) => tasks.some((task) => task.members.some((member) => String(member.id) === id))
      if (!ids.every(isThere)) throw new Refusal('成员不存在')
      for (const task of tasks) task.members = task.members.filter((member) => !ids.includes(String(member.id)))
    },
  },
  'GET /outboundContacts/pageSearch': {
    body: 'query',
    required: ['outboundId'],
    optional: ['currentPage', 'pageSize'],
    answer(values, platform) {
      const { id, contacts, groupDn } = platform.task(one(values, 'outboundId'))
      const cause = (state: number) => (state === 9 ? null : state === 1 ? 'NORMAL_CLEARING' : 'NO_ANSWER')
      return paged(
        values,
        contacts.map((one) => ({
          ...one,
          outboundId: id,
          groupDn,
          cHangupCause: cause(one.callState),
          fileName: null,
        })),
      )
    },
  },
}

/** A task goes to another state. */
function change(
  name: string,
  from: readonly number[],
  to: number,
  refusal: string,
  effect?: (task: Task) => void,
): Endpoint {
  return {
    body: 'json',
    required: [name],
    answer(values, platform) {
      const task = platform.task(one(values, name))
      if (!from.includes(task.status)) throw new Refusal(refusal)
      task.status = to
      effect?.(task)
    },
  }
}

const record = ({ id, groupId, groupDn, status, fields, contacts }: Task) => ({
  ...{ id, corpId, tenantId: Number(tenantId), groupId, groupDn, status, userId: 0 },
  ...{ taskId: `000001${corpId}11${fields.taskId}`, outProjectId: fields.outProjectId, name: fields.name },
  ...{ callType: Number(fields.callType), ratio: fields.ratio, idleTime: Number(fields.idleTime) },
  ...{ contactNum: contacts.length, callNum: contacts.filter((one) => one.callState !== 9).length },
  ...{ touchNum: contacts.filter((one) => one.callState === 1).length, createTime: '20181225131314' },
  ...{ startTime: null, endTime: null, timeFrom: fields.timeFrom, timeTo: fields.timeTo },
  ...{ createType: fields.createType, remark: fields.remark ?? null, callerId: fields.callerId ?? null },
})

/** Only the source that createType names counts. */
function numbers(values: Values, files: Record<string, UploadedFile>, platform: Platform): [string, string][] {
  const lines = (bytes: Buffer | undefined, what: string) => {
    if (!bytes) throw new Refusal(what)
    return bytes.toString().split(/\r?\n/)
  }
  const pairs = (entries: string[], separator: string) =>
    entries
      .filter((one) => one !== '')
      .map((one): [string, string] => {
        const [mobile = '', ...des] = one.split(separator)
        return [mobile, des.join(separator)]
      })
  switch (one(values, 'createType')) {
    case 'input':
      return pairs(one(values, 'mobileAndDes').split(';'), ':')
    case 'file':
      return pairs(lines(files.importFile?.bytes, '缺少文件'), ',')
    case 'remoteFile':
      return pairs(lines(platform.files.get(one(values, 'remoteFileName')), '现有文件不存在'), ',')
    default:
      throw new Refusal('createType 错误', 1002)
  }
}
