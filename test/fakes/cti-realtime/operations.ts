import { createDecipheriv, createHash } from 'node:crypto'
import type { FakeGateway, PlatformState } from './platform-state.ts'

/** What the platform answers. */
export type FakeAnswer =
  | { status: 404 | 405 | 500 }
  | { json: Record<string, unknown> }
  | { text: string }
  | { file: Buffer; name: string }

type Query = Record<string, string>

interface FakeOperation {
  /** In the manual's order; `?` = may be left out. */
  params: readonly string[]
  answer(query: Query, platform: PlatformState): FakeAnswer
  /** What the manual says to a request with a missing parameter; without it HTTP 500. */
  invalid?: FakeAnswer
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const digits = /^\d+$/
const exception: FakeAnswer = { status: 500 }
const json = (fields: Record<string, unknown>): FakeAnswer => ({ json: fields })
const rows = (all: Record<string, unknown>[]): FakeAnswer => ({
  text: all
    .map((row) =>
      Object.entries(row)
        .map(([name, value]) => `${name}=${value}`)
        .join('&'),
    )
    .join('\n'),
})

/** A `multi` and its `single`. Manual 000 realtime §1-4. */
function lookups(name: string, param: string, find: (value: string, platform: PlatformState) => Query[]) {
  const path = `/interface/realtime/${name}`
  return {
    [`${path}/multi`]: { params: [param], answer: (query, platform) => rows(find(query[param]!, platform)) },
    [`${path}/single`]: {
      params: [param],
      answer: (query, platform) => rows(find(query[param]!, platform).slice(0, 1)),
    },
  } satisfies Record<string, FakeOperation>
}

const sipUser = (gateway: FakeGateway, asked: string): Query => ({
  name: asked === gateway.ip ? asked : gateway.name,
  ...{ type: 'friend', host: gateway.ip, context: 'default', 'call-limit': String(gateway.capacity) },
  ...{ ipaddr: gateway.ip, port: String(gateway.port), disallow: 'all', allow: 'alaw,ulaw' },
  ...{ dtmf_mode: 'rfc2833', change: '0' },
})

const endpoint = (gateway: FakeGateway): Query => ({
  ...{ id: gateway.name, type: 'endpoint', transport: 'transport-udp-nat', context: 'default' },
  ...{ disallow: 'all', allow: 'alaw,ulaw', dtmf_mode: 'rfc2833', device_state_busy_at: String(gateway.capacity) },
  ...{ rtp_keepalive: '60', rtp_timeout: '60', rtp_timeout_hold: '60', timers: 'no' },
})

const identify = (gateway: FakeGateway): Query => ({
  ...{ id: gateway.name, type: 'identify', endpoint: gateway.name },
  match_header: `P-Tinet-Identify-Endpoint: ${gateway.name}`,
})

const areaCodeOf = (tel: string) =>
  /^1\d{10}$/.test(tel) ? '010' : (/^0(10|2\d|[3-9]\d{2})(?=\d{7,8}$)/.exec(tel)?.[0] ?? '')
const customer = (tel: string) => ({
  __cdr_customer_number: tel,
  __cdr_customer_number_type: /^1\d{10}$/.test(tel) ? '2' : '1',
  __cdr_customer_area_code: areaCodeOf(tel),
})
const refused = (description: string) => json({ result: 1, description, number: '' })
const noNumber = refused('参数不合法')
const chosen = (number: string) => json({ result: 2, description: '成功', number })

/** By path. Spelling, order and obligation of the parameters: manual 000. */
export const fakeOperations: Record<string, FakeOperation> = {
  ...lookups('identify', 'id', (id, platform) => platform.gatewaysBy(id).map(identify)),
  ...lookups('moh', 'name', (name, { mohClasses }) => {
    const found = mohClasses.get(name)
    return found ? [{ name, ...found }] : []
  }),
  ...lookups('sipUsers', 'name', (name, platform) => platform.gatewaysBy(name).map((one) => sipUser(one, name))),
  ...lookups('endpoint', 'id', (id, platform) => platform.gatewaysBy(id).map(endpoint)),
  '/interface/ivr/GetPrePost': {
    params: ['enterpriseId', 'tel', 'routerClidCallType'],
    answer({ enterpriseId, tel }, { enterprises, gateways }) {
      const [first] = gateways
      if (!enterprises.has(enterpriseId!) || !first) return json({ result: 0, description: '企业不存在' })
      const route = { pre: '0', post: first.name, gw_ip: first.ip, gw_port: first.port }
      return json({ ...route, cdr_callee_area_code: areaCodeOf(tel!), dial_interface_cust: '' })
    },
  },
  '/interface/ivr/CheckBlackList': {
    params: ['enterpriseId', 'customerNumber', 'customerAreaCode'],
    answer({ enterpriseId, customerNumber }, { enterprises }) {
      const black = enterprises.get(enterpriseId!)?.blackList.includes(customerNumber!)
      return black === undefined ? exception : json({ is_restrict_tel: black ? 2 : 1 })
    },
  },
  '/interface/ivr/GetIvrOption': { params: ivrOptionParams(), answer: ivrOption },
  '/interface/ivr/IsClidValid': {
    params: ['appId', 'clid'],
    invalid: json({ result: false, description: '提交失败，clid不能为空' }),
    answer({ appId, clid }, { enterprises }) {
      if (clid === '') return json({ result: false, description: '提交失败，clid不能为空' })
      if (!digits.test(clid!)) return json({ result: false, description: '提交失败，参数clid格式不正确' })
      return json({ clidResult: enterprises.get(appId!)?.clids.includes(clid!) ? 1 : 0 })
    },
  },
  '/interface/ivr/IsTelNumber': {
    params: ['tel'],
    invalid: json({ result: 0, description: '提交失败，tel不能为空' }),
    answer({ tel }) {
      if (tel === '') return json({ result: 0, description: '提交失败，tel不能为空' })
      const fits = /^(1\d{10}|0\d{9,11}|\d{7,8})$/.test(tel!)
      return json(
        fits
          ? { result: 1, description: '号码正则不匹配tel' }
          : { result: 0, description: '提交失败，参数tel格式不正确' },
      )
    },
  },
  '/interface/ivr/GetPastCalleeNumber': {
    params: ['appId', 'validTime', 'cdrType', 'callerNumber'],
    answer({ validTime, cdrType, callerNumber }, { remembered }) {
      const found = remembered.get(callerNumber!)
      const ok = found !== undefined && (cdrType === 'both' || cdrType === found.kind)
      const callee = ok ? found.callee : ''
      const description = ok ? '查询成功' : '没有记录'
      return json({ result: ok ? 1 : 0, cdrType, validTime, calleeNumber: callee, description })
    },
  },
  '/interface/system/AllModuleStarted': { params: [], answer: () => json({ allModuleStarted: true }) },
  '/interface/ivr/GetClid': {
    params: ['enterpriseId', 'routerClidCallType', 'customerNumber', 'numberTrunk'],
    invalid: json({ result: 1, description: '参数不合法' }),
    answer({ enterpriseId, routerClidCallType, numberTrunk }, { enterprises }) {
      const own = enterprises.get(enterpriseId!)
      if (!own || !/^[12]$/.test(routerClidCallType!)) return json({ result: 1, description: '参数不合法' })
      return json({ clid: routerClidCallType === '1' ? own.areaCode + numberTrunk : own.clids[0], clid_bak: '' })
    },
  },
  '/interface/ivr/GetAreaCode': { params: ['tel', 'gateway'], answer: ({ tel }) => json(customer(tel!)) },
  '/interface/ivr/Curl': {
    params: ['enterpriseId', 'retry', 'timeout', 'uniqueId', 'url', 'userField', 'params', 'sync', 'method'],
    invalid: json({ curl_result: 0, msg: '缺少参数' }),
    answer(query, { relayed }) {
      const { enterpriseId, retry, timeout, params, sync, method } = query
      if (!params || !sync || !method) return json({ curl_result: 0, msg: '缺少参数' })
      const numeric = [enterpriseId, retry, timeout].every((one) => digits.test(one!))
      if (!numeric) return json({ curl_result: 0, msg: '参数格式错误' })
      relayed.push(query)
      return sync === '1' ? { text: `<html>${method} ${params}</html>` } : json({ curl_result: 1 })
    },
  },
  '/interface/system/IvrProfileImport': {
    params: ['enterpriseId', 'userName', 'seed', 'pwd', 'action', 'stringIvr', 'ivrProfileId'],
    invalid: json({ result: 'error', code: 1, msg: '参数为空' }),
    answer: importProfile,
  },
  '/interface/ivr/FormatRDNIS': {
    params: ['rdnis', 'gwIp'],
    answer: ({ rdnis }) => json({ __RDNIS: rdnis!.replace(/^86(?=0)/, '') }),
  },
  '/interface/ivr/GetTelSet': {
    params: ['enterpriseId', 'type', 'telSet'],
    answer({ enterpriseId, type, telSet }, { telSets }) {
      const found = telSets.get(`${enterpriseId}/${telSet}`)
      const { members = [], timeout = 300, strategy = 'order' } = found ?? {}
      if (type !== 'ivr') return json({ cdr_queue_name: telSet, tel_set: members.map((one) => one.tel).join(';') })
      const tel_set_tel = members.map((one) => `${one.tel},${one.timeout}`).join(';')
      const facts = { tel_set_count: members.length, tel_set_timeout: timeout, tel_set_strategy: strategy }
      return json({ cdr_queue_name: telSet, ...facts, tel_set_tel })
    },
  },
  '/interface/ivr/GetHangupSet': {
    params: ['enterpriseId', 'callType'],
    answer({ enterpriseId, callType }, { hangupSets }) {
      if (!/^[12]$/.test(callType!)) return exception
      const set = hangupSets.get(`${enterpriseId}/${callType}`) ?? []
      const fields = set.flatMap(({ name, value, type }, i) => [
        [`hangup_set_${i}_name`, name],
        [`hangup_set_${i}_value`, value],
        [`hangup_set_${i}_value_type`, type],
      ])
      return json({ result: 'success', hangup_set_count: set.length, ...Object.fromEntries(fields) })
    },
  },
  '/interface/ivr/alarmEvent': {
    params: ['enterpriseId', 'uniqueId', 'callType', 'eventType', 'msg'],
    answer(query, { alarms, enterprises }) {
      if (!/^[123]$/.test(query.eventType!) || !enterprises.has(query.enterpriseId!)) return exception
      alarms.push(query)
      return json({ result: 'success' })
    },
  },
  '/interface/ivr/CheckCallLimit': {
    params: ['appId', 'calleeNumber'],
    invalid: json({ result: false, description: '参数不合法' }),
    answer({ calleeNumber }, { calledToday }) {
      if (!digits.test(calleeNumber!)) return json({ result: false, description: '参数不合法' })
      const calls = (calledToday.get(calleeNumber!) ?? 0) + 1
      calledToday.set(calleeNumber!, calls)
      return json({ result: calls > 3 ? 3 : 2 })
    },
  },
  '/interface/SendOnlineCallUrl': {
    params: ['appId', 'timestamp', 'sign', 'subId', 'telB'],
    invalid: json({ result: 0, description: '参数不合法' }),
    answer({ appId, timestamp, sign, subId, telB }, { token, bindings, sentUrls }) {
      if (!/^\d{10}$/.test(timestamp!)) return json({ result: 0, description: 'timestamp不合法' })
      if (sign !== md5(appId! + timestamp! + token)) return json({ result: 0, description: 'sign无效' })
      const bound = [...bindings.values()].find((one) => one.id === subId && one.telB === telB)
      if (!bound) return json({ result: 0, description: 'subId无效' })
      sentUrls.push(subId!)
      return { text: '发送成功' }
    },
  },
  '/interface/ivr/SaveSelfRecord': {
    params: ['enterpriseId', 'path'],
    answer(query, { prompts, enterprises }) {
      if (!enterprises.has(query.enterpriseId!)) return exception
      prompts.push(query)
      return json({ result: 'success' })
    },
  },
  '/interface/selfRecord/SelfRecord': {
    params: ['enterpriseId', 'tel'],
    invalid: json({ result: 'erro', msg: '参数为空' }),
    answer({ tel }, { recordingCalls }) {
      if (!digits.test(tel!)) return json({ result: 'erro', msg: 'tel不合法' })
      recordingCalls.push(tel!)
      return json({ result: 'success', msg: '呼叫成功' })
    },
  },
  '/interface/reExecuteCDR': {
    params: [],
    answer(_query, platform) {
      const total = platform.failedCdrs.length
      platform.failedCdrs = platform.failedCdrs.filter((works) => !works)
      const failCount = platform.failedCdrs.length
      return json({ result: 'success', msg: '', totalCount: total, successCount: total - failCount, failCount })
    },
  },
  '/interface/ivr/DecryptBase64DES': {
    params: ['input', 'key'],
    answer: ({ input, key }) => json({ func_output: input && key ? decrypt(input, key) : '' }),
  },
  '/interface/ivr/fixdLineToLocal': {
    params: ['appId', 'tel', 'areaCode', 'trunkNumber', 'type'],
    invalid: noNumber,
    answer({ appId, tel, areaCode, trunkNumber }, { enterprises }) {
      const own = enterprises.get(appId!)
      if (!own || !digits.test(tel!)) return noNumber
      return chosen(own.localNumbers[areaCode!] ?? trunkNumber!)
    },
  },
  '/interface/ivr/getCaller': {
    params: ['appId', 'calleeNumber', 'trunkNumber'],
    invalid: noNumber,
    answer({ appId, calleeNumber }, { enterprises }) {
      const own = enterprises.get(appId!)
      if (!own || !digits.test(calleeNumber!)) return noNumber
      return chosen(own.ownNumbers?.[0] ?? '')
    },
  },
  '/interface/ivr/telNumerSchedul': {
    params: ['mode', 'telX', 'appId', 'telB', 'areaCode', 'trunkNumber'],
    invalid: noNumber,
    answer({ mode, telX, appId, telB, areaCode, trunkNumber }, platform) {
      const own = platform.enterprises.get(appId!)
      if (!own || !/^[12]$/.test(mode!) || !digits.test(telX!) || !digits.test(telB!)) return noNumber
      platform.bindings.set(telX!, { id: `sub-${platform.nextId()}`, telB: telB! })
      return chosen(own.localNumbers[areaCode!] ?? trunkNumber!)
    },
  },
  '/exportTaskQueue': {
    params: ['enterpriseId', 'fileName', 'op'],
    answer({ enterpriseId, fileName, op }, { exports }) {
      const key = `${enterpriseId}/${fileName}`
      const file = exports.get(key)
      if (op !== 'download' && op !== 'delete') return { text: 'op参数错误' }
      if (!file) return { text: '文件不存在' }
      if (op === 'download') return { file, name: fileName! }
      exports.delete(key)
      return { text: '删除成功' }
    },
  },
}

function ivrOptionParams(): string[] {
  return ['numberTrunk?', 'customerNumber', 'gwIp', 'callType', 'webcallIvrId', 'enterpriseId?']
}

/** §3: most fields come and go with the trunk and the enterprise. */
function ivrOption(query: Query, { enterprises }: PlatformState): FakeAnswer {
  const { numberTrunk, customerNumber, callType, webcallIvrId, enterpriseId } = query
  if (!/^[12]$/.test(callType!)) return exception
  const own = enterpriseId ? enterprises.get(enterpriseId) : undefined
  if (enterpriseId && !own) return exception
  return json({
    ...customer(customerNumber!),
    ...(numberTrunk ? { number_trunk_area_code: '010', __cdr_hotline: own?.hotline ?? `010${numberTrunk}` } : {}),
    ...(own ? { __enterprise_id: own.id } : { enterprise_status: 0 }),
    ...(own?.restricts ? { is_restrict_check: 1 } : {}),
    ...(own?.records ? { is_record: 1, record_scope: 1 } : {}),
    ...(own?.asr ? { is_asr_transfer_open: own.asr } : {}),
    ...(callType === '2' && webcallIvrId ? { __ivr_id: webcallIvrId } : {}),
  })
}

/** §11. How `pwd` is made is our assumption: MD5 of seed and token. */
function importProfile(query: Query, platform: PlatformState): FakeAnswer {
  const { enterpriseId, userName, seed, pwd, action, stringIvr, ivrProfileId } = query
  const error = (code: number, msg: string) => json({ result: 'error', code, msg })
  if (!userName || !seed || !pwd || !stringIvr) return error(1, '参数为空')
  if (!/^[0-9a-f]{32}$/.test(pwd) || !digits.test(enterpriseId!)) return error(2, '参数格式不正确')
  const known = platform.enterprises.get(enterpriseId!)?.users.includes(userName)
  if (!known || pwd !== md5(seed + platform.token)) return error(3, '用户名或密码错误')
  if (action === 'add') {
    const id = platform.nextId()
    platform.profiles.set(id, { enterprise: enterpriseId!, text: stringIvr })
    return json({ result: 'success', code: 0, msg: '', ivrProfileId: id })
  }
  if (!platform.profiles.has(ivrProfileId!)) return error(3, '流程不存在')
  platform.profiles.set(ivrProfileId!, { enterprise: enterpriseId!, text: stringIvr })
  return json({ result: 'success', code: 0, msg: '' })
}

/** Single DES as triple DES with the same key three times: today's OpenSSL has no single one. */
function decrypt(input: string, key: string): string {
  const once = Buffer.alloc(8)
  once.write(key)
  const decipher = createDecipheriv('des-ede3-ecb', Buffer.concat([once, once, once]), null)
  return Buffer.concat([decipher.update(input, 'base64'), decipher.final()]).toString('utf8')
}

/** A strict reading of a request: every parameter once and known, all that must be there, percent-encoded UTF-8. */
export function answerRequest(
  request: { method: string; target: string; contentType: string; body: string },
  platform: PlatformState,
): FakeAnswer {
  const [path = '', search = ''] = request.target.split('?', 2)
  const operation = Object.hasOwn(fakeOperations, path) ? fakeOperations[path] : undefined
  if (!platform.started || !operation || platform.withoutPaths.has(path)) return { status: 404 }
  if (request.method !== 'GET' && request.method !== 'POST') return { status: 405 }
  if (request.method === 'GET' ? request.body !== '' : search !== '') return exception
  if (request.method === 'POST' && request.contentType !== 'application/x-www-form-urlencoded') return exception
  const query = readQuery(request.method === 'GET' ? search : request.body)
  if (!query) return exception
  const known = operation.params.map((name) => name.replace('?', ''))
  if (Object.keys(query).some((name) => !known.includes(name))) return exception
  const missing = operation.params.some((name) => !name.endsWith('?') && query[name] === undefined)
  return missing ? (operation.invalid ?? exception) : operation.answer(query, platform)
}

function readQuery(text: string): Query | null {
  const query: Query = {}
  for (const pair of text === '' ? [] : text.split('&')) {
    const [name = '', ...rest] = pair.split('=')
    const value = rest.join('=')
    const plain = /^([A-Za-z0-9\-_.!~*'()]|%[0-9A-F]{2})*$/.test(value)
    if (rest.length === 0 || !plain || Object.hasOwn(query, name)) return null
    try {
      query[name] = decodeURIComponent(value)
    } catch {
      return null
    }
  }
  return query
}
