import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cloudCsCodes } from '../../main/systems/cloud-cs/codes.ts'
import { cloudCsErrors } from '../../main/systems/cloud-cs/errors.ts'
import { openCloudCsSession } from '../../main/systems/cloud-cs/index.ts'
import { cloudCsOperations } from '../../main/systems/cloud-cs/operations/index.ts'
import { wireParams } from '../../main/systems/kit/operation.ts'
import { CloudCsConnection, errorCodes } from '../../preload/contract/index.ts'
import { fakeEndpoints } from '../fakes/cloud-cs/endpoints.ts'
import { operationSuite } from './operation-suite.ts'
import { recordedLog } from './recorded-log.ts'

const token = 'f497ee17-9380-4a97-b55d-ef3beef16541'

operationSuite({
  system: 'cloud-cs',
  operations: cloudCsOperations,
  open: (baseUrl) =>
    openCloudCsSession(
      CloudCsConnection.parse({ id: 'cloud', system: 'cloud-cs', baseUrl, clientId: 'desk', clientSecret: 'secret' }),
      { log: recordedLog() },
    ),
  // The session's own request for a token; the operation's fixture asks as another client.
  helper: ({ target, body }) =>
    target === '/oauth/token' && body.includes('client_id=desk&')
      ? {
          status: 200,
          contentType: 'application/json',
          body: JSON.stringify({ access_token: token, expires_in: 7199 }),
        }
      : null,
})

it.each(cloudCsOperations.map((one) => [one.id, one] as const))(
  '%s has the same parameters as the strict fake, written from the manual on its own',
  (_id, described) => {
    const endpoint = fakeEndpoints[`${described.method} ${described.path}`]!
    const names = (required: boolean): string[] =>
      wireParams(described)
        .filter((one) => one.required === required)
        .map((one) => one.name)
        .sort()
    // The connection fills them in.
    const filled = described.auth ? [] : ['client_id', 'client_secret', 'scope']
    expect(names(true)).toEqual(endpoint.required.filter((one) => !filled.includes(one)).sort())
    expect(names(false)).toEqual([...(endpoint.optional ?? []), ...filled].sort())
    expect(described.doc).toMatch(/^004 §6(\.\d+)+$/)
  },
)

describe('code tables', () => {
  interface Table {
    entries: { code: string; zh: string; en: string }[]
  }
  const folder = new URL('../fixtures/cloud-cs/', import.meta.url)
  const documented = JSON.parse(readFileSync(new URL('codes.json', folder), 'utf8')) as Record<string, Table>

  it('are those of the manual', () => {
    expect(cloudCsCodes.map((one) => one.id).sort()).toEqual(Object.keys(documented).sort())
  })
  it.each(Object.entries(documented))('%s explains every code in both languages', (id, { entries }) => {
    const table = cloudCsCodes.find((one) => one.id === id)!
    expect(table.zh).not.toBe('')
    expect(table.en).toMatch(/^[\x20-\x7e]+$/)
    for (const { code } of entries) {
      const entry = table.codes[code]
      expect(entry, `${id} ${code}`).toBeDefined()
      const [core, zh, en] = entry!
      expect(zh).not.toBe('')
      expect(en).toMatch(/^[\x20-\x7e]+$/)
      if (core !== null) expect(errorCodes).toContain(core)
    }
  })
  it('a failure of every table has a core code, and the client knows it', () => {
    const failures = [...documented['cloud-cs.returnCode']!.entries, ...documented['cloud-cs.oauthError']!.entries]
      .map(({ code }) => code)
      .filter((code) => code !== '0')
    expect(failures).toHaveLength(7)
    for (const code of failures) {
      const [core, zh, en] = cloudCsErrors[code] as readonly [string, string, string]
      expect(errorCodes).toContain(core)
      expect(zh).not.toBe('')
      expect(en).not.toBe('')
    }
  })
  it('every coded field of an operation belongs to a table', () => {
    const attached = cloudCsOperations.flatMap((one) => Object.values(one.codes))
    const forParameters = ['cloud-cs.taskRecallType']
    expect([...new Set([...attached.map((one) => one.id), ...forParameters])].sort()).toEqual(
      Object.keys(documented).sort(),
    )
  })
})
