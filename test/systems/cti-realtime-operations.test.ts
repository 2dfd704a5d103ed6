import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createSigner } from '../../main/systems/cti-realtime/auth.ts'
import { ctiRealtimeCodes } from '../../main/systems/cti-realtime/codes.ts'
import { ctiRealtimeErrors } from '../../main/systems/cti-realtime/errors.ts'
import { ctiRealtimeOperations } from '../../main/systems/cti-realtime/operations/index.ts'
import { wireParams } from '../../main/systems/kit/operation.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { CtiRealtimeConnection } from '../../preload/contract/index.ts'
import { fakeOperations } from '../fakes/cti-realtime/operations.ts'
import { operationSuite } from './operation-suite.ts'
import { recordedLog } from './recorded-log.ts'

operationSuite({
  system: 'cti-realtime',
  operations: ctiRealtimeOperations,
  open(baseUrl) {
    const connection = CtiRealtimeConnection.parse({
      ...{ id: 'realtime', system: 'cti-realtime', baseUrl },
      ...{ enterpriseId: '3000001', token: 't0ken' },
    })
    const auth = createSigner(connection, () => 1_700_000_000_123)
    return openSession({
      ...{ connection: 'realtime', system: 'cti-realtime', baseUrl },
      ...{ errors: ctiRealtimeErrors, auth, log: recordedLog() },
    })
  },
})

it.each(ctiRealtimeOperations.map((one) => [one.id, one] as const))(
  '%s has the same parameters as the strict fake, written from the manual on its own',
  (_id, described) => {
    const fake = fakeOperations[described.path]!
    expect(wireParams(described).map((one) => one.name)).toEqual(fake.params.map((name) => name.replace('?', '')))
    expect(described.doc).toMatch(/^000 (realtime §[1-4] (multi|single)|IVR §\d+)$/)
  },
)

describe('codes', () => {
  const manual = JSON.parse(
    readFileSync(new URL('../fixtures/cti-realtime/codes.json', import.meta.url), 'utf8'),
  ) as Record<string, { entries: { code: string; zh: string; en: string }[] }>

  it('has every table of the manual', () => {
    expect(ctiRealtimeCodes.map((table) => table.id).sort()).toEqual(Object.keys(manual).sort())
  })
  it.each(ctiRealtimeCodes.map((table) => [table.id, table] as const))('%s knows every code', (id, table) => {
    const { entries } = manual[id]!
    expect(Object.keys(table.codes).sort()).toEqual(entries.map((entry) => entry.code).sort())
    for (const { code, zh } of entries) {
      const [core, ours, en] = table.codes[code]!
      expect(ours.startsWith(zh)).toBe(true)
      expect(en).toMatch(/^[\x20-\x7e]{2,}$/)
      // What to do stands behind the failures.
      if (core !== null) expect(ours.length).toBeGreaterThan(zh.length)
    }
  })
  it('every failure code has a code of ours', () => {
    const failures = ctiRealtimeCodes.flatMap((table) =>
      Object.entries(table.codes).flatMap(([code, [core]]) => (core === null ? [] : [`${table.id} ${code} ${core}`])),
    )
    expect(failures.sort()).toEqual([
      'cti-realtime.ivrProfileImportCode 1 bad-request',
      'cti-realtime.ivrProfileImportCode 2 bad-request',
      'cti-realtime.ivrProfileImportCode 3 not-found',
      'cti-realtime.ivrProfileImportCode 6 server-error',
      'cti-realtime.numberResult 1 bad-request',
    ])
  })
})
