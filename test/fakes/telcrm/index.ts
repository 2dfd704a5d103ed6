import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSoapFace, type SoapFace, type WsdlStyle } from '../telcrm-soap/index.ts'
import type { FakeAnswer, PbxActions } from './fake-operation.ts'
import { type FakeFault, misbehave, type PlainAnswer, refusingFaults } from './faults.ts'
import { type FakeCall, PbxState } from './pbx-state.ts'
import { readRequest } from './read-request.ts'
import { ScreenPops, type SentPop } from './screen-pops.ts'

export { logRow } from './pbx-state.ts'
export { muLawWav } from './sound-files.ts'

export interface FakeTelcrmOptions {
  port?: number
  host?: string
  /** Where screen pops go; null = nowhere. */
  popUrl?: string | null
  /** Address that the screen pops come from. */
  localAddress?: string
  /** Result codes as HTTP status, or as a digits-only body under status 200. */
  resultStyle?: 'status' | 'body'
  /** Which kind of server its web services are. */
  services?: WsdlStyle
  /** Number and name of each extension. Default: 801 to 806. */
  extensions?: readonly (readonly [telNum: string, userName: string])[]
}

interface SeenRequest {
  method: string
  /** Path and query exactly as they came. */
  target: string
  /** `GET /bridge/… HTTP/1.1` */
  line: string
  headers: IncomingMessage['headers']
  at: number
  /** When the answer was made and given to the socket; null = not yet, or it was spoilt by a fault. */
  answeredAt: number | null
}

/** A PBX that speaks the telcrm protocol strictly, for tests. It keeps state: calls ring, are answered, end, are logged. */
export interface FakeTelcrm {
  readonly baseUrl: string
  readonly port: number
  /** Extensions, calls, customers and log: read and change at will. */
  readonly state: PbxState
  readonly requests: SeenRequest[]
  readonly pops: SentPop[]
  /** The web services, on the same port and about the same calls. */
  readonly services: SoapFace
  /** The call that was dialled by click comes this far. */
  click(clickCallId: string, progress: 'ringing' | 'ringing-out' | 'talking' | 'over'): void
  setPopUrl(url: string | null): void
  setLocalAddress(address: string): void
  setResultStyle(style: 'status' | 'body'): void
  /** An outside call rings an extension. Resolves when its screen pops were answered. */
  ring(call: { from: string; to: string; group?: string; id?: string }): Promise<FakeCall>
  /** The ringing phone is picked up (for a dialled call: the agent's phone, then the customer's). */
  answer(callId: string): Promise<void>
  hangup(callId: string): Promise<void>
  /** The caller gives up while it rings. */
  cancel(callId: string): Promise<void>
  /** The talking extension passes its call on; the target rings. */
  transfer(callId: string, target: string): Promise<void>
  /** The next `times` requests (of one `opt`, if given) are answered wrongly. Null ends all faults. */
  fault(fault: FakeFault | null, how?: { times?: number; opt?: string }): void
  /** The next `times` requests of this `opt` get this result code, and nothing is done. */
  refuse(code: number, how: { opt: string; times?: number }): void
  /** Its port is closed; calls go on and are logged. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
  /** All screen pops sent so far were answered or failed. */
  settled(): Promise<void>
  stop(): Promise<void>
}

const isService = (target: string): boolean => target.startsWith('/bridge/services/')

const defaultExtensions = [
  ['801', '李阳'],
  ['802', '张霞'],
  ['803', '王芳'],
  ['804', '刘洋'],
  ['805', '陈静'],
  ['806', '赵磊'],
] as const

