import { existsSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { fastifyStatic } from '@fastify/static'
import { fastify } from 'fastify'
import { WebSocketServer } from 'ws'
import { CoreError } from '../core/errors.ts'
import type { AnswerRecording, Log } from '../core/ports/index.ts'
import { maxMessageBytes } from '../rpc/channel.ts'
import type { RpcRouter } from '../rpc/router.ts'
import { serveSocket } from '../rpc/socket.ts'
import { createGuard, type Verdict } from './guard.ts'
import { setSafeHeaders } from './headers.ts'
import { serveRecordings } from './recordings.ts'

// An import statement would load Node's own fetch along with it: 30 ms and 10 MB that nobody here uses.
const { createServer } = process.getBuiltinModule('node:http')

/** How long open pages get to say goodbye. */
const farewellMs = 500

export interface WebHost {
  /** With a one-time token. */
  readonly url: string
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  /** Every route that answers, as `METHOD path`. */
  readonly routes: readonly string[]
  /** Another address with a fresh one-time token, for another browser. */
  newUrl(): string
  /** Open pages are disconnected; done within 1 s. */
  close(): Promise<void>
}

export interface WebHostOptions {
  /** 0 = any free one. */
  port: number
  router: RpcRouter
  answerRecording: AnswerRecording
  /** The built page: `index.html` and `assets/`. */
  rendererDir: string
  log: Log
}

/**
 * Serves the page and its socket to a browser on this PC: loopback addresses only, and nothing without the session
 * cookie. Errors: unavailable when the page is not built or the port is taken.
 */
export async function startWebHost({
  port,
  router,
  answerRecording,
  rendererDir,
  log,
}: WebHostOptions): Promise<WebHost> {
  if (!existsSync(join(rendererDir, 'index.html'))) {
    throw new CoreError('unavailable', {
      field: 'rendererDir',
      reason: `the page is not built: ${join(rendererDir, 'index.html')} is missing`,
    })
  }
  let boundPort = port
  const guard = createGuard(() => boundPort)
  const judge = (request: IncomingMessage, upgrade: boolean): Verdict => {
    try {
      return guard.judge(request, upgrade)
    } catch (error) {
      // Thrown here it would end the process; whatever cannot be judged does not get in.
      log.error('web-host-guard-failed', { error: error instanceof Error ? error.name : 'unknown' })
      return { kind: 'refuse', status: 403, reason: 'unreadable' }
    }
  }
  const routes: string[] = []
  const servers: Server[] = []
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false })
  let clients = 0

  // The guard stands before the framework: no route, plugin or error page of it can be reached around the guard.
  const guarded = (handle: (request: IncomingMessage, response: ServerResponse) => void) => {
    const server = createServer((request, response) => {
      setSafeHeaders(response)
      const verdict = judge(request, false)
      switch (verdict.kind) {
        case 'pass':
          return handle(request, response)
        case 'enter':
          return void response.writeHead(302, { Location: '/', 'Set-Cookie': verdict.cookie }).end()
        case 'home':
          return void response.writeHead(302, { Location: '/' }).end()
        case 'refuse':
          log.warn('web-host-refused', { reason: verdict.reason, path: pathOf(request) })
          return void response
            .writeHead(verdict.status, { 'Content-Type': 'text/plain; charset=utf-8' })
            .end(refusal(verdict.status))
      }
    })
    server.on('upgrade', onUpgrade)
    servers.push(server)
    return server
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const verdict = judge(request, true)
    const status = verdict.kind === 'refuse' ? verdict.status : pathOf(request) === '/rpc' ? 101 : 404
    if (status !== 101) {
      if (verdict.kind === 'refuse') log.warn('web-host-refused', { reason: verdict.reason, path: pathOf(request) })
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      clients += 1
      serveSocket(router, webSocket, `web-${clients}`)
    })
  }

  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {}
  const app = fastify({
    serverFactory: (handler) => {
      handle = handler
      return guarded(handler)
    },
    logger: false,
    forceCloseConnections: true,
  })
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url}`)
  })
  app.register(fastifyStatic, {
    root: rendererDir,
    cacheControl: false,
    dotfiles: 'ignore',
    setHeaders(reply, path) {
      // Their names change with their content; everything else, the page first of all, is asked for again.
      if (path.startsWith(join(rendererDir, 'assets')))
        reply.header('Cache-Control', 'private, max-age=31536000, immutable')
    },
  })
  serveRecordings(app, answerRecording)
  try {
    await app.listen({ host: '127.0.0.1', port })
  } catch (error) {
    throw new CoreError(
      'unavailable',
      { field: 'port', reason: `port ${port} on 127.0.0.1 cannot be opened${codeOf(error)}` },
      error,
    )
  }
  const address = app.server.address()
  if (typeof address === 'object' && address !== null) boundPort = address.port
  await alsoListen(
    guarded((request, response) => handle(request, response)),
    boundPort,
  ).catch((error: unknown) => {
    // No IPv6 on this machine, or somebody else has the port there: the printed address works all the same.
    log.info('web-host-no-ipv6', { code: codeOf(error) })
  })
  const origin = `http://127.0.0.1:${boundPort}`
  const newUrl = () => `${origin}/?token=${guard.issueToken()}`

  return {
    url: newUrl(),
    origin,
    routes,
    newUrl,
    async close() {
      for (const webSocket of sockets.clients) webSocket.close(1001, 'the program ends')
      const cut = setTimeout(() => {
        for (const webSocket of sockets.clients) webSocket.terminate()
        for (const server of servers) server.closeAllConnections()
      }, farewellMs)
      await Promise.all([app.close(), ...servers.slice(1).map(closeServer)])
      clearTimeout(cut)
    },
  }
}

function alsoListen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '::1', port, ipv6Only: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // The callback's error only says that it was not listening.
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? ''
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
}

function refusal(status: 401 | 403): string {
  if (status === 403) return '403: this address does not serve other pages or names.\n'
  return '401: open the address that Frontbell printed. It works once; a restart prints a new one.\n重新打开前铃打印的地址；它只能用一次。\n'
}
