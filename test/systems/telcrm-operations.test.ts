import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../main/systems/catalogue.ts'
import { wireParams } from '../../main/systems/kit/operation.ts'
import { inboundInfo } from '../../main/systems/kit/runner.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { telcrmCodes } from '../../main/systems/telcrm/codes.ts'
import { telcrmErrors } from '../../main/systems/telcrm/errors.ts'
import { telcrmInbound } from '../../main/systems/telcrm/operations/inbound.ts'
import { telcrmOperations } from '../../main/systems/telcrm/operations/index.ts'
import { resultCodeTables } from '../../main/systems/telcrm/result-codes.ts'
import { fakeOperations } from '../fakes/telcrm/operations/index.ts'
import { wsdlDocuments } from '../fakes/telcrm-soap/wsdl.ts'
import { operationSuite } from './operation-suite.ts'
import { recordedLog } from './recorded-log.ts'

operationSuite({
  system: 'telcrm',
  operations: telcrmOperations,
  open: (baseUrl) =>
    openSession({ connection: 'pbx', system: 'telcrm', baseUrl, errors: telcrmErrors, log: recordedLog() }),
  helper({ method, target }) {
    const service = /^\/bridge\/services\/(\w+)\?wsdl$/.exec(target)?.[1]
    const body = service && wsdlDocuments('xfire', service, 'http://pbx.invalid').wsdl
    return method === 'GET' && body ? { status: 200, contentType: 'text/xml', body } : null
  },
})

const plainOperations = telcrmOperations.filter((one) => one.soap === null)
const nameOf = (id: string) => id.slice('telcrm.'.length)

describe('beside the strict fake, written from the manual on its own', () => {
  it.each(plainOperations.map((one) => [one.id, one] as const))('%s has the same parameters', (id, described) => {
    const fake = fakeOperations[nameOf(id)]!
    expect(described.path.split('?')[0]).toBe(fake.path)
    expect(described.method).toBe(fake.method ?? 'GET')
    expect(described.fixed).toEqual(fake.constants)
    const params = wireParams(described)
    // Free names are no single parameter, and the password is filled in on the way.
    const names = (isRequired: boolean): string[] =>
      params
        .filter((one) => (one.required || one.name === 'pwd') === isRequired && one.prefix === undefined)
        .map((one) => one.name)
    const optional = [...(fake.optional ?? []), ...(fake.file ? [fake.file] : [])]
    expect(names(true)).toEqual(fake.required)
    expect(names(false)).toEqual(optional)
    expect(
      params.flatMap((one) => (one.prefix === undefined ? [] : [`${one.prefix}x`.match(fake.family!)?.[0]])),
    ).toEqual(fake.family ? ['ttsx'] : [])
    expect(described.doc).toMatch(/^003 §\d+$/)
  })
  it('nothing is left over', () => {
    expect(plainOperations.map((one) => nameOf(one.id)).sort()).toEqual(Object.keys(fakeOperations).sort())
  })
})

interface Listed {
  code: string
  zh: string
  en: string
}
const listed = JSON.parse(readFileSync(new URL('../fixtures/telcrm/codes.json', import.meta.url), 'utf8')) as Record<
  string,
  { entries?: Listed[]; by_opt?: Record<string, { operation: string; entries: Listed[] }> }
>

describe('code tables', () => {
  const plain = Object.entries(listed).flatMap(([id, { entries }]) => (entries ? [[id, entries] as const] : []))
  it.each(plain)('%s is complete', (id, entries) => {
    const table = telcrmCodes.find((one) => one.id === id)!
    for (const { code } of entries) {
      const [, zh, en] = table.codes[code]!
      expect(zh).not.toBe('')
      expect(en).toMatch(/\.$/)
    }
  })

  const byOpt = Object.entries(listed['telcrm.resultCodesByOperation']!.by_opt!)
  it.each(byOpt)(
    '%s: what fails is a refusal of the operation, in the manual’s words',
    (opt, { operation, entries }) => {
      const described = telcrmOperations.find((one) => one.id === operation)!
      const table = { ...resultCodeTables, ...described.codes }[opt in resultCodeTables ? opt : 'state']!
      for (const { code, zh } of entries) {
        const [core, words, en] = table.codes[code]!
        expect(words).toBe(zh)
        expect(en).toMatch(/\.$/)
        const isState = /^(\d|100|180|603|200|>0)$/.test(code) && !(opt === 'ToneFileSvlt.save' && code === '0')
        expect({ code, isState: core === null }).toEqual({ code, isState })
        expect(described.errors[code]).toEqual(isState ? undefined : [core, zh, en])
      }
      expect(Object.keys(table.codes).sort()).toEqual(entries.map((one) => one.code).sort())
    },
  )
  it('no table beyond the manual’s', () => {
    const known = [...plain.map(([id]) => id), ...Object.keys(resultCodeTables).map(resultTableId)]
    expect(telcrmCodes.map((one) => one.id).sort()).toEqual(known.sort())
  })
})

const resultTableId = (opt: string) => `telcrm.resultCodesByOperation.${opt}`

describe('what arrives', () => {
  it('is described in two languages, with the vendor’s names', () => {
    const infos = telcrmInbound.map(inboundInfo)
    expect(infos.map(({ id, path, fields }) => [id, path, fields.map((one) => one.name)])).toEqual([
      ['telcrm.screen-pop', '/srvlt', ['id', 'caller', 'callee', 'state', 'direction', 'businessId', 'group']],
      ['telcrm.ivr-check', '/ivr/{flow}', ['a', '{collected_input}']],
      ['telcrm.sms-query', '/', ['method', 'telnum', 'contant', 'channel']],
    ])
    for (const { title, titleZh, fields, direction } of infos) {
      expect(direction).toBe('inbound')
      expect(title).toMatch(/^[\x20-\x7e]+$/)
      expect(titleZh).toMatch(/\p{Script=Han}/u)
      for (const { en, zh } of fields) expect([en, zh]).not.toContain('')
    }
    expect(infos[0]!.fields.find((one) => one.name === 'state')!.choices).toHaveLength(5)
  })
  it('stands in the catalogue', () => {
    const ids = catalogue().map((one) => one.id)
    expect(ids).toEqual(expect.arrayContaining(['telcrm.screen-pop', 'telcrm.ivr-check', 'telcrm.sms-query']))
    expect(new Set(ids).size).toBe(ids.length)
  })
})
