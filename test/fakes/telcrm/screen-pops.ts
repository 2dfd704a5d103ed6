import { request } from 'node:http'
import type { FakeCall, FakeLeg } from './pbx-state.ts'

/** One screen pop that was sent, and what came of it. */
export interface SentPop {
  url: string
  id: string
  state: 'calling' | 'ringing' | 'canceled' | 'talking' | 'hungup'
  businessId: string
  callee: string
  sentAt: number
  /** HTTP status, or null when no answer came. */
  status: number | null
  body: string
  ms: number
}

/** Sends the webhooks of manual 003 §4, one after another, from a chosen local address. */
export class ScreenPops {
  readonly sent: SentPop[] = []
  url: string | null
  localAddress: string
  #last: Promise<unknown> = Promise.resolve()

  constructor(url: string | null, localAddress: string) {
    this.url = url
    this.localAddress = localAddress
  }

  /** About the caller's own leg (`maincall`). */
  main(call: FakeCall, state: SentPop['state']): Promise<void> {
    return this.#queue(call, 'maincall', call.callee, state)
  }

  /** About one extension's leg. */
  leg(call: FakeCall, leg: FakeLeg, state: SentPop['state']): Promise<void> {
    return this.#queue(call, leg.businessId, leg.extension, state)
  }

  /** Resolves when everything queued so far was answered or failed. */
  async settled(): Promise<void> {
    await this.#last
  }

  #queue(call: FakeCall, businessId: string, callee: string, state: SentPop['state']): Promise<void> {
    const url = this.url
    if (url === null) return Promise.resolve()
    const send = this.#last.then(() => this.#send(url, call, businessId, callee, state))
    this.#last = send
    return send
  }

  async #send(
    base: string,
    call: FakeCall,
    businessId: string,
    callee: string,
    state: SentPop['state'],
  ): Promise<void> {
    const direction = call.kind === 'incoming' ? 'incoming' : 'outgoing'
    const pairs = { id: call.id, caller: call.caller, callee, state, direction, businessId, group: call.group }
    const query = Object.entries(pairs).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    const url = `${base}${base.includes('?') ? '&' : '?'}${query.join('&')}`
    const sentAt = Date.now()
    const answer = await get(url, this.localAddress)
    this.sent.push({ url, id: call.id, state, businessId, callee, sentAt, ...answer, ms: Date.now() - sentAt })
  }
}

function get(url: string, localAddress: string): Promise<{ status: number | null; body: string }> {
  return new Promise((resolve) => {
    const failed = (): void => resolve({ status: null, body: '' })
    const sending = request(url, { localAddress, agent: false, timeout: 5_000 }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? null, body }))
      response.on('error', failed)
    })
    sending.on('timeout', () => sending.destroy())
    sending.on('error', failed)
    sending.end()
  })
}
