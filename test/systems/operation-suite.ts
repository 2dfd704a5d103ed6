import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import type { UploadFile } from '../../main/core/ports/index.ts'
import { call } from '../../main/systems/kit/call.ts'
import type { Operation } from '../../main/systems/kit/operation.ts'
import { operationFields } from '../../main/systems/kit/params.ts'
import type { Session } from '../../main/systems/kit/session.ts'
import type { ErrorCode } from '../../preload/contract/index.ts'
import { type CannedAnswer, type Captured, startCapturingServer } from './capturing-server.ts'

interface Refusal {
  status: number
  contentType?: string
  body: string
}

import { readCall } from './soap-call.ts'

/** One operation as its manual shows it: test/fixtures/<system>/<operation>.json. */
interface Fixture {
  /** Our names. `{"$file": {"name": "a.wav", "type": "audio/wav", "text": "…"}}` stands for a file. */
  params: Record<string, unknown>
  request: {
    method: string
    /** Path and query, percent-encoded; the order of the parameters does not matter. */
    target: string
    /** Besides accept, connection, host, user-agent, content-type and content-length. */
    headers?: Record<string, string>
    json?: unknown
    form?: string
    multipart?: { name: string; filename?: string; type?: string; text: string }[]
    /** Arguments in their order; what they are called is the WSDL's affair. */
    soap?: ReturnType<typeof readCall>
  }
  response: { status: number; contentType?: string; body?: string; base64?: string }
  /** What our reader makes of it; for a file `{"bytes", "contentType"}`. */
  output: unknown
  /** Documented result code → our code and the vendor's words (null = none in the table). */
  errors?: Record<string, [ErrorCode, string | null]>
  /** How a refusal with that code looks, when not as HTTP status or digits in the body: `$code` is replaced. */
  refusal?: Refusal
  /** The same for one code that looks different. */
  refusals?: Record<string, Refusal>
}

export interface SuiteFacts {
  system: string
  operations: readonly Operation[]
  open(baseUrl: string): Session
  /** Answers what a session asks on its own (a token, a WSDL); null = not that. */
  helper?(request: Captured): CannedAnswer | null
}

/** What every operation of every system must do, derived from its description and its fixture. */
export function operationSuite(facts: SuiteFacts): void {
  const { system, operations } = facts
  const folder = new URL(`../fixtures/${system}/`, import.meta.url)
  const nameOf = (id: string) => `${id.slice(system.length + 1)}.json`
  const ids = JSON.parse(readFileSync(new URL('operation-ids.json', folder), 'utf8')) as string[]

  async function run(described: Operation, params: Record<string, unknown>, response: CannedAnswer) {
    const own: Captured[] = []
    const server = await startCapturingServer((request) => {
      const helped = facts.helper?.(request)
      if (helped) return helped
      own.push(request)
      return response
    })
    const session = facts.open(server.baseUrl)
    try {
      return { output: await call(session, described, params), requests: own }
    } finally {
      await session.close()
      await server.stop()
    }
  }

  it('ids are those of the catalogue, each with one fixture', () => {
    expect(operations.map((one) => one.id).sort()).toEqual([...ids].sort())
    const files = readdirSync(folder).filter(
      (name) => name.endsWith('.json') && !/^(operation-ids|codes)\.json$/.test(name),
    )
    expect(files.sort()).toEqual(ids.map(nameOf).sort())
  })

  describe.each(operations.map((one) => [one.id, one] as const))('%s', (id, described) => {
    const fixture = JSON.parse(readFileSync(new URL(nameOf(id), folder), 'utf8')) as Fixture
    const params = reviveFiles(fixture.params)
    const documented: CannedAnswer = {
      ...fixture.response,
      body: fixture.response.base64 ? Buffer.from(fixture.response.base64, 'base64') : (fixture.response.body ?? ''),
    }

    it('sends what the manual shows', async () => {
      const { requests } = await run(described, params, documented)
      expect(requests).toHaveLength(1)
      expectRequest(requests[0]!, fixture.request)
    })
    it('reads the documented answer', async () => {
      const { output } = await run(described, params, documented)
      expect(comparable(output)).toEqual(fixture.output)
    })
    it('maps every documented refusal', async () => {
      const codes = fixture.errors ?? {}
      expect(Object.keys(described.errors).sort()).toEqual(Object.keys(codes).sort())
      for (const [code, [ours, words]] of Object.entries(codes)) {
        for (const refused of refusals(fixture, code)) {
          const error = await run(described, params, refused).catch((thrown: unknown) => thrown)
          expect(error).toBeInstanceOf(CoreError)
          const { code: got, details } = error as CoreError
          expect({ got, details }).toMatchObject({ got: ours, details: { operation: id, vendorCode: code } })
          if (words !== null) expect(details.vendorText).toBe(words)
        }
      }
    })
    it('is described in two languages', () => {
      expect(described.titleZh).toMatch(/\p{Script=Han}|TTS|CDR/u)
      expect(described.title).toMatch(/^[\x20-\x7e]+$/)
      for (const field of operationFields(described)) {
        expect({ name: field.name, en: field.en !== '', zh: field.zh !== '' }).toEqual({
          name: field.name,
          en: true,
          zh: true,
        })
      }
      for (const entry of Object.values(described.errors)) {
        if (typeof entry !== 'string') expect(entry[2] ?? '').not.toBe('')
      }
    })
  })
}

