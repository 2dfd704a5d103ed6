import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { encodeGbk } from './gbk.ts'

export type FakeFault =
  | 'silence' // takes the request, never answers
  | 'reset' // TCP reset instead of an answer
  | 'cut' // promises a whole answer, sends half, closes
  | 'slow' // the right answer, 1.5 s late
  | 'drip' // the right answer, a byte every 100 ms
  | 'html-login' // a login page with status 200
  | 'html-as-json' // the same, claiming to be JSON
  | 'redirect' // to another host
  | 'truncated-json' // a shorter document than there should be
  | 'wrong-types'
  | 'missing-field'
  | 'gbk' // the right answer in GBK, charset not stated
  | 'bom' // the right answer after a UTF-8 byte order mark
  | 'empty'
  | 'gzip-bomb'
  | 'unauthorized'
  | 'server-error'
  | 'status-999'

/** With these the PBX does nothing of what it was asked. */
export const refusingFaults: ReadonlySet<FakeFault> = new Set([
  'html-login',
  'html-as-json',
  'redirect',
  'unauthorized',
  'server-error',
])

export interface PlainAnswer {
  status: number
  contentType: string
  body: string | Buffer
}

const loginPage =
  '<!DOCTYPE html>\n<html><head><title>登录</title></head><body><form action="/login">…</form></body></html>'

/** Answer wrongly. `answer` is what should have been said. */
export function misbehave(fault: FakeFault, answer: PlainAnswer, response: ServerResponse): void {
  const { status, contentType, body } = answer
  if (fault === 'silence') return
  if (fault === 'reset') {
    response.socket?.resetAndDestroy()
  } else if (fault === 'cut') {
    response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) + 100 })
    response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.socket?.destroy())
  } else if (fault === 'slow') {
    later(response, 1_500, () => say(response, answer))
  } else if (fault === 'drip') {
    drip(answer, response)
  } else {
    say(response, { ...answer, ...wrongAnswers[fault](answer) })
  }
}

type WrongAnswer = Partial<Omit<PlainAnswer, 'body'>> & { body?: string | Buffer; headers?: Record<string, string> }
type SpokenFault = Exclude<FakeFault, 'silence' | 'reset' | 'cut' | 'slow' | 'drip'>

const wrongAnswers: Record<SpokenFault, (answer: PlainAnswer) => WrongAnswer> = {
  'html-login': () => ({ status: 200, contentType: 'text/html; charset=utf-8', body: loginPage }),
  'html-as-json': () => ({ status: 200, contentType: 'application/json', body: loginPage }),
  redirect: () => ({ status: 302, body: '', headers: { location: 'http://127.0.0.9:9/bridge/' } }),
  'truncated-json': ({ body }) => ({ body: body.slice(0, Math.floor(body.length / 2)) }),
  'wrong-types': () => ({ status: 200, body: '[{"telNum":{"a":1},"userName":[],"state":{},"presence":7}]' }),
  'missing-field': () => ({ status: 200, body: '[{"userName":"李阳","telRegState":1}]' }),
  gbk: ({ body, contentType }) => ({ contentType: contentType.replace(/;.*/, ''), body: encodeGbk(String(body)) }),
  bom: ({ body }) => ({ body: `\ufeff${body}` }),
  empty: () => ({ status: 200, body: '' }),
  'gzip-bomb': () => ({ body: gzipBomb(), headers: { 'content-encoding': 'gzip' } }),
  unauthorized: () => ({ status: 401, contentType: 'text/html', body: loginPage }),
  'server-error': () => ({ status: 500, contentType: 'text/html', body: '<html><h1>HTTP Status 500</h1></html>' }),
  'status-999': () => ({ status: 999 }),
}

/** 64 MB of blanks in 64 kB: one compressed megabyte, repeated. */
function gzipBomb(): Buffer {
  const member = gzipSync(Buffer.alloc(1024 * 1024, 0x20))
  return Buffer.concat(Array.from({ length: 64 }, () => member))
}

function say(response: ServerResponse, answer: Omit<PlainAnswer, 'body'> & WrongAnswer): void {
  const { status, contentType, body = '', headers = {} } = answer
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body), ...headers })
  response.end(body)
}

function later(response: ServerResponse, ms: number, run: () => void): void {
  const timer = setTimeout(run, ms)
  response.on('close', () => clearTimeout(timer))
}

function drip({ status, contentType, body }: PlainAnswer, response: ServerResponse): void {
  const bytes = Buffer.from(body)
  let at = 0
  response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length })
  const timer = setInterval(() => {
    if (at < bytes.length) response.write(bytes.subarray(at, ++at))
    else response.end()
  }, 100)
  response.on('close', () => clearInterval(timer))
}
