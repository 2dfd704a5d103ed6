/** What the platform keeps: one company with its people, projects, files, tasks and calls. Times are its own wall clock. */
export const corpId = '777777'
export const tenantId = '10211'

export class Refusal extends Error {
  /** Null = an answer without a code, as manual 004 §6.3.3.9 shows one. */
  readonly code: number | null

  constructor(message: string, code: number | null = 10101) {
    super(message)
    this.code = code
  }
}

export interface Contact {
  id: number
  mobile: string
  mobileDes: string
  callState: number
}

export interface Task {
  id: number
  groupId: number
  groupDn: string
  status: number
  fields: Record<string, string>
  contacts: Contact[]
  members: { id: number; agent: string }[]
}

type Row = Record<string, unknown>

const stamp = (day: string, time: string) => `${day.replaceAll('-', '')}${time.replaceAll(':', '')}`

export class Platform {
  readonly employees: Row[] = []
  readonly queuesOf = new Map<string, { queues: string[]; defaultQueue: string }>()
  readonly projects = new Map<string, Row>()
  readonly files = new Map<string, Buffer>()
  readonly tasks = new Map<string, Task>()
  readonly events: Row[] = []
  readonly calls: Row[] = []
  readonly recordings = new Map<string, Buffer>()
  #nextId = 3000

  constructor(people = 25) {
    for (let n = 0; n < people; n += 1) this.#hire(n)
    for (let n = 0; n < 12; n += 1) this.#pastCall(n)
    this.projects.set(`PRO_${corpId}_JH001`, {
      corpId,
      projectId: `PRO_${corpId}_JH001`,
      projectName: '建行电催项目',
      remark: '',
      createTime: '20181214162827',
    })
  }

  nextId(): number {
    this.#nextId += 1
    return this.#nextId
  }

  task(id: string): Task {
    const found = this.tasks.get(id)
    if (!found) throw new Refusal('外呼实例不存在')
    return found
  }

  taskOfQueue(queueCode: string): Task {
    const found = [...this.tasks.values()].find((one) => one.groupDn === queueCode)
    if (!found) throw new Refusal('技能组不存在')
    return found
  }

  addContacts(task: Task, entries: readonly (readonly [mobile: string, des: string])[]): void {
    if (entries.length === 0) throw new Refusal('号码为空')
    for (const [mobile, mobileDes] of entries) {
      if (!/^\d{5,}$/.test(mobile)) throw new Refusal('号码格式错误')
      task.contacts.push({ id: this.nextId(), mobile, mobileDes, callState: 9 })
    }
  }

  #hire(n: number): void {
    const short = String(1000 + n)
    const agentId = `${tenantId}${short}`
    this.employees.push({
      streamNumber: `1eed51b1f20f401bb512e70c0a95${short}`,
      userCode: `${corpId}user${short}`,
      nameCn: `员工${short}`,
      agentId,
      corpId,
      tenantId: Number(tenantId),
      isCreateUsers: true,
      email: `user${short}@voip.cc`,
      workPhone: `1390000${short}`,
      enabled: n % 10 !== 9,
      roleKey: n % 5 === 0 ? 'ROLE_CC_MONITOR' : 'ROLE_CC_AGENT',
      agtGrpId: '{1837}',
      grpStreamNumber: `${corpId}0100`,
      emailPwd: `mail-secret-${short}`,
      createdTime: '20180730185236',
    })
    this.queuesOf.set(agentId, { queues: [`${tenantId}8000`], defaultQueue: `${tenantId}8000` })
    this.events.push({
      ...{ id: 78000 + n, tenantId: Number(tenantId), createTime: null, agentId, agentName: `员工${short}` },
      ...{ startTime: stamp('2018-12-21', `16:${10 + n}:38`), endTime: stamp('2018-12-21', `16:${10 + n}:40`) },
      ...{ action: 580 + (n % 4), reasonCode: 1, state: n % 3, callType: 3, callId: null, duration: '00:00:02' },
    })
  }

  #pastCall(n: number): void {
    const sid = `6c53502e-f9e2-11e8-ac74-${String(100_000_000_000 + n)}`
    const connected = n % 2 === 0
    const filename = connected ? `116/${tenantId}/20190124/${sid}.wav` : null
    this.calls.push({
      ...{ id: 5_656_000 + n, customer: `1760010${6000 + n}`, talksec: connected ? 30 + n : 0 },
      ...{ callResult: connected ? '已接通' : '未接通', callId: sid, callSid: sid },
      ...{ cStartTime: `2019-01-24 ${10 + n}:39:11`, cHangupCause: 'NORMAL_CLEARING' },
      ...{ agent: `${tenantId}1001`, callType: n % 3 === 0 ? 2 : 3, campaignId: 2551, tenantId: Number(tenantId) },
      ...{ filename, satisfaction: -1, dnis: '88595632', hangupType: n % 2, taskId: '7777770039' },
    })
    if (filename) this.recordings.set(filename, Buffer.concat([Buffer.from('RIFF....WAVEfmt '), Buffer.alloc(9000, n)]))
  }
}
