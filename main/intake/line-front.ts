import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { limits } from './limits.ts'
import { cleanRequestLine } from './request-line.ts'

const lineFeed = 0x0a

/**
 * Stands between a socket and node's HTTP parser, which refuses raw GBK or UTF-8 bytes and spaces in the request line.
 * Follows the requests on the connection (line, headers, body by Content-Length) and percent-encodes what the parser
 * would refuse, in request lines only. A chunked body is passed on as it is; such a connection is closed after the answer.
 */
export class LineFront extends Duplex {
  readonly #socket: Socket
  /** Original bytes of changed lines, by number of the request on this connection. */
  readonly #originals = new Map<number, Buffer>()
  #part: 'line' | 'headers' | 'body' | 'rest' | 'nothing' = 'line'
  /** Start of a line whose end has not come. */
  #held: Buffer | null = null
  #headers = ''
  #bodyLeft = 0
  #linesSeen = 0
  #requestsTaken = 0

  constructor(socket: Socket) {
    super({ allowHalfOpen: true, emitClose: true, decodeStrings: false })
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('end', () => this.#end())
    socket.on('error', (error) => this.destroy(error))
    socket.on('close', () => this.destroy())
    socket.on('timeout', () => this.emit('timeout'))
    socket.on('drain', () => this.#drained?.())
  }

  #drained: (() => void) | null = null

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress
  }

  /** The request that the parser just announced: its line as it came, or null when nothing was changed in it. */
  takeOriginal(): Buffer | null {
    this.#requestsTaken += 1
    const original = this.#originals.get(this.#requestsTaken) ?? null
    this.#originals.delete(this.#requestsTaken)
    return original
  }

  /** Hand nothing more to the parser; what still comes is read and dropped. */
  ignoreRest(): void {
    this.#part = 'nothing'
    this.#held = null
    this.#socket.resume()
  }

  /** Idle time-out of the socket, as the HTTP server sets it. */
  setTimeout(ms: number): this {
    this.#socket.setTimeout(ms)
    return this
  }

  /** Close once everything written has left. */
  destroySoon(): void {
    this.end(() => this.destroy())
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#socket.write(chunk, encoding) || this.#socket.destroyed) done()
    else
      this.#drained = () => {
        this.#drained = null
        done()
      }
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done())
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#held = null
    this.#socket.destroy()
    done(error)
  }

  #end(): void {
    if (this.#part === 'nothing') return
    if (this.#held) this.#hand(this.#held)
    this.#held = null
    this.push(null)
  }

  #hand(bytes: Buffer): void {
    if (bytes.length > 0 && !this.push(bytes)) this.#socket.pause()
  }

  /** `from` is the first byte not handed on yet, `at` the first one not looked at. Whole chunks go on unsliced. */
  #read(chunk: Buffer): void {
    let from = 0
    let at = 0
    while (at < chunk.length) {
      switch (this.#part) {
        case 'nothing':
          return
        case 'rest':
          at = chunk.length
          break
        case 'body': {
          const taken = Math.min(this.#bodyLeft, chunk.length - at)
          this.#bodyLeft -= taken
          at += taken
          if (this.#bodyLeft === 0) this.#part = 'line'
          break
        }
        case 'headers':
          at = this.#readHeaders(chunk, at)
          break
        case 'line': {
          const end = chunk.indexOf(lineFeed, at)
          if (end < 0) {
            this.#hand(chunk.subarray(from, at))
            this.#hold(chunk.subarray(at))
            return
          }
          const rest = chunk.subarray(at, end + 1)
          const line = this.#held ? Buffer.concat([this.#held, rest]) : rest
          const clean = this.#readLine(line)
          if (this.#held || clean !== line) {
            this.#hand(chunk.subarray(from, at))
            this.#hand(clean)
            this.#held = null
            from = end + 1
          }
          at = end + 1
          break
        }
      }
    }
    if (from < chunk.length) this.#hand(from === 0 ? chunk : chunk.subarray(from))
  }

  /** A line that is longer than any head may be is the parser's to refuse. */
  #hold(start: Buffer): void {
    const held = this.#held ? Buffer.concat([this.#held, start]) : Buffer.from(start)
    if (held.length <= limits.headerBytes) {
      this.#held = held
      return
    }
    this.#held = null
    this.#part = 'rest'
    this.#hand(held)
  }

  #readLine(line: Buffer): Buffer {
    // Empty lines between requests are allowed and belong to none.
    if (line.length === 1 || (line.length === 2 && line[0] === 0x0d)) return line
    this.#linesSeen += 1
    this.#part = 'headers'
    this.#headers = '\n'
    const clean = cleanRequestLine(line)
    if (clean !== line) this.#originals.set(this.#linesSeen, line)
    return clean
  }

  #readHeaders(chunk: Buffer, at: number): number {
    const before = this.#headers.length
    const headers = this.#headers + chunk.toString('latin1', at)
    const from = Math.max(0, before - 3)
    const crlf = headers.indexOf('\n\r\n', from)
    const lf = headers.indexOf('\n\n', from)
    const end = crlf >= 0 && (lf < 0 || crlf < lf) ? crlf + 3 : lf >= 0 ? lf + 2 : -1
    if (end < 0) {
      this.#headers = headers
      if (headers.length > 2 * limits.headerBytes) this.#part = 'rest'
      return chunk.length
    }
    this.#headers = ''
    this.#bodyLeft = bodyLength(headers.slice(0, end))
    this.#part = this.#bodyLeft < 0 ? 'rest' : this.#bodyLeft > 0 ? 'body' : 'line'
    return at + end - before
  }
}

/** Bytes of the body that these headers announce; -1 = only the parser can tell. */
function bodyLength(headers: string): number {
  if (/\ntransfer-encoding[ \t]*:/i.test(headers)) return -1
  const lengths = headers.match(/\ncontent-length[ \t]*:[^\n]*/gi)
  if (!lengths) return 0
  const length = /:[ \t]*(\d{1,15})[ \t]*\r?$/.exec(lengths[0])?.[1]
  return lengths.length === 1 && length !== undefined ? Number(length) : -1
}
