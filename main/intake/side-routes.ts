import type { Settings } from '../../preload/contract/index.ts'
import { maskNumber } from '../core/numbers/index.ts'
import type { Clock, Log, StoredPush } from '../core/ports/index.ts'
import { answerCheck, flowOf } from './ivr-check.ts'
import { pushAnswer, pushError, readPush } from './push-request.ts'
import { createSealCheck, type PushSender } from './push-seal.ts'
import { decodedValues } from './query-bytes.ts'
import { createRefusalLog } from './refusal-log.ts'
import type { Reply } from './reply.ts'
import { isSmsQuery, readSmsQuery, smsAnswer } from './sms-query.ts'

/** What others ask or tell besides screen pops. */
export interface SideDeps {
  smsQuery(): Settings['smsQuery']
  ivrChecks(): Settings['ivrChecks']
  /** Configured platforms; without one, there is no such route. */
  pushSenders(): readonly PushSender[]
  /** Resolves once it is committed, false = it was there already; a rejection is answered with 503. */
  storePush(push: Omit<StoredPush, 'id'>): Promise<boolean>
  /** A voice menu or a text message was answered; for IT to look at. */
  onExchange(exchange: Exchange): void
}

/** What was asked, decoded, by the names that came, and what was answered. */
export interface Exchange {
  route: 'ivr-check' | 'sms-query'
  values: Record<string, string>
  status: number
  body: string
}

/** A request as it is handed on; query and body are latin1 text of their bytes. */
export interface SideRequest {
  query: string
  /** Empty for a GET, and for a form route whose body is no form. */
  body: string
}

export interface SideRoute {
  methods: readonly string[]
  /** The body is read as a form, and left out when it is none. */
  form: boolean
  /** Answers; `status` alone is a refusal. */
  answer(request: SideRequest): Reply | { status: number; reason: string } | Promise<Reply>
}

/** The routes besides screen pop and health. */
export interface SideRoutes {
  /** The route of a path, or null. */
  find(path: string, query: string): SideRoute | null
}

const text = (body: string): Reply => ({ status: 200, type: 'text/plain', body })
const json = (body: string, status = 200): Reply => ({ status, type: 'application/json', body })

export function createSideRoutes(deps: SideDeps & { clock: Clock; log: Log }): SideRoutes {
  const { clock, log } = deps
  const seals = createSealCheck()
  const refusals = createRefusalLog(clock, log)

  /** Anything but 403 is texted to the customer, error pages too: whatever goes wrong here is a 403. */
  const sms: SideRoute = {
    methods: ['GET'],
    form: false,
    answer({ query }) {
      try {
        const { number, text: message } = readSmsQuery(query)
        const reply = smsAnswer(message, deps.smsQuery())
        log.info('sms-query', { number: maskNumber(number), answered: reply !== null })
        const answer: Reply = reply === null ? { status: 403, type: 'text/plain', body: '' } : text(reply)
        deps.onExchange({ route: 'sms-query', values: decodedValues(query), ...answer })
        return answer
      } catch (error) {
        return { status: 403, reason: error instanceof Error ? error.name : 'unknown' }
      }
    },
  }

  const ivrOf = (flow: string): SideRoute => ({
    methods: ['GET', 'POST'],
    form: true,
    answer({ query, body }) {
      const check = deps.ivrChecks().find((one) => one.flow === flow)
      if (!check) return { status: 404, reason: 'flow' }
      const { token, params } = answerCheck(check, query, body)
      log.info('ivr-check', { flow, params })
      deps.onExchange({ route: 'ivr-check', values: { flow, ...decodedValues(query, body) }, status: 200, body: token })
      return text(token)
    },
  })

  const push: SideRoute = {
    methods: ['POST'],
    form: false,
    async answer({ body }) {
      const content = readPush(body)
      if ('error' in content) return refusedPush(content.error, content.msg)
      const { seal, kind, subject, callee } = content
      const verdict = seals.check(seal, deps.pushSenders(), clock.now())
      if ('refused' in verdict) return refusedPush(pushError.authentication, verdict.refused)
      const { connection, signed } = verdict
      try {
        const isNew = await deps.storePush({ kind, connection, subject, body: content.body, receivedAt: clock.now() })
        log.info('push', { connection, kind, signed, isNew, ...(callee === '' ? {} : { callee: maskNumber(callee) }) })
        return json(pushAnswer(0, ''))
      } catch (error) {
        if (signed) seals.release(seal)
        log.error('push-not-stored', { connection, kind, reason: error instanceof Error ? error.message : 'unknown' })
        return json(pushAnswer(pushError.database, 'not stored, send it again'), 503)
      }
    },
  }

  function refusedPush(error: number, msg: string): Reply {
    refusals.add({ route: 'push', error, reason: msg })
    return json(pushAnswer(error, msg))
  }

  return {
    find(path, query) {
      if (isSmsQuery(path, query)) return sms
      if (path === '/openapi/push') return deps.pushSenders().length > 0 ? push : null
      const flow = flowOf(path)
      return flow === null ? null : ivrOf(flow)
    },
  }
}
