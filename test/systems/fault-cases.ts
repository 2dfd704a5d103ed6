import type { Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { ErrorCode } from '../../preload/contract/index.ts'
import { encodeGbk } from '../fakes/telcrm/gbk.ts'
import { answer, type Script } from './canned-server.ts'

/** `ok`, or the code and the reason that the call must end with. */
export type Verdict = 'ok' | readonly [code: ErrorCode, reason?: string, field?: string]

export interface FaultCase {
  name: string
  script: Script
  /** For the extension poll (JSON). */
  poll: Verdict
  /** For dialling (result code); the same as `poll` where it is left out. */
  dial?: Verdict
}

export const maxBytes = 64 * 1024

const row = {
  telNum: '801',
  userName: '李阳',
  telRegState: 1,
  phoneType: 'x',
  state: 'IDEL',
  presence: 'online',
  missingCallCount: 0,
}
const good = JSON.stringify([row])
const html = '<!DOCTYPE html><html><head><title>登录</title></head><body><form></form></body></html>'
const closed = ['unexpected-response', 'connection-closed'] as const
const badHttp = ['unexpected-response', 'bad-http'] as const
const notJson = ['unexpected-response', 'not-json'] as const
const brokenJson = ['unexpected-response', 'broken-json'] as const
const tooLarge = ['unexpected-response', 'too-large'] as const
const badEncoding = ['unexpected-response', 'bad-encoding'] as const
const page = ['unexpected-response', 'html-page'] as const

const without = (name: string): string => JSON.stringify([{ ...row, [name]: undefined }])
const encoded = (name: string, body: Buffer): Buffer => answer(body, { headers: [`Content-Encoding: ${name}`] })
const chunked = (...chunks: string[]): string =>
  `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks.join('')}`
const reset = (socket: Socket): void => void socket.resetAndDestroy()
/** Say something, then do something once it is on the wire. */
const sayThen =
  (words: string | Buffer, then: (socket: Socket) => void): Script =>
  (socket) => {
    socket.write(words)
    setTimeout(() => then(socket), 15)
  }
const every =
  (ms: number, words: (nth: number) => string): Script =>
  (socket) => {
    let nth = 0
    const timer = setInterval(() => socket.write(words(nth++)), ms)
    socket.on('close', () => clearInterval(timer))
  }

export const faultCases: FaultCase[] = [
  // Answers of the right form that say something else
  { name: 'login page with status 200', script: answer(html, { headers: ['Content-Type: text/html'] }), poll: page },
  { name: 'login page that claims to be JSON', script: answer(html), poll: page },
  { name: 'login page after a byte order mark and blanks', script: answer(`\ufeff \r\n ${html}`), poll: page },
  { name: 'login page with status 401', script: answer(html, { status: '401 Unauthorized' }), poll: ['auth-failed'] },
  { name: 'proxy page with status 502', script: answer(html, { status: '502 Bad Gateway' }), poll: ['server-error'] },
  { name: '403', script: answer('', { status: '403 Forbidden' }), poll: ['forbidden'] },
  { name: '404 page', script: answer(html, { status: '404 Not Found' }), poll: ['not-found'] },
  { name: '429', script: answer('', { status: '429 Slow' }), poll: ['rate-limited'] },
  { name: '503 without a body', script: answer('', { status: '503 No' }), poll: ['server-error'] },
  {
    name: 'status 418',
    script: answer(good, { status: '418 Teapot' }),
    poll: ['unexpected-response', 'undocumented-code'],
  },
  {
    name: 'status 999',
    script: answer(good, { status: '999 Odd' }),
    poll: ['unexpected-response', 'undocumented-code'],
  },
  {
    name: 'status 999 without words',
    script: 'HTTP/1.1 999\r\nContent-Length: 0\r\n\r\n',
    poll: ['unexpected-response', 'undocumented-code'],
  },
  { name: 'digits-only failure under status 200', script: answer('500'), poll: ['server-error'] },
  { name: 'digits-only refusal with a line end', script: answer('486\r\n'), poll: ['busy'] },
  { name: 'empty body', script: answer(''), poll: ['unexpected-response', 'empty'], dial: 'ok' },
  { name: 'blanks only', script: answer(' \r\n\t'), poll: ['unexpected-response', 'empty'], dial: 'ok' },
  { name: '204', script: 'HTTP/1.1 204 No Content\r\n\r\n', poll: ['unexpected-response', 'empty'], dial: 'ok' },
  {
    name: 'redirect to another host',
    script: answer('', { status: '302 Found', headers: ['Location: http://127.0.0.9:9/'] }),
    poll: ['unexpected-response', 'redirect'],
  },
  {
    name: 'redirect to itself',
    script: answer('', { status: '307 Again', headers: ['Location: /bridge/jsoncfg'] }),
    poll: ['unexpected-response', 'redirect'],
  },
  // JSON that is none, or another
  { name: 'plain words', script: answer('It works!'), poll: notJson, dial: 'ok' },
  { name: 'truncated JSON', script: answer(good.slice(0, 40)), poll: brokenJson, dial: 'ok' },
  { name: 'JSON with a tail', script: answer(`${good}}]`), poll: brokenJson, dial: 'ok' },
  { name: 'null', script: answer('null'), poll: ['unexpected-response', 'wrong-field', '(document)'], dial: 'ok' },
  {
    name: 'an object instead of a list',
    script: answer('{"error":"no"}'),
    poll: ['unexpected-response', 'wrong-field', '(document)'],
    dial: 'ok',
  },
  {
    name: 'a list of numbers',
    script: answer('[1,2]'),
    poll: ['unexpected-response', 'wrong-field', '[0]'],
    dial: 'ok',
  },
  {
    name: 'a missing field',
    script: answer(without('state')),
    poll: ['unexpected-response', 'missing-field', '[0].state'],
    dial: 'ok',
  },
  {
    name: 'a field of a wrong type',
    script: answer(JSON.stringify([row, { ...row, telNum: {} }])),
    poll: ['unexpected-response', 'wrong-field', '[1].telNum'],
    dial: 'ok',
  },
  {
    name: 'a number that is none',
    script: answer(JSON.stringify([{ ...row, telRegState: 'yes' }])),
    poll: ['unexpected-response', 'wrong-field', '[0].telRegState'],
    dial: 'ok',
  },
  { name: 'deeply nested JSON', script: answer('['.repeat(30_000)), poll: brokenJson, dial: 'ok' },
  // Charsets and encodings
  { name: 'byte order mark', script: answer(`\ufeff${good}`), poll: 'ok' },
  { name: 'GBK, charset not stated', script: answer(encodeGbk(good)), poll: 'ok' },
  {
    name: 'GBK that claims to be UTF-8',
    script: answer(encodeGbk(good), { headers: ['Content-Type: application/json; charset=utf-8'] }),
    poll: 'ok',
  },
  {
    name: 'UTF-8 that claims to be Latin-1',
    script: answer(good, { headers: ['Content-Type: text/html;charset=ISO-8859-1'] }),
    poll: 'ok',
  },
  {
    name: 'a charset that does not exist',
    script: answer(good, { headers: ['Content-Type: text/plain; charset=x-none'] }),
    poll: 'ok',
  },
  { name: 'gzip', script: encoded('gzip', gzipSync(good)), poll: 'ok' },
  { name: 'deflate', script: encoded('deflate', deflateSync(good)), poll: 'ok' },
  { name: 'raw deflate', script: encoded('deflate', deflateRawSync(good)), poll: 'ok' },
  { name: 'brotli', script: encoded('br', brotliCompressSync(good)), poll: 'ok' },
  { name: 'gzip bomb', script: encoded('gzip', gzipSync(Buffer.alloc(maxBytes * 100))), poll: tooLarge },
  { name: 'gzip in gzip', script: encoded('gzip, gzip', gzipSync(gzipSync(good))), poll: badEncoding },
  { name: 'gzip cut off', script: encoded('gzip', gzipSync(good).subarray(0, 30)), poll: badEncoding },
  { name: 'not gzip at all', script: encoded('gzip', Buffer.from(good)), poll: badEncoding },
  { name: 'unknown encoding', script: encoded('pied-piper', Buffer.from(good)), poll: badEncoding },
  // Sizes
  { name: 'a huge body, announced', script: answer('[', { length: 200 * 1024 * 1024 }), poll: tooLarge },
  { name: 'a huge body, in chunks', script: sayThen(chunked(), (socket) => endless(socket)), poll: tooLarge },
  {
    name: 'endless headers',
    script: `HTTP/1.1 200 OK\r\n${`X-A: ${'a'.repeat(1000)}\r\n`.repeat(100)}`,
    poll: badHttp,
  },
  // Broken HTTP
  { name: 'not HTTP', script: 'SIP/2.0 200 OK\r\n\r\n', poll: badHttp },
  { name: 'a bad chunk size', script: chunked('zz\r\n', good, '\r\n0\r\n\r\n'), poll: badHttp },
  {
    name: 'two lengths',
    script: `HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n${good}`,
    poll: badHttp,
  },
  { name: 'a length that is none', script: `HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n${good}`, poll: badHttp },
  { name: 'a length that is too short', script: answer(good, { length: 20 }), poll: brokenJson, dial: 'ok' },
  {
    name: 'a length that is too long, then silence',
    script: answer(good, { length: good.length + 50 }),
    poll: ['timeout', 'total'],
  },
  {
    name: 'a length that is too long, then the end',
    script: sayThen(answer(good, { length: good.length + 50 }), (socket) => socket.end()),
    poll: closed,
  },
  {
    name: 'switching protocols',
    script: 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    poll: badHttp,
  },
  { name: '100 as an answer', script: 'HTTP/1.1 100 Continue\r\n\r\n', poll: badHttp },
  // Connections that end
  { name: 'reset before the answer', script: reset, poll: closed },
  { name: 'end before the answer', script: (socket) => socket.end(), poll: closed },
  { name: 'reset in the status line', script: sayThen('HTTP/1.1 20', reset), poll: closed },
  { name: 'reset in the headers', script: sayThen('HTTP/1.1 200 OK\r\nContent-Le', reset), poll: closed },
  {
    name: 'reset after the headers',
    script: sayThen('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n', reset),
    poll: closed,
  },
  { name: 'reset in the body', script: sayThen(answer(good, { length: good.length + 9 }), reset), poll: closed },
  { name: 'end in a chunk', script: sayThen(chunked('99\r\n[{"tel'), (socket) => socket.end()), poll: closed },
  // Slowness
  { name: 'silence', script: () => {}, poll: ['timeout', 'first-byte'] },
  { name: 'half a status line, then silence', script: 'HTTP/1.1 2', poll: ['timeout', 'first-byte'] },
  {
    name: 'headers one by one',
    script: every(20, (nth) => (nth === 0 ? 'HTTP/1.1 200 OK\r\n' : `X-${nth}: 1\r\n`)),
    poll: ['timeout', 'first-byte'],
  },
  {
    name: 'informational answers only',
    script: every(10, () => 'HTTP/1.1 103 Early Hints\r\n\r\n'),
    poll: ['timeout', 'first-byte'],
  },
  { name: 'code 180 as a status line', script: 'HTTP/1.1 180 Ringing\r\n\r\n', poll: ['timeout', 'first-byte'] },
  {
    name: 'a body drip by drip',
    script: every(20, (nth) => (nth === 0 ? 'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n' : '[')),
    poll: ['timeout', 'total'],
  },
  {
    name: 'chunks without end',
    script: every(20, (nth) => (nth === 0 ? chunked() : '1\r\n \r\n')),
    poll: ['timeout', 'total'],
  },
  { name: 'headers, then silence', script: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', poll: ['timeout', 'total'] },
]

function endless(socket: Socket): void {
  const chunk = `2000\r\n${' '.repeat(0x2000)}\r\n`
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  }
  socket.on('drain', more)
  more()
}
