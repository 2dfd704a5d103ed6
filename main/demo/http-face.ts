import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Log } from '../core/ports/index.ts'
import type { DemoCallLog } from './call-log.ts'
import { callers } from './callers.ts'
import type { DemoConversations } from './conversations.ts'
import { createDemoCustomers } from './customers.ts'
import type { ResultCode } from './demo-call.ts'
import { RequestFault, readLogQuery, required } from './request-fields.ts'
import { supervise } from './supervision.ts'
import type { Switchboard } from './switchboard.ts'
import type { DemoToneFiles } from './tone-files.ts'
import { toneRecording } from './tone-recording.ts'

const longestToneSec = 60
const mostUploadBytes = 12 * 1024 * 1024

interface Answer {
  status: number
  type: string
  body: string | Uint8Array
}

const meanings: Record<ResultCode, string> = {
  100: '100',
  180: '180',
  200: 'OK',
  400: 'bad parameters',
  403: 'the supervisor has no right 坐席监控',
  404: 'no such extension or call',
  480: 'the extension is not online',
  481: 'the extension has no such call',
  483: 'there is one already',
  486: 'the extension is busy',
  500: 'internal error',
  503: 'not enough resources',
  603: 'busy or refused',
}

function text(status: number, body: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body }
}

function json(body: unknown): Answer {
  return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(body) }
}

function coded(code: ResultCode): Answer {
  // A status below 200 announces an answer and is none; such a code stands in the body.
  if (code < 200) return text(200, String(code))
  return text(code, meanings[code])
}

/** The PBX's web face on loopback: the operations that this program uses, by manual 003 §1, 2, 5, 6, 8 to 17, 19 to 21, 22 and 24. */
export interface HttpFace {
  /** `http://127.0.0.1:N` */
  baseUrl: string
  close(): Promise<void>
}

