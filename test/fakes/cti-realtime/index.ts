import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerRequest, type FakeAnswer } from './operations.ts'
import { PlatformState } from './platform-state.ts'

interface FakeCtiRealtime {
  baseUrl: string
  /** Read and change at will. */
  state: PlatformState
  requests: { method: string; target: string; body: string }[]
  stop(): Promise<void>
}

/** A CTI platform that speaks the realtime and IVR interfaces of manual 000 strictly, for tests. */
export async function startFakeCtiRealtime(): Promise<FakeCtiRealtime> {
  const state = new PlatformState()
  const requests: FakeCtiRealtime['requests'] = []
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url: target = '', headers } = incoming
      const request = { method, target, body: Buffer.concat(chunks).toString() }
      requests.push(request)
      send(response, answerRequest({ ...request, contentType: headers['content-type'] ?? '' }, state))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    requests,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(response: ServerResponse, answer: FakeAnswer): void {
  if ('status' in answer) {
    response.writeHead(answer.status, { 'content-type': 'text/html' }).end(`<html><h1>${answer.status}</h1></html>`)
  } else if ('json' in answer) {
    response.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' }).end(JSON.stringify(answer.json))
  } else if ('text' in answer) {
    response.writeHead(200, { 'content-type': 'text/plain;charset=UTF-8' }).end(answer.text)
  } else {
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(answer.name)}`
    response
      .writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': disposition })
      .end(answer.file)
  }
}
