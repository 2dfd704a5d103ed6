import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Captured {
  method: string
  /** Path and query, as they came. */
  target: string
  /** Lower-case names. */
  headers: Record<string, string>
  body: Buffer
}

export interface CannedAnswer {
  status: number
  contentType?: string
  headers?: Record<string, string>
  body: string | Buffer
}

export interface CapturingServer {
  baseUrl: string
  requests: Captured[]
  stop(): Promise<void>
}

/** An HTTP server that writes down what arrives and answers as told. */
export async function startCapturingServer(
  answer: CannedAnswer | ((request: Captured) => CannedAnswer),
): Promise<CapturingServer> {
  const requests: Captured[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const captured: Captured = {
        method: request.method ?? '',
        target: request.url ?? '',
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
        body: Buffer.concat(chunks),
      }
      requests.push(captured)
      const { status, contentType, headers, body } = typeof answer === 'function' ? answer(captured) : answer
      const bytes = Buffer.from(body)
      response.writeHead(status, {
        'Content-Length': bytes.length,
        ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
        ...headers,
      })
      response.end(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