export async function startHttpFace(deps: {
  board: Switchboard
  conversations: DemoConversations
  callLog: DemoCallLog
  toneFiles: DemoToneFiles
  now(): number
  log: Log
}): Promise<HttpFace> {
  const { board, conversations, callLog, toneFiles } = deps
  const customers = createDemoCustomers(callers.slice(0, 3).map(({ number }) => number))

  /** §14: `IDEL` is the vendor's spelling; `remoteNum` is there only during a call. */
  function extensionStates(): Answer {
    return json(
      [...board.phones.values()].map((phone) => {
        const remote = board.remoteOf(phone)
        const offline = !phone.registered || phone.presence === 'offline'
        const outgoing = phone.talksIn?.caller === phone.extension
        return {
          telNum: phone.extension,
          userName: phone.name,
          telRegState: phone.registered ? 1 : 0,
          phoneType: 'NewRockTech-MX8-v1.9.82.333/UA',
          ...(remote === null ? {} : { remoteNum: remote }),
          state: remote !== null ? (outgoing ? 'BUSY_OUTGOING' : 'BUSY_INCOMING') : offline ? 'OFFLINE' : 'IDEL',
          presence: phone.presence,
          missingCallCount: phone.missed,
        }
      }),
    )
  }

  const operations = new Map<string, (query: URLSearchParams) => Answer>([
    ['CLICK_TO_DIAL', dial],
    ['CLICK_TO_IP_DIAL', dial],
    ['CLICK_TO_HUNGUP', (query) => coded(board.hangUp(required(query, 'caller'), required(query, 'callee')))],
    ['CLICK_TO_TRANSFER', (query) => coded(board.transfer(required(query, 'extnum'), required(query, 'target')))],
    ['TALKING_CALLER_TO_IVR', toMenu],
    ['SET_EXT_PRESENCE_STATE', setPresence],
    [
      'CONFERENCE_CREATE',
      (query) =>
        coded(conversations.createConference(required(query, 'caller'), required(query, 'callee'), target(query))),
    ],
    ['CONFERENCE_JOIN', (query) => coded(conversations.joinConference(required(query, 'conferenceid'), target(query)))],
    ['CALL_THIRD', (query) => coded(conversations.callThird(required(query, 'callee'), target(query)))],
    ['CALL_THIRD_GET_THIRD_STATE', (query) => coded(conversations.thirdState(required(query, 'callee')))],
    ['CALL_THIRD_RESUME', (query) => coded(conversations.resume(required(query, 'callee')))],
    ['CALL_THIRD_TRANSFER', (query) => coded(conversations.transfer(required(query, 'callee')))],
    ['CALL_THIRD_CONFERENCE', (query) => coded(conversations.threeWay(required(query, 'callee')))],
    ...(['CALL_MONITOR', 'FORCE_PICKUP', 'FORCE_HUNGUP'] as const).map(
      (opt) =>
        [
          opt,
          (query: URLSearchParams) =>
            coded(supervise(board, opt, required(query, 'leaderExtnum'), required(query, 'wokerExtnum'))),
        ] as const,
    ),
    ['CALL_LOG_QUERY', (query) => json(callLog.query(readLogQuery(query), board.live, deps.now()))],
  ])

  /** §9 to 11: an extension, a mobile or a landline. */
  function target(query: URLSearchParams): string {
    const number = required(query, 'target')
    if (!/^\d{1,24}$/.test(number)) throw new RequestFault('target must be digits')
    return number
  }

  /** §6. */
  function toMenu(query: URLSearchParams): Answer {
    const menu = required(query, 'ivrid')
    if (!/^\d{1,6}$/.test(menu)) throw new RequestFault('ivrid must be a whole number')
    return coded(conversations.toMenu(required(query, 'caller'), required(query, 'callee'), Number(menu)))
  }

  /** §8: offline and unkown can be read, not set. */
  function setPresence(query: URLSearchParams): Answer {
    const extension = required(query, 'extnum')
    const state = required(query, 'state')
    if (state !== 'online' && state !== 'reducing' && state !== 'busy')
      throw new RequestFault('state must be online, reducing or busy')
    return coded(board.setPresence(extension, state))
  }

  /** §1: the answer is the click call id that §21 speaks of. */
  function dial(query: URLSearchParams): Answer {
    const extension = required(query, 'caller')
    const number = required(query, 'callee')
    if (required(query, 'authtype') !== 'no') throw new RequestFault('authtype must be no')
    if (!/^\d{1,24}$/.test(number)) throw new RequestFault('callee must be digits')
    if (number === extension) throw new RequestFault('callee must not be the caller')
    const { code, clickCallId } = board.dial(extension, number)
    return code === 200 ? text(200, clickCallId) : coded(code)
  }

  /** §22: by call id or by the path that the log gives. */
  function recording(query: URLSearchParams): Answer {
    const callId = query.get('callid')
    const fileName = query.get('filename')
    if (!callId && !fileName) throw new RequestFault('callid or filename is missing')
    const durationSec = callLog.recordedSec(callId ? { callId } : { fileName: fileName ?? '' })
    if (durationSec === null) return text(404, 'no such recording')
    return { status: 200, type: 'audio/x-wav', body: toneRecording(Math.min(durationSec, longestToneSec)) }
  }

  /** §24. */
  function toneFile(query: URLSearchParams, request: IncomingMessage, body: Uint8Array | null): Answer {
    const opt = required(query, 'opt')
    if (opt === 'save') {
      if (!body) return text(405, 'a voice file is posted')
      return text(200, String(toneFiles.save(request.headers['content-type'] ?? '', body)))
    }
    if (opt === 'query') return json(toneFiles.list())
    if (opt !== 'delete') throw new RequestFault('opt must be query, save or delete')
    const id = required(query, 'id')
    if (!/^[1-9]\d{0,8}$/.test(id)) throw new RequestFault('id must be a whole number')
    return coded(toneFiles.remove(Number(id)) ? 200 : 404)
  }

  function answer(request: IncomingMessage, body: Uint8Array | null): Answer {
    const address = request.url ?? '/'
    if (!URL.canParse(address, 'http://127.0.0.1')) throw new RequestFault('the address cannot be read')
    const url = new URL(address, 'http://127.0.0.1')
    const query = url.searchParams
    if (url.pathname === '/bridge/ToneFileSvlt') return toneFile(query, request, body)
    if (request.method !== 'GET') return text(405, 'only GET is served here')
    if (url.pathname === '/Oms/FileDownServlet') return recording(query)
    if (url.pathname === '/bridge/jsoncfg') {
      if (required(query, 'opt') !== 'EXTNUM_STATE') throw new RequestFault('opt must be EXTNUM_STATE')
      return extensionStates()
    }
    if (url.pathname === '/bridge/ContactsSrvlt') return coded(customers.create(query))
    if (url.pathname === '/bridge/PreorderSrvlt') return coded(customers.addOpportunities(query))
    if (url.pathname !== '/bridge/callctrl') return text(404, 'no such path')
    const opt = required(query, 'opt')
    const operation = operations.get(opt)
    if (!operation) throw new RequestFault(`opt ${opt.slice(0, 40)} is not known`)
    return operation(query)
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'POST') {
      request.resume()
      respond(request, null, response)
      return
    }
    const pieces: Buffer[] = []
    let bytes = 0
    request.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (bytes > mostUploadBytes) request.destroy()
      else pieces.push(piece)
    })
    request.on('end', () => respond(request, Buffer.concat(pieces), response))
  }

  function respond(request: IncomingMessage, body: Uint8Array | null, response: ServerResponse): void {
    let reply: Answer
    try {
      reply = answer(request, body)
    } catch (error) {
      if (error instanceof RequestFault) reply = text(400, error.message)
      else {
        deps.log.error('demo-pbx-failed', { error: error instanceof Error ? error.name : 'unknown' })
        reply = text(500, 'internal error')
      }
    }
    response.writeHead(reply.status, { 'content-type': reply.type, 'content-length': Buffer.byteLength(reply.body) })
    response.end(reply.body)
  }

  const server = createServer(serve)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
