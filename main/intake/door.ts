import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock, Log } from '../core/ports/index.ts'
import { limits } from './limits.ts'
import { type PopFields, type ReceivedPop, readPop } from './pop-request.ts'
import { guardRequest, type OwnNames } from './request-guard.ts'
import { pathOf, queryOf } from './request-line.ts'

const headers = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
const okHeaders = { ...headers, 'Content-Type': 'text/plain', 'Content-Length': '2' }
const emptyHeaders = { ...headers, 'Content-Length': '0' }
const closeHeaders = { ...emptyHeaders, Connection: 'close' }

export interface DoorDeps {
  clock: Clock
  log: Log
  /** Path that screen pops come to, besides `/srvlt`. */
  path(): string
  own(): OwnNames
  takeRequest(address: string): boolean
  accept(pop: ReceivedPop): Promise<void>
  onAccepted(): void
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
  /** Screen pops that are being stored. */
  pending(): number
}

export function createDoor(deps: DoorDeps): Door {
  const { clock, log } = deps
  const refusals = createRefusalLog(clock, log)
  let pending = 0

  function reply(response: ServerResponse, status: number): void {
    const chunked = isChunked(response.req.rawHeaders)
    if (status === 200) {
      response.writeHead(200, chunked ? { ...okHeaders, Connection: 'close' } : okHeaders)
      response.end('OK')
      return
    }
    response.writeHead(status, chunked || status === 413 ? closeHeaders : emptyHeaders)
    response.end()
  }

  function refuse(response: ServerResponse, source: string, refusal: Refusal): void {
    refusals.add({ source, ...refusal })
    reply(response, refusal.status)
  }

  function isPopPath(path: string): boolean {
    const bare = (text: string) => text.toLowerCase().replace(/(?<=.)\/+$/, '')
    const asked = bare(path)
    return asked === '/srvlt' || asked === bare(pathOf(deps.path()))
  }

  /** What the request is, or why it is refused. Looks at the head only. */
  function judge(request: IncomingMessage, source: string): 'pop' | 'health' | Refusal {
    if (!deps.takeRequest(source)) return { status: 429, reason: 'too-many-requests' }
    const { httpVersion, method } = request
    if (httpVersion !== '1.1' && httpVersion !== '1.0') return { status: 400, reason: 'http-version' }
    const verdict = guardRequest(request.rawHeaders, httpVersion, deps.own())
    if (verdict !== 'pass') return { status: 403, reason: verdict }
    const path = pathOf(request.url ?? '')
    const isPop = isPopPath(path)
    if (!isPop && path !== '/health') return { status: 404, reason: 'path' }
    if (method !== 'GET' && !(isPop && method === 'POST')) return { status: 405, reason: 'method' }
    return isPop ? 'pop' : 'health'
  }

  function route(request: IncomingMessage, response: ServerResponse, source: string, line: Buffer | null): void {
    const verdict = judge(request, source)
    if (verdict === 'health') reply(response, 200)
    else if (verdict === 'pop') readPopRequest(request, response, source, line)
    else refuse(response, source, verdict)
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
    guarded(response, pop.source, () => reply(response, status))
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

/** The body as latin1 text, or null when it is too long. Nothing when the sender goes away. */
function readBody(request: IncomingMessage, then: (body: string | null) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    const fitted = size <= limits.bodyBytes
    size += chunk.length
    if (size <= limits.bodyBytes) chunks.push(chunk)
    else if (fitted) then(null)
  })
  request.on('end', () => {
    if (size <= limits.bodyBytes) then(Buffer.concat(chunks).toString('latin1'))
  })
}

/** Looked for in the raw list: building the header object costs more than answering. */
function isChunked(rawHeaders: readonly string[]): boolean {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]
    if (name?.length === 17 && name.toLowerCase() === 'transfer-encoding') return true
  }
  return false
}

const isForm = (contentType: string | undefined) =>
  contentType === undefined || /^application\/x-www-form-urlencoded\b/i.test(contentType)

/** Refused requests, by field and never by value; a flood of them is counted, not written out. */
function createRefusalLog(clock: Clock, log: Log): { add(fields: Record<string, unknown>): void } {
  let windowFrom = Number.NEGATIVE_INFINITY
  let written = 0
  let unwritten = 0
  return {
    add(fields) {
      const now = clock.mono()
      if (now - windowFrom > 10_000) {
        if (unwritten > 0) log.warn('requests-refused', { more: unwritten })
        windowFrom = now
        written = 0
        unwritten = 0
      }
      if (written >= limits.loggedRefusals) unwritten += 1
      else {
        written += 1
        log.warn('request-refused', fields)
      }
    },
  }
}
