import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { AnswerRecording } from '../core/ports/index.ts'
import type { ElectronApi } from './electron-api.ts'

export const appScheme = 'frontbell'
const appHost = 'app'
export const mainPageUrl = `${appScheme}://${appHost}/index.html#/desk`
export const popPageUrl = `${appScheme}://${appHost}/index.html#/pop`

/** Scripts and data from our own files only; nothing may frame us, and a form has nowhere to go. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
}

/** Call before the app is ready: our scheme is an origin of its own, as good as https. */
export function registerAppScheme(protocol: Pick<ElectronApi['protocol'], 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** Serve the built page from `rendererDir` under `frontbell://app/`, recordings, and nothing else. */
export function serveAppPages(
  protocol: Pick<ElectronApi['protocol'], 'handle'>,
  rendererDir: string,
  answerRecording: AnswerRecording,
): void {
  protocol.handle(appScheme, (request) => {
    const url = isAppUrl(request.url) ? new URL(request.url) : null
    if (!url?.pathname.startsWith('/recordings/')) return answerPage(request, rendererDir)
    return answerSound(request, url.pathname + url.search, answerRecording)
  })
}

/** A recording, streamed: the player asks for it by Range. */
async function answerSound(
  request: Pick<Request, 'method' | 'headers'>,
  target: string,
  answer: AnswerRecording,
): Promise<Response> {
  const range = request.headers.get('range')
  const { status, headers, body } = await answer({ method: request.method, target, range })
  const stream = body === null ? null : (Readable.toWeb(Readable.from(body)) as ReadableStream<Uint8Array>)
  return new Response(stream, { status, headers: { ...safetyHeaders, ...headers } })
}

/** One answer: 200 with the file, 404 for what is not there or not inside the folder, 405 for anything but GET. */
export async function answerPage(request: Pick<Request, 'url' | 'method'>, rendererDir: string): Promise<Response> {
  if (request.method !== 'GET') return refusal(405)
  const file = fileFor(request.url, rendererDir)
  const type = file && mediaTypes[extname(file).toLowerCase()]
  if (!file || !type) return refusal(404)
  try {
    return new Response(await readFile(file), { headers: { ...safetyHeaders, 'content-type': type } })
  } catch {
    // Whatever kept the file from being read, to the page it is not there.
    return refusal(404)
  }
}

/** True for an address of our own pages; used for every message that claims to come from one. */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${appScheme}:` && url.host === appHost && url.username === '' && url.password === ''
}

const safetyHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: safetyHeaders })
}

function fileFor(address: string, rendererDir: string): string | null {
  if (!isAppUrl(address)) return null
  let path: string
  try {
    path = decodeURIComponent(new URL(address).pathname)
  } catch {
    return null
  }
  if (/[\\\0:]/.test(path)) return null
  const root = resolve(rendererDir)
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`)
  return file.startsWith(root + sep) ? file : null
}
