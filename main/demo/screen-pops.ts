import { request } from 'node:http'
import type { ScreenPopState } from '../core/calls/inbox-event.ts'
import type { Log } from '../core/ports/index.ts'

/** One notification as manual 003 §4.3 lists its fields. */
export interface ScreenPop {
  id: string
  caller: string
  callee: string
  state: ScreenPopState
  direction: 'incoming' | 'outgoing'
  businessId: string
  group: string
}

export interface ScreenPopSender {
  /** Queues one notification. Like the real PBX it is sent once and never repeated. */
  send(pop: ScreenPop): void
  /** Resolves when everything queued so far was answered or failed. */
  idle(): Promise<void>
  stop(): Promise<void>
}

const answerWithinMs = 3000
const longestQueue = 500

/** The path that the PBX back end suggests; used where the receiver's address has none. */
function targetOf(popUrl: string, pop: ScreenPop): URL {
  const url = new URL(popUrl)
  if (url.pathname === '/') url.pathname = '/srvlt'
  url.search = new URLSearchParams({ ...pop }).toString()
  return url
}

/** Plain GETs, one after another, so that one call's states arrive in order. */
export function createScreenPopSender(deps: { log: Log; popUrl(): string | null }): ScreenPopSender {
  const stopping = new AbortController()
  let chain: Promise<void> = Promise.resolve()
  let waiting = 0
  let working: boolean | null = null

  function note(ok: boolean, reason: string): void {
    if (ok === working) return
    working = ok
    if (ok) deps.log.info('screen-pops-arrive')
    else deps.log.warn('screen-pop-failed', { reason })
  }

  function deliver(pop: ScreenPop): Promise<void> {
    const popUrl = deps.popUrl()
    if (popUrl === null || stopping.signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const done = (ok: boolean, reason: string): void => {
        if (!stopping.signal.aborted) note(ok, reason)
        resolve()
      }
      const sent = request(targetOf(popUrl, pop), { agent: false, signal: stopping.signal, timeout: answerWithinMs })
      sent.on('response', (response) => {
        response.resume()
        response.on('error', () => done(false, 'answer cut off'))
        response.on('end', () => done(response.statusCode === 200, `status ${response.statusCode}`))
      })
      sent.on('timeout', () => sent.destroy(new Error('timeout')))
      sent.on('error', (error: NodeJS.ErrnoException) => done(false, error.code ?? error.message))
      sent.end()
    })
  }

  return {
    send(pop) {
      if (stopping.signal.aborted || waiting >= longestQueue) return
      waiting += 1
      chain = chain
        .then(() => deliver(pop))
        .catch((error: unknown) => note(false, error instanceof Error ? error.name : 'unknown'))
        .finally(() => {
          waiting -= 1
        })
    },
    idle: () => chain,
    async stop() {
      stopping.abort()
      await chain
    },
  }
}
