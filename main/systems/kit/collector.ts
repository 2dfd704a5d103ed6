import { createHash, type Hash } from 'node:crypto'
import type { Sink } from './exchange.ts'
import { Fault } from './fault.ts'
import { is2xx, type Streamed } from './response.ts'

/** An answer that ends within this is looked at before any of it counts as a file. */
const peekBytes = 4096

/** Takes the body of one answer: keeps it, or passes it on to a sink once it is clear that it is a file. */
export interface Collector {
  begin(status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void
  add(chunk: Buffer): void
  /** Resolves when everything is kept or written. Rejects with what the sink threw. */
  end(): Promise<{ bytes: Buffer; streamed: Streamed | null }>
}

export function createCollector(deps: {
  sink: Sink | undefined
  /** Of what is kept; a file that is passed on may be longer. */
  maxBytes: number
  pause(): void
  resume(): void
  onBytes(bytes: number, total: number | null): void
  fail(fault: Fault): void
}): Collector {
  const { sink, maxBytes } = deps
  const kept: Buffer[] = []
  let received = 0
  let total: number | null = null
  let status = 0
  let mayStream = false
  let hash: Hash | null = null
  let writing: Promise<void> = Promise.resolve()

  const tooLarge = () => deps.fail(new Fault('unexpected-response', 'too-large', { status }))

  function pass(chunk: Buffer): void {
    if (!sink) return
    hash?.update(chunk)
    deps.pause()
    writing = writing.then(() => sink.write(chunk))
    writing.then(deps.resume, (cause: unknown) => deps.fail(new Fault('storage-failed', 'sink', { status, cause })))
  }

  return {
    begin(code, headers) {
      status = code
      const length = headers['content-length']
      total = typeof length === 'string' && /^\d+$/.test(length) ? Number(length) : null
      const type = String(headers['content-type'] ?? '')
      mayStream =
        sink !== undefined && is2xx(code) && headers['content-encoding'] === undefined && !/json|xml|html/i.test(type)
      if (!mayStream && (total ?? 0) > maxBytes) tooLarge()
    },
    add(chunk) {
      // Resuming makes the parser report an empty piece: passing it on would pause and resume for ever.
      if (chunk.length === 0) return
      received += chunk.length
      deps.onBytes(received, total)
      if (hash) {
        pass(chunk)
        return
      }
      kept.push(chunk)
      if (mayStream && received >= peekBytes) {
        const start = Buffer.concat(kept)
        // A document in a file's place: kept, so that it can be read as a refusal.
        if (/^\s*[{<]/.test(start.toString('latin1', 0, 64))) {
          mayStream = false
        } else {
          kept.length = 0
          hash = createHash('sha256')
          pass(start)
          return
        }
      }
      if (received > maxBytes) tooLarge()
    },
    async end() {
      await writing
      const streamed = hash ? { bytes: received, sha256: hash.digest('hex') } : null
      return { bytes: kept.length === 1 ? kept[0]! : Buffer.concat(kept), streamed }
    },
  }
}