function refusals(fixture: Fixture, code: string): CannedAnswer[] {
  const shown = fixture.refusals?.[code] ?? fixture.refusal
  if (shown) return [{ ...shown, body: shown.body.replaceAll('$code', code) }]
  const digits: CannedAnswer = { status: 200, contentType: 'text/plain', body: code }
  return Number(code) >= 200
    ? [{ status: Number(code), contentType: 'text/html', body: '<html>no</html>' }, digits]
    : [digits]
}

function reviveFiles(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => {
      const facts = (value as { $file?: { name: string; type: string; text: string } } | null)?.$file
      return [key, facts ? fileOfText(facts) : value]
    }),
  )
}

export function fileOfText({ name, type, text }: { name: string; type: string; text: string }): UploadFile {
  const bytes = Buffer.from(text)
  return {
    name,
    type,
    size: bytes.length,
    async *open() {
      yield bytes
    },
  }
}

function comparable(output: unknown): unknown {
  if (typeof output !== 'object' || output === null || !('sha256' in output) || !('data' in output)) return output
  const { bytes, contentType, data, sha256 } = output as {
    bytes: number
    contentType: string
    data: Buffer
    sha256: string
  }
  expect(createHash('sha256').update(data).digest('hex')).toBe(sha256)
  return { bytes, contentType }
}

const usual = ['accept', 'connection', 'host', 'user-agent', 'content-type', 'content-length']

function expectRequest(got: Captured, wanted: Fixture['request']): void {
  expect(got.method).toBe(wanted.method)
  expect(parts(got.target)).toEqual(parts(wanted.target))
  const { headers = {} } = wanted
  expect(got.headers).toMatchObject(headers)
  const expected = [...usual, ...Object.keys(headers), ...(wanted.soap ? ['soapaction'] : [])]
  expect(Object.keys(got.headers).filter((name) => !expected.includes(name))).toEqual([])
  if (wanted.json !== undefined) {
    expect(got.headers['content-type']).toMatch(/^application\/json/)
    expect(JSON.parse(got.body.toString())).toEqual(wanted.json)
  } else if (wanted.form !== undefined) {
    expect(got.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/)
    expect(parts(`?${got.body.toString()}`).pairs).toEqual(parts(`?${wanted.form}`).pairs)
  } else if (wanted.multipart !== undefined) {
    expect(readMultipart(got)).toEqual(wanted.multipart)
    expect(Number(got.headers['content-length'])).toBe(got.body.length)
  } else if (wanted.soap !== undefined) {
    expect(got.headers['content-type']).toMatch(/^(text\/xml|application\/soap\+xml)\b/)
    expect(readCall(got.body.toString())).toEqual(wanted.soap)
  } else {
    expect(got.body.toString()).toBe('')
  }
}

/** Path, and the parameters without regard to their order. */
function parts(target: string): { path: string; pairs: string[] } {
  const [path = '', query = ''] = target.split('?')
  return { path, pairs: query === '' ? [] : query.split('&').sort() }
}

function readMultipart({ headers, body }: Captured): Fixture['request']['multipart'] {
  const boundary = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '')?.[1]
  expect(boundary).toBeDefined()
  return body
    .toString()
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = '', ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n')
      const filename = /filename="([^"]*)"/.exec(head)?.[1]
      const type = /content-type: (\S+)/i.exec(head)?.[1]
      return {
        name: / name="([^"]*)"/.exec(head)?.[1] ?? '',
        ...(filename === undefined ? {} : { filename }),
        ...(type === undefined ? {} : { type }),
        text: rest.join('\r\n\r\n').replace(/\r\n$/, ''),
      }
    })
}
