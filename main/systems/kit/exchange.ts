import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { createCollector } from './collector.ts'
import { answerFault, connectFault, Fault } from './fault.ts'
import { inflateBody } from './inflate.ts'
import { watchInterim } from './interim.ts'
import type { HttpRequest, UploadBody } from './request.ts'
import { Answer } from './response.ts'
import type { Session } from './session.ts'
import { errors } from './undici.ts'

/** Where a file goes while it arrives. A rejected write ends the call with `storage-failed`. */
export interface Sink {
  write(chunk: Uint8Array): Promise<void> | void
}

/** Bytes so far, and of how many where that is known. */
export interface Progress {
  direction: 'upload' | 'download'
  bytes: number
  total: number | null
}

export interface ExchangeOptions {
  /** Use a socket of its own, never a kept-alive one. */
  fresh: boolean
  /** `performance.now()` by which everything must be over. */
  deadline: number
  /** Longest silence while a file is on its way, either way, ms; null = no file is, the deadline is enough. */
  idleMs: number | null
  signal: AbortSignal | undefined
  /** A file in the answer is passed on here; documents and codes never are. */
  sink: Sink | undefined
  onProgress: ((progress: Progress) => void) | undefined
  /** A status line below 200 is the answer when no other follows it. */
  informational: boolean
}

/**
 * One request, one answer, over the session's sockets. Redirects are answers like any other. Rejects with a Fault, in
 * time whatever the other side does; a request that was given up while it waited for a socket is never sent later.
 */
export async function exchange(session: Session, request: HttpRequest, options: ExchangeOptions): Promise<Answer> {
  const raw = await receive(session, request, options)
  const encoding = raw.headers['content-encoding']
  if (encoding === undefined) return raw
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
    let waitTimer: NodeJS.Timeout | undefined
    let ended = false
    let over = false
    const takeInterim = (code: number): void => {
      if (!settle()) return
      controller?.abort(new Error('answered by its status line'))
      resolve(new Answer(code, {}, Buffer.alloc(0)))
    }
    const interim = options.informational ? watchInterim(takeInterim) : null

    const settle = (): boolean => {
      if (over) return false
      over = true
      clearTimeout(totalTimer)
      clearTimeout(waitTimer)
      interim?.end()
      options.signal?.removeEventListener('abort', cancel)
      return true
    }
    const fail = (fault: Fault): void => {
      if (!settle()) return
      controller?.abort(fault)
      reject(fault)
    }
    const cancel = (): void => fail(new Fault('cancelled', undefined, { status }))
    /** Nothing must stand still for longer than this. */
    const awaiting: Watch = (reason, ms) => {
      clearTimeout(waitTimer)
      if (!over && ms !== null) waitTimer = setTimeout(() => fail(new Fault('timeout', reason, { status })), ms)
    }
    const totalTimer = setTimeout(
      () => fail(new Fault('timeout', 'total', { status })),
      Math.max(0, options.deadline - performance.now()),
    )
    if (options.signal?.aborted) {
      cancel()
      return
    }
    options.signal?.addEventListener('abort', cancel, { once: true })

    const collector = createCollector({
      sink: options.sink,
      maxBytes: limits.maxBytes,
      pause() {
        // While the sink is busy the other side is not to blame for the silence.
        clearTimeout(waitTimer)
        controller?.pause()
      },
      resume() {
        if (!ended) awaiting('idle', options.idleMs)
        controller?.resume()
      },
      onBytes(bytes, total) {
        awaiting('idle', options.idleMs)
        options.onProgress?.({ direction: 'download', bytes, total })
      },
      fail,
    })
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started
        if (over) started.abort(new Error('given up before it was sent'))
        // A long upload is watched piece by piece, see below.
        else if (typeof request.body !== 'object' || request.body === null) awaiting('first-byte', limits.firstByteMs)
      },
      onResponseStarted() {
        begun = true
      },
      onResponseStart(_controller, statusCode, responseHeaders) {
        status = statusCode
        // Codes like 180 sent as a status line are not final for HTTP: the timers above go on.
        if (statusCode < 200) {
          interim?.seen(statusCode)
          return
        }
        interim?.end()
        awaiting('idle', options.idleMs)
        headers = responseHeaders
        collector.begin(statusCode, responseHeaders)
      },
      onResponseData(_controller, chunk) {
        collector.add(chunk)
      },
      onResponseEnd() {
        ended = true
        clearTimeout(waitTimer)
        collector.end().then(
          ({ bytes, streamed }) => {
            if (settle()) resolve(new Answer(status ?? 0, headers, bytes, streamed))
          },
          (thrown: unknown) =>
            fail(thrown instanceof Fault ? thrown : new Fault('storage-failed', 'sink', { cause: thrown })),
        )
      },
      onResponseError(_controller, error) {
        if (error instanceof Fault) {
          fail(error)
          return
        }
        if (interim?.failed(error)) return
        const used =
          sockets.isStale(error) || (error instanceof errors.SocketError && (error.socket?.bytesRead ?? 0) > 0)
        fail(controller === null ? connectFault(error) : answerFault(error, status, used && !begun))
      },
    }
    try {
      const { method, origin, target: path, body } = request
      const dispatcher = sockets.to(origin, options.fresh)
      if (typeof body !== 'object' || body === null) {
        dispatcher.dispatch({ method, path, headers: request.headers, body }, handler)
        return
      }
      const late: Watch = (reason, ms) => {
        // An answer that began before the body's end is watched already.
        if ((status ?? 0) < 200) awaiting(reason, ms)
      }
      const pieces = watched(body, options, late, limits.firstByteMs)
      // Hardly anything is read ahead: the watch follows what has really gone out.
      const sent = Readable.from(pieces, { objectMode: false, highWaterMark: 1 })
      const sized = { ...request.headers, 'content-length': String(body.length) }
      dispatcher.dispatch({ method, path, headers: sized, body: sent }, handler)
    } catch (error) {
      fail(error instanceof Fault ? error : connectFault(error))
    }
  })
}

type Watch = (reason: 'first-byte' | 'idle', ms: number | null) => void

/** A body on its way: each piece resets the watch, after the last one the answer is due. Throws Fault file-unreadable. */
async function* watched(
  body: UploadBody,
  options: ExchangeOptions,
  awaiting: Watch,
  firstByteMs: number,
): AsyncGenerator<Uint8Array, void> {
  let bytes = 0
  const pieces = body.stream()[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { done, value } = await pieces.next().catch((cause: unknown) => {
        throw new Fault('bad-request', 'file-unreadable', { cause })
      })
      if (done) break
      awaiting('idle', options.idleMs)
      yield value
      bytes += value.length
      options.onProgress?.({ direction: 'upload', bytes, total: body.length })
    }
  } finally {
    await pieces.return?.()
  }
  // On a slow line what was sent may be on its way for a while yet.
  awaiting('first-byte', firstByteMs + (options.idleMs ?? 0))
}
