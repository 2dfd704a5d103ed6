import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'

export interface LoadResult {
  sent: number
  ok: number
  notOk: number
  lost: number
  perSec: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

let runs = 0

/** A call's id as the PBX makes them (its manual: `c635814c-4c50-4340-adcf-bc3824e1ea70@192.168.1.82`): different from the start. */
function callId(run: number, call: number): string {
  const scattered = Math.imul(run * 100_003 + call, 0x9e3779b1) >>> 0
  return `${scattered.toString(16).padStart(8, '0')}-8f85-4edb-b0c2-${String(run).padStart(12, '0')}@192.168.1.82`
}

/** A screen-pop request as the PBX writes it. `n` makes the call, every fifth request is another state of the same call. */
function popRequest(n: number, host: string, run: number): string {
  const states = ['calling', 'ringing', 'talking', 'hungup', 'ringing']
  const call = Math.floor(n / 5)
  const query = `id=${encodeURIComponent(callId(run, call))}&caller=139${String(call).padStart(8, '0')}&callee=${800 + (call % 24)}&state=${states[n % 5]}&direction=incoming&businessId=leg-${call}%40x&group=3002`
  return `GET /srvlt?${query} HTTP/1.1\r\nHost: ${host}\r\n\r\n`
}

/**
 * `total` requests over `connections` keep-alive sockets, one under way per socket. Raw sockets: the generator must cost
 * less than what it measures. Answers are matched by their status line.
 */
export async function load(port: number, total: number, connections: number): Promise<LoadResult> {
  // New calls every time: the same ones again would only be duplicates.
  runs += 1
  const run = runs
  let next = 0
  let ok = 0
  let notOk = 0
  const took: number[] = []
  const host = `127.0.0.1:${port}`
  const startedAt = performance.now()
  const one = () =>
    new Promise<void>((done) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      let sentAt = 0
      let text = ''
      const send = () => {
        if (next >= total) {
          socket.end()
          return
        }
        const n = next
        next += 1
        sentAt = performance.now()
        socket.write(popRequest(n, host, run))
      }
      socket.setEncoding('latin1')
      socket.on('connect', send)
      socket.on('data', (chunk) => {
        text += chunk
        const head = text.indexOf('\r\n\r\n')
        if (head < 0) return
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
        if (text.length < head + 4 + length) return
        took.push(performance.now() - sentAt)
        if (text.startsWith('HTTP/1.1 200')) ok += 1
        else notOk += 1
        text = text.slice(head + 4 + length)
        send()
      })
      socket.on('error', () => done())
      socket.on('close', () => done())
    })
  await Promise.all(Array.from({ length: connections }, one))
  const seconds = (performance.now() - startedAt) / 1000
  return {
    sent: next,
    ok,
    notOk,
    lost: total - ok - notOk,
    perSec: Math.round((ok + notOk) / seconds),
    p50Ms: percentile(took, 0.5),
    p99Ms: percentile(took, 0.99),
    maxMs: Math.max(...took),
  }
}
