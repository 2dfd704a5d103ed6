import { inspect, isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { call, checkParams } from '../../main/systems/kit/call.ts'
import { prepare } from '../../main/systems/kit/prepare.ts'
import type { Limits } from '../../main/systems/kit/session.ts'
import { startBlackHole } from './black-hole.ts'
import { type CannedRequest, type CannedServer, startCannedServer } from './canned-server.ts'
import { connection, numbers, type Subject, secrets, subjects } from './fault-clients.ts'
import { cloudFaults } from './fault-cloud-cs.ts'
import { contentFaults } from './fault-content.ts'
import { fileFaults } from './fault-files.ts'
import { keptFaults } from './fault-kept.ts'
import { platformFaults } from './fault-platforms.ts'
import { type FaultCase, maxBytes, type Verdict } from './fault-scripts.ts'
import { soapFaults } from './fault-soap.ts'
import { telcrmFaults } from './fault-telcrm.ts'
import { wireFaults } from './fault-wire.ts'
import { recordedLog } from './recorded-log.ts'

const patient = { connectMs: 6_000, firstByteMs: 6_000, totalMs: 12_000, idleMs: 6_000, transferMs: 12_000, maxBytes }
/** Short only where the clock is what is tested, so that a busy machine changes no verdict. */
const hasty: Record<string, Partial<Limits>> = {
  connect: { connectMs: 200 },
  'first-byte': { firstByteMs: 150, idleMs: 150 },
  idle: { idleMs: 150 },
  total: { totalMs: 400, transferMs: 400 },
}
const atOnce = 24

interface Case {
  subject: Subject
  fault: FaultCase
  expected: Verdict
}

interface Outcome extends Case {
  verdict: Verdict
  error: CoreError | null
  output: unknown
  ms: number
  /** Requests of the operation, and connections, that the server saw. */
  sent: number
  connections: number
  /** Connections that were still there after the client had closed. */
  left: number
  /** Digests and tokens that were sent. */
  made: string[]
}

const faults = [
  ...wireFaults,
  ...keptFaults,
  ...contentFaults,
  ...fileFaults,
  ...telcrmFaults,
  ...soapFaults,
  ...platformFaults,
  ...cloudFaults,
]
const cases = subjects.flatMap((subject) =>
  faults
    .filter((fault) => fault.only?.(subject) ?? true)
    .map((fault): Case => {
      const { expect: wanted } = fault
      return { subject, fault, expected: typeof wanted === 'function' ? wanted(subject) : wanted }
    }),
)

const log = recordedLog()
const outcomes: Outcome[] = []
let hole: Awaited<ReturnType<typeof startBlackHole>>
const { stackTraceLimit } = Error
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

beforeAll(async () => {
  // Thousands of errors whose stacks nobody reads.
  Error.stackTraceLimit = 0
  hole = await startBlackHole()
  const queue = [...cases]
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) outcomes.push(await run(next))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  await hole.stop()
}, 120_000)
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit
})

async function run(one: Case): Promise<Outcome> {
  const { subject, fault, expected } = one
  const { client, described } = subject
  const server = await startCannedServer(fault.script(subject), { helper: client.helper, ...fault.options?.(subject) })
  if (fault.host === 'refused') await server.stop()
  const [code, reason = ''] = expected
  const short = code === 'timeout' ? hasty[reason] : undefined
  const isEarly = fault.atOnce || subject.isWsdl || subject.blamed !== described.id
  const limits = { ...patient, ...(isEarly ? short : {}) }
  const session = client.open(`http://admin:${secrets[0]}@${hostOf(fault, server)}`, log, limits)
  if (short && !isEarly) {
    // A token or a WSDL is no hurry: the clock is about the operation.
    if (described.auth) await session.auth?.credentials(described, undefined)
    await prepare(session, described, checkParams(described, subject.params), {}, {})
    Object.assign(session.limits, short)
  }
  const ask = (): Promise<unknown> => {
    const sink = fault.sink?.() ?? { write() {} }
    return call(session, described, fault.params?.(subject) ?? subject.params, subject.sinks ? { sink } : {})
  }
  let error: CoreError | null = null
  let output: unknown
  let startedAt = performance.now()
  try {
    if (fault.again) {
      await ask()
      await pause(10)
      startedAt = performance.now()
    }
    output = await ask()
  } catch (thrown) {
    if (!(thrown instanceof CoreError)) throw thrown
    error = thrown
  }
  const ms = performance.now() - startedAt
  await session.close()
  for (let wait = 0; server.open() > 0 && wait < 500; wait += 1) await pause(4)
  const left = server.open()
  await server.stop()
  const [sent, made] = [server.heads.length, server.requests.flatMap(madeIn)]
  return { ...one, verdict: verdictOf(error), error, output, ms, sent, made, connections: server.connections, left }
}

