import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Desk } from '../../main/core/desk.ts'
import { type Desktop, openDesktop } from '../../main/shell/desktop.ts'
import { popHeightChannel } from '../../main/shell/pop-window.ts'
import { helloChannel } from '../../main/shell/serve-pages.ts'
import type { SnapshotEvent } from '../../preload/contract/index.ts'
import { answerNoRecording } from '../core/recordings/no-recordings.ts'
import { recordedLog } from '../notify/recorded-log.ts'
import { callOf, callsOf, settingsOf, statusOf } from './snapshots.ts'
import { FakeElectron, pageMessage } from './stand-in.ts'
import { until } from './until.ts'

type Push = SnapshotEvent extends infer E ? (E extends SnapshotEvent ? Pick<E, 'topic' | 'snapshot'> : never) : never

/** A stream of snapshots that the test feeds. */
function feed() {
  const queue: SnapshotEvent[] = []
  let wake = () => {}
  let ended = false
  const events = {
    async *subscribe(_input: unknown, signal: AbortSignal): AsyncGenerator<SnapshotEvent, void> {
      signal.addEventListener('abort', () => {
        ended = true
        wake()
      })
      for (;;) {
        while (queue.length > 0) yield queue.shift()!
        if (ended) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
  return {
    events,
    isEnded: () => ended,
    push(one: Push) {
      queue.push({ seq: 1, sentAt: 1, ...one } as SnapshotEvent)
      wake()
    },
  }
}

let dir: string
let fake: FakeElectron
let stream: ReturnType<typeof feed>
let desktop: Desktop
let log: ReturnType<typeof recordedLog>
let resumed = 0
const clients: string[] = []

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'frontbell-desktop-'))
  fake = new FakeElectron()
  stream = feed()
  log = recordedLog()
  clients.length = 0
  const desk = {
    events: stream.events,
    calls: { list: async () => ({ rows: [], counts: { all: 0, missed: 0, mine: 0, today: 0 }, next: null }) },
  } as unknown as Desk
  desktop = openDesktop({
    electron: fake.api,
    log,
    desk,
    answerRecording: answerNoRecording,
    wantsMicrophone: () => false,
    serve(_port, client) {
      clients.push(client)
      return () => {}
    },
    dialable: () => null,
    onResume: () => resumed++,
    quit: () => {},
    settings: { startMinimised: false, overFullScreen: false, locale: 'zh-CN' },
    dataDir: dir,
    rendererDir: dir,
    preloadFile: '/p.cjs',
    iconsDir: '/icons',
    autostartDir: dir,
    program: '/frontbell',
    platform: 'win32',
  })
})
afterEach(() => {
  desktop.close()
  rmSync(dir, { recursive: true, force: true })
})

test('a ringing call: the tray says it and the pop comes up; over, it goes', async () => {
  const [, pop] = fake.windows
  fake.ipc.emit(popHeightChannel, pageMessage(pop!.webContents, 'frontbell://app/index.html#/pop').event, 150)
  stream.push({ topic: 'status', snapshot: statusOf() })
  stream.push({ topic: 'calls', snapshot: callsOf([callOf()]) })
  await until(() => pop!.visible)
  expect(fake.trays[0]!.named('setImage').at(-1)).toEqual(['/icons/tray-ringing.png'])
  stream.push({ topic: 'calls', snapshot: callsOf() })
  await until(() => !pop!.visible)
})

test('settings take hold while it runs: full screen, start at login, title', async () => {
  const [main, pop] = fake.windows
  stream.push({
    topic: 'settings',
    snapshot: settingsOf({ locale: 'en', startAtLogin: true, pop: { overFullScreen: true } }),
  })
  await until(() => main!.named('setTitle').length === 1)
  expect(main!.named('setTitle')).toEqual([['Frontbell']])
  expect(pop!.named('setAlwaysOnTop').at(-1)).toEqual([true, 'screen-saver'])
  expect(fake.app.named('setLoginItemSettings')).toEqual([[{ openAtLogin: true }]])
  stream.push({
    topic: 'settings',
    snapshot: settingsOf({ locale: 'en', startAtLogin: false, pop: { overFullScreen: true } }),
  })
  await until(() => fake.app.named('setLoginItemSettings').length === 2)
  expect(pop!.named('setAlwaysOnTop')).toHaveLength(2)
})

test('pages are served and closed off, waking up asks at once, no window ends the program', () => {
  fake.ipc.emit(helloChannel, pageMessage(fake.windows[0]!.webContents, 'frontbell://app/index.html').event)
  expect(clients).toHaveLength(1)
  expect(fake.session.calls.map(([name]) => name)).toContain('setPermissionRequestHandler')
  expect(fake.protocol.named('handle')).toHaveLength(1)
  resumed = 0
  fake.power.emit('resume')
  expect(resumed).toBe(1)
  expect(fake.app.listenerCount('window-all-closed')).toBe(1)
  expect(fake.windows[0]!.userCloses()).toBe(false)
})

test('after quit is chosen windows may close in any order and no snapshot reaches for them', async () => {
  fake.app.emit('before-quit', {})
  expect(stream.isEnded()).toBe(true)
  for (const window of fake.windows) {
    expect(window.userCloses()).toBe(true)
    window.destroy()
  }
  stream.push({ topic: 'calls', snapshot: callsOf([callOf()]) })
  fake.screen.emit('display-removed')
  desktop.close()
  expect(fake.trays[0]!.named('destroy')).toHaveLength(1)
  expect(log.lines).toEqual([])
})
