import { describe, expect, it } from 'vitest'
import type { PolicySource } from '../../../main/core/settings/ports.ts'
import { createSettings } from '../../../main/core/settings/settings.ts'
import { recordedLog } from '../../systems/recorded-log.ts'
import { createFakeFile, createFakeSecrets, fakePolicy } from './fake-ports.ts'

const pbx = { id: 'pbx', system: 'telcrm', baseUrl: 'http://192.168.1.82:12121', extension: '802' }

function open(
  content: unknown = null,
  options: {
    policy?: PolicySource
    secrets?: ReturnType<typeof createFakeSecrets>
    broken?: string
    good?: unknown
  } = {},
) {
  const disk = createFakeFile(content)
  if (options.broken !== undefined) disk.breakWith(options.broken)
  disk.state.good = options.good ?? null
  const secrets = options.secrets ?? createFakeSecrets(false)
  const log = recordedLog()
  const settings = createSettings({
    file: disk.file,
    policy: options.policy ?? fakePolicy(),
    secrets: secrets.secrets,
    log,
  })
  let changes = 0
  settings.onChange(() => {
    changes += 1
  })
  return { disk, secrets, settings, log, changes: () => changes }
}

const settled = async (settings: ReturnType<typeof open>['settings']) => {
  await settings.ready
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

describe('layers', () => {
  it('an absent file is all defaults and asks for setup', () => {
    const { settings } = open()
    expect(settings.current().listener.port).toBe(12180)
    expect(settings.snapshot()).toMatchObject({ needsSetup: true, problems: [], locked: [], secretsSet: [] })
  })

  it('policy gives defaults, the file beats them, locked ones beat the file, an overlay beats all', () => {
    const policy = fakePolicy({ listener: { port: 13000, allow: ['10.0.0.1'] }, locale: 'en', theme: 'dark' }, [
      'listener.port',
    ])
    const { settings } = open({ listener: { port: 14000, allow: ['10.0.0.2'] }, theme: 'light' }, { policy })
    expect(settings.current()).toMatchObject({
      listener: { port: 13000, allow: ['10.0.0.2'], host: '0.0.0.0' },
      locale: 'en',
      theme: 'light',
    })
    settings.overlay({ theme: 'system', connections: [] })
    expect(settings.current().theme).toBe('system')
    expect(settings.snapshot().needsSetup).toBe(false)
    settings.overlay(null)
    expect(settings.current().theme).toBe('light')
    expect(settings.snapshot().needsSetup).toBe(true)
  })

  it('a lock reaches into one connection by its id; the rest of it stays the user’s', () => {
    const policy = fakePolicy({ connections: [{ id: 'pbx', system: 'telcrm', baseUrl: 'http://10.0.0.1' }] }, [
      'connections.pbx.baseUrl',
    ])
    const { settings } = open({ connections: [{ ...pbx, baseUrl: 'http://evil.test' }] }, { policy })
    expect(settings.current().connections).toMatchObject([{ baseUrl: 'http://10.0.0.1', extension: '802' }])
  })

  it('a wrong policy is named and its right part counts', () => {
    const { settings } = open({}, { policy: fakePolicy({ listener: { port: 'x' }, theme: 'dark' }, ['listner.port']) })
    expect(settings.current()).toMatchObject({ theme: 'dark', listener: { port: 12180 } })
    expect(settings.snapshot().problems.map(({ field }) => field)).toEqual(['policy: listener.port', 'policy: locked'])
    const unread = open({}, { policy: fakePolicy({}, [], '/etc/frontbell/policy.json is not valid JSON') })
    expect(unread.settings.snapshot().problems).toEqual([
      { field: 'policy', reason: '/etc/frontbell/policy.json is not valid JSON' },
    ])
  })

  it('an overlay that is wrong changes nothing', () => {
    const { settings } = open({ theme: 'dark' })
    expect(() => settings.overlay({ theme: 'pink' as 'dark' })).toThrow(
      expect.objectContaining({ code: 'bad-request', details: expect.objectContaining({ field: 'theme' }) }),
    )
    expect(settings.current().theme).toBe('dark')
  })
})

describe('update', () => {
  it('merges deeply, replaces lists, keeps unknown keys and writes', async () => {
    const { settings, disk, changes } = open({
      future: { a: 1 },
      listener: { allow: ['10.0.0.1', '10.0.0.2'], extra: true },
    })
    await settings.update({ listener: { allow: ['10.0.0.9'] }, pop: { hideAfterSec: 3 } })
    expect(disk.state.content()).toEqual({
      future: { a: 1 },
      listener: { allow: ['10.0.0.9'], extra: true },
      pop: { hideAfterSec: 3 },
    })
    expect(settings.current()).toMatchObject({
      listener: { allow: ['10.0.0.9'], port: 12180 },
      pop: { hideAfterSec: 3, notify: true },
    })
    expect(settings.snapshot().values.pop.hideAfterSec).toBe(3)
    expect(changes()).toBe(1)
    expect(disk.state.good).toEqual(disk.state.content())
  })

  it.each([
    [{ listener: { port: 'x' } }, 'listener.port', 'must be a number, but is text'],
    [
      { connections: [{ id: 'a', system: 'telcrm', baseUrl: 'ftp://x' }] },
      'connections[0].baseUrl',
      'must be an http:// or https:// address',
    ],
    [{ connections: [{ id: 'a', system: 'nortel' }] }, 'connections[0].system', /must be one of: telcrm, cti-realtime/],
    [{ connections: [{ id: 'a', system: 'telcrm' }] }, 'connections[0].baseUrl', 'is missing'],
    [{ connections: [pbx, pbx] }, 'connections', 'every connection needs its own id'],
    [{ polling: { extensionStateMs: 1 } }, 'polling.extensionStateMs', 'must be at least 500'],
    [{ pop: { hideAfterSec: 2.5 } }, 'pop.hideAfterSec', 'must be a whole number, but is a fraction'],
    [{ locale: 'fr' }, 'locale', 'must be one of: zh-CN, en'],
    [{ board: null }, 'board', 'must be an object, but is null'],
    [{ groups: [{ id: '1', name: '' }] }, 'groups[0].name', 'must not be empty'],
  ])('%j is refused and named', async (patch, field, reason) => {
    const { settings, disk } = open({ theme: 'dark' })
    const before = settings.current()
    await expect(settings.update(patch)).rejects.toMatchObject({
      code: 'bad-request',
      details: { field, reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) },
    })
    expect(settings.current()).toBe(before)
    expect(disk.state.writes).toEqual([])
  })

  it('refuses what the policy locks, accepts the same value and everything beside it', async () => {
    const policy = fakePolicy({ listener: { port: 13000 }, connections: [{ ...pbx, captchaSecret: 'p0licy' }] }, [
      'listener.port',
      'connections',
    ])
    const { settings } = open({}, { policy })
    const forbidden = (field: string) => ({ code: 'forbidden', details: { field } })
    await expect(settings.update({ listener: { port: 1 } })).rejects.toMatchObject(forbidden('listener.port'))
    await expect(settings.update({ connections: [] })).rejects.toMatchObject(forbidden('connections'))
    await expect(settings.update({ connections: [{ ...pbx, captchaSecret: 'mine' }] })).rejects.toMatchObject(
      forbidden('connections'),
    )
    await settings.update({
      listener: { port: 13000, host: '127.0.0.1' },
      connections: [{ ...pbx, captchaSecret: null }],
    })
    expect(settings.current()).toMatchObject({
      listener: { port: 13000, host: '127.0.0.1' },
      connections: [{ captchaSecret: 'p0licy' }],
    })
  })

  it('a failed write changes nothing, not even the secret', async () => {
    const secrets = createFakeSecrets(true, { 'connections.pbx.captchaSecret': 'old' })
    const { settings, disk } = open({ connections: [pbx] }, { secrets })
    await settings.ready
    disk.state.writeFails = true
    await expect(
      settings.update({ theme: 'dark', connections: [{ ...pbx, captchaSecret: 'new' }] }),
    ).rejects.toMatchObject({ code: 'storage-failed' })
    expect(settings.current()).toMatchObject({ theme: 'system', connections: [{ captchaSecret: 'old' }] })
    expect(secrets.state.values.get('connections.pbx.captchaSecret')).toBe('old')
  })

  it('two updates at once both count', async () => {
    const { settings, disk } = open({})
    await Promise.all([settings.update({ theme: 'dark' }), settings.update({ locale: 'en' })])
    expect(disk.state.content()).toEqual({ theme: 'dark', locale: 'en' })
  })

  it('__proto__ in a patch reaches nothing', async () => {
    const { settings } = open({})
    await settings.update(JSON.parse('{"__proto__":{"polluted":true},"listener":{"__proto__":{"port":1}}}'))
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(settings.current().listener.port).toBe(12180)
  })

  it('what is under an overlay can be changed and stays under it', async () => {
    const { settings, disk } = open({})
    settings.overlay({ theme: 'dark' })
    await settings.update({ theme: 'light' })
    expect(settings.current().theme).toBe('dark')
    expect(disk.state.content()).toEqual({ theme: 'light' })
  })
})

