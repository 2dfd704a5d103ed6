import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { test as base, expect, freePort, settingsFor } from './program.ts'

interface Fixtures {
  /** The only folder in PATH of the program. */
  bin: string
  /** The wizard on an empty data folder. */
  wizard: Page
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  bin: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'frontbell-bin-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  wizard: async ({ start, page, bin }, use) => {
    const app = await start({ env: { PATH: bin } })
    await page.goto(app.url)
    await expect(page.getByTestId('first-run')).toBeVisible()
    await use(page)
  },
})

const next = (page: Page) => page.getByTestId('first-run-next')
const trouble = (page: Page) => page.getByTestId('connection-trouble')

async function check(page: Page, address: string): Promise<void> {
  await page.getByLabel('话机系统地址').fill(address)
  await page.getByRole('button', { name: '检查' }).click()
}

async function connect(page: Page, address: string, extension = '802'): Promise<void> {
  await check(page, address)
  await expect(page.getByTestId('connection-ok')).toContainText('6个分机')
  await next(page).click()
  await page.getByTestId(`first-run-extension-${extension}`).click()
  await next(page).click()
  await expect(page.getByTestId('push-address')).toBeVisible()
}

test('wrong addresses are told from a PBX that is down, a login page, half an answer and silence', async ({
  wizard,
  fake,
}) => {
  for (const wrong of ['192.168.1.82:99999', 'ftp://192.168.1.82', '话机 系统', 'http://']) {
    await check(wizard, wrong)
    await expect(trouble(wizard), wrong).toHaveAttribute('data-advice', 'badAddress')
    await expect(trouble(wizard)).toContainText('这个地址不完整')
  }
  await check(wizard, 'http://admin:geheim@192.168.1.82')
  await expect(trouble(wizard)).toHaveAttribute('data-advice', 'passwordInAddress')
  const closed = await freePort()
  await check(wizard, `127.0.0.1:${closed}`)
  await expect(trouble(wizard)).toHaveAttribute('data-advice', 'refused')
  await expect(trouble(wizard)).toContainText(`127.0.0.1:${closed}拒绝了连接`)

  const address = fake.baseUrl.replace('http://', '')
  for (const [fault, advice, words] of [
    ['html-login', 'html', '回的是网页'],
    ['truncated-json', 'truncated', '的应答不完整'],
    ['gzip-bomb', 'unexpected', '的应答不对'],
    ['redirect', 'redirect', '要转到别的网页'],
    ['silence', 'silent', '接了连接，但不应答'],
  ] as const) {
    fake.fault(fault)
    await check(wizard, fault === 'silence' ? address : `http://${address}/`)
    await expect(trouble(wizard), fault).toHaveAttribute('data-advice', advice, { timeout: 10_000 })
    await expect(trouble(wizard)).toContainText(`${address}${words}`)
    fake.fault(null)
    await wizard.getByLabel('话机系统地址').fill('')
  }
  // Nothing of all this was saved, and the right one goes through.
  await check(wizard, address)
  await expect(wizard.getByTestId('connection-ok')).toContainText('6个分机')
})

test('full-width typing of an input method is understood', async ({ wizard, fake }) => {
  await check(wizard, fake.baseUrl.replace('http://', '').replaceAll('.', '。').replace(':', '：'))
  await expect(wizard.getByTestId('connection-ok')).toContainText('6个分机')
})

test('from an empty folder to the first call: address, extension, push address, live ticks, finish', async ({
  wizard,
  fake,
  dataDir,
}) => {
  await connect(wizard, fake.baseUrl)
  const address = await wizard.getByTestId('push-address').inputValue()
  expect(address).toMatch(/^http:\/\/\d+\.\d+\.\d+\.\d+:\d+\/srvlt$/)
  const port = new URL(address).port
  const ticks = wizard.getByTestId('webhook-tick')
  await expect(ticks).toHaveCount(4)
  await expect(ticks.nth(0)).toHaveAttribute('data-state', 'ok')
  await expect(ticks.nth(0)).toContainText(port)
  await expect(ticks.nth(1)).toHaveAttribute('data-state', 'ok')
  await expect(ticks.nth(2)).toHaveAttribute('data-state', 'waiting')

  // From an address that is not the PBX's: not taken, asked about, trusted.
  fake.setPopUrl(`http://127.0.0.1:${port}/srvlt`)
  fake.setLocalAddress('127.0.0.7')
  await fake.cancel((await fake.ring({ from: '13500000002', to: '802' })).id)
  expect(fake.pops.map(({ status }) => status)).not.toContain(200)
  await expect(wizard.getByText('信任127.0.0.7？')).toBeVisible()
  await expect(ticks.nth(2)).toHaveAttribute('data-state', 'waiting')
  await wizard.getByTestId('trust-127.0.0.7').click()
  await expect(wizard.getByText('信任127.0.0.7？')).toHaveCount(0)

  const call = await fake.ring({ from: '02028000123', to: '802', group: '3002' })
  await expect(ticks.nth(2)).toHaveAttribute('data-state', 'ok')
  await expect(ticks.nth(2)).toContainText('020-2800 0123呼叫802，振铃')
  await expect(ticks.nth(3)).toHaveAttribute('data-state', 'waiting')
  await fake.cancel(call.id)
  await expect(ticks.nth(3)).toHaveAttribute('data-state', 'ok')

  await next(wizard).click()
  await expect(next(wizard)).toHaveText(/完成/)
  await next(wizard).click()
  await expect(wizard.getByTestId('board-tile-802')).toBeVisible()
  const saved = JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))
  expect(saved.setupDone).toBe(true)
  expect(saved.connections).toMatchObject([{ id: 'pbx', system: 'telcrm', baseUrl: fake.baseUrl, extension: '802' }])
  expect(saved.listener.allow).toEqual(['127.0.0.7'])
})

