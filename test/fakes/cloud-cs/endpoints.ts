import { corpId, type Platform, Refusal, tenantId } from './platform.ts'
import { taskEndpoints } from './task-endpoints.ts'
import { all, anyOf, type Endpoint, one, paged, short, shown, time } from './values.ts'

/** Manual 004, endpoint by endpoint: names as its tables have them. */
export const fakeEndpoints: Readonly<Record<string, Endpoint>> = {
  'POST /oauth/token': {
    body: 'form',
    required: ['client_id', 'client_secret', 'grant_type', 'scope'],
    answer: () => null, // index.ts: it has no envelope
  },
  'GET /employeeInfo/pageSearch': {
    body: 'query',
    required: [],
    optional: [
      ...['userCode', 'nameCn', 'agentId', 'roleKey', 'workPhone', 'enabled', 'agtGrpStream'],
      ...['currentPage', 'pageSize'],
    ],
    rules: { enabled: anyOf('true', 'false'), agentId: short },
    answer: (values, platform) =>
      paged(
        values,
        platform.employees.filter(
          (row) =>
            shown(values, 'nameCn', row.nameCn) &&
            shown(values, 'userCode', String(row.userCode).slice(corpId.length)) &&
            shown(values, 'agentId', String(row.agentId).slice(tenantId.length)) &&
            shown(values, 'roleKey', row.roleKey) &&
            shown(values, 'workPhone', row.workPhone) &&
            shown(values, 'enabled', row.enabled) &&
            shown(values, 'agtGrpStream', row.grpStreamNumber),
        ),
      ),
  },
  'PUT /employeeInfo/resetQueues': {
    body: 'json',
    required: ['agentId', 'queues', 'defaultQueue'],
    rules: { queues: /^\d+(,\d+)*$/ },
    answer(values, platform) {
      if (!platform.queuesOf.has(one(values, 'agentId'))) throw new Refusal('分机不存在')
      const queues = one(values, 'queues').split(',')
      const defaultQueue = one(values, 'defaultQueue')
      if (!queues.includes(defaultQueue)) throw new Refusal('默认技能组不在技能组中')
      platform.queuesOf.set(one(values, 'agentId'), { queues, defaultQueue })
    },
  },
  'GET /skills/loadQueueInfo': {
    body: 'query',
    required: ['agentId'],
    answer(values, platform) {
      const own = platform.queuesOf.get(one(values, 'agentId'))
      if (!own) throw new Refusal('分机不存在')
      const group = (queueCode: string) => ({
        queueCode,
        tenantId: Number(tenantId),
        name: '默认组',
        callerId: '53541815',
      })
      return {
        outTastList: own.queues.map((code) => ({ ...group(code), callType: 1, corpId, queueId: 3575 })),
        inTastList: own.queues.map((code) => ({ ...group(code), tipTimeout: 30, openWordsStream: null })),
      }
    },
  },
  'GET /openWords/getJsonOption': {
    body: 'query',
    required: [],
    answer: () => [{ value: '64f386c6dd554d7bb4e345e3787cce8c', label: '1' }],
  },
  'GET /dataObject/search': {
    body: 'query',
    required: [],
    answer: () => [{ value: `OBJ_${corpId}_1001`, label: '呼入工单' }],
  },
  'GET /accessTelNum/getJsonOption': {
    body: 'query',
    required: [],
    answer: () => [{ value: '2621', label: '53541815' }],
  },
  'POST /outProject/insert': {
    body: 'json',
    required: ['projectId', 'projectName'],
    optional: ['remark'],
    rules: { projectId: /^[\w-]{6,20}$/ },
    answer(values, platform) {
      const projectId = `PRO_${corpId}_${one(values, 'projectId')}`
      if (platform.projects.has(projectId)) throw new Refusal('项目标识已存在')
      platform.projects.set(projectId, {
        ...{ corpId, projectId, projectName: one(values, 'projectName'), remark: values.remark ?? '' },
        createTime: '20181214162827',
      })
    },
  },
  'GET /outProject/pageSearch': {
    body: 'query',
    required: [],
    optional: ['currentPage', 'pageSize', 'projectName', 'projectId'],
    rules: { projectId: /^(?!PRO_)/ },
    answer: (values, platform) =>
      paged(
        values,
        [...platform.projects.values()].filter(
          (row) =>
            shown(values, 'projectName', row.projectName) &&
            shown(values, 'projectId', String(row.projectId).split('_').slice(2).join('_')),
        ),
      ),
  },
  'GET /outProject/findById': {
    body: 'query',
    required: ['id'],
    rules: { id: /^PRO_/ },
    answer: (values, platform) => platform.projects.get(one(values, 'id')) ?? {},
  },
  'PUT /outProject/update': {
    body: 'json',
    required: ['projectId', 'projectName'],
    optional: ['remark'],
    rules: { projectId: /^PRO_/ },
    answer(values, platform) {
      const project = platform.projects.get(one(values, 'projectId'))
      if (!project) throw new Refusal('项目不存在')
      project.projectName = one(values, 'projectName')
      if (values.remark !== undefined) project.remark = values.remark
    },
  },
  'DELETE /outProject/delete': {
    body: 'query',
    required: ['ids'],
    repeats: ['ids'],
    rules: { ids: /^PRO_/ },
    answer(values, platform) {
      const ids = all(values, 'ids')
      if (ids.some((id) => !platform.projects.has(id))) throw new Refusal('项目不存在')
      for (const id of ids) platform.projects.delete(id)
    },
  },
  'POST /files/upload': {
    body: 'multipart',
    required: ['fileName'],
    files: ['fileName'],
    answer(_values, platform, files) {
      const { filename, bytes } = files.fileName!
      platform.files.set(filename, bytes)
    },
  },
  'GET /files/search': {
    body: 'query',
    required: ['fileName'],
    answer: (values, platform) =>
      [...platform.files]
        .filter(([name]) => name === one(values, 'fileName'))
        .map(([name, bytes]) => ({
          ...{ name, size: bytes.length, lastModified: '20181227113249', createdDateTime: '20181227113249' },
          ...{ targetURL: `http://hlmedia:8800/media/${corpId}/outAddress/${name}`, directory: false },
        })),
  },
  'GET /files/download': {
    body: 'query',
    required: ['fileName'],
    answer: (values, platform) => mustHave(platform.files.get(one(values, 'fileName'))),
  },
  'PUT /files/rename': {
    body: 'json',
    required: ['fileName', 'newName'],
    rules: { newName: /\.\w+$/ },
    answer(values, platform) {
      const bytes = mustHave(platform.files.get(one(values, 'fileName')))
      platform.files.delete(one(values, 'fileName'))
      platform.files.set(one(values, 'newName'), bytes)
    },
  },
  'DELETE /files/delete': {
    body: 'query',
    required: ['fileName'],
    answer(values, platform) {
      if (!platform.files.delete(one(values, 'fileName'))) throw new Refusal('文件不存在')
    },
  },
  ...taskEndpoints,
  'GET /employeeHistories/pageSearch': {
    body: 'query',
    required: [],
    optional: [
      ...['currentPage', 'pageSize', 'startTimeFrom', 'startTimeEnd'],
      ...['agentId', 'state', 'action', 'queueCode'],
    ],
    rules: {
      ...{ startTimeFrom: time, startTimeEnd: time, agentId: short },
      ...{ state: anyOf('0', '1', '2'), action: anyOf('580', '581', '582', '583') },
    },
    answer: (values, platform) =>
      paged(
        values,
        platform.events.filter(
          (row) =>
            shown(values, 'agentId', String(row.agentId).slice(tenantId.length)) &&
            shown(values, 'state', row.state) &&
            shown(values, 'action', row.action) &&
            within(values, 'startTimeFrom', 'startTimeEnd', String(row.startTime)),
        ),
      ),
  },
  'GET /callHistory/pageSearchCallHistory': {
    body: 'query',
    required: [],
    optional: [
      ...['currentPage', 'pageSize', 'cStartTimeFrom', 'cStartTimeEnd', 'customer', 'agent'],
      ...['callType', 'hangupType', 'callResult', 'talksecStart', 'talksecEnd'],
    ],
    rules: {
      ...{ cStartTimeFrom: time, cStartTimeEnd: time, agent: short, callType: /^([1-9]|10)$/ },
      ...{ hangupType: anyOf('0', '1'), callResult: anyOf('0', '2'), talksecStart: /^\d+$/, talksecEnd: /^\d+$/ },
    },
    answer: (values, platform) =>
      paged(
        values,
        calls(values, platform).filter(
          (row) =>
            shown(values, 'hangupType', row.hangupType) &&
            shown(values, 'callResult', row.callResult === '已接通' ? 2 : 0) &&
            Number(row.talksec) >= Number(values.talksecStart || 0) &&
            Number(row.talksec) <= Number(values.talksecEnd || Number.MAX_SAFE_INTEGER),
        ),
      ),
  },
  'GET /callHistory/detailBySid': {
    body: 'query',
    required: ['sid'],
    answer: (values, platform) =>
      paged(
        {},
        platform.calls.filter((row) => row.callSid === one(values, 'sid')),
      ),
  },
  'GET /record/pageSearch4Record': {
    body: 'query',
    required: [],
    optional: ['currentPage', 'pageSize', 'cStartTimeFrom', 'cStartTimeEnd', 'agent', 'callType', 'customer'],
    rules: { cStartTimeFrom: time, cStartTimeEnd: time, agent: short, callType: /^([1-9]|10)$/ },
    answer: (values, platform) =>
      paged(
        values,
        calls(values, platform).filter((row) => row.filename !== null),
      ),
  },
  'GET /record/recordDownload': {
    body: 'query',
    required: ['path'],
    answer: (values, platform) => mustHave(platform.recordings.get(one(values, 'path'))),
  },
}

function mustHave(bytes: Buffer | undefined): Buffer {
  if (!bytes) throw new Refusal('文件不存在')
  return bytes
}

/** Filters are yyyyMMddHHmmss, call rows yyyy-MM-dd HH:mm:ss. */
function within(values: Record<string, unknown>, from: string, until: string, at: string): boolean {
  const moment = at.replace(/\D/g, '')
  return moment >= String(values[from] || '0') && moment <= String(values[until] || '9')
}

const calls = (values: Record<string, unknown>, { calls: rows }: Platform) =>
  rows.filter(
    (row) =>
      shown(values, 'agent', String(row.agent).slice(tenantId.length)) &&
      shown(values, 'callType', row.callType) &&
      shown(values, 'customer', row.customer) &&
      within(values, 'cStartTimeFrom', 'cStartTimeEnd', String(row.cStartTime)),
  )
