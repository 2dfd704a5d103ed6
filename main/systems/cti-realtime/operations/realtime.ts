import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { wireRecord, wireText } from '../../kit/tolerant.ts'
import { realtimeRow, realtimeRows } from '../envelope.ts'
import { filled } from '../values.ts'

const gateway = z.object({ id: says(filled, 'IP address or name of the gateway', '网关ip地址或网关名称') })
const gatewayByName = z.object({ name: says(filled, 'IP address or name of the gateway', 'ip地址或网关名称') })
const mohClass = z.object({
  name: says(filled, 'Class name: enterprise number followed by the class', '类名 格式：企业号+类名'),
})

/** Which calls belong to a gateway. The table says `match` (its address), the sample `match_header`. */
const Identify = wireRecord({
  id: wireText,
  type: wireText.optional(),
  endpoint: wireText.optional(),
  match: wireText.optional(),
  match_header: wireText.optional(),
})

const MohClass = wireRecord({ name: wireText, mode: wireText.optional(), directory: wireText.optional() })

const SipUser = wireRecord({
  name: wireText,
  type: wireText.optional(),
  host: wireText.optional(),
  context: wireText.optional(),
  'call-limit': wireText.optional(),
  ipaddr: wireText.optional(),
  port: wireText.optional(),
  disallow: wireText.optional(),
  allow: wireText.optional(),
  dtmf_mode: wireText.optional(),
  change: wireText.optional(),
})

const Endpoint = wireRecord({
  id: wireText,
  type: wireText.optional(),
  transport: wireText.optional(),
  context: wireText.optional(),
  disallow: wireText.optional(),
  allow: wireText.optional(),
  dtmf_mode: wireText.optional(),
  device_state_busy_at: wireText.optional(),
  rtp_keepalive: wireText.optional(),
  rtp_timeout: wireText.optional(),
  rtp_timeout_hold: wireText.optional(),
  timers: wireText.optional(),
})

/** Manual 000 realtime §1. Empty answer = not-found. */
export const identifyMulti = operation({
  id: 'cti-realtime.identify-multi',
  title: 'SIP identify lookup, many rows',
  titleZh: 'Identify接口 multi',
  doc: '000 realtime §1 multi',
  method: 'GET',
  path: '/interface/realtime/identify/multi',
  params: gateway,
  response: realtimeRows(Identify),
  retry: 'safe',
})

/** Manual 000 realtime §1. Printed `single,id=…`: Asterisk's way of writing a request with parameters. */
export const identifySingle = operation({
  id: 'cti-realtime.identify-single',
  title: 'SIP identify lookup, one row',
  titleZh: 'Identify接口 single',
  doc: '000 realtime §1 single',
  method: 'GET',
  path: '/interface/realtime/identify/single',
  params: gateway,
  response: realtimeRow(Identify),
  retry: 'safe',
})

/** Manual 000 realtime §2. */
export const mohMulti = operation({
  id: 'cti-realtime.moh-multi',
  title: 'Music on hold lookup, many rows',
  titleZh: 'Moh接口 multi',
  doc: '000 realtime §2 multi',
  method: 'GET',
  path: '/interface/realtime/moh/multi',
  params: mohClass,
  response: realtimeRows(MohClass),
  retry: 'safe',
})

/** Manual 000 realtime §2. */
export const mohSingle = operation({
  id: 'cti-realtime.moh-single',
  title: 'Music on hold lookup, one row',
  titleZh: 'Moh接口 single',
  doc: '000 realtime §2 single',
  method: 'GET',
  path: '/interface/realtime/moh/single',
  params: mohClass,
  response: realtimeRow(MohClass),
  retry: 'safe',
})

/** Manual 000 realtime §3. */
export const sipUsersMulti = operation({
  id: 'cti-realtime.sipusers-multi',
  title: 'SIP user lookup, many rows',
  titleZh: 'SipUsers接口 multi',
  doc: '000 realtime §3 multi',
  method: 'GET',
  path: '/interface/realtime/sipUsers/multi',
  params: gatewayByName,
  response: realtimeRows(SipUser),
  retry: 'safe',
})

/** Manual 000 realtime §3, which prints the address of multi here. */
export const sipUsersSingle = operation({
  id: 'cti-realtime.sipusers-single',
  title: 'SIP user lookup, one row',
  titleZh: 'SipUsers接口 single',
  doc: '000 realtime §3 single',
  method: 'GET',
  path: '/interface/realtime/sipUsers/single',
  alternatives: ['/interface/realtime/sipUsers/multi'],
  params: gatewayByName,
  response: realtimeRow(SipUser),
  retry: 'safe',
})

/** Manual 000 realtime §4. */
export const endpointMulti = operation({
  id: 'cti-realtime.endpoint-multi',
  title: 'SIP endpoint lookup, many rows',
  titleZh: 'EndPoint接口 multi',
  doc: '000 realtime §4 multi',
  method: 'GET',
  path: '/interface/realtime/endpoint/multi',
  params: gateway,
  response: realtimeRows(Endpoint),
  retry: 'safe',
})

/** Manual 000 realtime §4, which prints the address of multi here. */
export const endpointSingle = operation({
  id: 'cti-realtime.endpoint-single',
  title: 'SIP endpoint lookup, one row',
  titleZh: 'EndPoint接口 single',
  doc: '000 realtime §4 single',
  method: 'GET',
  path: '/interface/realtime/endpoint/single',
  alternatives: ['/interface/realtime/endpoint/multi'],
  params: gateway,
  response: realtimeRow(Endpoint),
  retry: 'safe',
})
