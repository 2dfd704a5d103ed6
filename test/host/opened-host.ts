import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouter } from '../../main/rpc/router.ts'
import { startWebHost } from '../../main/web-host/server.ts'
import { answerNoRecording } from '../core/recordings/no-recordings.ts'
import { createFakeDesk } from '../rpc/fake-desk.ts'
import { recordedLog } from '../systems/recorded-log.ts'
import { rawRequest } from './raw-http.ts'

/** A browser host with a small page, and what a test needs to knock at it. */
export async function openHost(port = 0) {
  const dir = mkdtempSync(join(tmpdir(), 'frontbell-page-'))
  const page = join(dir, 'renderer')
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>page-canary</title>')
  writeFileSync(join(page, 'assets', 'index-abc123.js'), 'page-canary')
  writeFileSync(join(page, '.hidden'), 'page-canary')
  writeFileSync(join(dir, 'settings.json'), 'page-canary')
  const fake = createFakeDesk()
  const log = recordedLog()
  const from = performance.now()
  const host = await startWebHost({
    port,
    router: createRouter(fake.desk, log),
    rendererDir: page,
    log,
    answerRecording: answerNoRecording,
  })
  const startMs = performance.now() - from
  const name = host.origin.slice('http://'.length)
  const own: [string, string] = ['Host', name]
  const end: [string, string] = ['Connection', 'close']

  return {
    host,
    fake,
    log,
    name,
    startMs,
    /** A request of our own name with further headers. */
    ask: (path: string, headers: [string, string][] = [], method = 'GET') =>
      rawRequest(host.origin, `${method} ${path} HTTP/1.1`, [own, ...headers, end]),
    /** A request with exactly these headers. */
    askAs: (headers: [string, string][], path = '/', version = '1.1') =>
      rawRequest(host.origin, `GET ${path} HTTP/${version}`, [...headers, end]),
    /** A WebSocket handshake with these headers besides the necessary ones. */
    upgrade: (headers: [string, string][], path = '/rpc') =>
      rawRequest(host.origin, `GET ${path} HTTP/1.1`, [
        ['Connection', 'Upgrade'],
        ['Upgrade', 'websocket'],
        ['Sec-WebSocket-Version', '13'],
        ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
        ...headers,
      ]),
    /** Exchange a token for the cookie. */
    async enter(url = host.newUrl()): Promise<[string, string]> {
      const { pathname, search } = new URL(url)
      const answer = await rawRequest(host.origin, `GET ${pathname}${search} HTTP/1.1`, [own, end])
      return ['Cookie', answer.headers['set-cookie']?.split(';')[0] ?? 'none=none']
    },
    async close() {
      await host.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
