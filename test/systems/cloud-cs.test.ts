import { afterEach, describe, expect, it } from 'vitest'
import type { OperationRunner, TelephonySystem, UploadFile } from '../../main/core/ports/index.ts'
import { openCloudCs, openCloudCsSession } from '../../main/systems/cloud-cs/index.ts'
import { cloudCsOperations } from '../../main/systems/cloud-cs/operations/index.ts'
import { everyRow } from '../../main/systems/kit/pages.ts'
import { CloudCsConnection } from '../../preload/contract/index.ts'
import { type FakeCloudCs, type FakeCloudCsOptions, startFakeCloudCs } from '../fakes/cloud-cs/index.ts'
import { fileOfText } from './operation-suite.ts'
import { recordedLog } from './recorded-log.ts'

type Values = Record<string, unknown>

let fake: FakeCloudCs
let system: TelephonySystem
let log: ReturnType<typeof recordedLog>

const connectionTo = (baseUrl: string, more: Values = {}) =>
  CloudCsConnection.parse({
    ...{ id: 'cloud', system: 'cloud-cs', baseUrl, clientId: 'admin', clientSecret: '666666' },
    ...more,
  })

async function start(options: FakeCloudCsOptions = {}, more: Values = {}): Promise<void> {
  fake = await startFakeCloudCs(options)
  log = recordedLog()
  system = openCloudCs(connectionTo(fake.baseUrl, more), { log })
}

afterEach(async () => {
  await system.close()
  await fake.stop()
})

/** Run by name, as the console does; a failure fails the test. */
async function run(name: string, values: Values = {}, options: Parameters<OperationRunner['run']>[2] = {}) {
  const result = await system.operations.run(`cloud-cs.${name}`, values, options)
  expect(result.problem, name).toBeNull()
  return result.data as never
}

const refusal = async (name: string, values: Values) =>
  (await system.operations.run(`cloud-cs.${name}`, values)).problem

interface Rows {
  pageData: Values[]
  total: number
}

const task = {
  ...{ outProjectId: 'PRO_777777_JH001', taskId: 'notice1', name: '通知', callerId: '53541815' },
  ...{ timeFrom: '09:00', timeTo: '18:00', dataObjId: 'OBJ_777777_1001', callType: '1', ratio: '2', idleTime: '8000' },
}
const file = (name: string, text: string): UploadFile => fileOfText({ name, type: 'text/csv', text })

