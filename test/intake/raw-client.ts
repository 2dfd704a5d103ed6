import { connect, type Socket } from 'node:net'

export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/** A plain TCP client: says exactly the bytes it is given, from the loopback address it is given. */
export interface RawClient {
  readonly socket: Socket
  send(bytes: string | Buffer): void
  /** The next answer on this connection. Rejects when the connection ends before it is complete. */
  answer(): Promise<Answer>
  /** Resolves when the other side has closed or cut the connection. */
  closed(): Promise<void>
  received(): string
  close(): void
}

export async function openClient(port: number, from = '127.0.0.2'): Promise<RawClient> {
  const socket = connect({ host: '127.0.0.1', port, localAddress: from, noDelay: true, allowHalfOpen: true })
  let received = ''
  let taken = 0
  let ended = false
  let wake = () => {}
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    wake()
  })
  const end = () => {
    ended = true
    wake()
  }
  socket.on('end', end)
  socket.on('close', end)
  socket.on('error', end)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  const change = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })
  return {
    socket,
    send: (bytes) => void socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes),
    async answer() {
      for (;;) {
        const found = readAnswer(received.slice(taken))
        if (found) {
          taken += found.length
          return found.answer
        }
        if (ended) throw new Error(`connection ended after ${JSON.stringify(received.slice(taken))}`)
        await change()
      }
    },
    async closed() {
      while (!ended) await change()
    },
    received: () => received,
    close: () => void socket.destroy(),
  }
}

function readAnswer(text: string): { answer: Answer; length: number } | null {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return null
  const [first = '', ...lines] = text.slice(0, headEnd).split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const length = Number(headers['content-length'] ?? 0)
  const body = text.slice(headEnd + 4, headEnd + 4 + length)
  if (body.length < length) return null
  return { answer: { status: Number(first.split(' ')[1]), headers, body }, length: headEnd + 4 + length }
}

/** Say something on a fresh connection, take the one answer. */
export async function ask(port: number, bytes: string | Buffer, from?: string): Promise<Answer> {
  const client = await openClient(port, from)
  try {
    client.send(bytes)
    return await client.answer()
  } finally {
    client.close()
  }
}
