import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SoundServer {
  baseUrl: string
  /** Paths with queries, in order. */
  asked: string[]
  /** Downloads under way, at most. */
  busiest(): number
  stop(): Promise<void>
}

/** A PBX that does with every request what a test wants. */
export async function startSoundServer(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<SoundServer> {
  const asked: string[] = []
  let running = 0
  let busiest = 0
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '')
    running += 1
    busiest = Math.max(busiest, running)
    response.once('close', () => {
      running -= 1
    })
    answer(request, response, asked.length)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    busiest: () => busiest,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