describe.each([
  ['JSON answers, token in the header', { format: 'json', tokenPlace: 'header' }, {}],
  ['XML answers, token in the query', { format: 'xml', tokenPlace: 'query' }, { tokenInQuery: true }],
] as const)('a working day over %s', (_title, options, more) => {
  it('uses every operation', async () => {
    await start(options, more)
    await system.check()

    // Settings of the company
    expect(await run('access-tel-num-options')).toEqual([{ value: '2621', label: '53541815' }])
    expect(await run('open-words-options')).toMatchObject([{ label: '1' }])
    expect(await run('data-object-search')).toMatchObject([{ value: 'OBJ_777777_1001' }])
    const people: Rows = await run('employee-page', { pageSize: '100', enabled: 'true', currentPage: '' })
    expect(people.pageData).toHaveLength(23)
    expect(people.pageData[0]).toMatchObject({ nameCn: '员工1000', emailPwd: '••••••' })
    await run('employee-reset-queues', {
      agentId: '102111001',
      queues: '102118000,102118001',
      defaultQueue: '102118001',
    })
    const groups: { outTastList: Values[]; inTastList: Values[] } = await run('skills-load-queue-info', {
      agentId: '102111001',
    })
    expect(groups.outTastList.map((one) => one.queueCode)).toEqual(['102118000', '102118001'])

    // Projects
    await run('out-project-insert', { projectId: 'spring2026', projectName: '春季', remark: 'a & b <c>' })
    const projects: Rows = await run('out-project-page', { projectId: 'PRO_777777_spring2026' })
    expect(projects).toMatchObject({
      total: 1,
      pageData: [{ projectId: 'PRO_777777_spring2026', remark: 'a & b <c>' }],
    })
    await run('out-project-update', { projectId: 'PRO_777777_spring2026', projectName: '春季二' })
    expect(await run('out-project-find', { id: 'PRO_777777_spring2026' })).toMatchObject({ projectName: '春季二' })

    // Number files
    await run('files-upload', { fileName: file('名单.csv', '18219678378,data\n18219678372,data2\n') })
    expect(await run('files-search', { fileName: '名单.csv' })).toMatchObject([{ name: '名单.csv' }])
    await run('files-rename', { fileName: '名单.csv', newName: 'list.csv' })
    const chunks: Uint8Array[] = []
    const sink = { write: (chunk: Uint8Array) => void chunks.push(chunk) }
    expect(await run('files-download', { fileName: 'list.csv' }, { sink })).toMatchObject({ bytes: 35 })
    expect(Buffer.concat(chunks).toString()).toBe('18219678378,data\n18219678372,data2\n')

    // A task with each source of numbers
    const typed = { ...task, createType: 'input', mobileAndDes: '18219678378:data\n18219678372：data2' }
    const created: Values = await run('out-task-insert', typed)
    const id = String(created.outboundInstanceId)
    await run('out-task-insert', {
      ...task,
      taskId: 'a2',
      createType: 'file',
      importFile: file('n.csv', '13800001111,x'),
    })
    await run('out-task-insert', { ...task, taskId: 'a3', createType: 'remoteFile', remoteFileName: 'list.csv' })
    await run('out-task-append', { id, createType: 'input', mobileAndDes: '18219383937:123' })
    const tasks: Rows = await run('out-task-page', { taskId: 'notice1', status: '2' })
    expect(tasks.pageData.map((one) => one.id)).toEqual([id])
    expect(Number(tasks.pageData[0]!.contactNum)).toBe(3)
    const update = { ...task, id, name: '通知二', ratio: '3' } as Values
    for (const name of ['outProjectId', 'taskId', 'callType']) delete update[name]
    await run('out-task-update', update)
    expect(await run('out-task-find', { id })).toMatchObject({ id, name: '通知二', status: 2 })

    // Its members
    const { groupDn: queueCode, groupId } = created
    const free: Rows = await run('queue-user-page-can-add', { queueCode, agentId: '1003' })
    expect(free.pageData[0]).toMatchObject({ agentId: '102111003', createdTime: '20180730185236', emailPwd: '••••••' })
    await run('queue-user-insert', { queueCode, groupId, selectedIds: '102111003,102111004' })
    const members: Rows = await run('queue-user-page', { queueCode })
    expect(members.pageData.map((one) => one.agent)).toEqual(['102111003', '102111004'])
    await run('queue-user-delete', { ids: members.pageData.map((one) => one.id) })
    expect(await run('queue-user-page', { queueCode })).toMatchObject({ pageData: [], total: 0 })

    // Its life
    expect(await refusal('out-task-recall', { id, type: '3' })).toMatchObject({
      code: 'no-call',
      details: { vendorCode: 'success=false', vendorText: '没有可恢复的号码' },
    })
    await run('out-task-start', { id })
    expect(await run('out-task-read', { instanceId: id })).toMatchObject({ id, status: 3 })
    const numbers: Rows = await run('outbound-contacts-page', { outboundId: id })
    expect(numbers.pageData.map((one) => Number(one.callState))).toEqual([1, 5, 1])
    await run('out-task-pause', { id })
    await run('out-task-recall', { id, type: '2' })
    await run('out-task-stop', { id })
    await run('out-task-terminate', { instanceId: id })
    expect(await refusal('out-task-start', { id })).toMatchObject({
      code: 'bad-request',
      details: { vendorCode: '10101', vendorText: '任务不能启动' },
    })
    await run('out-task-delete', { instanceId: id })
    expect(await run('out-task-page', { taskId: 'notice1' })).toMatchObject({ total: 0 })
    await run('files-delete', { fileName: 'list.csv' })
    await run('out-project-delete', { ids: 'PRO_777777_spring2026,PRO_777777_JH001' })
    expect(await run('out-project-find', { id: 'PRO_777777_JH001' })).toBeNull()

    // What happened
    const ready: Rows = await run('employee-histories-page', {
      startTimeFrom: '2018-12-21',
      startTimeEnd: '2018-12-21',
      action: '583',
    })
    expect(ready.total).toBe(6)
    const calls: Rows = await run('call-history-page', {
      ...{ cStartTimeFrom: '2019-01-24 12:00:00', cStartTimeEnd: '20190124150000', callResult: '2' },
    })
    expect(calls.pageData.map((one) => one.cStartTime)).toEqual(['2019-01-24 12:39:11', '2019-01-24 14:39:11'])
    const detail: Rows = await run('call-history-detail', { sid: calls.pageData[0]!.callSid })
    expect(detail.pageData).toMatchObject([{ id: calls.pageData[0]!.id }])
    const recordings: Rows = await run('record-page', { agent: '1001', callType: '3' })
    const { filename } = recordings.pageData[0]!
    expect(await run('record-download', { path: filename })).toMatchObject({ bytes: 9016 })
    await run('oauth-token')

    const used = new Set(fake.requests.map(({ method, path }) => `${method} ${path}`))
    expect(cloudCsOperations.map(({ method, path }) => `${method} ${path}`).filter((one) => !used.has(one))).toEqual([])
    expect(cloudCsOperations).toHaveLength(39)
    expectNothingSecret(JSON.stringify(log.lines))
  })
})

