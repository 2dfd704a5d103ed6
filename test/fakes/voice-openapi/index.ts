import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FakeState, fakeOperations, type Outcome } from './operations.ts'

type Block = Record<string, unknown>

export interface FakeVoiceOpenapi {
  /** `http://127.0.0.1:…/openapi/V2.0.6` */
  readonly baseUrl: string
  readonly state: FakeState
  /** Recordings by path. */
  readonly recordings: Map<string, Buffer>
  /** Bodies and request numbers that came. */
  readonly bodies: string[]
  readonly seqs: string[]
  stop(): Promise<void>
}

const isBlock = (value: unknown): value is Block => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The voice platform of manual 002, version 2.0.6: checks the digest, refuses a number used twice, takes documented fields only. */
export async function startFakeVoiceOpenapi(facts: { customer: string; password: string }): Promise<FakeVoiceOpenapi> {
  const state: FakeState = { templates: [], cdrs: [], nextId: 60, cdrPage: 500 }
  const recordings = new Map<string, Buffer>()
  const bodies: string[] = []
  const seqs: string[] = []

  /** The error of a request as a whole, or null. */
  function requestError(path: string, headers: IncomingMessage['headers'], body: Block): number | null {
    const version = /^\/openapi\/(V[\d.]+)\//.exec(path)?.[1]
    if (version !== 'V2.0.6') return 10
    const operation = fakeOperations[path.slice('/openapi/V2.0.6'.length)]
    if (!operation) return 11
    if (headers.accept !== 'application/json' || headers['content-type'] !== 'application/json') return 8
    const { authentication, request, param, ...rest } = body
    if (!isBlock(authentication) || !isBlock(request) || Object.keys(rest).length > 0) return 8
    const { customer, timestamp, seq, digest, ...more } = authentication
    if (Object.keys(more).length > 0 || typeof seq !== 'string' || !/^\d{13}$/.test(String(timestamp))) return 8
    const wanted = createHash('md5').update(`${facts.customer}@${timestamp}@${seq}@${facts.password}`).digest('hex')
    if (customer !== facts.customer || digest !== wanted || seq.length > 20 || seqs.includes(seq)) return 1
    seqs.push(seq)
    if (param !== undefined && !(operation.param && isBlock(param))) return 8
    if (isBlock(param) && Object.keys(param).some((name) => name !== 'debug' && name !== 'lang')) return 8
    const known = [...operation.required, ...operation.optional]
    if (operation.required.some((name) => !request[name])) return 5
    return Object.keys(request).some((name) => !known.includes(name)) ? 5 : null
  }

  function answer(path: string, headers: IncomingMessage['headers'], text: string): unknown {
    let body: unknown
    try {
      body = JSON.parse(text)
    } catch {
      return { result: { error: 8, msg: '请求数据格式错误' } }
    }
    if (!isBlock(body)) return { result: { error: 8, msg: '请求数据格式错误' } }
    const error = requestError(path, headers, body)
    // A string here, a number there: the manual allows both.
    if (error !== null) return { result: { error: String(error), msg: '' }, data: '' }
    const request = body.request as Block
    const outcome: Outcome = fakeOperations[path.slice('/openapi/V2.0.6'.length)]!.run(request, state)
    const { seq = '', userData = '' } = request
    const failed = 'error' in outcome
    const response = {
      seq,
      userData,
      result: { error: failed ? outcome.error : 0 },
      ...(failed ? {} : outcome.command),
    }
    const logs = isBlock(body.param) && body.param.debug === 'true' ? 'debug: one command' : ''
    return {
      result: { error: 0, msg: '成功' },
      data: { seq: '0001', response, ...(failed ? {} : outcome.data) },
      logs,
    }
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const path = request.url ?? ''
      if (request.method === 'GET') {
        const file = request.headers.authorization === undefined ? recordings.get(decodeURI(path)) : undefined
        response.writeHead(file ? 200 : 404, { 'content-type': file ? 'audio/mpeg' : 'text/html' })
        response.end(file ?? '<html>404</html>')
        return
      }
      const text = Buffer.concat(chunks).toString()
      bodies.push(text)
      response.writeHead(request.method === 'POST' ? 200 : 405, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer(path, request.headers, text)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi/V2.0.6`,
    state,
    recordings,
    bodies,
    seqs,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
