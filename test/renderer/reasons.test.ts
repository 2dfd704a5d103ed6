import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TFunction } from 'i18next'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { checkSettings } from '../../main/core/settings/check.ts'
import { readPolicy } from '../../main/core/settings/policy.ts'
import { createJsonFormat } from '../../main/settings-files/json-format.ts'
import { createPolicyFile } from '../../main/settings-files/policy-file.ts'
import type { Notice } from '../../preload/contract/index.ts'
import { noticeWords } from '../../renderer/app/notice-words.ts'
import { explainReason, i18n } from '../../renderer/i18n/index.ts'

const explain = (reason: string) => explainReason(i18n.t as unknown as TFunction, reason)
const dir = mkdtempSync(join(tmpdir(), 'frontbell-reasons-'))
afterAll(() => rmSync(dir, { recursive: true }))
beforeEach(() => i18n.changeLanguage('zh-CN'))

const pbx = { id: 'pbx', system: 'telcrm', baseUrl: 'http://pbx:1', extension: '802' }
const crmRule = { id: 'a', name: 'CRM', template: 'https://crm.example.com/{caller}' }
/** Settings that are wrong in every way the schema knows. */
const wrong: Record<string, unknown>[] = [
  { listener: { port: '12180' } },
  { listener: { port: 1.5 } },
  { listener: { port: -1 } },
  { listener: { port: 70_000 } },
  { listener: { port: null } },
  { listener: { port: {} } },
  { listener: { host: '' } },
  { listener: { host: 'h'.repeat(101) } },
  { listener: { path: 'srvlt' } },
  { listener: { allow: 'all' } },
  { listener: { allow: ['1.2.3'] } },
  { listener: { allow: Array.from({ length: 201 }, () => 'pbx') } },
  { listener: [] },
  { polling: { extensionStateMs: 1 } },
  { theme: 'pink' },
  { pop: { scope: 7 } },
  { pop: { notify: 'yes' } },
  { dialing: { outsidePrefix: 'x' } },
  { dialing: { areaCode: '755' } },
  { groups: [{ id: '1', name: '', extensions: [801] }, {}] },
  { connections: [{ ...pbx, baseUrl: 'ftp://pbx' }] },
  { connections: [{ ...pbx, id: 'a b' }] },
  { connections: [{ ...pbx, line: 'x', captchaSecret: 5 }] },
  { connections: [pbx, pbx] },
  { connections: [{ id: 'x', system: 'other' }, {}, 7] },
  { startAtLogin: 1 },
  { dispositions: { tags: ['', 'x'.repeat(41)], freeTags: 'no', mail: [{ extension: '1', address: 'me' }] } },
  { crm: { hosts: ['a b'], rules: [crmRule, crmRule] } },
  ...[
    'crm.example.com',
    'https://a b/',
    'https://{caller}/',
    'https://me@crm/',
    'https://crm/{phone}',
    'https://crm/{caller',
    'https://crm:99999/',
    `https://crm/${'x'.repeat(1000)}`,
  ].map((template) => ({ crm: { rules: [{ ...crmRule, template }] } })),
]

function checkReasons(): string[] {
  return wrong.flatMap((tree) => {
    const checked = checkSettings(tree)
    if (checked.ok) throw new Error(`not wrong: ${JSON.stringify(tree)}`)
    return checked.issues.map(({ problem }) => problem.reason)
  })
}

function fileReasons(): string[] {
  const format = createJsonFormat()
  const texts = ['', '{', '{"a": 1,\n  b: 2}', '7', '{"a": tru}', '{"a": 1} x']
  const json = texts.map((text) => {
    format.deserialize(text)
    return format.problem() ?? 'no problem'
  })
  const at = join(dir, 'policy.json')
  const policies = [...texts, '{"locked":"all"}', '{"locked":[7]}', '{"values":[]}'].map((text) => {
    writeFileSync(at, text)
    return readPolicy(createPolicyFile(at)).problems[0]?.reason ?? 'no problem'
  })
  return [...json, ...policies, readPolicy(createPolicyFile(dir)).problems[0]?.reason ?? 'no problem']
}

/** Texts written in the schema itself, which Zod passes on as they are. */
function schemaMessages(): string[] {
  const schema = readFileSync(new URL('../../preload/contract/settings-schema.ts', import.meta.url), 'utf8')
  return [...schema.matchAll(/(?:error: |, |^\s+)'([^'\n]*(?: [^'\n]*){2,})'/gm)].map((match) => match[1] ?? '')
}

describe('reasons for wrong settings', () => {
  it('are all translated, whatever is wrong', () => {
    const reasons = [
      ...checkReasons(),
      ...fileReasons(),
      ...schemaMessages(),
      'cannot be read',
      'EACCES: permission denied',
    ]
    expect(reasons.length).toBeGreaterThan(50)
    for (const reason of reasons) {
      const text = explain(reason)
      expect(text, reason).toBeTruthy()
      // Paths, names of values and codes stay; English words do not.
      expect(text?.replaceAll(dir, ''), reason).not.toMatch(
        /errors:|\{\{|\b(must|is|be|of|not|only|list|text|number|missing|read)\b/,
      )
    }
  })

  it('keep their English wording in English', async () => {
    await i18n.changeLanguage('en')
    for (const reason of checkReasons().filter((one) => !one.startsWith('Invalid')))
      expect(explain(reason)).toBe(reason)
  })

  it('say what was meant', () => {
    expect(explain('must be a number, but is text')).toBe('应为数字，现在是文字')
    expect(explain('must be one of: extension, groups, all')).toBe('只能是：extension, groups, all')
    expect(explain('is not valid JSON (it ends too early)')).toBe('不是有效的 JSON，结尾不完整')
    expect(explain('/etc/frontbell/policy.json: locked must be a list, but is text')).toBe(
      '/etc/frontbell/policy.json: locked：应为列表，现在是文字',
    )
    expect(explain('nobody wrote this')).toBeNull()
  })
})

describe('the notice of a wrong file', () => {
  const notice = (kind: Notice['kind'], field: string) => noticeWords({ id: '1', kind, at: 0, params: { field } })
  it('speaks of a field only where there is one', () => {
    expect(notice('settings-invalid', 'listener.port')).toEqual({ key: 'settings-invalid', field: 'listener.port' })
    expect(notice('settings-invalid', 'settings.json').key).toBe('settings-invalid-file')
    expect(notice('policy-invalid', 'policy').key).toBe('policy-invalid-file')
    expect(notice('policy-invalid', 'policy: theme')).toEqual({ key: 'policy-invalid', field: 'theme' })
    const params = { field: 'settings.json', reason: '不是有效的 JSON' }
    expect(i18n.t('app:notice.settings-invalid-file', params)).toBe(
      '设置文件 settings.json 不对（不是有效的 JSON），仍在使用原来的设置。请改正该文件。',
    )
  })
})
