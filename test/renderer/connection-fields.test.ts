import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Connection, Settings } from '../../preload/contract/index.ts'
import {
  connectionFields,
  connectionOf,
  draftOf,
  faultOf,
  freeId,
  type SystemName,
} from '../../renderer/features/settings/connection-fields.ts'

const systems = Connection.options.map(({ shape }) => shape.system.value) as SystemName[]
const texts = (locale: string) =>
  JSON.parse(readFileSync(new URL(`../../resources/locales/${locale}/settings.json`, import.meta.url), 'utf8'))
    .connections

describe('fields of a connection', () => {
  test('come from the schema, each with a control that fits', () => {
    expect(connectionFields('telcrm').map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
      'baseUrl: address',
      'extension: text',
      'supervisorExtension: text',
      'line: choice',
      'callLog: choice',
      'callControl: choice',
      'captchaSecret: secret',
    ])
    expect(connectionFields('cloud-cs').find(({ name }) => name === 'scope')?.preset).toBe('read,write')
    expect(connectionFields('dialback').find(({ name }) => name === 'sendAuthWithDial')?.kind).toBe('flag')
  })

  test.each(systems)('%s: every field has its words in both languages, and there is a secret', (system) => {
    const fields = connectionFields(system)
    expect(fields.some(({ kind }) => kind === 'secret')).toBe(true)
    for (const locale of ['zh-CN', 'en']) {
      const words = texts(locale)
      expect(words.addressHint[system]).toBeTruthy()
      for (const { name, choices } of fields) {
        expect(words.fields[name]?.label, `${locale} ${name}`).toBeTruthy()
        for (const choice of choices) expect(words.choices[name]?.[choice], `${locale} ${name} ${choice}`).toBeTruthy()
      }
    }
  })

  test('words of fields that are gone are gone', () => {
    const known = new Set(['id', ...systems.flatMap((system) => connectionFields(system).map(({ name }) => name))])
    expect(Object.keys(texts('en').fields).filter((name) => !known.has(name))).toEqual([])
  })
})

describe('the form', () => {
  test.each(systems)('%s: an address is enough for a connection that the settings accept', (system) => {
    const draft = draftOf(system, null, freeId(system, []))
    const made = connectionOf(system, null, { ...draft, texts: { ...draft.texts, baseUrl: ' 192.168.1.90:8080/x ' } })
    expect(faultOf(made, [])).toBeNull()
    expect(Settings.parse({ connections: [made] }).connections[0]).toMatchObject({
      system,
      baseUrl: 'http://192.168.1.90:8080/x',
    })
  })

  const stored = Connection.parse({
    id: 'cloud',
    system: 'cloud-cs',
    baseUrl: 'https://cs.example.cn',
    clientId: 'abc',
    tokenInQuery: true,
    ourOwnKey: 7,
  })

  test('what nobody touched stays as it is, unknown keys and kept secrets too', () => {
    expect(connectionOf('cloud-cs', stored, draftOf('cloud-cs', stored, ''))).toEqual({ ...stored, clientSecret: null })
  })

  test('an emptied field falls back; a secret is replaced or cleared', () => {
    const draft = draftOf('cloud-cs', stored, '')
    const texts = { ...draft.texts, clientId: ' ', scope: '', tokenInQuery: 'false' }
    const edited = (secrets: Parameters<typeof connectionOf>[2]['secrets']) =>
      connectionOf('cloud-cs', stored, { ...draft, texts, secrets })
    expect(edited({ clientSecret: { kind: 'replace', text: 'n3w' } })).toMatchObject({
      clientId: null,
      scope: 'read,write',
      tokenInQuery: false,
      clientSecret: 'n3w',
    })
    expect(edited({ clientSecret: { kind: 'clear' } }).clientSecret).toBe('')
    expect(edited({ clientSecret: { kind: 'replace', text: '' } }).clientSecret).toBeNull()
  })

  test('what is wrong is named by its field', () => {
    const draft = draftOf('cti-realtime', null, 'realtime')
    const fault = (over: Record<string, string>, id = 'realtime') =>
      faultOf(
        connectionOf('cti-realtime', null, { ...draft, id, texts: { ...draft.texts, baseUrl: 'http://x', ...over } }),
        [{ id: 'pbx' }],
      )?.field
    expect(fault({})).toBeUndefined()
    expect(fault({ baseUrl: '' })).toBe('baseUrl')
    expect(fault({ baseUrl: 'ftp://x' })).toBe('baseUrl')
    expect(fault({ signFormula: 'no part' })).toBe('signFormula')
    expect(fault({}, 'pbx')).toBe('id')
    expect(fault({}, 'with blank')).toBe('id')
  })

  test('a new one gets the usual name of its system, with a number when it is taken', () => {
    expect(freeId('telcrm', [{ id: 'pbx' }, { id: 'pbx-2' }])).toBe('pbx-3')
    expect(systems.map((system) => freeId(system, []))).toEqual(['pbx', 'realtime', 'dialback', 'openapi', 'cloud'])
  })
})
