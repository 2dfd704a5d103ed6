import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FakeState, fakeOperations } from './operations.ts'

export interface FakeDialback {
  readonly baseUrl: string
  readonly state: FakeState
  /** Recordings by path. */
  readonly recordings: Map<string, Buffer>
  readonly seen: { path: string; authorization: string | undefined; body: string }[]
  /** Answer everything with these words, or normally. */
  refuse(message: string | null, status?: number): void
  stop(): Promise<void>
}

/** The callback service of manual 001: takes what the manual says and nothing else, and keeps seats, calls and the balance. */
export async function startFakeDialback(facts: { customer: string; appSecret: string }): Promise<FakeDialback> {
  const state: FakeState = { customer: facts.customer, bound: [], calls: [], balance: 6152, sessions: 324_874_485 }
  const recordings = new Map<string, Buffer>()
  const seen: FakeDialback['seen'] = []
  let refusal: { message: string; status: number } | null = null

  function answer(path: string, headers: IncomingMessage['headers'], text: string): unknown {
    const refused = (message: string) => ({ meta: { success: false, message }, data: '' })
    if (refusal) return refused(refusal.message)
    const operation = fakeOperations[path]
    if (!operation) return refused('接口不存在')
    if (headers['content-type'] !== 'application/json') return refused('请求格式错误')
    if (operation.authorized && headers.authorization !== Buffer.from(facts.appSecret).toString('base64')) {
      return refused('Authorization鉴权失败')
    }
    const body = JSON.parse(text) as Record<string, unknown>
    const missing = operation.required.find((name) => body[name] === undefined || body[name] === '')
    if (missing) return refused(`参数${missing}不能为空`)
    const unknown = Object.keys(body).find((name) => ![...operation.required, ...operation.optional].includes(name))
    if (unknown) return refused(`参数${unknown}错误`)
    if (body.userData !== state.customer) return refused('客户不存在')
    const result = operation.run(body, state)
    return 'refused' in result ? refused(result.refused) : { meta: { success: true, message: 'ok' }, data: result.data }
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const path = request.url ?? ''
      seen.push({ path, authorization: request.headers.authorization, body })
      if (request.method === 'GET') {
        const file = recordings.get(path)
        response.writeHead(file ? 200 : 404, { 'content-type': file ? 'audio/mpeg' : 'text/html' })
        response.end(file ?? '<html>404</html>')
        return
      }
      const status = request.method === 'POST' ? (refusal?.status ?? 200) : 405
      response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' })
      response.end(JSON.stringify(answer(path, request.headers, body)))
    })
  }

  const server = createServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    recordings,
    seen,
    refuse(message, status = 200) {
      refusal = message === null ? null : { message, status }
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
