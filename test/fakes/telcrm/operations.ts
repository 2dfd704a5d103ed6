import type { FakeCall, PbxState } from './pbx-state.ts'

/** What the PBX answers: a result code, or a document. */
export type FakeAnswer = { code: number; text?: string } | { json: unknown }

/** What an operation may do besides looking at the state. */
export interface PbxActions {
  state: PbxState
  /** Ring `caller`, then `callee`. */
  dial(caller: string, callee: string): FakeCall
  hangup(call: FakeCall): void
  transfer(call: FakeCall, target: string): void
}

interface FakeOperation {
  path: string
  /** Every parameter must be there once, nothing else may be there. */
  required: readonly string[]
  optional?: readonly string[]
  answer(query: Record<string, string>, pbx: PbxActions): FakeAnswer
}

const number = /^[0-9*#]{2,30}$/
const day = /^\d{4}-\d{2}-\d{2}$/

/** By the value of `opt`. Manual 003 §1, 2, 5, 8, 14, 21. */
export const fakeOperations: Record<string, FakeOperation> = {
  CLICK_TO_DIAL: { path: '/bridge/callctrl', required: ['caller', 'callee', 'authtype'], answer: dial },
  CLICK_TO_IP_DIAL: { path: '/bridge/callctrl', required: ['caller', 'callee', 'authtype'], answer: dial },
  CLICK_TO_HUNGUP: {
    path: '/bridge/callctrl',
    required: ['caller', 'callee'],
    answer({ caller, callee }, pbx) {
      const call = pbx.state.callOf(caller!)
      const parties = call && [call.caller, call.callee, ...call.legs.map((leg) => leg.extension)]
      if (!call || !parties!.includes(callee!)) return { code: 404 }
      pbx.hangup(call)
      return { code: 200 }
    },
  },
  CLICK_TO_TRANSFER: {
    path: '/bridge/callctrl',
    required: ['extnum', 'target'],
    answer({ extnum, target }, pbx) {
      const to = pbx.state.extensions.get(target!)
      if (!to) return { code: 404 }
      if (to.telRegState === 0 || to.state === 'OFFLINE') return { code: 480 }
      const call = pbx.state.callOf(extnum!, 'talking')
      if (!call) return { code: 481 }
      if (pbx.state.callOf(target!)) return { code: 486 }
      pbx.transfer(call, target!)
      return { code: 200 }
    },
  },
  SET_EXT_PRESENCE_STATE: {
    path: '/bridge/callctrl',
    required: ['extnum', 'state'],
    answer({ extnum, state }, pbx) {
      if (state !== 'online' && state !== 'reducing' && state !== 'busy') return { code: 400 }
      const extension = pbx.state.extensions.get(extnum!)
      if (!extension) return { code: 404 }
      extension.presence = state
      return { code: 200 }
    },
  },
  EXTNUM_STATE: {
    path: '/bridge/jsoncfg',
    required: [],
    answer: (_query, pbx) => ({ json: [...pbx.state.extensions.values()] }),
  },
  CALL_LOG_QUERY: {
    path: '/bridge/callctrl',
    required: ['first', 'maxResults', 'beginDate', 'endDate', 'dirction'],
    optional: ['telnum'],
    answer: queryLog,
  },
}

function dial({ caller, callee, authtype }: Record<string, string>, pbx: PbxActions): FakeAnswer {
  if (authtype !== 'no' || !number.test(callee!)) return { code: 400 }
  const extension = pbx.state.extensions.get(caller!)
  if (!extension) return { code: 404 }
  if (extension.telRegState === 0 || extension.state === 'OFFLINE') return { code: 480 }
  if (pbx.state.callOf(caller!)) return { code: 486 }
  return { code: 200, text: pbx.dial(caller!, callee!).clickCallId }
}

function queryLog(query: Record<string, string>, pbx: PbxActions): FakeAnswer {
  const { first, maxResults, beginDate, endDate, dirction, telnum } = query
  const numeric = /^\d+$/.test(first!) && /^[1-9]\d*$/.test(maxResults!) && /^[012]$/.test(dirction!)
  if (!numeric || !day.test(beginDate!) || !day.test(endDate!)) return { code: 400 }
  const own = pbx.state.extensions
  const from = Date.parse(`${beginDate}T00:00:00+08:00`)
  const to = Date.parse(`${endDate}T00:00:00+08:00`) + 86_400_000
  const rows = pbx.state.log().filter((row) => {
    if (row.beginTime < from || row.beginTime >= to) return false
    if (telnum !== undefined && row.caller !== telnum && row.callee !== telnum) return false
    return dirction === '0' || (dirction === '2') === own.has(row.caller)
  })
  return { json: rows.slice(Number(first), Number(first) + Number(maxResults)) }
}

/** A strict reading of a request: the operation and its parameters, or the code to refuse it with. */
export function readRequest(
  method: string,
  target: string,
): { operation: FakeOperation; query: Record<string, string> } | { refused: number } {
  const [path = '', search = ''] = target.split('?', 2)
  if (path !== '/bridge/callctrl' && path !== '/bridge/jsoncfg') return { refused: 404 }
  if (method !== 'GET') return { refused: 405 }
  const query: Record<string, string> = {}
  for (const pair of search.split('&')) {
    const [name = '', ...rest] = pair.split('=')
    const value = decode(rest.join('='))
    if (rest.length === 0 || value === null || name === '' || Object.hasOwn(query, name)) return { refused: 400 }
    query[name] = value
  }
  const { opt = '', ...params } = query
  const operation = Object.hasOwn(fakeOperations, opt) ? fakeOperations[opt] : undefined
  if (!operation || operation.path !== path) return { refused: 400 }
  const missing = operation.required.filter((name) => !params[name])
  const allowed = [...operation.required, ...(operation.optional ?? [])]
  const unknown = Object.keys(params).filter((name) => !allowed.includes(name))
  return missing.length > 0 || unknown.length > 0 ? { refused: 400 } : { operation, query: params }
}

/** Percent-encoded UTF-8 only: raw blanks, `+` for a blank and other charsets are refused. */
function decode(value: string): string | null {
  if (!/^[\x21-\x7e]*$/.test(value) || value.includes('+')) return null
  try {
    return decodeURIComponent(value)
  } catch {
    return null
  }
}
