import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  answerPage,
  isAppUrl,
  mainPageUrl,
  popPageUrl,
  registerAppScheme,
  serveAppPages,
} from '../../main/shell/app-protocol.ts'
import { answerNoRecording } from '../core/recordings/no-recordings.ts'
import { FakeElectron } from './stand-in.ts'

let dir: string
let pages: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'frontbell-pages-'))
  pages = join(dir, 'renderer')
  mkdirSync(join(pages, 'assets'), { recursive: true })
  mkdirSync(join(dir, 'renderer-other'))
  writeFileSync(join(pages, 'index.html'), '<p>page</p>')
  writeFileSync(join(pages, 'assets', 'index-1.js'), 'export {}')
  writeFileSync(join(pages, 'notes.txt'), 'no page needs this')
  writeFileSync(join(dir, 'secret.json'), '{"secret":"top"}')
  writeFileSync(join(dir, 'renderer-other', 'x.js'), 'secret')
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const get = (url: string, method = 'GET') => answerPage({ url, method }, pages)

test('the scheme is a secure origin of its own', () => {
  const fake = new FakeElectron()
  registerAppScheme(fake.api.protocol)
  expect(fake.protocol.named('registerSchemesAsPrivileged')).toEqual([
    [[{ scheme: 'frontbell', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }]],
  ])
})

test('the handler serves the built page with a policy that lets nothing else in', async () => {
  const fake = new FakeElectron()
  serveAppPages(fake.api.protocol, pages, answerNoRecording)
  const [scheme, handler] = fake.protocol.named('handle')[0] as [string, (request: Request) => Promise<Response>]
  expect(scheme).toBe('frontbell')
  const answer = await handler({ url: mainPageUrl, method: 'GET' } as Request)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toBe('<p>page</p>')
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*(unsafe-inline|http|\*)/)
  expect(policy).toContain("frame-ancestors 'none'")
})

test('scripts have the type that browsers want for modules', async () => {
  const answer = await get('frontbell://app/assets/index-1.js')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
})

test.each([
  'frontbell://app/../secret.json',
  'frontbell://app/%2e%2e/secret.json',
  'frontbell://app/..%2fsecret.json',
  'frontbell://app/assets/..%2f..%2fsecret.json',
  'frontbell://app/%2e%2e%2fsecret.json',
  'frontbell://app/..%5csecret.json',
  'frontbell://app/..\\secret.json',
  'frontbell://app//etc/passwd.json',
  'frontbell://app/..%2frenderer-other/x.js',
  'frontbell://app/%2e%2e%2frenderer-other%2fx.js',
  'frontbell://app/index.html%00.js',
  'frontbell://app/C:%5csecret.json',
  'frontbell://app/%ff%fe.js',
  'frontbell://app/assets',
  'frontbell://app/notes.txt',
  'frontbell://app/missing.js',
  'frontbell://other/index.html',
  'frontbell://app.evil/index.html',
  'frontbell://user@app/index.html',
  'https://app/index.html',
  'not a url',
])('%s is not there', async (url) => {
  const answer = await get(url)
  expect([answer.status, await answer.text()]).toEqual([404, ''])
})

test('whatever path is asked for, nothing outside the folder comes back', async () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '/',
    '%2f',
    '%5c',
    '\\',
    'secret.json',
    'renderer',
    'renderer-other',
    'x.js',
    'assets',
    '%00',
    ':',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      expect(await (await get(`frontbell://app/${pieces.join('')}`)).text()).not.toContain('secret')
    }),
    { numRuns: 500 },
  )
})

test('only GET', async () => {
  expect((await get(mainPageUrl, 'POST')).status).toBe(405)
})

test('our own addresses are told from others', () => {
  expect([mainPageUrl, popPageUrl, 'frontbell://app/'].every(isAppUrl)).toBe(true)
  for (const url of [
    'https://app/',
    'frontbell://evil/',
    'frontbell://app.evil/',
    'file:///app',
    'frontbell:app',
    'about:blank',
    '',
    'frontbell://app:80/',
    'frontbell://a@app/',
  ])
    expect(isAppUrl(url), url).toBe(false)
})
