import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pagePreferences } from '../../main/shell/hardening.ts'
import { createMainWindow } from '../../main/shell/main-window.ts'
import { recordedLog } from '../notify/recorded-log.ts'
import { displayAt, FakeElectron } from './stand-in.ts'
import { until } from './until.ts'

let dir: string
let fake: FakeElectron
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'frontbell-window-'))
  fake = new FakeElectron()
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function open(startHidden = false) {
  const main = createMainWindow({
    electron: fake.api,
    log: recordedLog(),
    preloadFile: '/p.cjs',
    iconFile: '/i.png',
    placeFile: join(dir, 'window.json'),
    title: '前铃',
    startHidden,
  })
  return { main, window: fake.windows.at(-1)! }
}

test('opens the desk in a hardened page when it is ready, not before', () => {
  const { window } = open()
  expect(window.options.webPreferences).toEqual({ ...pagePreferences, preload: '/p.cjs' })
  expect(window.named('loadURL')).toEqual([['frontbell://app/index.html#/desk']])
  expect(window.visible).toBe(false)
  window.emit('ready-to-show')
  expect(window.visible).toBe(true)
})

test('started minimised it stays in the tray until it is asked for', () => {
  const { main, window } = open(true)
  window.emit('ready-to-show')
  expect(window.visible).toBe(false)
  main.show()
  expect(window.visible).toBe(true)
})

test('closing hides it; after quit was chosen it closes', () => {
  const { main, window } = open()
  window.emit('ready-to-show')
  expect(window.userCloses()).toBe(false)
  expect(window.visible).toBe(false)
  main.allowClose()
  expect(window.userCloses()).toBe(true)
})

test('a second start brings it up, out of the minimised state', () => {
  const { main, window } = open()
  window.minimized = true
  main.show()
  expect([window.minimized, window.visible]).toEqual([false, true])
  expect(window.named('focus')).toHaveLength(1)
})

test('its place is remembered and used again', async () => {
  const first = open()
  first.window.setBounds({ x: 50, y: 60, width: 1100, height: 700 })
  first.window.emit('moved')
  await until(
    () => existsSync(join(dir, 'window.json')) && readFileSync(join(dir, 'window.json'), 'utf8').includes('1100'),
  )
  expect(open().window.options).toMatchObject({ x: 50, y: 60, width: 1100, height: 700 })
})

test.each(['', '{', 'null', '{"x":1}'])('a place file with %j opens at the usual place', (text) => {
  writeFileSync(join(dir, 'window.json'), text)
  expect(open().window.options).toMatchObject({ x: 320, y: 120, width: 1280, height: 800 })
})

test('when its display goes away it comes back to one that is there', () => {
  fake.displays = [displayAt(1, 0, 0, 1920, 1080), displayAt(2, 1920, 0, 1920, 1080)]
  const { window } = open()
  window.setBounds({ x: 2200, y: 100, width: 1280, height: 800 })
  fake.displays = [fake.displays[0]!]
  fake.screen.emit('display-removed')
  expect(window.bounds).toEqual({ x: 320, y: 120, width: 1280, height: 800 })
  window.destroyed = true
  window.bounds.x = 9000
  fake.screen.emit('display-removed')
  expect(window.bounds.x).toBe(9000)
})