function hostOf({ host }: FaultCase, { port }: CannedServer): string {
  if (host === undefined || host === 'refused') return `127.0.0.1:${port}`
  return host === 'hole' ? `127.0.0.1:${hole.port}` : host
}

function verdictOf(error: CoreError | null): Verdict {
  if (!error) return 'ok'
  const parts = [error.code, reasonOf(error), error.details.field].filter((part) => part !== undefined)
  return parts as unknown as Verdict
}

/** Where parameters and WSDLs are judged, a reason is a sentence. */
function reasonOf({ code, details: { reason } }: CoreError): string | undefined {
  if (reason === undefined || !reason.includes(' ')) return reason
  if (code === 'bad-request') return 'not sent'
  if (/^the web service \w+ has no operation \w+$/.test(reason)) return undefined
  if (/^the WSDL of \w+ cannot be read$/.test(reason)) return 'unreadable-wsdl'
  const status = /^no WSDL of \w+: HTTP status (\d+)$/.exec(reason)?.[1]
  if (status === undefined) return reason
  if (status.startsWith('3')) return 'redirect'
  return code === 'unexpected-response' ? 'undocumented-code' : undefined
}

const nameOf = ({ subject, fault }: Case) => `${subject.name}: ${fault.name}`
/** The cases for which something holds that must not. */
const failing = (isWrong: (one: Outcome) => unknown) => outcomes.flatMap((one) => (isWrong(one) ? [nameOf(one)] : []))

describe('R4 every fault ends in its own classified error, in time', () => {
  it(`${cases.length} cases: every client, more than a hundred faults each`, () => {
    expect(outcomes).toHaveLength(cases.length)
    expect(new Set(cases.map(nameOf)).size).toBe(cases.length)
    for (const subject of subjects) {
      expect(cases.filter((one) => one.subject === subject).length, subject.name).toBeGreaterThan(100)
    }
  })
  it.each(subjects.map((subject) => [subject.name, subject] as const))('%s', (_name, subject) => {
    const own = outcomes.filter((one) => one.subject === subject)
    const table = (pick: (one: Outcome) => Verdict) => Object.fromEntries(own.map((one) => [one.fault.name, pick(one)]))
    expect(table((one) => one.verdict)).toEqual(table((one) => one.expected))
  })
  it('with the operation and the connection', () => {
    const isNamed = ({ error, fault, subject }: Outcome) => {
      const blamed =
        fault.atOnce && subject.described.id.startsWith('cloud-cs.') ? 'cloud-cs.oauth-token' : subject.blamed
      return error?.details.operation === blamed && error.details.connection === connection
    }
    expect(failing((one) => one.error !== null && !isNamed(one))).toEqual([])
  })
  it('and what does no harm gives the right answer', () => {
    const right = new Map(
      outcomes.flatMap(({ fault, subject, output }) => (fault.name === 'no type' ? [[subject, output] as const] : [])),
    )
    const compared = outcomes.filter(({ verdict, fault }) => verdict === 'ok' && fault.output !== 'other')
    expect(compared.length).toBeGreaterThan(subjects.length * 20)
    for (const one of compared) {
      const [got, wanted] = [comparable(one.output), comparable(right.get(one.subject))]
      if (one.fault.output === 'more') expect(got, nameOf(one)).toMatchObject(wanted as object)
      else expect(isDeepStrictEqual(got, wanted), nameOf(one)).toBe(true)
    }
  })
})

function comparable(output: unknown): unknown {
  // Where a file came from does not matter, nor what it calls itself.
  const isFile = typeof output === 'object' && output !== null && 'sha256' in output
  return isFile ? output.sha256 : JSON.parse(JSON.stringify(output ?? null))
}

