import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { answer } from './canned-server.ts'
import type { Subject } from './fault-clients.ts'
import {
  badEncoding,
  badHttp,
  blankChunk,
  chunked,
  closed,
  endless,
  every,
  type FaultCase,
  good,
  maxBytes,
  reset,
  sayThen,
  tooLarge,
  tooSlow,
  undocumented,
  type Verdict,
} from './fault-scripts.ts'

const encoded = (name: string, encode: (body: Buffer) => Buffer) => (subject: Subject) =>
  good(subject, { headers: [`Content-Encoding: ${name}`], body: encode(subject.good.body) })
const bomb = gzipSync(Buffer.alloc(maxBytes * 200, '['))
const silentAfterHead: Verdict = ['timeout', 'total']
const firstByte: Verdict = ['timeout', 'first-byte']
/** A file has all the time that it needs as long as it moves. */
const stuck = ({ described, uploads }: Subject): Verdict =>
  described.response.kind === 'binary' || uploads ? ['timeout', 'idle'] : silentAfterHead

/** Whatever the operation: broken HTTP, broken connections, slowness, sizes, encodings. */
export const wireFaults: FaultCase[] = [
  // No connection
  {
    name: 'nobody listens',
    script: () => '',
    host: 'refused',
    atOnce: true,
    expect: ['unreachable', 'connection-refused'],
  },
  {
    name: 'no such name',
    script: () => '',
    host: 'no-such.invalid',
    atOnce: true,
    expect: ['unreachable', 'name-not-found'],
  },
  {
    name: 'a machine that does not answer',
    script: () => '',
    host: 'hole',
    atOnce: true,
    expect: ['timeout', 'connect'],
  },
  // Connections that end
  {
    name: 'reset before anything is read',
    script: () => '',
    options: () => ({ connected: reset }),
    atOnce: true,
    expect: ['unreachable', 'connect-failed'],
  },
  {
    name: 'end before anything is read',
    script: () => '',
    options: () => ({ connected: (socket) => void socket.end() }),
    atOnce: true,
    expect: closed,
  },
  { name: 'reset after the head of the request', script: () => '', options: () => ({ begun: reset }), expect: closed },
  { name: 'reset before the answer', script: () => reset, expect: closed },
  { name: 'end before the answer', script: () => (socket) => void socket.end(), expect: closed },
  { name: 'reset in the status line', script: () => sayThen('HTTP/1.1 20', reset), expect: closed },
  { name: 'reset in the headers', script: () => sayThen('HTTP/1.1 200 OK\r\nContent-Le', reset), expect: closed },
  {
    name: 'reset after the headers',
    script: () => sayThen('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n', reset),
    expect: closed,
  },
  {
    name: 'reset in the body',
    script: (subject) => sayThen(good(subject, { length: subject.good.body.length + 9 }), reset),
    expect: closed,
  },
  {
    name: 'end in a chunk',
    script: () => sayThen(chunked('99\r\n[{"tel'), (socket) => void socket.end()),
    expect: closed,
  },
  {
    name: 'a length that is too long, then the end',
    script: (subject) =>
      sayThen(good(subject, { length: subject.good.body.length + 50 }), (socket) => void socket.end()),
    expect: closed,
  },
  // Broken HTTP
  { name: 'not HTTP', script: () => 'SIP/2.0 200 OK\r\n\r\n', expect: badHttp },
  { name: 'HTTP/0.9', script: () => sayThen('<html>hello</html>', (socket) => void socket.end()), expect: badHttp },
  { name: 'lone zero bytes', script: () => Buffer.alloc(100), expect: badHttp },
  {
    name: 'noise',
    script: () => Buffer.from(Array.from({ length: 200 }, (_one, at) => (at * 97 + 7) & 0xff)),
    expect: badHttp,
  },
  { name: 'a bad chunk size', script: () => chunked('zz\r\n', '[]', '\r\n0\r\n\r\n'), expect: badHttp },
  { name: 'a chunk size that overflows', script: () => chunked('ffffffffffffffffff\r\n[]'), expect: badHttp },
  { name: 'a chunk that is longer than it says', script: () => chunked('2\r\n[][]\r\n0\r\n\r\n'), expect: badHttp },
  {
    name: 'two lengths',
    script: () => 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n[]     ',
    expect: badHttp,
  },
  {
    name: 'a length and chunks',
    script: () => 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n',
    expect: badHttp,
  },
  { name: 'a length that is none', script: () => 'HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n[]', expect: badHttp },
  { name: 'a negative length', script: () => 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n[]', expect: badHttp },
  {
    name: 'a length that overflows',
    script: () => 'HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n[]',
    expect: badHttp,
  },
  {
    name: 'endless headers',
    script: () => `HTTP/1.1 200 OK\r\n${`X-A: ${'a'.repeat(1000)}\r\n`.repeat(100)}`,
    expect: badHttp,
  },
  { name: 'a header without a name', script: () => 'HTTP/1.1 200 OK\r\n: x\r\n\r\n', expect: badHttp },
  { name: 'a status line without a status', script: () => 'HTTP/1.1 OK\r\n\r\n', expect: badHttp },
  {
    name: 'switching protocols',
    script: () => 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    expect: badHttp,
  },
  {
    name: '100 as an answer',
    script: () => 'HTTP/1.1 100 Continue\r\n\r\n',
    // A state of a call where the manual has it as one.
    expect: ({ described }) => (described.informational ? 'ok' : badHttp),
    output: 'other',
  },
  // Slowness
  { name: 'silence', script: () => () => {}, expect: firstByte },
  {
    name: 'code 180 as a status line',
    script: () => 'HTTP/1.1 180 Ringing\r\n\r\n',
    expect: ({ described }) => (described.informational ? 'ok' : firstByte),
    output: 'other',
  },
  { name: 'half a status line, then silence', script: () => 'HTTP/1.1 2', expect: firstByte },
  {
    name: 'headers one by one',
    script: () => every(20, (nth) => (nth === 0 ? 'HTTP/1.1 200 OK\r\n' : `X-${nth}: 1\r\n`)),
    expect: firstByte,
  },
  {
    name: 'informational answers only',
    script: () => every(10, () => 'HTTP/1.1 103 Early Hints\r\n\r\n'),
    expect: firstByte,
  },
  { name: 'headers, then silence', script: () => 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', expect: stuck },
  { name: 'chunks, then silence', script: () => chunked('1\r\n[\r\n'), expect: stuck },
  {
    name: 'a length that is too long, then silence',
    script: (subject) => good(subject, { length: subject.good.body.length + 50 }),
    expect: stuck,
  },
  {
    name: 'a body byte by byte',
    script: () => every(20, (nth) => (nth === 0 ? 'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n' : '[')),
    expect: tooSlow,
  },
  {
    name: 'chunks without end',
    script: () => every(20, (nth) => (nth === 0 ? chunked() : '1\r\n \r\n')),
    expect: tooSlow,
  },
  // Sizes
  {
    name: 'a huge body, announced',
    script: () => answer('[', { length: 200 * 1024 * 1024 }),
    expect: tooLarge,
  },
  {
    name: 'a huge body, in chunks',
    script: () => endless(chunked(), blankChunk),
    // Nobody knows how long a recording may be.
    expect: ({ streams }) => (streams ? tooSlow : tooLarge),
  },
  {
    name: 'a huge body without a length',
    script: () => endless('HTTP/1.1 200 OK\r\n\r\n', ' '.repeat(8192)),
    expect: ({ streams }) => (streams ? tooSlow : tooLarge),
  },
  { name: 'a huge page', script: () => endless(chunked(), `2000\r\n${'<html>'.padEnd(0x2000)}\r\n`), expect: tooLarge },
  {
    name: 'gzip bomb',
    script: () => answer(bomb, { headers: ['Content-Encoding: gzip'] }),
    expect: tooLarge,
  },
  // Encodings
  { name: 'gzip', script: encoded('gzip', gzipSync), expect: 'ok' },
  { name: 'deflate', script: encoded('deflate', deflateSync), expect: 'ok' },
  { name: 'raw deflate', script: encoded('deflate', deflateRawSync), expect: 'ok' },
  { name: 'brotli', script: encoded('br', brotliCompressSync), expect: 'ok' },
  { name: 'zstd', script: encoded('zstd', zstdCompressSync), expect: 'ok' },
  { name: 'gzip in gzip', script: encoded('gzip, gzip', (body) => gzipSync(gzipSync(body))), expect: badEncoding },
  { name: 'gzip cut off', script: encoded('gzip', (body) => gzipSync(body).subarray(0, 18)), expect: badEncoding },
  { name: 'not gzip at all', script: encoded('gzip', () => Buffer.from('[]')), expect: badEncoding },
  { name: 'unknown encoding', script: encoded('pied-piper', (body) => body), expect: badEncoding },
  // Statuses
  { name: 'status 418', script: (subject) => good(subject, { status: '418 Teapot' }), expect: undocumented },
  { name: 'status 999', script: (subject) => good(subject, { status: '999 Odd' }), expect: undocumented },
  {
    name: 'status 999 without words',
    script: () => 'HTTP/1.1 999\r\nContent-Length: 0\r\n\r\n',
    expect: undocumented,
  },
  { name: '429', script: () => answer('', { status: '429 Slow' }), expect: ['rate-limited'] },
  { name: '503 without a body', script: () => answer('', { status: '503 No' }), expect: ['server-error'] },
  {
    name: 'proxy page with status 502',
    script: () =>
      answer('<html>bad gateway</html>', { status: '502 Bad Gateway', headers: ['Content-Type: text/html'] }),
    expect: ['server-error'],
  },
  {
    name: '403',
    script: () => answer('', { status: '403 Forbidden' }),
    // A recording is kept for seven days.
    expect: ({ described }) => (described.id === 'dialback.recording-download' ? ['not-found'] : ['forbidden']),
  },
  {
    name: 'login page with status 401',
    script: () => answer('<html>who?</html>', { status: '401 Unauthorized' }),
    expect: ['auth-failed'],
  },
]
