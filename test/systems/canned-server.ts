import { type AddressInfo, createServer, type Socket } from 'node:net'

/** Bytes to send as they are, or what to do with the socket once a request has arrived. `nth` counts requests, from 0. */
export type Script = string | Buffer | ((socket: Socket, nth: number) => void)

export interface CannedServer {
  port: number
  baseUrl: string
  /** Heads of the requests, as they came. */
  heads: string[]
  connections: number
  stop(): Promise<void>
}

/** A TCP server that plays a script to whoever sends an HTTP request head. */
export async function startCannedServer(script: Script): Promise<CannedServer> {
  const sockets = new Set<Socket>()
  const canned: CannedServer = { port: 0, baseUrl: '', heads: [], connections: 0, stop }
  const server = createServer((socket) => {
    canned.connections += 1
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        canned.heads.push(text.slice(0, end))
        text = text.slice(end + 4)
        if (typeof script === 'function') script(socket, canned.heads.length - 1)
        else socket.write(script)
      }
    })
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
