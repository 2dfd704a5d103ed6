import type { Socket } from 'node:net'
import type { Sink } from '../../main/systems/kit/exchange.ts'
import type { ErrorCode } from '../../preload/contract/index.ts'
import { answer, type CannedOptions, type Script } from './canned-server.ts'
import type { Subject } from './fault-clients.ts'

/** `ok`, or the code, the reason and the field that the call must end with. */
export type Verdict = 'ok' | readonly [code: ErrorCode, reason?: string, field?: string]

export interface FaultCase {
  name: string
  script(subject: Subject): Script
  /** What the server does besides answering requests. */
  options?(subject: Subject): CannedOptions
  expect: Verdict | ((subject: Subject) => Verdict)
  /** Only for these. */
  only?(subject: Subject): boolean
  /** It hits whatever is asked first, such as a token. */
  atOnce?: boolean
  /** A first call goes well; this is about the second. */
  again?: boolean
  /** Instead of the subject's own parameters, and of a sink that takes all. */
  params?(subject: Subject): Record<string, unknown>
  sink?(): Sink
  /** Where the connection points instead: `refused`, `hole` (nobody ever accepts), or a name. */
  host?: string
  /** What a good end gives: the usual output, that and more, or something else. */
  output?: 'more' | 'other'
  /** Requests of the operation that the server may see, where that is neither one nor, for a repeatable one, two. */
  most?: number
}

/** Longest answer in the matrix. */
export const maxBytes = 64 * 1024

export const unexpected = (reason: string, field?: string): Verdict =>
  field === undefined ? ['unexpected-response', reason] : ['unexpected-response', reason, field]
export const undocumented = unexpected('undocumented-code')
export const closed = unexpected('connection-closed')
export const badHttp = unexpected('bad-http')
export const tooLarge = unexpected('too-large')
export const badEncoding = unexpected('bad-encoding')
export const tooSlow: Verdict = ['timeout', 'total']

/** The subject's right answer, changed. */
export const good = (
  { good: { body, headers } }: Subject,
  more: { headers?: string[]; status?: string; length?: number; body?: Buffer | string } = {},
): Buffer => answer(more.body ?? body, { ...more, headers: [...headers, ...(more.headers ?? [])] })

export const chunked = (...chunks: string[]): string =>
  `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks.join('')}`

export const reset = (socket: Socket): void => void socket.resetAndDestroy()

/** Say something, then do something once it is on the wire. */
export const sayThen =
  (words: string | Buffer, then: (socket: Socket) => void): Script =>
  (socket) => {
    socket.write(words)
    setTimeout(() => then(socket), 15)
  }

export const every =
  (ms: number, words: (nth: number) => string | Buffer): Script =>
  (socket) => {
    let nth = 0
    const timer = setInterval(() => socket.write(words(nth++)), ms)
    socket.on('close', () => clearInterval(timer))
  }

/** More and more of the same, for ever. */
export const endless = (head: string, piece: string): Script => every(2, (nth) => (nth === 0 ? head : piece.repeat(4)))

export const blankChunk = `2000\r\n${' '.repeat(0x2000)}\r\n`

/** Cases of these subjects alone: operation ids, or names. */
export const of =
  (...ids: string[]) =>
  ({ name, described, isWsdl }: Subject) =>
    ids.includes(name) || (ids.includes(described.id) && !isWsdl)

type OwnCase = [name: string, script: Script, expect: Verdict, more?: Partial<FaultCase>]

export const casesFor = (only: FaultCase['only'], cases: OwnCase[]): FaultCase[] =>
  cases.map(([name, script, expect, more]) => ({ name, script: () => script, expect, only, output: 'other', ...more }))

export const plain = (text: string): Buffer => answer(text, { headers: ['Content-Type: text/plain'] })
export const xml = (text: string): Buffer => answer(text, { headers: ['Content-Type: text/xml'] })

/** An answer that quotes the whole request, as a text in JSON or XML. */
export const quoting =
  (wrap: (words: string) => string | Buffer): Script =>
  (socket, _nth, { head, body }) => {
    const words = JSON.stringify(`${head} ${body.slice(0, 1_500)}`)
      .slice(1, -1)
      .replace(/[<>&]/g, ' ')
    const wrapped = wrap(words)
    socket.write(typeof wrapped === 'string' ? answer(wrapped) : wrapped)
  }

/** Entities that stand for a gigabyte. */
export const laughs = (root: string): string =>
  `<?xml version="1.0"?><!DOCTYPE ${root} [<!ENTITY a "ha">${[...'bcdefghij']
    .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghij'[at]};`.repeat(10)}">`)
    .join('')}]>`
/** An entity that stands for a file of this computer. */
export const outside = (root: string): string =>
  `<?xml version="1.0"?><!DOCTYPE ${root} [<!ENTITY j SYSTEM "file:///etc/passwd">]>`