describe('a wrong file', () => {
  it('at start: each wrong field falls back, the others stay, all are named', () => {
    const { settings, log } = open({
      connections: [
        { id: 'a' },
        { ...pbx, line: 'carrier-pigeon' },
        { id: 'c', system: 'telcrm', baseUrl: 7, extension: 9 },
        { ...pbx, id: 'd' },
      ],
      listener: { port: 'x', allow: ['10.0.0.1', 5, '10.0.0.2'] },
      theme: 'dark',
    })
    expect(settings.current()).toMatchObject({
      theme: 'dark',
      listener: { port: 12180, allow: ['10.0.0.1', '10.0.0.2'] },
    })
    expect(settings.current().connections.map(({ id }) => id)).toEqual(['pbx', 'd'])
    expect(settings.current().connections[0]).toMatchObject({ line: 'fixed', extension: '802' })
    expect(settings.snapshot().problems.map(({ field }) => field)).toEqual([
      'connections[0].system',
      'connections[1].line',
      'connections[2].baseUrl',
      'connections[2].extension',
      'listener.port',
      'listener.allow[1]',
    ])
    expect(log.lines.map(({ event }) => event)).toContain('settings-field-wrong')
  })

  it('at start: unreadable, so the last good copy counts', () => {
    const { settings } = open(
      {},
      { broken: 'is not valid JSON (line 3, column 1)', good: { connections: [pbx], theme: 'dark' } },
    )
    expect(settings.current()).toMatchObject({ theme: 'dark', connections: [{ extension: '802' }] })
    expect(settings.snapshot().problems).toEqual([
      { field: 'settings.json', reason: 'is not valid JSON (line 3, column 1)' },
    ])
  })

  it('while running: named, the old settings go on; put right: taken over', async () => {
    const { settings, disk, changes } = open({ connections: [pbx], theme: 'dark' })
    await settled(settings)
    disk.edit({ connections: [{ ...pbx, baseUrl: 'nonsense' }], theme: 'light' })
    await settled(settings)
    expect(settings.current()).toMatchObject({ theme: 'dark', connections: [{ baseUrl: pbx.baseUrl }] })
    expect(settings.snapshot().problems).toEqual([
      { field: 'connections[0].baseUrl', reason: 'must be an http:// or https:// address' },
    ])
    disk.breakWith('is not valid JSON')
    await settled(settings)
    expect(settings.snapshot().problems).toEqual([{ field: 'settings.json', reason: 'is not valid JSON' }])
    expect(settings.current().theme).toBe('dark')
    disk.edit({ connections: [pbx], theme: 'light' })
    await settled(settings)
    expect(settings.current().theme).toBe('light')
    expect(settings.snapshot().problems).toEqual([])
    expect(changes()).toBe(3)
  })

  it('an update over a wrong file first puts a copy of it aside', async () => {
    const { settings, disk } = open({ theme: 'dark' })
    disk.edit({ theme: 'pink' })
    await settled(settings)
    await settings.update({ locale: 'en' })
    expect(disk.state.faultyKept).toBe(1)
    expect(disk.state.content()).toEqual({ theme: 'dark', locale: 'en' })
    expect(settings.snapshot().problems).toEqual([])
    await settings.update({ locale: 'zh-CN' })
    expect(disk.state.faultyKept).toBe(1)
  })

  it('an edit that was not noticed yet is not written over', async () => {
    const { settings, disk } = open({ theme: 'dark' })
    disk.editQuietly({ theme: 'dark', listener: { port: 5000 } })
    await settings.update({ locale: 'en' })
    expect(disk.state.content()).toEqual({ theme: 'dark', listener: { port: 5000 }, locale: 'en' })
    expect(settings.current().listener.port).toBe(5000)
  })

  it('a file that disappears changes nothing', async () => {
    const { settings, disk } = open({ theme: 'dark' })
    disk.edit(null)
    await settled(settings)
    expect(settings.current().theme).toBe('dark')
    await settings.update({ locale: 'en' })
    expect(disk.state.content()).toEqual({ theme: 'dark', locale: 'en' })
  })

  it('a listener that throws does not keep the others from hearing', async () => {
    const { settings, log } = open({})
    settings.onChange(() => {
      throw new Error('listener broken')
    })
    let heard = 0
    settings.onChange(() => {
      heard += 1
    })
    await settings.update({ theme: 'dark' })
    expect(heard).toBe(1)
    expect(log.lines.map(({ event }) => event)).toContain('settings-listener-failed')
  })
})
