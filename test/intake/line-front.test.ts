import { createServer, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LineFront } from '../../main/intake/line-front.ts'
import { cleanRequestLine, pathOf, queryOf } from '../../main/intake/request-line.ts'
import { openClient } from './raw-client.ts'

let received: Buffer[] = []
let ended = Promise.resolve()
const server = createServer({ allowHalfOpen: true }, (socket: Socket) => {
  received = []
  const front = new LineFront(socket)
  front.on('data', (chunk: Buffer) => received.push(chunk))
  ended = new Promise((resolve) =>
    front.on('end', () => {
      front.end()
      resolve()
    }),
  )
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as { port: number }).port
})
afterAll(() => void server.close())

/** What the parser gets to see when these pieces arrive one by one. */
async function through(pieces: Buffer[]): Promise<string> {
  const client = await openClient(port, '127.0.0.1')
  for (const piece of pieces) {
    client.send(piece)
    await new Promise((resolve) => setImmediate(resolve))
  }
  client.socket.end()
  await client.closed()
  await ended
  client.close()
  return Buffer.concat(received).toString('latin1')
}

const cutAt = (bytes: Buffer, cuts: number[]) => {
  const at = [0, ...[...new Set(cuts.map((cut) => cut % bytes.length))].sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end))
}

const dirty = fc
  .uint8Array({ maxLength: 12 })
  .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10 && byte !== 13)).toString('latin1'))
/** A request as it is sent, and as the parser must see it. Bodies hold what looks like a dirty request line. */
const request = fc
  .record({
    text: dirty,
    body: fc.option(fc.constantFrom('', 'GET /\xd5 \xc5 HTTP/1.1\r\n\r\n', '\n\n')),
    name: fc.constantFrom('Content-Length', 'content-length'),
    gap: fc.constantFrom('', ' '),
  })
  .map(({ text, body, name, gap }) => {
    const rest = ` HTTP/1.1\r\nHost: x\r\n${body === null ? '' : `${name}:${gap}${body.length}\r\n`}\r\n${body ?? ''}`
    const escaped = text
      .replace(/ +$/, '')
      .replace(/[\0-\x20\x7f-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    return { sent: `GET /?${text}${rest}`, seen: `GET /?${escaped}${rest}` }
  })

describe('request-line front', () => {
  it('encodes request lines only, however the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        async (requests, cuts) => {
          const sent = Buffer.from(requests.map((one) => one.sent).join(''), 'latin1')
          expect(await through(cutAt(sent, cuts))).toBe(requests.map((one) => one.seen).join(''))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('passes on what is no request, and everything after a chunked one, byte for byte', async () => {
    for (const text of [
      '\x16\x03\x01 \xff\n\n \xff HTTP/2\r\n',
      'no end \xff',
      `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nGET \xff HTTP/1.1\r\n`,
    ]) {
      expect(await through([Buffer.from(text, 'latin1')])).toBe(text)
    }
  })

  it('a clean line is not touched', () => {
    const line = Buffer.from('GET /srvlt?id=a%40b&x=~!*() HTTP/1.1\r\n')
    expect(cleanRequestLine(line)).toBe(line)
  })

  it('reads path and query of any target', () => {
    expect(['/a?b', 'http://h/a?b', '//[', '*', '', '/%2Fa#c?d', '%', 'http://[::1'].map(pathOf)).toEqual([
      '/a',
      '/a',
      '//[',
      '*',
      '',
      '//a',
      '%',
      '',
    ])
    expect(['/a?b=c?d', '/a', '?'].map(queryOf)).toEqual(['b=c?d', '', ''])
  })
})
