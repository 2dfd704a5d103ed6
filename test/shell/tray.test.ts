import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { MenuItemConstructorOptions } from 'electron'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { createTray, iconFile, type ShellTray } from '../../main/shell/tray.ts'
import { lastCallers, type TrayState, trayLook } from '../../main/shell/tray-view.ts'
import type { Call } from '../../preload/contract/index.ts'
import { recordedLog } from '../notify/recorded-log.ts'
import { callOf, callsOf, meOf, settingsOf, statusOf } from './snapshots.ts'
import { FakeElectron, type FakeTray } from './stand-in.ts'
import { until } from './until.ts'

const iconsDir = fileURLToPath(new URL('../../resources/icons/', import.meta.url))
const ringing = callsOf([callOf()], 2)

test.each([
  ['connected', { status: statusOf(), calls: callsOf() }, '前铃\n已连接话机系统'],
  ['ringing', { status: statusOf(), calls: ringing }, '前铃\n振铃：王芳\n2 个未接\n已连接话机系统'],
  [
    'ringing',
    { status: statusOf({ connection: 'down' }), calls: ringing },
    '前铃\n振铃：王芳\n与话机系统断开：192.168.1.82:12121\n2 个未接',
  ],
  ['missed', { status: statusOf(), calls: callsOf([], 3) }, '前铃\n3 个未接\n已连接话机系统'],
  [
    'cut-off',
    { status: statusOf({ connection: 'down' }), calls: callsOf([], 3) },
    '前铃\n与话机系统断开：192.168.1.82:12121\n3 个未接',
  ],
  [
    'cut-off',
    { status: statusOf({ listener: 'port-taken' }), calls: callsOf() },
    '前铃\n收不到来电通知：端口 12180 被其他程序占用',
  ],
  ['cut-off', { status: statusOf({ listener: 'failed' }) }, '前铃\n收不到来电通知'],
  ['cut-off', { status: statusOf({ connection: 'connecting' }) }, '前铃\n正在连接话机系统'],
  ['cut-off', { status: statusOf({ connection: 'none' }) }, '前铃\n还没有设置话机系统'],
  ['cut-off', {}, '前铃\n正在连接话机系统'],
  [
    'missed',
    {
      status: statusOf(),
      calls: callsOf([callOf({ state: 'talking' }), callOf({ direction: 'outgoing' })], 1),
      settings: settingsOf({ locale: 'en' }),
    },
    'Frontbell\n1 missed call\nConnected to the PBX',
  ],
] as const)('%s', (state, seen, tooltip) => {
  const look = trayLook(seen)
  expect([look.state, look.tooltip]).toEqual([state, tooltip])
})

test('the tooltip says of a caller without a number that it is unknown', () => {
  const hidden = callOf({ number: '', name: null })
  expect(trayLook({ status: statusOf(), calls: callsOf([hidden]) }).tooltip).toContain('振铃：未知号码')
  const english = { status: statusOf(), calls: callsOf([hidden]), settings: settingsOf({ locale: 'en' }) }
  expect(trayLook(english).tooltip).toContain('Ringing: Unknown number')
})

test('a caller who waits while somebody else is asked stands in the tooltip, in every language, until it is over', () => {
  const party = (name: string) => ({ ...callOf({ number: '1', name }).caller })
  const consult = {
    callId: 'c1',
    caller: party('王芳'),
    target: party('赵磊'),
    phase: 'open',
    command: null,
    third: 'ringing',
    thirdSince: 0,
    waitingSince: 0,
    blocked: { 'put-through': null, 'three-way': null, back: null },
    trouble: null,
    outcome: null,
    assumed: false,
    endedAt: null,
  } as const
  const seen = { status: statusOf(), calls: callsOf(), conversation: { consult, conferences: [] } }
  expect(trayLook(seen).tooltip).toContain('王芳 在等待，正在咨询 赵磊')
  expect(trayLook({ ...seen, settings: settingsOf({ locale: 'en' }) }).tooltip).toContain(
    '王芳 waits while you ask 赵磊',
  )
  const over = { consult: { ...consult, phase: 'ended', outcome: 'back' } as const, conferences: [] }
  expect(trayLook({ ...seen, conversation: over }).tooltip).toBe('前铃\n已连接话机系统')
})