describe('whatever happens', () => {
  it('nothing lasts longer than its time', () => {
    const isLate = ({ ms, expected: [code, reason = ''] }: Outcome) => {
      const limits = hasty[reason]
      return ms > (code === 'timeout' && limits ? Math.max(...Object.values(limits)) + 3_000 : patient.totalMs)
    }
    expect(failing(isLate)).toEqual([])
  })
  it('what rings or changes something is asked for once, anything else at most once more', () => {
    const isSentTooOften = ({ fault, subject: { described, isWsdl }, sent }: Outcome) => {
      const isOnce = described.retry === 'never' && !isWsdl
      const before = fault.again ? 1 : 0
      return sent > (fault.most ?? before + (isOnce ? 1 : 2))
    }
    expect(failing(isSentTooOften)).toEqual([])
    expect(failing(({ connections }) => connections > 4)).toEqual([])
  })
  it('no socket and no timer is left', async () => {
    expect(failing(({ left }) => left > 0)).toEqual([])
    // One timer is the test runner's own.
    const held = () => process.getActiveResourcesInfo().filter((name) => /^(Timeout|TCP)/.test(name))
    await expect.poll(held, { timeout: 3_000 }).toEqual(['Timeout'])
  })
  it('nothing that came changes what every object inherits', () => {
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
  it('nobody reads a password, a token or a digest in an error or in its causes', () => {
    expect(outcomes.flatMap(({ made }) => made).length).toBeGreaterThan(500)
    const isTold = ({ error, made }: Outcome) =>
      error && quotesOne(inspect(error, { depth: 20 }), [...secrets, ...made])
    expect(failing(isTold)).toEqual([])
  })
  it('nor a telephone number in its message, code, reason or field', () => {
    const told = ({ message, details: { vendorText: _words, ...facts } }: CoreError) => message + JSON.stringify(facts)
    expect(failing(({ error }) => error && quotesOne(told(error), numbers))).toEqual([])
  })
  it('nor either in a log line, nor an address, a query or what came', () => {
    expect(log.lines.length).toBeGreaterThan(cases.length)
    const made = new Set<unknown>(outcomes.flatMap((one) => one.made))
    const allowed = ['operation', 'connection', 'status', 'ms', 'bytes', 'code', 'vendorCode', 'reason', 'field']
    for (const { event, fields } of log.lines) {
      expect(['call', 'call failed']).toContain(event)
      expect(allowed).toEqual(expect.arrayContaining(Object.keys(fields)))
      // Numbers stand only under status, ms and bytes; nothing of the rest looks like a telephone number or a URL.
      const { status: _status, ms: _ms, bytes: _bytes, operation: _operation, ...words } = fields
      const text = JSON.stringify(words).replace(/"0x[0-9A-F]{8}"/, '')
      expect(text).not.toMatch(/\d{7}|admin|李|https?:|\/bridge|opt=|127\.0/)
      expect(quotesOne(text, [...secrets, ...numbers]) || Object.values(words).some((one) => made.has(one))).toBe(false)
    }
  })
})

const quotesOne = (text: string, words: readonly string[]) => words.some((word) => text.includes(word))

/** Digests and tokens of one request. */
function madeIn({ head, body }: CannedRequest): string[] {
  const patterns = [/[?&](?:pwd|sign|access_token)=([^&\s]+)/, /\nauthorization: (?:\w+ )?(\S+)/i, /"digest":"(\w+)"/]
  return patterns.flatMap((pattern) => pattern.exec(head + body.slice(0, 2_000))?.[1] ?? [])
}

describe('beside the table', () => {
  const poll = subjects[0]!
  const outcomeOf = (script: FaultCase['script']) =>
    run({ subject: poll, expected: 'ok', fault: { name: 'beside', script, expect: 'ok' } })

  it('R3 a reset after every single byte of an answer is an error, never half a board', async () => {
    const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]'
    const cut = (length: number) =>
      outcomeOf(() => (socket) => {
        if (length > 0) socket.write(whole.slice(0, length))
        setTimeout(() => socket.resetAndDestroy(), 3)
      })
    const ends = await Promise.all(Array.from(whole, (_byte, length) => cut(length)))
    expect(new Set(ends.map(({ verdict }) => String(verdict)))).toEqual(
      new Set(['unexpected-response,connection-closed']),
    )
  })
  it('T12 nothing follows a redirect, and no password of the address leaves', async () => {
    const elsewhere = await startCannedServer('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]')
    for (const status of ['301', '302', '303', '307', '308']) {
      const location = `http://127.0.0.1:${elsewhere.port}/bridge/jsoncfg`
      const { verdict, made } = await outcomeOf(
        () => `HTTP/1.1 ${status} X\r\nContent-Length: 0\r\nLocation: ${location}\r\n\r\n`,
      )
      expect(verdict).toEqual(['unexpected-response', 'redirect'])
      expect(made).toEqual([])
    }
    expect(elsewhere.connections).toBe(0)
    await elsewhere.stop()
  })
})
