import { describe, expect, it } from 'vitest'
import { createSettings } from '../../../main/core/settings/settings.ts'
import { recordedLog } from '../../systems/recorded-log.ts'
import { createFakeFile, createFakeSecrets, fakePolicy } from './fake-ports.ts'

const canary = 'c4nary-Secret'
const key = 'connections.pbx.captchaSecret'
const pbx = { id: 'pbx', system: 'telcrm', baseUrl: 'http://192.168.1.82:12121', extension: '802' }
const api = { id: 'openapi', system: 'voice-openapi', baseUrl: 'http://host', password: 'p4ss' }

async function open(content: unknown, secrets: ReturnType<typeof createFakeSecrets>) {
  const disk = createFakeFile(content)
  const log = recordedLog()
  const settings = createSettings({ file: disk.file, policy: fakePolicy(), secrets: secrets.secrets, log })
  await settings.ready
  return {
    disk,
    settings,
    log,
    secretOf: () =>
      settings.current().connections.map((one) => ('captchaSecret' in one ? one.captchaSecret : undefined))[0],
  }
}

describe('secrets, with a place to keep them', () => {
  it('move out of the file at start and are blanked there', async () => {
    const secrets = createFakeSecrets()
    const { disk, settings, secretOf } = await open(
      { connections: [{ ...pbx, captchaSecret: canary }, api], note: 'kept' },
      secrets,
    )
    expect(secretOf()).toBe(canary)
    expect(Object.fromEntries(secrets.state.values)).toEqual({ [key]: canary, 'connections.openapi.password': 'p4ss' })
    expect(disk.state.content()).toEqual({
      connections: [
        { ...pbx, captchaSecret: null },
        { ...api, password: null },
      ],
      note: 'kept',
    })
    expect(JSON.stringify([disk.state.good, settings.snapshot()])).not.toContain(canary)
    expect(settings.snapshot().secretsSet).toEqual([key, 'connections.openapi.password'])
  })

  it('come back from there at the next start', async () => {
    const { secretOf, settings, disk } = await open(
      { connections: [{ ...pbx, captchaSecret: null }] },
      createFakeSecrets(true, { [key]: canary }),
    )
    expect(secretOf()).toBe(canary)
    expect(settings.snapshot().secretsSet).toEqual([key])
    expect(disk.state.writes).toEqual([])
  })

  it('null and absent leave one alone, a text sets it, an empty text clears it; the file never sees it', async () => {
    const secrets = createFakeSecrets(true, { [key]: canary })
    const { settings, secretOf, disk } = await open({ connections: [pbx] }, secrets)
    await settings.update({ connections: [{ ...pbx, captchaSecret: null, extension: '801' }] })
    await settings.update({ connections: [{ ...pbx, extension: '803' }] })
    expect(secretOf()).toBe(canary)
    await settings.update({ connections: [{ ...pbx, captchaSecret: 'n3w' }] })
    expect(secretOf()).toBe('n3w')
    expect(secrets.state.values.get(key)).toBe('n3w')
    await settings.update({ connections: [{ ...pbx, captchaSecret: '' }] })
    expect(secretOf()).toBeNull()
    expect(secrets.state.values.size).toBe(0)
    expect(settings.snapshot().secretsSet).toEqual([])
    expect(JSON.stringify(disk.state.writes)).not.toMatch(/n3w|c4nary/)
  })

  it('a secret of the wrong kind is refused by name', async () => {
    const { settings } = await open({ connections: [pbx] }, createFakeSecrets())
    await expect(settings.update({ connections: [{ ...pbx, captchaSecret: 7 }] })).rejects.toMatchObject({
      code: 'bad-request',
      details: { field: 'connections[0].captchaSecret' },
    })
    const long = settings.update({ connections: [{ ...pbx, captchaSecret: 'x'.repeat(501) }] })
    await expect(long).rejects.toMatchObject({
      details: { field: 'connections[0].captchaSecret', reason: 'must be at most 500 characters long' },
    })
  })

  it('goes with its connection', async () => {
    const secrets = createFakeSecrets(true, { [key]: canary })
    const { settings, secretOf } = await open({ connections: [pbx] }, secrets)
    await settings.update({ connections: [] })
    expect(secrets.state.values.size).toBe(0)
    await settings.update({ connections: [pbx] })
    expect(secretOf()).toBeNull()
  })

  it('a store that fails: the secret stays in force and in the file, an update is refused', async () => {
    const secrets = createFakeSecrets()
    secrets.state.fails = true
    const { settings, secretOf, disk, log } = await open({ connections: [{ ...pbx, captchaSecret: canary }] }, secrets)
    expect(secretOf()).toBe(canary)
    expect(disk.state.writes).toEqual([])
    expect(log.lines.map(({ event }) => event)).toContain('secret-not-stored')
    await expect(settings.update({ connections: [{ ...pbx, captchaSecret: 'n3w' }] })).rejects.toMatchObject({
      code: 'storage-failed',
    })
    expect(secretOf()).toBe(canary)
    expect(JSON.stringify(log.lines)).not.toMatch(/c4nary|n3w/)
  })

  it('one that IT writes into the running file replaces the old one', async () => {
    const secrets = createFakeSecrets(true, { [key]: 'old' })
    const { disk, secretOf, settings } = await open({ connections: [pbx] }, secrets)
    disk.edit({ connections: [{ ...pbx, captchaSecret: canary }] })
    await settings.update({ theme: 'dark' })
    expect(secretOf()).toBe(canary)
    expect(secrets.state.values.get(key)).toBe(canary)
    expect(JSON.stringify(disk.state.content())).not.toContain(canary)
  })
})

