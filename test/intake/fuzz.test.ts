import { randomInt } from 'node:crypto'
import { expect, it } from 'vitest'
import { host, openListener, popRequest } from './open-listener.ts'
import { ask, openClient } from './raw-client.ts'

const rounds = Number(process.env.FUZZ_ROUNDS ?? 5000)
const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31))

/** mulberry32: small, and the same numbers for the same seed everywhere. */
function createRandom(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const seeds = [
  popRequest(),
  popRequest('id=a%40b&caller=%D5%C5&callee=802&state=talking&group=3003'),
  `POST /srvlt HTTP/1.1\r\n${host}Content-Length: 18\r\n\r\nid=c1&state=ringin`,
  `POST /srvlt HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n4\r\nid=1\r\n0\r\n\r\n`,
  `GET /health HTTP/1.0\r\n\r\n`,
]
const pieces = [
  '\r\n',
  '\n',
  '\0',
  '%',
  '%4',
  ' ',
  '//[',
  '*',
  'HTTP/1.1',
  'HTTP/9',
  ':',
  '\xff\xfe',
  '\t',
  '&',
  '=',
  '?',
  '#',
  'Content-Length: 9',
  'Transfer-Encoding: x',
  '-1',
  '\r',
]

it(`T4: ${rounds} mutated requests (FUZZ_SEED=${seed}) end nothing, hang nothing and reflect nothing`, async () => {
  const random = createRandom(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const canary = 'zqcanaryqz'
  const mutate = (text: string) => {
    let result = text.replace('c1', canary)
    for (let count = 1 + Math.floor(random() * 4); count > 0; count -= 1) {
      const at = Math.floor(random() * (result.length + 1))
      const kind = random()
      if (kind < 0.35) result = result.slice(0, at) + pick(pieces) + result.slice(at)
      else if (kind < 0.6)
        result = result.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + result.slice(at + 1)
      else if (kind < 0.8) result = result.slice(0, at) + result.slice(at + Math.floor(random() * 20))
      else result = result.slice(0, at) + result.slice(Math.floor(random() * result.length))
    }
    return result
  }
  const { port, lines, pops } = await openListener()
  const once = async () => {
    const client = await openClient(port)
    const bytes = mutate(pick(seeds))
    const cut = Math.floor(random() * bytes.length)
    client.send(bytes.slice(0, cut))
    if (random() < 0.3) await new Promise((resolve) => setImmediate(resolve))
    client.send(bytes.slice(cut))
    client.socket.end()
    const timer = setTimeout(() => client.close(), 9000)
    await client.closed()
    clearTimeout(timer)
    const answer = client.received()
    expect(answer, JSON.stringify(bytes)).toMatch(/^(HTTP\/1\.1 (200|4\d\d|503) [\s\S]*)?$/)
    expect(answer, JSON.stringify(bytes)).not.toContain(canary)
    client.close()
  }
  for (let done = 0; done < rounds; done += 50) {
    await Promise.all(Array.from({ length: Math.min(50, rounds - done) }, once))
    if (done % 1000 === 0) expect((await ask(port, `GET /health HTTP/1.1\r\n${host}\r\n`)).status).toBe(200)
  }
  expect(pops.length).toBeGreaterThan(rounds / 100)
  expect(lines.filter((line) => line.startsWith('error'))).toEqual([])
}, 600_000)
