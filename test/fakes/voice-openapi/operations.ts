/** Written from manual 002 alone. */

export interface FakeTemplate {
  key: string
  ID: string
  name: string
  submitTime: string
  verifyStatus: '0' | '1' | '2'
  content: string
  remark: string
  customer: string
}

export interface FakeCdr {
  key: string
  agent: string
  serviceType: string
  startTime: string
  caller: string
  callee: string
  timeLength: string
  session: string
  userData: string
  filename: string
  releaseCause: number
  result: '1' | '2' | '3'
}

export interface FakeState {
  templates: FakeTemplate[]
  cdrs: FakeCdr[]
  nextId: number
  /** Rows of one getCdrList answer. */
  cdrPage: number
}

type Block = Record<string, unknown>
/** The command's own error code, or what the answer holds besides: in the command, and in data. */
export type Outcome = { error: number | string } | { command?: Block; data?: Block }

interface FakeOperation {
  required: readonly string[]
  optional: readonly string[]
  /** Debug and language may be asked for. */
  param: boolean
  run(request: Block, state: FakeState): Outcome
}

const invalid = 5
const missingResource = '0xF1000008'
const digits = /^\d+$/
const time = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/
const optional = (value: unknown, pattern: RegExp) => value === undefined || pattern.test(String(value))

/** Variables {1} to {10}; braces and @ nowhere else. */
const isTemplate = (text: string) => !/[{}@]/.test(text.replace(/\{([1-9]|10)\}/g, ''))

function notify(request: Block, state: FakeState): Outcome {
  if (!digits.test(String(request.callee)) || !/^[1-9]\d*$/.test(String(request.cyclePlayTimes)))
    return { error: invalid }
  if (!optional(request.caller, digits)) return { error: invalid }
  state.nextId += 1
  state.cdrs.unshift({
    ...{ key: String(state.nextId), agent: '', serviceType: '21', startTime: '2021-10-09 15:35:51' },
    ...{ caller: String(request.caller ?? ''), callee: String(request.callee), timeLength: '9' },
    ...{ session: `1633764891-0044-${state.nextId}`, userData: String(request.userData ?? '') },
    ...{ filename: `/data/voicerecord/3/20211009/${state.nextId}.mp3`, releaseCause: 1, result: '1' },
  })
  return {}
}

const notifyFields = { required: ['callee', 'content', 'cyclePlayTimes'], optional: ['seq', 'userData', 'caller'] }

/** Below `…/openapi/V2.0.6`. */
export const fakeOperations: Record<string, FakeOperation> = {
  '/voiceNotify': { ...notifyFields, param: true, run: notify },
  '/v2/voiceNotify': { ...notifyFields, param: true, run: notify },
  '/editTTSTemplate': {
    required: ['templateID'],
    optional: ['seq', 'userData', 'name', 'content'],
    param: false,
    run({ templateID, name, content }, state) {
      const found = state.templates.find((one) => one.ID === templateID)
      // Signed, as some versions write it.
      if (!found) return { error: -251_658_232 }
      if (content !== undefined && !isTemplate(String(content))) return { error: invalid }
      Object.assign(found, { verifyStatus: '2', ...(name ? { name } : {}), ...(content ? { content } : {}) })
      return { command: { voiceFileID: found.ID } }
    },
  },
  '/uploadTTSTemplate': {
    required: ['name', 'content'],
    optional: ['seq', 'userData'],
    param: true,
    run({ name, content }, state) {
      if (!isTemplate(String(content))) return { error: String(invalid) }
      state.nextId += 1
      const ID = String(state.nextId)
      state.templates.push({
        ...{ key: ID, ID, name: String(name), submitTime: '1633920708', verifyStatus: '2' },
        ...{ content: String(content), remark: '', customer: '企业' },
      })
      return { command: { voiceFileID: ID } }
    },
  },
  '/getTTSTemplateList': {
    required: [],
    optional: ['seq', 'userData', 'page', 'pageSize'],
    param: false,
    run({ page = '1', pageSize = '10' }, state) {
      if (!digits.test(String(page)) || !digits.test(String(pageSize))) return { error: invalid }
      const from = (Number(page) - 1) * Number(pageSize)
      const rows = state.templates.slice(from, from + Number(pageSize))
      return { command: { data: { rows, total: String(state.templates.length) } } }
    },
  },
  '/getOneCdr': {
    required: [],
    optional: ['seq', 'userData', 'session', 'agent', 'caller', 'callee', 'timeLengthMin', 'timeLengthMax'],
    param: false,
    run({ session, userData, timeLengthMin, timeLengthMax }, state) {
      if (!session && !userData) return { error: invalid }
      if (!optional(timeLengthMin, digits) || !optional(timeLengthMax, digits)) return { error: invalid }
      const found = state.cdrs.filter((one) => (session ? one.session === session : one.userData === userData))
      if (found.length === 0) return { error: missingResource }
      const cdr = found.map(({ session: voiceSign, timeLength: timeLen, ...rest }) => ({ ...rest, voiceSign, timeLen }))
      return { data: { total: cdr.length, cdr } }
    },
  },
  '/getCdrList': {
    required: [],
    optional: [
      ...['seq', 'userData', 'taskID', 'agent', 'serviceType', 'startTime', 'endTime', 'caller', 'callee'],
      ...['timeLengthMin', 'timeLengthMax', 'startKey'],
    ],
    param: false,
    run({ agent, serviceType, startTime, endTime, callee, startKey }, state) {
      if (agent !== undefined && !Array.isArray(agent)) return { error: invalid }
      if (!optional(startTime, time) || !optional(endTime, time) || !optional(startKey, digits))
        return { error: invalid }
      const rows = state.cdrs.filter(
        (one) =>
          (startKey === undefined || Number(one.key) <= Number(startKey)) &&
          (serviceType === undefined || one.serviceType === serviceType) &&
          (callee === undefined || one.callee === callee) &&
          (agent === undefined || agent.includes(one.agent)) &&
          (startTime === undefined || one.startTime >= String(startTime)) &&
          (endTime === undefined || one.startTime <= String(endTime)),
      )
      const cdr = rows.slice(0, state.cdrPage)
      return { command: { total: String(rows.length), cdr, page: 1, size: state.cdrPage } }
    },
  },
}