describe('secrets, with no place to keep them', () => {
  it('what IT wrote into the file is used and stays there', async () => {
    const { disk, settings, secretOf } = await open(
      { connections: [{ ...pbx, captchaSecret: canary }] },
      createFakeSecrets(false),
    )
    await settings.update({ theme: 'dark', connections: [{ ...pbx, captchaSecret: null }] })
    expect(secretOf()).toBe(canary)
    expect(disk.state.content()).toMatchObject({ theme: 'dark', connections: [{ captchaSecret: canary }] })
    expect(JSON.stringify(disk.state.good)).not.toContain(canary)
    expect(JSON.stringify(settings.snapshot())).not.toContain(canary)
  })

  it('one that IT writes into the running file beats the one in memory', async () => {
    const { disk, settings, secretOf } = await open({ connections: [pbx] }, createFakeSecrets(false))
    await settings.update({ connections: [{ ...pbx, captchaSecret: 'entered' }] })
    disk.editQuietly({ connections: [{ ...pbx, captchaSecret: canary }] })
    await settings.update({ theme: 'dark' })
    expect(secretOf()).toBe(canary)
  })

  it('one that the policy brings stays when the user sets something else of the same connection', async () => {
    const disk = createFakeFile({})
    const policy = fakePolicy({ connections: [{ ...pbx, extension: null, captchaSecret: canary }] })
    const settings = createSettings({
      file: disk.file,
      policy,
      secrets: createFakeSecrets(false).secrets,
      log: recordedLog(),
    })
    await settings.update({ connections: [{ ...pbx, captchaSecret: null, extension: '805' }] })
    expect(settings.current().connections[0]).toMatchObject({ extension: '805', captchaSecret: canary })
    expect(JSON.stringify([disk.state.content(), settings.snapshot()])).not.toContain(canary)
  })

  it('one that is entered lives in memory only, and the one it replaces leaves the file', async () => {
    const { disk, settings, secretOf } = await open(
      { connections: [{ ...pbx, captchaSecret: 'old' }] },
      createFakeSecrets(false),
    )
    await settings.update({ connections: [{ ...pbx, captchaSecret: canary }] })
    expect(secretOf()).toBe(canary)
    await settings.update({ theme: 'dark' })
    expect(secretOf()).toBe(canary)
    expect(JSON.stringify(disk.state.content())).not.toMatch(/c4nary|old/)
    expect(settings.snapshot().secretsSet).toEqual([key])
  })
})