test('a tooltip is never longer than Windows shows, and is cut between characters', () => {
  const { tooltip } = trayLook({
    status: statusOf(),
    calls: callsOf(
      Array.from({ length: 40 }, (_, index) => callOf({ number: `1350000${index}`, name: '😀'.repeat(9) })),
    ),
  })
  expect([...tooltip]).toHaveLength(127)
  expect(tooltip.isWellFormed()).toBe(true)
})

test('every state has its pictures, for Windows and Linux and as templates for macOS', () => {
  for (const state of ['connected', 'ringing', 'missed', 'cut-off'] satisfies TrayState[]) {
    for (const platform of ['win32', 'darwin'] as const) {
      const file = iconFile(iconsDir, state, platform)
      expect([existsSync(file), existsSync(file.replace('.png', '@2x.png'))], file).toEqual([true, true])
    }
  }
})

test('last callers: each once, newest first, none that we called', () => {
  const rows = [
    callOf({ number: '1' }),
    callOf({ number: '2' }),
    callOf({ number: '1' }),
    callOf({ number: '3', direction: 'outgoing' }),
    callOf({ number: '4' }),
    callOf({ number: '5' }),
  ]
  expect(lastCallers(rows, 3).map(({ caller }) => caller.number)).toEqual(['1', '2', '4'])
})

let fake: FakeElectron
let tray: ShellTray
let shown: FakeTray
let done: string[]
let rows: Call[]
let failWith: unknown

function start(platform: NodeJS.Platform) {
  const act = async <T>(text: string, answer: T): Promise<T> => {
    done.push(text)
    if (failWith) throw failWith
    return answer
  }
  tray = createTray({
    electron: fake.api,
    log: recordedLog(),
    platform,
    iconsDir: '/icons',
    dialable: (text) => (/^[\d ]{5,}$/.test(text) ? { number: text, display: `<${text}>` } : null),
    open: () => done.push('open'),
    quit: () => done.push('quit'),
    desk: {
      calls: {
        list: async () => ({ rows, counts: { all: 0, missed: 0, mine: 0, today: 0 }, next: null }),
      } as unknown as Parameters<typeof createTray>[0]['desk']['calls'],
      control: {
        dial: ({ number }: { number: string }) => act(`dial ${number}`, {}),
        setPresence: ({ presence }: { presence: string }) => act(`presence ${presence}`, undefined),
      } as unknown as Parameters<typeof createTray>[0]['desk']['control'],
      demo: { ring: ({ caller }: { caller: string }) => act(`ring ${caller}`, undefined) } as unknown as Parameters<
        typeof createTray
      >[0]['desk']['demo'],
    },
  })
  shown = fake.trays[0]!
}
beforeEach(() => {
  fake = new FakeElectron()
  done = []
  rows = []
  failWith = null
})
afterEach(() => tray?.close())

async function menu(): Promise<MenuItemConstructorOptions[]> {
  shown.menu = null
  shown.emit('right-click')
  await until(() => shown.menu !== null)
  return shown.menu!.template
}
const item = (items: MenuItemConstructorOptions[], label: string) =>
  items.find((one) => one.label === label) ??
  (() => {
    throw new Error(`no "${label}" among ${items.map((one) => one.label).join(', ')}`)
  })()
const click = (one: MenuItemConstructorOptions) => (one.click as () => void)()

test('the menu: who I am, three presences, last callers, the clipboard, open, quit', async () => {
  start('win32')
  rows = [callOf({ number: '013500000002', name: '王芳 & Co\n' }), callOf({ number: '075528000123', name: null })]
  fake.clipboardText = '0755 2800'
  tray.update({ status: statusOf(), me: meOf({ presence: 'busy' }), calls: callsOf() })
  await until(() => rows.length > 0)
  let items = await menu()
  expect(items.map(({ label, type }) => label ?? type)).toEqual([
    '李静 · 分机 802',
    '在线',
    '减少来电',
    '置忙',
    'separator',
    '最近来电',
    '拨打剪贴板里的 <0755 2800>',
    'separator',
    '打开前铃',
    'separator',
    '退出',
  ])
  expect(items.slice(1, 4).map(({ type, checked, enabled }) => [type, checked, enabled])).toEqual([
    ['radio', false, true],
    ['radio', false, true],
    ['radio', true, true],
  ])
  const callers = item(items, '最近来电').submenu as MenuItemConstructorOptions[]
  expect(callers.map(({ label }) => label)).toEqual(['王芳 && Co   013500000002', '075528000123'])
  for (const one of [
    items[1]!,
    callers[0]!,
    item(items, '拨打剪贴板里的 <0755 2800>'),
    item(items, '打开前铃'),
    item(items, '退出'),
  ])
    click(one)
  expect(done).toEqual(['presence online', 'dial 013500000002', 'dial 0755 2800', 'open', 'quit'])
  fake.clipboardText = 'a shopping list'
  items = await menu()
  expect(item(items, '剪贴板里没有号码').enabled).toBe(false)
  expect(items.some(({ label }) => label === '练习来电')).toBe(false)
})

