import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fakeEndpoints } from './endpoints.ts'
import { Platform, Refusal } from './platform.ts'
import { readParameters, toXml } from './reading.ts'
import { checkValues, type Endpoint } from './values.ts'

export interface FakeCloudCsOptions {
  clientId?: string
  clientSecret?: string
  /** What this server calls the grant. */
  grant?: 'client_credentials' | 'client_credential'
  /** Life of a token in seconds, as `expires_in` says. */
  lifeSec?: number
  /** The only place where a token is looked for. */
  tokenPlace?: 'header' | 'query'
  /** What answers look like, whatever is asked for. */
  format?: 'json' | 'xml'
  /** How long the answer to a token request takes. */
  tokenDelayMs?: number
}

interface Seen {
  method: string
  path: string
  target: string
  headers: IncomingMessage['headers']
}

/** 九五云客服 as manual 004 describes it, strict: whatever it does not list is refused. It keeps what it is given. */
export interface FakeCloudCs {
  baseUrl: string
  platform: Platform
  requests: Seen[]
  /** Tokens handed out, the last one is the one that holds. */
  tokens: string[]
  /** Nobody's token holds any more. */
  revoke(): void
  /** The next requests for a token are refused so. */
  refuseTokens(refusal: { status: number; error: string } | null): void
  stop(): Promise<void>
}

export async function startFakeCloudCs(options: FakeCloudCsOptions = {}): Promise<FakeCloudCs> {
  const { clientId = 'admin', clientSecret = '666666', grant = 'client_credentials', lifeSec = 7200 } = options
  const { tokenPlace = 'header', format = 'json', tokenDelayMs = 0 } = options
  const platform = new Platform()
  const requests: Seen[] = []
  const tokens: string[] = []
  let valid: string | null = null
  let tokenRefusal: { status: number; error: string } | null = null

  const send = (response: ServerResponse, status: number, type: string, body: string | Buffer) => {
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) })
    response.end(body)
  }
  const sendJson = (response: ServerResponse, status: number, document: unknown) =>
    send(response, status, 'application/json;charset=UTF-8', JSON.stringify(document))
  const sendEnvelope = (response: ServerResponse, document: Record<string, unknown>) =>
    format === 'json'
      ? sendJson(response, 200, document)
      : send(response, 200, 'application/xml;charset=utf-8', `<?xml version="1.0"?>${toXml('Result', document)}`)

  function giveToken(response: ServerResponse, values: Record<string, unknown>): void {
    const refuse = (status: number, error: string, error_description: string) =>
      sendJson(response, status, { error, error_description })
    if (tokenRefusal) refuse(tokenRefusal.status, tokenRefusal.error, 'refused as told')
    else if (values.client_id !== clientId || values.client_secret !== clientSecret)
      refuse(401, 'invalid_client', `Bad client credentials ${String(values.client_secret)}`)
    else if (values.grant_type !== grant) refuse(400, 'invalid_request', 'Missing or unknown grant type')
    else if (!/^(read|write)(,(read|write))*$/.test(String(values.scope))) refuse(400, 'invalid_scope', 'Invalid scope')
    else {
      valid = `01d8f080-10e1-4424-b297-${String(tokens.length + 1).padStart(12, '0')}`
      tokens.push(valid)
      sendJson(response, 200, { access_token: valid, token_type: 'bearer', expires_in: lifeSec, scope: values.scope })
    }
  }

  function tokenOf(request: IncomingMessage, query: URLSearchParams): string {
    const header = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const inQuery = query.get('access_token') ?? ''
    query.delete('access_token')
    return tokenPlace === 'header' ? header : inQuery
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://fake')
    requests.push({ method: request.method ?? '', path, target: request.url ?? '', headers: request.headers })
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const endpoint: Endpoint | undefined = fakeEndpoints[`${request.method} ${path}`]
    const isToken = path === '/oauth/token'
    if (!endpoint) {
      const known = Object.keys(fakeEndpoints).some((one) => one.endsWith(` ${path}`))
      send(response, known ? 405 : 404, 'text/html', '<html><body>Whitelabel Error Page</body></html>')
      return
    }
    const token = isToken ? null : tokenOf(request, query)
    if (!isToken && (valid === null || token !== valid)) {
      sendJson(response, 401, { error: 'invalid_token', error_description: `Invalid access token: ${token}` })
      return
    }
    const received = readParameters(endpoint, request, query, Buffer.concat(chunks))
    if (!received) {
      send(response, 415, 'text/html', '<html><body>Unsupported Media Type</body></html>')
      return
    }
    if (isToken) {
      await new Promise((resolve) => setTimeout(resolve, tokenDelayMs))
      giveToken(response, received.values)
      return
    }
    try {
      checkValues(endpoint, received.values, received.files)
      const data = endpoint.answer(received.values, platform, received.files)
      if (Buffer.isBuffer(data)) send(response, 200, 'application/octet-stream', data)
      else sendEnvelope(response, { ...(data === undefined ? {} : { data }), code: 0, message: '成功', success: true })
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      const code = thrown.code === null ? {} : { code: thrown.code }
      sendEnvelope(response, { ...code, message: thrown.message, success: false })
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((thrown: unknown) => {
      sendJson(response, 500, { code: -1, message: `未知错误 ${String(thrown)}`, success: false })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    platform,
    requests,
    tokens,
    revoke: () => {
      valid = null
    },
    refuseTokens: (refusal) => {
      tokenRefusal = refusal
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