export async function startFakeTelcrm(options: FakeTelcrmOptions = {}): Promise<FakeTelcrm> {
  const state = new PbxState()
  for (const [telNum, userName] of options.extensions ?? defaultExtensions) state.addExtension(telNum, userName)
  const pops = new ScreenPops(options.popUrl ?? null, options.localAddress ?? '127.0.0.1')
  const requests: SeenRequest[] = []
  let resultStyle = options.resultStyle ?? 'status'
  let refusals: { code: number; opt: string; times: number }[] = []
  let faults: { fault: FakeFault; times: number; opt: string | undefined }[] = []

  const mustFind = (callId: string, ...allowed: FakeCall['state'][]): FakeCall => {
    const call = state.calls.get(callId)
    if (!call || !allowed.includes(call.state)) throw new Error(`call ${callId} is ${call?.state ?? 'not there'}`)
    return call
  }
  /** Only incoming calls are reported (manual 003 §4). */
  const report = async (call: FakeCall, run: () => Promise<void>[]): Promise<void> => {
    if (call.kind === 'incoming') await Promise.all(run())
  }
  const end = (call: FakeCall, word: 'hungup' | 'canceled'): Promise<void> => {
    const open = call.legs.filter((leg) => leg.state !== 'ended')
    state.end(call)
    return report(call, () => [...open.map((leg) => pops.leg(call, leg, word)), pops.main(call, word)])
  }
  const passOn = (call: FakeCall, target: string): Promise<void> => {
    const from = call.legs.at(-1)!
    state.endLeg(from)
    const to = state.addLeg(call, target)
    return report(call, () => [pops.leg(call, to, 'ringing'), pops.leg(call, from, 'hungup')])
  }
  const pickUp = (call: FakeCall): Promise<void> => {
    const first = call.answeredAt === null
    const leg = state.answer(call)
    return report(call, () => [pops.leg(call, leg, 'talking'), ...(first ? [pops.main(call, 'talking')] : [])])
  }
  const actions: PbxActions = {
    state,
    dial: (caller, callee) => state.open('dialled', caller, callee, caller, ''),
    hangup: (call) => void end(call, call.state === 'talking' ? 'hungup' : 'canceled'),
    transfer: (call, target) => void passOn(call, target),
    takeOver(call, target) {
      void passOn(call, target)
      void pickUp(call)
    },
    toMenu(call, menu) {
      const leg = call.legs.at(-1)!
      state.endLeg(leg)
      call.menu = menu
      void report(call, () => [pops.leg(call, leg, 'hungup')])
    },
  }

  const toPlain = (answer: FakeAnswer): PlainAnswer => {
    if ('json' in answer) {
      return { status: 200, contentType: 'application/json; charset=utf-8', body: JSON.stringify(answer.json) }
    }
    if ('words' in answer) return { status: 200, contentType: 'text/plain; charset=utf-8', body: answer.words }
    if ('bytes' in answer) {
      return { status: answer.status ?? 200, contentType: answer.contentType, body: answer.bytes }
    }
    if (resultStyle === 'body') return { status: 200, contentType: 'text/plain', body: String(answer.code) }
    return { status: answer.code, contentType: 'text/plain; charset=utf-8', body: answer.text ?? '' }
  }
  const takeFault = (target: string): FakeFault | null => {
    const found = faults.find((one) => one.opt === undefined || new RegExp(`[?&]opt=${one.opt}(&|$)`).test(target))
    if (!found) return null
    found.times -= 1
    if (found.times <= 0) faults = faults.filter((one) => one !== found)
    return found.fault
  }
  const takeRefusal = (target: string): number | null => {
    const found = refusals.find(({ opt }) => new RegExp(`[?&]opt=${opt}(&|$)`).test(target))
    if (!found) return null
    found.times -= 1
    if (found.times <= 0) refusals = refusals.filter((one) => one !== found)
    return found.code
  }
  const serve = (incoming: IncomingMessage, response: ServerResponse): void => {
    const { method = '', url: target = '', headers } = incoming
    const line = `${method} ${target} HTTP/${incoming.httpVersion}`
    const seen: SeenRequest = { method, target, line, headers, at: Date.now(), answeredAt: null }
    requests.push(seen)
    if (method !== 'POST') {
      incoming.resume()
      if (isService(target)) serveSoap(method, target, headers, '', response)
      else reply(readRequest({ method, target, headers, body: Buffer.alloc(0) }), seen, response)
      return
    }
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks)
      if (isService(target)) serveSoap(method, target, headers, body.toString(), response)
      else reply(readRequest({ method, target, headers, body }), seen, response)
    })
  }
  /** A fault is asked for by the name of the service's operation. */
  const serveSoap = (
    method: string,
    url: string,
    headers: IncomingMessage['headers'],
    body: string,
    response: ServerResponse,
  ): void => {
    const operation = /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1] ?? 'wsdl'
    const fault = takeFault(`?opt=${operation}`)
    const isIdle = fault !== null && refusingFaults.has(fault)
    const plain = isIdle
      ? { status: 503, contentType: 'text/plain', body: '' }
      : services.answer({ method, url, headers, body })
    if (fault) misbehave(fault, plain, response)
    else {
      response.writeHead(plain.status, {
        'content-type': plain.contentType,
        'content-length': Buffer.byteLength(plain.body),
      })
      response.end(plain.body)
    }
  }
  const reply = (read: ReturnType<typeof readRequest>, seen: SeenRequest, response: ServerResponse): void => {
    const { target } = seen
    const fault = takeFault(target)
    // Any other fault spoils the answer only: the work was done, as with a real PBX whose answer gets lost.
    const idle = fault !== null && refusingFaults.has(fault)
    const refused = 'refused' in read
    const refusal = refused ? null : takeRefusal(target)
    const answer = refused
      ? read.refused
      : refusal !== null
        ? { code: refusal }
        : idle
          ? { code: 503 }
          : read.operation.answer(read.values, actions, read.file)
    const plain = refused && read.isHttp ? { ...toPlain(answer), status: 405 } : toPlain(answer)
    if (fault) {
      misbehave(fault, plain, response)
      return
    }
    response.writeHead(plain.status, {
      'content-type': plain.contentType,
      'content-length': Buffer.byteLength(plain.body),
    })
    response.end(plain.body)
    seen.answeredAt = Date.now()
  }

  const services = createSoapFace(options.services ?? 'cxf')
  const clicked = new Map<string, FakeCall>()
  services.pbx.stepsByAsking = false
  for (const telNum of state.extensions.keys()) services.pbx.extensions.add(telNum)
  services.pbx.onClick = (clickCallId, { extnum, callee, ended }) => {
    const call = clicked.get(clickCallId) ?? state.open('dialled', extnum, callee, extnum, '')
    call.clickCallId = clickCallId
    clicked.set(clickCallId, call)
    if (ended && call.state !== 'ended') state.end(call)
  }
  services.pbx.moreCalls = () =>
    state.log().map(({ id, caller, callee, channel, beginTime, duration, state, callType, record, recordVoice }) => ({
      ...{ id, caller, callee, channel, beginTime, duration, state, callType, record, recordVoice },
      estimate: null,
    }))
  const clickStates = { ringing: 1, 'ringing-out': 2, talking: 3, over: 0 }

  const server = createServer(serve)
  const host = options.host ?? '127.0.0.1'
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, resolve)
    })
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await listen(options.port ?? 0)
  const { port } = server.address() as AddressInfo

  return {
    baseUrl: `http://${host}:${port}`,
    port,
    state,
    requests,
    pops: pops.sent,
    services,
    click(clickCallId, progress) {
      const click = services.pbx.clicks.get(clickCallId)
      const call = clicked.get(clickCallId)
      if (!click || !call || click.ended) throw new Error(`no click call ${clickCallId}`)
      click.state = clickStates[progress]
      if (progress === 'talking') state.answer(call)
      if (progress === 'over') state.end(call)
    },
    setPopUrl: (url) => {
      pops.url = url
    },
    setLocalAddress: (address) => {
      pops.localAddress = address
    },
    setResultStyle: (style) => {
      resultStyle = style
    },
    async ring({ from, to, group = '3003', id }) {
      if (!state.extensions.has(to)) throw new Error(`no extension ${to}`)
      if (state.callOf(to)) throw new Error(`extension ${to} has a call already`)
      const call = state.open('incoming', from, to, to, group, id)
      await report(call, () => [
        pops.main(call, 'calling'),
        pops.leg(call, call.legs[0]!, 'calling'),
        pops.leg(call, call.legs[0]!, 'ringing'),
      ])
      return call
    },
    answer: async (callId) => pickUp(mustFind(callId, 'ringing', 'talking')),
    hangup: (callId) => end(mustFind(callId, 'talking'), 'hungup'),
    cancel: (callId) => end(mustFind(callId, 'ringing'), 'canceled'),
    transfer: (callId, target) => passOn(mustFind(callId, 'talking'), target),
    fault(fault, how = {}) {
      if (fault === null) faults = []
      else faults.push({ fault, times: how.times ?? Number.POSITIVE_INFINITY, opt: how.opt })
    },
    refuse(code, { opt, times = 1 }) {
      refusals.push({ code, opt, times })
    },
    settled: () => pops.settled(),
    goAway: close,
    comeBack: () => listen(port),
    async stop() {
      if (server.listening) await close()
      await pops.settled()
    },
  }
}
