import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { call } from '../../main/systems/kit/call.ts'
import { wireParams } from '../../main/systems/kit/operation.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { telcrmErrors } from '../../main/systems/telcrm/errors.ts'
import { telcrmOperations } from '../../main/systems/telcrm/operations/index.ts'
import type { ErrorCode } from '../../preload/contract/index.ts'
import { fakeOperations } from '../fakes/telcrm/operations.ts'
import { answer, startCannedServer } from './canned-server.ts'
import { recordedLog } from './recorded-log.ts'

interface Fixture {
  params: Record<string, unknown>
  request: { method: string; target: string }
  response: { status: number; contentType: string; body: string }
  output: unknown
  /** Result code → our code and the vendor's words. */
  errors: Record<string, [ErrorCode, string | null]>
}

const folder = new URL('../fixtures/telcrm/', import.meta.url)
const readFixture = (id: string): Fixture =>
  JSON.parse(readFileSync(new URL(`${id.replace('telcrm.', '')}.json`, folder), 'utf8')) as Fixture
const ids = JSON.parse(readFileSync(new URL('operation-ids.json', folder), 'utf8')) as string[]

/** Path, and the parameters without regard to their order. */
const parts = (target: string): { path: string; pairs: string[] } => {
  const [path = '', query = ''] = target.split('?')
  return { path, pairs: query.split('&').sort() }
}

async function run(id: string, params: Record<string, unknown>, response: Buffer) {
  const canned = await startCannedServer(response)
  const session = openSession({
    connection: 'pbx',
    system: 'telcrm',
    baseUrl: canned.baseUrl,
    errors: telcrmErrors,
    log: recordedLog(),
  })
  const described = telcrmOperations.find((one) => one.id === id)!
  try {
    const output = await call(session, described, params)
    return { output, heads: canned.heads }
  } finally {
    await session.close()
    await canned.stop()
  }
}

it('ids are those of the catalogue, each with one fixture', () => {
  expect(telcrmOperations.map((one) => one.id)).toEqual(ids)
  const files = readdirSync(folder).filter((name) => name !== 'operation-ids.json')
  expect(files.sort()).toEqual(ids.map((id) => `${id.replace('telcrm.', '')}.json`).sort())
})

describe.each(telcrmOperations.map((one) => [one.id, one] as const))('%s', (id, described) => {
  const fixture = readFixture(id)
  const { status, contentType, body } = fixture.response
  const documented = answer(body, { status: `${status} X`, headers: [`Content-Type: ${contentType}`] })

  it('sends what the manual shows', async () => {
    const { heads } = await run(id, fixture.params, documented)
    expect(heads).toHaveLength(1)
    const [line = '', ...headers] = heads[0]!.split('\r\n')
    const [method, target = '', version] = line.split(' ')
    expect({ method, version }).toEqual({ method: fixture.request.method, version: 'HTTP/1.1' })
    expect(parts(target)).toEqual(parts(fixture.request.target))
    expect(headers.map((header) => header.split(':')[0]!.toLowerCase()).sort()).toEqual([
      'accept',
      'connection',
      'host',
      'user-agent',
    ])
  })
  it('reads the documented answer', async () => {
    const { output } = await run(id, fixture.params, documented)
    expect(output).toEqual(fixture.output)
  })
  it('maps every documented refusal, as HTTP status and as digits in the body', async () => {
    expect(Object.keys(described.errors)).toEqual(Object.keys(fixture.errors))
    for (const [code, [ours, words]] of Object.entries(fixture.errors)) {
      for (const refusal of [answer('<html>no</html>', { status: `${code} X` }), answer(code)]) {
        const error = await run(id, fixture.params, refusal).catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(CoreError)
        const { code: got, details } = error as CoreError
        expect({ got, details }).toMatchObject({
          got: ours,
          details: { operation: id, connection: 'pbx', vendorCode: code },
        })
        expect(details.vendorText ?? null).toBe(words)
      }
    }
  })
  it('has the same parameters as the strict fake, written from the manual on its own', () => {
    const fake = fakeOperations[described.fixed.opt!]!
    expect(described.path).toBe(fake.path)
    const names = (required: boolean): string[] =>
      wireParams(described)
        .filter((one) => one.required === required)
        .map((one) => one.name)
    expect(names(true)).toEqual(fake.required)
    expect(names(false)).toEqual(fake.optional ?? [])
    expect(described.doc).toMatch(/^003 §\d+$/)
  })
})
