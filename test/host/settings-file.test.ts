import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Conf from 'conf'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkSettings } from '../../main/core/settings/check.ts'
import { createSettings } from '../../main/core/settings/settings.ts'
import { confOptions, createConfSettingsFile, settingsFileOn } from '../../main/settings-files/conf-settings-file.ts'
import { createJsonFormat } from '../../main/settings-files/json-format.ts'
import { createMemorySecrets } from '../../main/settings-files/memory-secrets.ts'
import { createPolicyFile, policyPath } from '../../main/settings-files/policy-file.ts'
import { settingsSchemaText } from '../../main/settings-files/settings-json-schema.ts'
import { recordedLog } from '../systems/recorded-log.ts'

let dir: string
let path: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'frontbell-settings-'))
  path = join(dir, 'settings.json')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const example = {
  connections: [{ id: 'pbx', system: 'telcrm', baseUrl: 'http://192.168.1.82:12121', captchaSecret: 'c4nary' }],
  theme: 'dark',
  中文: ['键'],
}
const open = (policy = createPolicyFile(join(dir, 'policy.json'))) => {
  const log = recordedLog()
  return {
    log,
    settings: createSettings({ file: createConfSettingsFile(path), policy, secrets: createMemorySecrets(), log }),
  }
}

describe('settings file', () => {
  it('is exactly the given path, for its owner only, readable JSON', async () => {
    const file = createConfSettingsFile(path)
    expect(file.read()).toBeNull()
    await file.write(example)
    expect(file.path).toBe(path)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(example)
    expect(readFileSync(path, 'utf8')).toMatch(/^{\n {2}"connections"/)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(dir)).toEqual(['settings.json'])
    expect(createConfSettingsFile(path).read()).toEqual(example)
  })

  it.each(['settings', 'a.b.json', '设置 1.json', '.hidden'])('any file name works: %s', async (name) => {
    const file = createConfSettingsFile(join(dir, name))
    await file.write({ a: 1 })
    expect(readdirSync(dir)).toEqual([name])
  })

  it('a byte order mark is no fault', () => {
    writeFileSync(path, `\uFEFF${JSON.stringify(example)}`)
    expect(createConfSettingsFile(path).read()).toEqual(example)
  })

  it.each([
    ['', 'is not valid JSON (it is empty)'],
    ['{"a":1,}', /^is not valid JSON \(line 1, column 8\)$/],
    ['{\n  "a": 1\n  "b": 2\n}', /^is not valid JSON \(line 3, column 3\)$/],
    ['{"a": tru', /^is not valid JSON/],
    ['[1]', 'must be one JSON object: { … }'],
    ['"x"', 'must be one JSON object: { … }'],
    ['null', 'must be one JSON object: { … }'],
    ['{"password": "c4nary', /^is not valid JSON/],
  ])('%j is named and left as it is', (text, reason) => {
    writeFileSync(path, text)
    const file = createConfSettingsFile(path)
    expect(() => file.read()).toThrow(
      expect.objectContaining({
        details: {
          field: 'settings.json',
          reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
        },
      }),
    )
    expect(() => file.read()).not.toThrow(/c4nary/)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('cut off at any byte: the last good settings go on', () => {
    writeFileSync(path, JSON.stringify(example))
    open().settings.close()
    const bytes = readFileSync(path)
    expect(existsSync(`${path}.last-good`)).toBe(true)
    for (let length = 0; length < bytes.length; length++) {
      writeFileSync(path, bytes.subarray(0, length))
      const { settings } = open()
      expect(settings.current().theme).toBe('dark')
      expect(settings.snapshot().problems.map(({ field }) => field)).toEqual(['settings.json'])
      settings.close()
    }
  })

  it('the copies beside it hold no secret', async () => {
    writeFileSync(path, JSON.stringify(example))
    const { settings } = open()
    writeFileSync(
      path,
      `${JSON.stringify({ ...example, theme: 'pink' }).slice(0, -1)}, "password": "c4na\\"ry", "token":"c4nary`,
    )
    await settings.update({ locale: 'en' })
    expect(readdirSync(dir).sort()).toEqual(['settings.json', 'settings.json.faulty', 'settings.json.last-good'])
    expect(readFileSync(`${path}.last-good`, 'utf8')).not.toContain('c4na')
    expect(readFileSync(`${path}.faulty`, 'utf8')).not.toContain('c4na')
    expect(readFileSync(`${path}.faulty`, 'utf8')).toContain('"pink"')
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ ...example, locale: 'en' })
    settings.close()
  })

  it('an edit on disk comes into force, in place or by rename; our own writes do not count', async () => {
    writeFileSync(path, '{}')
    const { settings } = open()
    let changes = 0
    settings.onChange(() => {
      changes += 1
    })
    writeFileSync(path, '{"theme":"dark"}')
    await vi.waitFor(() => expect(settings.current().theme).toBe('dark'), 15_000)
    writeFileSync(`${path}.new`, '{"theme":"light"}')
    renameSync(`${path}.new`, path)
    await vi.waitFor(() => expect(settings.current().theme).toBe('light'), 15_000)
    writeFileSync(path, '{"theme":"pink"}')
    await vi.waitFor(() =>
      expect(settings.snapshot().problems).toEqual([{ field: 'theme', reason: 'must be one of: system, light, dark' }]),
    )
    expect(settings.current().theme).toBe('light')
    expect(changes).toBe(3)
    await settings.update({ theme: 'system' })
    writeFileSync(path, '{"theme":"dark"}')
    await vi.waitFor(() => expect(settings.current().theme).toBe('dark'), 15_000)
    expect(changes).toBe(5)
    settings.close()
  })

  it('a file that cannot be opened or written: says which and why', async () => {
    expect(() => createConfSettingsFile('/dev/null/settings.json')).toThrow(
      expect.objectContaining({
        code: 'storage-failed',
        details: { field: 'settings.json', reason: '/dev/null/settings.json cannot be opened (ENOTDIR)' },
      }),
    )
    const file = createConfSettingsFile(path)
    mkdirSync(path)
    await expect(file.write({ a: 1 })).rejects.toMatchObject({
      code: 'storage-failed',
      details: { field: 'settings.json', reason: expect.stringMatching(/cannot be written \(E[A-Z]+\)/) },
    })
  })

  it('works on any conf, as electron-store is one', async () => {
    const format = createJsonFormat()
    const { configName: name, ...options } = confOptions(path, format)
    const file = settingsFileOn(new Conf<Record<string, unknown>>({ ...options, configName: name }), format)
    await file.write({ theme: 'dark' })
    expect(file.read()).toEqual({ theme: 'dark' })
  })
})

