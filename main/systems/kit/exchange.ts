import { type Dispatcher, errors } from 'undici'
import { answerFault, connectFault, Fault } from './fault.ts'
import { inflateBody } from './inflate.ts'
import type { HttpRequest } from './request.ts'
import { Answer } from './response.ts'
import type { Session } from './session.ts'

export interface ExchangeOptions {
  /** Use a socket of its own, never a kept-alive one. */
  fresh: boolean
  /** `performance.now()` by which everything must be over. */
  deadline: number
  signal: AbortSignal | undefined
}

/**
 * One request, one answer, over the session's sockets. Redirects are answers like any other. Rejects with a Fault, in
 * time whatever the other side does; a request that was given up while it waited for a socket is never sent later.
 */
export async function exchange(session: Session, request: HttpRequest, options: ExchangeOptions): Promise<Answer> {
  const raw = await receive(session, request, options)
  const encoding = raw.headers['content-encoding']
  const bytes = await inflateBody(
    raw.bytes,
    Array.isArray(encoding) ? encoding.join(',') : encoding,
    session.limits.maxBytes,
    raw.status,
  )
  return bytes === raw.bytes ? raw : new Answer(raw.status, raw.headers, bytes)
}

function receive(session: Session, request: HttpRequest, options: ExchangeOptions): Promise<Answer> {
  const { limits, sockets } = session
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null
    let begun = false
    let status: number | undefined
    let headers: Answer['headers'] = {}
    let received = 0
    const chunks: Buffer[] = []
    let firstByteTimer: NodeJS.Timeout | undefined
    let over = false

    const settle = (): boolean => {
      if (over) return false
      over = true
      clearTimeout(totalTimer)
      clearTimeout(firstByteTimer)
      options.signal?.removeEventListener('abort', cancel)
      return true
    }
    const fail = (fault: Fault): void => {
      if (!settle()) return
      controller?.abort(fault)
      reject(fault)
    }
    const cancel = (): void => fail(new Fault('cancelled', undefined, { status }))
    const totalTimer = setTimeout(
      () => fail(new Fault('timeout', 'total', { status })),
      Math.max(0, options.deadline - performance.now()),
    )
    if (options.signal?.aborted) {
      cancel()
      return
    }
    options.signal?.addEventListener('abort', cancel, { once: true })

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started
        if (over) {
          started.abort(new Error('given up before it was sent'))
          return
        }
        firstByteTimer = setTimeout(() => fail(new Fault('timeout', 'first-byte', { status })), limits.firstByteMs)
      },
      onResponseStarted() {
        begun = true
      },
      onResponseStart(_controller, statusCode, responseHeaders) {
        status = statusCode
        // Codes like 180 sent as a status line are not final for HTTP: the timers above go on.
        if (statusCode < 200) return
        clearTimeout(firstByteTimer)
        headers = responseHeaders
        if (Number(responseHeaders['content-length'] ?? 0) > limits.maxBytes) fail(tooLarge(statusCode))
      },
      onResponseData(_controller, chunk) {
        received += chunk.length
        if (received > limits.maxBytes) fail(tooLarge(status))
        else chunks.push(chunk)
      },
      onResponseEnd() {
        if (settle())
          resolve(new Answer(status ?? 0, headers, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
      },
      onResponseError(_controller, error) {
        const used =
          sockets.isStale(error) || (error instanceof errors.SocketError && (error.socket?.bytesRead ?? 0) > 0)
        fail(controller === null ? connectFault(error) : answerFault(error, status, used && !begun))
      },
    }
    try {
      const { method, target: path, headers: sent, body } = request
      const dispatcher = options.fresh ? sockets.fresh : sockets.reused
      dispatcher.dispatch({ method, path, headers: sent, body }, handler)
    } catch (error) {
      fail(connectFault(error))
    }
  })
}

function tooLarge(status: number | undefined): Fault {
  return new Fault('unexpected-response', 'too-large', { status })
}
