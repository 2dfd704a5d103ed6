import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock, Log } from '../core/ports/index.ts'
import { normalAddress } from './addresses.ts'
import type { Door } from './door.ts'
import { limits } from './limits.ts'
import { LineFront } from './line-front.ts'
import type { SourceGate } from './source-gate.ts'

// An import statement would load Node's own fetch along with it: 30 ms and 10 MB that nobody here uses.
const { createServer } = process.getBuiltinModule('node:http')

/** An HTTP server behind the allow-list, the connection limits and the request-line front. */
export interface GuardedServer {
  /** Listen on this. */
  readonly http: Server
  /** Takes nothing new, finishes what is being stored (at most 1 s), then closes every connection. */
  close(): Promise<void>
}

export function createGuardedServer(deps: {
  clock: Clock
  log: Log
  gate: SourceGate
  door: Door
  isAllowed(address: string): boolean
  onStranger(address: string): void
}): GuardedServer {
  const { clock, log, gate, door } = deps
  /** Open connections and where they come from. */
  const fronts = new Map<LineFront, string>()
  const http = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.connectionsCheckingIntervalMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    noDelay: true,
    // Host is checked by the guard, which also knows which names are ours.
    requireHostHeader: false,
    insecureHTTPParser: false,
  })
  // The server's own listener still serves every connection, but only the ones that are let through, by way of the front.
  const serveHttp = http.listeners('connection') as ((this: Server, stream: LineFront) => void)[]
  http.removeAllListeners('connection')

  function admit(socket: Socket, address: string): boolean {
    if (socket.destroyed || !gate.enter(address)) return false
    const front = new LineFront(socket)
    fronts.set(front, address)
    front.on('close', () => {
      fronts.delete(front)
      gate.leave(address)
    })
    for (const serve of serveHttp) serve.call(http, front)
    return true
  }

  /** Before a single byte is read: strangers are cut off here. */
  function onConnection(socket: Socket): void {
    socket.on('error', () => socket.destroy())
    const address = normalAddress(socket.remoteAddress ?? '')
    if (address === '' || !deps.isAllowed(address)) {
      socket.destroy()
      if (address !== '') deps.onStranger(address)
      return
    }
    if (admit(socket, address)) return
    // Full: connections that only idle make room, and this one gets one more chance.
    http.closeIdleConnections()
    setImmediate(() => {
      if (!admit(socket, address)) socket.destroy()
    })
  }

  /** A request that never was one: a fixed answer, then the end. */
  function turnAway(front: LineFront, answer: string): void {
    front.ignoreRest()
    if (!front.writable) return
    front.end(`HTTP/1.1 ${answer}\r\nConnection: close\r\nContent-Length: 0\r\nX-Content-Type-Options: nosniff\r\n\r\n`)
    // Closing with unread bytes would reset the connection and take the answer back.
    clock.after(limits.lingerMs, () => front.destroy())
  }

  http.on('connection', (socket: Socket) => {
    try {
      onConnection(socket)
    } catch (error) {
      log.error('connection-failed', { reason: error instanceof Error ? error.name : 'unknown' })
      socket.destroy()
    }
  })
  http.on('request', (request, response) => {
    const front = request.socket as unknown as LineFront
    door.handle(request, response, fronts.get(front) ?? '', front.takeOriginal())
  })
  http.on('connect', (_request, front) => turnAway(front as LineFront, '405 Method Not Allowed'))
  http.on('clientError', (error: NodeJS.ErrnoException, front) => turnAway(front as LineFront, refusalOf(error)))

  return {
    http,
    async close() {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()))
      for (let waits = 0; door.pending() > 0 && waits < 50; waits += 1) await wait(20)
      // The answers of what was stored last leave before their connections are cut.
      await wait(10)
      for (const front of fronts.keys()) front.destroy()
      await closed
    },
  }
}

function refusalOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large'
  return error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request'
}
