import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { hardenApp, hardenContents, hardenSession, pagePreferences } from '../../main/shell/hardening.ts'
import { FakeContents, FakeElectron, Noting, refusable, sessionStandIn } from './stand-in.ts'

test('the sandbox is on for all, and every page made later is closed off', () => {
  const fake = new FakeElectron()
  hardenApp(fake.api.app)
  expect(fake.app.named('enableSandbox')).toHaveLength(1)
  const contents = new FakeContents()
  fake.app.emit('web-contents-created', {}, contents)
  const event = refusable()
  contents.emit('will-navigate', event)
  expect(event.refused).toBe(true)
})

test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])('%s is refused', (name) => {
  const contents = new FakeContents()
  hardenContents(contents as unknown as Electron.WebContents)
  const event = refusable()
  contents.emit(name, event)
  expect(event.refused).toBe(true)
})

test('no page opens a window', () => {
  const contents = new FakeContents()
  hardenContents(contents as unknown as Electron.WebContents)
  expect(contents.opener?.({ url: 'https://example.com' } as Electron.HandlerDetails)).toEqual({ action: 'deny' })
})

/** All permissions that this Electron knows, from its own types. */
const types = readFileSync(fileURLToPath(new URL('../../node_modules/electron/electron.d.ts', import.meta.url)), 'utf8')
const permissions = [
  ...(/setPermissionCheckHandler\(handler: .*?permission: ([^,]*),/.exec(types)?.[1] ?? '').matchAll(/'([^']+)'/g),
].map(([, name]) => name!)

test('both permission handlers refuse everything this Electron can be asked for', () => {
  expect(permissions.length).toBeGreaterThan(40)
  const session = new Noting()
  // Even while somebody records: whatever is not sound alone stays refused.
  hardenSession(sessionStandIn(session), () => true)
  const request = session.named('setPermissionRequestHandler')[0]![0] as (
    contents: unknown,
    permission: string,
    callback: (granted: boolean) => void,
    details: unknown,
  ) => void
  const check = session.named('setPermissionCheckHandler')[0]![0] as (
    contents: unknown,
    permission: string,
    origin: string,
    details: unknown,
  ) => boolean
  for (const permission of permissions) {
    const answers: boolean[] = []
    request({}, permission, (granted) => answers.push(granted), { requestingUrl: 'frontbell://app/index.html' })
    expect(answers, permission).toEqual([false])
    expect(check(null, permission, 'frontbell://app', {}), permission).toBe(false)
  }
  const device = session.named('setDevicePermissionHandler')[0]![0] as (details: unknown) => boolean
  expect(device({ deviceType: 'usb' })).toBe(false)
  const streams: unknown[] = []
  const display = session.named('setDisplayMediaRequestHandler')[0]![0] as (
    request: unknown,
    callback: (streams: unknown) => void,
  ) => void
  display({}, (given) => streams.push(given))
  expect(streams).toEqual([null])
})

describe('the microphone', () => {
  let wanted = false
  const session = new Noting()
  hardenSession(sessionStandIn(session), () => wanted)
  const request = session.named('setPermissionRequestHandler')[0]![0] as (
    contents: unknown,
    permission: string,
    callback: (granted: boolean) => void,
    details: unknown,
  ) => void
  const check = session.named('setPermissionCheckHandler')[0]![0] as (
    contents: unknown,
    permission: string,
    origin: string,
    details: unknown,
  ) => boolean
  const details = { requestingUrl: 'frontbell://app/index.html#/voice', isMainFrame: true, mediaTypes: ['audio'] }
  const asked = (permission: string, more: object = {}) => {
    const answers: boolean[] = []
    request({}, permission, (granted) => answers.push(granted), { ...details, ...more })
    return answers
  }
  const checked = (origin: string, more: object = {}) =>
    check(null, 'media', origin, { mediaType: 'audio', isMainFrame: true, ...more })

  test('is refused while nobody records', () => {
    wanted = false
    expect(asked('media')).toEqual([false])
    expect(checked('frontbell://app/')).toBe(false)
  })

  test('is given to our own page while somebody records', () => {
    wanted = true
    expect(asked('media')).toEqual([true])
    expect(checked('frontbell://app/')).toBe(true)
  })

  test.each([
    ['the camera too', { mediaTypes: ['audio', 'video'] }],
    ['the camera', { mediaTypes: ['video'] }],
    ['nothing named', { mediaTypes: [] }],
    ['another page', { requestingUrl: 'https://example.com/' }],
    ['a page that looks like ours', { requestingUrl: 'frontbell://app.example.com/' }],
    ['a frame', { isMainFrame: false }],
  ])('is refused to %s', (_name, more) => {
    wanted = true
    expect(asked('media', more)).toEqual([false])
  })

  test('is refused to other origins, frames and the camera when they only ask', () => {
    wanted = true
    expect(checked('https://example.com/')).toBe(false)
    expect(checked('frontbell://app/', { isMainFrame: false })).toBe(false)
    expect(checked('frontbell://app/', { mediaType: 'video' })).toBe(false)
  })
})

test('pages have no Node, their own world and the sandbox', () => {
  expect(pagePreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
  })
})

test('no other file of the shell sets web preferences, opens links or listens to pages', () => {
  const shell = fileURLToPath(new URL('../../main/shell/', import.meta.url))
  const uses = (pattern: RegExp) =>
    readdirSync(shell).filter((name) => pattern.test(readFileSync(shell + name, 'utf8')))
  expect(uses(/nodeIntegration|contextIsolation|sandbox:/)).toEqual(['hardening.ts'])
  expect(uses(/openExternal|openPath/)).toEqual(['links.ts'])
  expect(uses(/ipcMain\.(on|handle)/).toSorted()).toEqual(['pop-window.ts', 'serve-pages.ts'])
  expect(uses(/\.\.\.pagePreferences/).toSorted()).toEqual(['main-window.ts', 'pop-window.ts'])
  expect(
    uses(/from 'electron'/).filter((name) =>
      /^import (?!type )[^']*from 'electron'/m.test(readFileSync(shell + name, 'utf8')),
    ),
  ).toEqual(['electron-api.ts'])
})
