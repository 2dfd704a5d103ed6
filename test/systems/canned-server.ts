import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A whole request. */
export interface CannedRequest {
  /** Request line and headers. */
  head: string
  target: string
  body: string
}

/** Bytes to send as they are, or what to do with the socket once a request has arrived. `nth` counts requests, from 0. */
export type Script = string | Buffer | ((socket: Socket, nth: number, request: CannedRequest) => void)

export interface CannedOptions {
  /** Before anything was read. */
  connected?(socket: Socket): void
  /** After a head of a scripted request; its body may still be on the way. */
  begun?(socket: Socket, head: string): void
  /** Requests that belong to another than the scripted operation (a token, a WSDL): its answer, or null. Not counted. */
  helper?(request: CannedRequest): Buffer | null
}

export interface CannedServer {
  port: number
  baseUrl: string
  /** Heads of the scripted requests, as they came. */
  heads: string[]
  requests: CannedRequest[]
  /** How many were helped. */
  helped: number
  connections: number
  /** Connections that the other side still holds. */
  open(): number
  stop(): Promise<void>
}

/** A TCP server that plays a script to whoever sends an HTTP request. */
export async function startCannedServer(script: Script, options: CannedOptions = {}): Promise<CannedServer> {
  const sockets = new Set<Socket>()
  const canned: CannedServer = {
    ...{ port: 0, baseUrl: '', heads: [], requests: [], helped: 0, connections: 0 },
    open() {
      // Who does not read does not notice either that the other side has gone.
      for (const socket of sockets) socket.resume()
      return sockets.size
    },
    stop,
  }

  function play(socket: Socket, request: CannedRequest): void {
    const help = options.helper?.(request)
    if (help) {
      canned.helped += 1
      socket.write(help)
      return
    }
    canned.heads.push(request.head)
    canned.requests.push(request)
    if (typeof script === 'function') script(socket, canned.heads.length - 1, request)
    else socket.write(script)
  }

  const server = createServer((socket) => {
    canned.connections += 1
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    options.connected?.(socket)
    readRequests(socket, options, (request) => play(socket, request))
  })
  async function stop(): Promise<void> {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  canned.port = (server.address() as AddressInfo).port
  canned.baseUrl = `http://127.0.0.1:${canned.port}`
  return canned
}

function readRequests(socket: Socket, { begun, helper }: CannedOptions, take: (request: CannedRequest) => void): void {
  let text = ''
  let head: string | null = null
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    for (;;) {
      if (head === null) {
        const end = text.indexOf('\r\n\r\n')
        if (end < 0) return
        head = text.slice(0, end)
        text = text.slice(end + 4)
        if (!helper?.({ head, target: targetOf(head), body: '' })) begun?.(socket, head)
      }
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
      if (text.length < length) return
      const request = { head, target: targetOf(head), body: text.slice(0, length) }
      text = text.slice(length)
      head = null
      take(request)
    }
  })
}

const targetOf = (head: string) => head.split(' ')[1] ?? ''

/** A complete HTTP/1.1 answer. */
export function answer(
  body: string | Buffer,
  head: { status?: string; headers?: string[]; length?: number } = {},
): Buffer {
  const bytes = Buffer.from(body)
  const lines = [
    `HTTP/1.1 ${head.status ?? '200 OK'}`,
    `Content-Length: ${head.length ?? bytes.length}`,
    ...(head.headers ?? ['Content-Type: application/json']),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes])
}
