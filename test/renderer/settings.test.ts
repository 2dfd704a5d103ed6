import { describe, expect, test } from 'vitest'
import { type Connection, Settings } from '../../preload/contract/index.ts'
import {
  extensionOptions,
  hostOf,
  mainTelcrm,
  newTelcrm,
  withMainTelcrm,
  withTelcrm,
} from '../../renderer/features/settings/connection-edit.ts'
import { isLocked, patchOf } from '../../renderer/features/settings/locked.ts'
import { menuFault, readRules } from '../../renderer/features/settings/menu-draft.ts'
import {
  type EntryWord,
  entries,
  matchingEntries,
  sections,
  sectionsOf,
} from '../../renderer/features/settings/settings-entries.ts'
import {
  readAreaCode,
  readExtensions,
  readPath,
  readPort,
  readPrefix,
} from '../../renderer/features/settings/text-values.ts'
import zh from '../../resources/locales/zh-CN/settings.json' with { type: 'json' }

const values = Settings.parse({
  connections: [
    { id: 'cloud', system: 'cloud-cs', baseUrl: 'http://cs.example.cn', clientSecret: 's' },
    { id: 'other', system: 'telcrm', baseUrl: 'http://10.0.0.9:12121', extension: '301', dialPlan: 'kept' },
  ],
})
const edit = { baseUrl: 'http://192.168.1.82:12121', extension: '802' }

describe('connections', () => {
  test('the wizard changes the one called pbx, else the first telcrm', () => {
    expect(mainTelcrm(values.connections)?.id).toBe('other')
    const both = [...values.connections, newTelcrm(values.connections, edit)]
    expect(mainTelcrm(both)?.id).toBe('pbx')
    expect(mainTelcrm([])).toBeNull()
  })

  test('everything else stays: order, other connections, unknown keys', () => {
    const after = withMainTelcrm(values.connections, edit)
    expect(after[0]).toEqual(values.connections[0])
    expect(after[1]).toEqual({ ...values.connections[1], ...edit })
    expect(after[1]).toHaveProperty('dialPlan', 'kept')
  })

  test('without a telcrm a new one comes first, with a free id', () => {
    const taken: Connection[] = [
      {
        id: 'pbx',
        system: 'cloud-cs',
        baseUrl: 'http://x',
        clientId: null,
        clientSecret: null,
        scope: 'read',
        tokenInQuery: false,
      },
    ]
    const after = withMainTelcrm(taken, edit)
    expect(after.map(({ id }) => id)).toEqual(['pbx-2', 'pbx'])
    expect(Settings.safeParse({ connections: after }).success).toBe(true)
  })

  test('an id that belongs to another system is not overwritten', () => {
    expect(withTelcrm(values.connections, 'cloud', edit)).toEqual(values.connections)
  })

  test('the configured extension can be kept although the PBX does not list it', () => {
    const rows = [{ extension: '801', name: '李阳' }]
    expect(extensionOptions(rows, '802', (one) => `${one}?`)).toEqual([
      { value: '802', label: '802?' },
      { value: '801', label: '801 李阳' },
    ])
    expect(extensionOptions(rows, '801', String)).toHaveLength(1)
  })

  test('host of an address, whatever stands there', () => {
    expect(hostOf('http://192.168.1.82:12121/x')).toBe('192.168.1.82:12121')
    expect(hostOf('nonsense')).toBe('nonsense')
  })
})

describe('locks', () => {
  test('a locked section locks what is in it, a locked field only itself', () => {
    expect(isLocked('connections.pbx.extension', ['connections'])).toBe(true)
    expect(isLocked('listener.portable', ['listener.port'])).toBe(false)
    expect(isLocked('listener', ['listener.port'])).toBe(false)
  })

  test('a path becomes the smallest patch', () => {
    expect(patchOf('pop.scope', 'all')).toEqual({ pop: { scope: 'all' } })
    expect(patchOf('locale', 'en')).toEqual({ locale: 'en' })
  })
})

describe('finding a setting', () => {
  const say = (word: EntryWord) =>
    word.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], zh) as string

  test('nothing typed shows everything', () => {
    expect(matchingEntries('  ', say)).toBeNull()
  })

  test('by its words, across sections; several words narrow; full width counts as half', () => {
    expect([...(matchingEntries('端口', say) ?? [])]).toContain('port')
    expect([...(matchingEntries('外线 前缀', say) ?? [])]).toEqual(['prefix'])
    expect([...(matchingEntries('０７５５', say) ?? [])]).toEqual(['area'])
    expect(matchingEntries('没有这个', say)?.size).toBe(0)
  })

  test('sections of a result come in page order', () => {
    expect(sectionsOf(new Set(['theme', 'connections', 'prefix']))).toEqual(['connections', 'numbers', 'look'])
  })

  test('every text that is looked through exists, and every section has rows', () => {
    for (const { words } of Object.values(entries))
      for (const word of words) expect(say(word), word).toBeTypeOf('string')
    expect(sectionsOf(new Set(Object.keys(entries) as (keyof typeof entries)[]))).toEqual([...sections])
  })
})

describe('typed values', () => {
  test.each([
    ['12180', 12_180],
    ['0', 0],
    ['65535', 65_535],
    ['65536', null],
    ['-1', null],
    ['12 180', null],
    ['', null],
  ])('port %j', (text, port) => expect(readPort(text)).toBe(port))

  test('path, prefix and area code follow the schema', () => {
    for (const text of ['/srvlt', 'srvlt', '/a b', '']) {
      expect(readPath(text) !== null).toBe(
        !text.includes(' ') && Settings.safeParse({ listener: { path: text } }).success,
      )
    }
    for (const text of ['', '9', '0000', '12345', 'x'])
      expect(readPrefix(text) !== null).toBe(Settings.safeParse({ dialing: { outsidePrefix: text } }).success)
    for (const text of ['', '010', '0755', '755', '07555', 'x'])
      expect(readAreaCode(text) !== null).toBe(Settings.safeParse({ dialing: { areaCode: text } }).success)
  })

  test('extensions of a group, however they are separated', () => {
    expect(readExtensions(' 801,802、803；８０４;801\n805 ')).toEqual(['801', '802', '803', '804', '805'])
    expect(readExtensions('')).toEqual([])
  })
})

describe('voice menus', () => {
  const draft = { flow: 'member', param: 'input', otherwise: 'OTHER', rules: [{ value: '1', token: 'OK' }] }

  test('rows in which nothing was typed are left out', () => {
    const rows = [
      { id: 0, value: ' 12 ', token: 'A ' },
      { id: 1, value: ' ', token: '' },
      { id: 2, value: '', token: 'EMPTY' },
    ]
    expect(readRules(rows)).toEqual([
      { value: '12', token: 'A' },
      { value: '', token: 'EMPTY' },
    ])
  })

  test('what passes is what the settings file takes, and every fault is named', () => {
    expect(menuFault(draft, [])).toBeNull()
    expect(Settings.safeParse({ ivrChecks: [draft] }).success).toBe(true)
    const wrong = [
      [{ flow: 'a b' }, 'wrongFlow'],
      [{ flow: 'order' }, 'takenFlow'],
      [{ param: '' }, 'missingParam'],
      [{ otherwise: 'NO WORD' }, 'wrongToken'],
      [{ rules: [{ value: '1', token: '' }] }, 'wrongToken'],
      [
        {
          rules: [
            { value: '1', token: 'A' },
            { value: '1', token: 'B' },
          ],
        },
        'twice',
      ],
    ] as const
    for (const [change, kind] of wrong) expect(menuFault({ ...draft, ...change }, ['order'])?.kind).toBe(kind)
  })
})