/** Tokens, secrets, mail passwords and telephone numbers of the working day. */
function expectNothingSecret(text: string): void {
  for (const secret of [
    ...fake.tokens,
    '666666',
    'mail-secret',
    '18219678378',
    '18219383937',
    '13800001111',
    '1760010',
  ]) {
    expect(text).not.toContain(secret)
  }
}

it('a refused parameter is refused by the fake: it is strict', async () => {
  await start()
  expect(await refusal('out-task-start', { id: '99999' })).toMatchObject({ details: { vendorText: '外呼实例不存在' } })
  expect(
    await refusal('out-task-insert', { ...task, taskId: 'a-b', createType: 'input', mobileAndDes: '18219678378' }),
  ).toMatchObject({ code: 'server-error', details: { vendorCode: '1002', explained: { zh: expect.any(String) } } })
})

it('mail passwords are shown nowhere, not even in the raw answer', async () => {
  await start()
  const result = await system.operations.run('cloud-cs.employee-page', {})
  expect((result.data as Rows).pageData[0]!.emailPwd).toBe('••••••')
  expect(result.raw!.text).toContain('"emailPwd":"••••••"')
  expect(Buffer.from(result.raw!.base64, 'base64').toString()).toBe(result.raw!.text)
  expect(JSON.stringify(result)).not.toContain('mail-secret')
})

it('codes of an answer are explained', async () => {
  await start()
  const { explained } = await system.operations.run('cloud-cs.call-history-page', { pageSize: '1' })
  const expected = [
    { path: 'pageData[0].callType', zh: '客户呼入', en: 'inbound from a customer' },
    { path: 'pageData[0].callResult', zh: '已接通', en: 'connected' },
    { path: 'pageData[0].cHangupCause', zh: '正常挂断', en: 'normal hang-up' },
  ]
  for (const one of expected) expect(explained).toContainEqual(expect.objectContaining(one))
})

describe('numbers of a task', () => {
  it.each([
    ['input', 'mobileAndDes'],
    ['file', 'importFile'],
    ['remoteFile', 'remoteFileName'],
  ])('createType %s wants %s before anything is sent', async (createType, field) => {
    await start()
    const problem = await refusal('out-task-insert', { ...task, createType })
    expect(problem).toMatchObject({ code: 'bad-request', details: { field } })
    expect(fake.requests).toEqual([])
  })
  it('a wrong entry is named by its place, not by its number', async () => {
    await start()
    const problem = await refusal('out-task-append', {
      id: '1',
      createType: 'input',
      mobileAndDes: '18219678378:a;张三',
    })
    expect(problem).toMatchObject({
      code: 'bad-request',
      details: { field: 'mobileAndDes', reason: 'entry 2 is not number:data' },
    })
  })
})

describe('lists', () => {
  it.each([
    ['employee-page', {}, 25, 3],
    ['employee-page', { pageSize: 7 }, 25, 4],
    ['employee-histories-page', { pageSize: 25 }, 25, 1],
    ['call-history-page', { pageSize: 5 }, 12, 3],
    ['record-page', {}, 6, 1],
    ['access-tel-num-options', {}, 1, 1],
  ])('every row of %s %o', async (name, values, rows, pages) => {
    await start()
    const session = openCloudCsSession(connectionTo(fake.baseUrl), { log })
    const described = cloudCsOperations.find((one) => one.id === `cloud-cs.${name}`)!
    const found: unknown[] = []
    for await (const row of everyRow(session, described, values)) found.push(row)
    await session.close()
    expect(found).toHaveLength(rows)
    expect(new Set(found.map((row) => JSON.stringify(row))).size).toBe(rows)
    expect(fake.requests.filter(({ path }) => path !== '/oauth/token')).toHaveLength(pages)
  })
})

const dayMs = 86_400_000
const noonOf = (day: string) => Date.parse(`${day}T12:00:00+08:00`)

it('the call history is a call log: newest first, short extensions, both parties', async () => {
  await start()
  const request = { from: noonOf('2019-01-23'), to: noonOf('2019-01-25'), cursor: null, limit: 100 }
  const history = system.history!
  const { rows, next } = await history.page(request)
  expect(next).toBeNull()
  expect(rows).toHaveLength(12)
  expect(rows[0]!.startedAt).toBe(Date.parse('2019-01-24T21:39:11+08:00'))
  expect(rows.at(-1)).toMatchObject({ caller: '17600106000', callee: '1001', outcome: 'answered', durationSec: 30 })
  expect(rows.at(-2)).toMatchObject({ caller: '1001', callee: '17600106001', outcome: 'unanswered', recording: null })
  expect(await history.page({ ...request, to: noonOf('2019-01-24') - dayMs / 4 })).toEqual({ rows: [], next: null })
  expect(await history.newestBefore(noonOf('2026-11-21'))).toBe(rows[0]!.startedAt)
  expect(await history.newestBefore(noonOf('2019-01-24') - dayMs / 4)).toBeNull()
})
