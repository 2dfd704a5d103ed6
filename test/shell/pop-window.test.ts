import { beforeEach, expect, test } from 'vitest'
import { pagePreferences } from '../../main/shell/hardening.ts'
import { createPopWindow, type PopWindow, popHeightChannel, popTypingChannel } from '../../main/shell/pop-window.ts'
import { recordedLog } from '../notify/recorded-log.ts'
import { displayAt, FakeContents, FakeElectron, type FakeWindow, pageMessage } from './stand-in.ts'

const popUrl = 'frontbell://app/index.html#/pop'
let fake: FakeElectron
let pop: PopWindow
let window: FakeWindow

beforeEach(() => {
  fake = new FakeElectron()
  pop = createPopWindow({
    electron: fake.api,
    log: recordedLog(),
    preloadFile: '/p.cjs',
    platform: 'win32',
    overFullScreen: false,
  })
  window = fake.windows[0]!
})
const tell = (height: unknown, sender = window.webContents, url: string | null = popUrl) =>
  fake.ipc.emit(popHeightChannel, pageMessage(sender, url).event, height)

test('it can never take the keyboard: not focusable, and shown without activation only', () => {
  expect(window.options).toMatchObject({
    focusable: false,
    skipTaskbar: true,
    frame: false,
    alwaysOnTop: true,
    show: false,
  })
  expect(window.options.webPreferences).toEqual({
    ...pagePreferences,
    preload: '/p.cjs',
    additionalArguments: ['--frontbell-surface=pop'],
    backgroundThrottling: false,
  })
  tell(180)
  for (let round = 0; round < 3; round++) {
    pop.setCards(1)
    pop.setCards(0)
  }
  expect(window.named('showInactive')).toHaveLength(3)
  expect([...window.named('show'), ...window.named('focus')]).toEqual([])
})

test.each([
  ['darwin', 'panel'],
  ['linux', 'notification'],
  ['win32', undefined],
] as const)('on %s its kind is %s', (platform, type) => {
  createPopWindow({ electron: fake.api, log: recordedLog(), preloadFile: '/p.cjs', platform, overFullScreen: false })
  expect(fake.windows.at(-1)!.options.type).toBe(type)
})

test('shown with the first card once its height is known, hidden with the last', () => {
  pop.setCards(1)
  expect(window.visible).toBe(false)
  tell(180)
  expect(window.visible).toBe(true)
  expect(window.bounds).toEqual({ x: 1544, y: 844, width: 360, height: 180 })
  tell(400)
  expect(window.bounds).toMatchObject({ y: 624, height: 400 })
  pop.setCards(0)
  expect(window.visible).toBe(false)
})

test('it can be typed into while the user has a form open, and only then', () => {
  const type = (typing: unknown, sender = window.webContents, url: string | null = popUrl) =>
    fake.ipc.emit(popTypingChannel, pageMessage(sender, url).event, typing)
  tell(180)
  pop.setCards(1)
  type(true, new FakeContents())
  type(true, window.webContents, 'https://evil.example/')
  type('yes')
  expect(window.named('focus')).toEqual([])
  type(true)
  expect([window.named('setFocusable').at(-1), window.named('focus').length]).toEqual([[true], 1])
  type(false)
  expect([window.named('setFocusable').at(-1), window.named('blur').length]).toEqual([[false], 1])
  type(true)
  pop.setCards(0)
  expect(window.named('setFocusable').at(-1)).toEqual([false])
})

test('only the pop page itself sets its height, and only with a number', () => {
  pop.setCards(1)
  tell(100, new FakeContents())
  tell(100, window.webContents, 'https://evil.example/')
  tell(100, window.webContents, null)
  for (const height of ['100', Number.NaN, Number.POSITIVE_INFINITY, -5, null, {}]) tell(height)
  expect(window.visible).toBe(false)
  tell(1e9)
  expect(window.bounds.height).toBe(1008)
})

test('it comes up on the display in use and stays there while shown', () => {
  fake.displays = [displayAt(1, 0, 0, 1920, 1080), displayAt(2, 1920, 0, 1920, 1080)]
  fake.cursor = { x: 2000, y: 5 }
  tell(100)
  pop.setCards(1)
  expect(window.bounds.x).toBe(1920 + 1544)
  fake.cursor = { x: 5, y: 5 }
  pop.setCards(2)
  expect(window.bounds.x).toBe(1920 + 1544)
  pop.setCards(0)
  pop.setCards(1)
  expect(window.bounds.x).toBe(1544)
})

test('when its display goes away or changes, it moves to where it can be seen', () => {
  fake.displays = [displayAt(1, 0, 0, 1920, 1080), displayAt(2, 1920, 0, 1920, 1080)]
  fake.cursor = { x: 2000, y: 5 }
  tell(100)
  pop.setCards(1)
  fake.displays = [displayAt(1, 0, 0, 1920, 1080)]
  fake.screen.emit('display-removed')
  expect(window.bounds.x).toBe(1544)
  fake.displays = [displayAt(1, 0, 0, 1280, 720)]
  fake.screen.emit('display-metrics-changed')
  expect(window.bounds).toEqual({ x: 904, y: 564, width: 360, height: 100 })
})

test('over full-screen programs only when allowed', () => {
  expect(window.named('setAlwaysOnTop')).toEqual([[true, 'floating']])
  expect(window.named('setVisibleOnAllWorkspaces')).toEqual([
    [true, { visibleOnFullScreen: false, skipTransformProcessType: true }],
  ])
  pop.setOverFullScreen(true)
  expect(window.named('setAlwaysOnTop').at(-1)).toEqual([true, 'screen-saver'])
  expect(window.named('setVisibleOnAllWorkspaces').at(-1)).toEqual([
    true,
    { visibleOnFullScreen: true, skipTransformProcessType: true },
  ])
})

test('closed, it listens to nothing', () => {
  pop.close()
  expect([
    window.destroyed,
    fake.ipc.listenerCount(popHeightChannel),
    fake.screen.listenerCount('display-removed'),
  ]).toEqual([true, 0, 0])
  pop.close()
})
