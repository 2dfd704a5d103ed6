import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

export interface CuttingProxy {
  baseUrl: string
  /** Cut the next POST after this part of its body (0 to 1); `after` = when all of it arrived, before the answer. */
  cutNext(at: number | 'after'): void
  /** Posts that were let through or cut. */
  posts(): number
  stop(): Promise<void>
}

/** A line between the program and the PBX that breaks in the middle of an upload. */
export async function startCuttingProxy(target: { port: number }): Promise<CuttingProxy> {
  let cut: number | 'after' | null = null
  let posts = 0
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target.port, '127.0.0.1')
    sockets.add(client).add(upstream)
    const end = () => {
      client.destroy()
      upstream.destroy()
      sockets.delete(client)
      sockets.delete(upstream)
    }
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
    let seen = Buffer.alloc(0)
    let limit: number | 'after' | null = null
    let total = Number.POSITIVE_INFINITY
    let passed = 0
    client.on('data', (piece: Buffer) => {
      if (total === Number.POSITIVE_INFINITY) {
        seen = Buffer.concat([seen, piece])
        const headEnd = seen.indexOf('\r\n\r\n')
        if (headEnd < 0 || !seen.toString('latin1', 0, 5).startsWith('POST ')) {
          upstream.write(piece)
          return
        }
        const length = Number(/content-length: (\d+)/i.exec(seen.toString('latin1', 0, headEnd))?.[1])
        total = headEnd + 4 + length
        posts += 1
        limit = typeof cut === 'number' ? headEnd + 4 + Math.floor(length * cut) : cut
        cut = null
      }
      const room = typeof limit === 'number' ? Math.max(0, limit - passed) : piece.length
      const part = piece.subarray(0, room)
      passed += part.length
      upstream.write(part, () => {
        if (typeof limit === 'number' && passed >= limit) end()
      })
    })
    upstream.on('data', (piece: Buffer) => {
      // The PBX has done its work and answers: nobody hears it.
      if (limit === 'after') end()
      else client.write(piece)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    cutNext: (at) => {
      cut = at
    },
    posts: () => posts,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