test('what was set but not yet seen is already marked; what cannot be done is grey', async () => {
  start('win32')
  fake.clipboardText = '13500000002'
  tray.update({
    me: meOf({
      presence: 'online',
      pendingPresence: 'busy',
      extension: null,
      can: { ...meOf().can, dial: false, setPresence: false },
    }),
    settings: settingsOf({ locale: 'en' }),
  })
  const items = await menu()
  expect(items[0]!.label).toBe('No extension chosen yet')
  expect(items.slice(1, 4).map(({ label, checked, enabled }) => [label, checked, enabled])).toEqual([
    ['Online', false, false],
    ['Fewer calls', false, false],
    ['Busy', true, false],
  ])
  expect(item(items, 'Dial <13500000002> from the clipboard').enabled).toBe(false)
})

test('training calls while the demo runs', async () => {
  start('win32')
  tray.update({
    status: statusOf({ demo: { running: true, callers: [{ id: 'li', name: '李先生', number: '13500000002' }] } }),
  })
  click((item(await menu(), '练习来电').submenu as MenuItemConstructorOptions[])[0]!)
  expect(done).toEqual(['ring li'])
})

test('what fails is said in the words of the page', async () => {
  start('win32')
  failWith = new CoreError('unreachable')
  fake.clipboardText = '13500000002'
  tray.update({ me: meOf() })
  const items = await menu()
  click(item(items, '拨打剪贴板里的 <13500000002>'))
  click(items[1]!)
  await until(() => fake.dialog.named('showMessageBox').length === 2)
  expect(fake.dialog.named('showMessageBox').map(([box]) => (box as { message: string }).message)).toEqual([
    '没有拨出：连不上话机系统。可以先用话机拨。',
    '状态没有改：连不上话机系统。',
  ])
})

test('the picture changes with the state only, the words always', () => {
  start('win32')
  tray.update({ status: statusOf(), calls: callsOf() })
  tray.update({ status: statusOf(), calls: callsOf() })
  tray.update({ status: statusOf(), calls: ringing })
  expect(shown.named('setImage').map(([file]) => file)).toEqual([
    '/icons/tray-cut-off.png',
    '/icons/tray-connected.png',
    '/icons/tray-ringing.png',
  ])
  expect(shown.named('setToolTip')).toHaveLength(3)
})

test('macOS: template pictures, the count beside the icon and on the dock, the menu on a click', async () => {
  start('darwin')
  tray.update({ status: statusOf(), calls: callsOf([], 7) })
  tray.update({ status: statusOf(), calls: callsOf() })
  expect(shown.named('setImage').at(-1)).toEqual(['/icons/tray-connectedTemplate.png'])
  expect(shown.named('setTitle')).toEqual([['7'], ['']])
  expect(fake.app.named('setBadge')).toEqual([['7'], ['']])
  shown.emit('click')
  await until(() => shown.menu !== null)
  expect(done).toEqual([])
})

test('Linux: the menu is there beforehand and follows every change', async () => {
  start('linux')
  rows = [callOf()]
  tray.update({ status: statusOf(), me: meOf(), calls: callsOf() })
  await until(() => shown.menu !== null)
  expect((item(shown.menu!.template, '最近来电').submenu as MenuItemConstructorOptions[])[0]!.label).toBe(
    '王芳  13500000002',
  )
  tray.update({ status: statusOf(), me: meOf({ name: '赵敏' }), calls: callsOf() })
  await until(() => shown.menu!.template[0]!.label === '赵敏 · 分机 802')
})

test('elsewhere a click opens the desk; closed, the icon is gone', () => {
  start('win32')
  shown.emit('click')
  expect(done).toEqual(['open'])
  tray.close()
  expect(shown.named('destroy')).toHaveLength(1)
})