test('the test notification says what is missing, and asks whether it was seen', async ({ wizard, fake, bin }) => {
  await connect(wizard, fake.baseUrl)
  await next(wizard).click()
  await wizard.getByRole('button', { name: '发一条测试通知' }).click()
  await expect(wizard.getByText('通知没有发出去')).toBeVisible()
  await expect(wizard.getByText(/notify-send; install it: apt-get install libnotify-bin/)).toBeVisible()
  await expect(wizard.getByTestId('notification-advice')).toHaveAttribute('data-platform', /linux|darwin|win32/)

  const shown = join(bin, 'shown.txt')
  writeFileSync(shown, '')
  const helper = join(bin, 'notify-send')
  writeFileSync(helper, `#!/bin/sh\nfor word in "$@"; do echo "$word" >> "${shown}"; done\n`)
  chmodSync(helper, 0o755)
  await wizard.getByRole('button', { name: '发一条测试通知' }).click()
  await expect(wizard.getByText('看到了吗？')).toBeVisible()
  await expect.poll(() => readFileSync(shown, 'utf8')).toContain('前铃：测试通知')
  await wizard.getByRole('button', { name: '没看到' }).click()
  await expect(wizard.getByTestId('notification-advice')).toBeVisible()
  await wizard.getByRole('button', { name: '看到了', exact: true }).click()
  await expect(wizard.getByText('好了，来电话时就是这样。')).toBeVisible()
  await expect(wizard.getByTestId('notification-advice')).toHaveCount(0)
})

test('it can be skipped, and is not asked again', async ({ wizard, dataDir }) => {
  await wizard.getByRole('button', { name: '以后再说' }).click()
  await expect(wizard.getByTestId('nav-desk')).toBeVisible()
  expect(JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8')).setupDone).toBe(true)
  await wizard.reload()
  await expect(wizard.getByTestId('nav-desk')).toBeVisible()
  await expect(wizard.getByTestId('first-run')).toHaveCount(0)
})

test('the demo starts from its first page', async ({ wizard }) => {
  await wizard.getByTestId('first-run-demo').click()
  await expect(wizard.locator('[data-testid^="board-tile-"]')).toHaveCount(24)
  await expect(wizard.getByTestId('demo-menu')).toBeVisible()
})

test('repeated from the settings it knows address and extension, and keeps everything else', async ({
  start,
  page,
  fake,
  dataDir,
}) => {
  const app = await start({
    settings: settingsFor(fake, { theme: 'dark', listener: { host: '127.0.0.1', port: 12180, allow: ['10.1.2.3'] } }),
  })
  await page.goto(`${app.url}#/settings/connections`)
  await page.getByRole('button', { name: '打开向导' }).click()
  await expect(page.getByLabel('话机系统地址')).toHaveValue(fake.baseUrl)
  await check(page, fake.baseUrl)
  await next(page).click()
  await expect(page.getByTestId('first-run-extension-802')).toHaveAttribute('data-chosen', 'true')
  await page.getByTestId('first-run-extension-803').click()
  await next(page).click()
  await expect(page.getByTestId('push-address')).toHaveValue(`${app.listener}/srvlt`)
  await next(page).click()
  await next(page).click()
  await expect(page.getByTestId('presence-menu')).toContainText('803')
  const saved = JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))
  expect(saved).toMatchObject({
    theme: 'dark',
    listener: { allow: ['10.1.2.3'] },
    connections: [{ extension: '803', line: 'fixed' }],
  })
  expect(saved.connections).toHaveLength(1)
})

test('the whole of it by keyboard', async ({ wizard, fake }) => {
  const { keyboard } = wizard
  await expect(wizard.getByLabel('话机系统地址')).toBeFocused()
  await keyboard.type(fake.baseUrl)
  await keyboard.press('Enter')
  await expect(wizard.getByRole('heading', { name: '您坐在哪个分机？' })).toBeFocused()
  await keyboard.press('Tab')
  await expect(wizard.getByLabel('姓名或分机号')).toBeFocused()
  await keyboard.type('张')
  await keyboard.press('Enter')
  await expect(wizard.getByTestId('first-run-extension-802')).toHaveAttribute('data-chosen', 'true')
  await keyboard.press('Enter')
  await expect(wizard.getByTestId('push-address')).toBeVisible()
  await expect(wizard.getByRole('heading', { name: /通知这台电脑/ })).toBeFocused()
  await keyboard.press('Enter')
  await expect(wizard.getByRole('heading', { name: '试一次弹屏' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(wizard.getByTestId('board-tile-802')).toBeVisible()
})