describe('policy file', () => {
  it('has its place on every platform, and a variable that wins', () => {
    expect(policyPath('linux', {})).toBe('/etc/frontbell/policy.json')
    expect(policyPath('darwin', {})).toBe('/Library/Application Support/Frontbell/policy.json')
    expect(policyPath('win32', { ProgramData: 'D:\\Data' })).toMatch(/^D:\\Data.Frontbell.policy\.json$/)
    expect(policyPath('linux', { FRONTBELL_POLICY: '/x.json' })).toBe('/x.json')
  })

  it('absent is fine, present counts, faulty is named', () => {
    const at = join(dir, 'policy.json')
    const policy = createPolicyFile(at)
    expect([policy.read(), policy.problem]).toEqual([null, null])
    writeFileSync(at, JSON.stringify({ values: { listener: { port: 13000 } }, locked: ['listener.port'] }))
    const { settings } = open(policy)
    expect(settings.current().listener.port).toBe(13000)
    expect(settings.snapshot().locked).toEqual(['listener.port'])
    settings.close()
    for (const [text, problem] of [
      ['{', `${at} is not valid JSON`],
      ['{"locked":"all"}', `${at}: locked`],
      ['7', `${at} must be one JSON object`],
    ] as const) {
      writeFileSync(at, text)
      expect(policy.read()).toBeNull()
      expect(policy.problem).toContain(problem)
    }
  })

  it('the example in resources is right and locks what is there', () => {
    const { settings } = open(
      createPolicyFile(fileURLToPath(new URL('../../resources/policy.example.json', import.meta.url))),
    )
    expect(settings.snapshot().problems).toEqual([])
    expect(settings.snapshot().locked.length).toBeGreaterThan(0)
    settings.close()
  })
})

describe('settings.schema.json', () => {
  const written = readFileSync(fileURLToPath(new URL('../../resources/settings.schema.json', import.meta.url)), 'utf8')

  it('is current', () => {
    expect(written, 'run: node resources/packaging/write-schema.ts').toBe(settingsSchemaText())
  })

  it('takes an empty file and names every secret', () => {
    expect(checkSettings({}).ok).toBe(true)
    const schema = JSON.parse(written) as { required?: string[]; properties: Record<string, unknown> }
    expect(schema.required ?? []).toEqual([])
    const { connections, ...rest } = schema.properties
    // Secrets stand in connections only: main/core/settings/connection-secrets.ts relies on it.
    expect(JSON.stringify(connections).match(/"secret":true/g)).toHaveLength(5)
    expect(JSON.stringify(rest)).not.toContain('"secret"')
  })
})
