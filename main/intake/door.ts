import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock, Log } from '../core/ports/index.ts'
import { limits } from './limits.ts'
import { type PopFields, type ReceivedPop, readPop } from './pop-request.ts'
import { createRefusalLog } from './refusal-log.ts'
import { replyStatus, replyWith } from './reply.ts'
import { isForm, readBody } from './request-body.ts'
import { guardRequest, type OwnNames } from './request-guard.ts'
import { pathOf, queryOf } from './request-line.ts'
import type { SideRoute, SideRoutes } from './side-routes.ts'
import { isSmsQuery } from './sms-query.ts'

export interface DoorDeps {
  clock: Clock
  log: Log
  /** Path that screen pops come to, besides `/srvlt`. */
  path(): string
  own(): OwnNames
  takeRequest(address: string): boolean
  accept(pop: ReceivedPop): Promise<void>
  onAccepted(): void
  side: SideRoutes
}

interface Refusal {
  status: number
  reason: string
  /** The field at fault, by its wire name; never its value. */
  field?: string
}

/** Answers requests. Whatever comes in, one fixed answer goes out, and nothing escapes. */
export interface Door {
  /** `line` is the request line as it came, when it had to be changed for the parser. */
  handle(request: IncomingMessage, response: ServerResponse, source: string, line: Buffer | null): void
  /** Requests whose content is being stored. */
  pending(): number
}

export function createDoor(deps: DoorDeps): Door {
  const { clock, log } = deps
  const refusals = createRefusalLog(clock, log)
  let pending = 0

  function refuse(response: ServerResponse, source: string, refusal: Refusal): void {
    refusals.add({ source, ...refusal })
    replyStatus(response, safeStatus(response, refusal.status))
  }

  /** Whatever is wrong with the question for a text message: any status but 403 would be texted to the customer. */
  function safeStatus(response: ServerResponse, status: number): number {
    const target = response.req.url ?? ''
    return isSmsQuery(pathOf(target), queryOf(target)) ? 403 : status
  }

  function isPopPath(path: string): boolean {
    const bare = (text: string) => text.toLowerCase().replace(/(?<=.)\/+$/, '')
    const asked = bare(path)
    return asked === '/srvlt' || asked === bare(pathOf(deps.path()))
  }

  /** What the request is, or why it is refused. Looks at the head only. */
  function judge(request: IncomingMessage, source: string): 'pop' | 'health' | SideRoute | Refusal {
    if (!deps.takeRequest(source)) return { status: 429, reason: 'too-many-requests' }
    const { httpVersion, method } = request
    if (httpVersion !== '1.1' && httpVersion !== '1.0') return { status: 400, reason: 'http-version' }
    const verdict = guardRequest(request.rawHeaders, httpVersion, deps.own())
    if (verdict !== 'pass') return { status: 403, reason: verdict }
    const path = pathOf(request.url ?? '')
    const isPop = isPopPath(path)
    // Pops may have been given the root, where text messages are asked for as well.
    const side = isPop && path !== '/' ? null : deps.side.find(path, queryOf(request.url ?? ''))
    if (side) return side.methods.includes(method ?? '') ? side : { status: 405, reason: 'method' }
    if (!isPop && path !== '/health') return { status: 404, reason: 'path' }
    if (method !== 'GET' && !(isPop && method === 'POST')) return { status: 405, reason: 'method' }
    return isPop ? 'pop' : 'health'
  }

  function route(request: IncomingMessage, response: ServerResponse, source: string, line: Buffer | null): void {
    const verdict = judge(request, source)
    if (verdict === 'pop') readPopRequest(request, response, source, line)
    else if (verdict === 'health') replyStatus(response, 200)
    else if ('status' in verdict) refuse(response, source, verdict)
    else if (request.method === 'GET') void answerSide(verdict, '', response, source)
    else readSideBody(verdict, request, response, source)
  }

  function readSideBody(side: SideRoute, request: IncomingMessage, response: ServerResponse, source: string): void {
    readBody(request, (body) =>
      guarded(response, source, () => {
        if (body === null) refuse(response, source, { status: 413, reason: 'body' })
        else if (side.form && !isForm(request.headers['content-type'])) void answerSide(side, '', response, source)
        else void answerSide(side, body, response, source)
      }),
    )
  }

  async function answerSide(side: SideRoute, body: string, response: ServerResponse, source: string): Promise<void> {
    pending += 1
    try {
      const answer = await side.answer({ query: queryOf(response.req.url ?? ''), body })
      if ('body' in answer) replyWith(response, answer)
      else refuse(response, source, answer)
    } catch (error) {
      log.error('request-failed', { source, reason: error instanceof Error ? error.name : 'unknown' })
      guarded(response, source, () => replyStatus(response, safeStatus(response, 500)))
    } finally {
      pending -= 1
    }
  }

  function readPopRequest(
    request: IncomingMessage,
    response: ServerResponse,
    source: string,
    line: Buffer | null,
  ): void {
    const target = request.url ?? ''
    const head = line?.toString('latin1').trimEnd() ?? `${request.method} ${target} HTTP/${request.httpVersion}`
    const query = queryOf(target)
    if (request.method === 'GET') {
      take(response, source, head, readPop(query, ''))
      return
    }
    readBody(request, (body) =>
      guarded(response, source, () => {
        if (body === null) {
          refuse(response, source, { status: 413, reason: 'body' })
          return
        }
        const form = isForm(request.headers['content-type']) ? body : ''
        take(response, source, body === '' ? head : `${head}\n${body}`, readPop(query, form))
      }),
    )
  }

  function take(
    response: ServerResponse,
    source: string,
    raw: string,
    fields: PopFields | { wrongField: string },
  ): void {
    if ('wrongField' in fields) {
      refuse(response, source, { status: 400, reason: 'field', field: fields.wrongField })
      return
    }
    void store(response, {
      ...fields,
      source,
      raw: raw.slice(0, limits.rawBytes),
      receivedAt: clock.now(),
      receivedMono: clock.mono(),
    })
  }

  /** Stored first, answered then. */
  async function store(response: ServerResponse, pop: ReceivedPop): Promise<void> {
    pending += 1
    let status = 200
    try {
      await deps.accept(pop)
      deps.onAccepted()
    } catch (error) {
      status = 503
      refusals.add({ status, source: pop.source, reason: error instanceof Error ? error.message : 'unknown' })
    }
    pending -= 1
    guarded(response, pop.source, () => replyStatus(response, status))
  }

  function guarded(response: ServerResponse, source: string, run: () => void): void {
    try {
      run()
    } catch (error) {
      log.error('request-failed', { source, reason: error instanceof Error ? error.name : 'unknown' })
      response.destroy()
    }
  }

  return {
    handle(request, response, source, line) {
      request.on('error', () => response.destroy())
      response.on('error', () => response.destroy())
      guarded(response, source, () => route(request, response, source, line))
    },
    pending: () => pending,
  }
}
