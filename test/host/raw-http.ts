import { connect } from 'node:net'

export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** One request written byte for byte, headers as given and no others; the answer as it came. Status 0 = closed without one. */
export function rawRequest(origin: string, line: string, headers: [string, string][]): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname.replace(/[[\]]/g, ''))
    let text = ''
    socket.setEncoding('utf8')
    socket.setTimeout(2000, () => socket.destroy(new Error(`no answer to ${line}`)))
    socket.on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(parseAnswer(text)))
    socket.write(`${line}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
    // An accepted upgrade stays open: its headers are all there is to read.
    socket.on('data', () => {
      if (text.startsWith('HTTP/1.1 101')) socket.destroy()
    })
  })
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [status = '', ...lines] = head.split('\r\n')
  return {
    status: Number(status.split(' ')[1] ?? 0),
    headers: Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
    ),
    body: rest.join('\r\n\r\n'),
  }
}
