import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { callRows, expect, freePort, frontbell, get, popUrl, settingsFor, test } from './program.ts'

const pop = { caller: '13500000002', callee: '802', state: 'ringing' }
const connection = (page: Page) => page.getByTestId('status-connection-pbx')
const tile = (page: Page, extension = '802') => page.getByTestId(`board-tile-${extension}`)
const card = (page: Page, id: string) => page.locator(`[data-testid=pop-card][data-call-id="${id}"]`)
const database = (dataDir: string) => join(dataDir, 'frontbell.sqlite')

/** A webhook lands and pops within a moment, whatever the PBX's own state is. */
async function pops(page: Page, listener: string, id: string): Promise<void> {
  expect(await get(popUrl(listener, { ...pop, id }))).toBe(200)
  await expect(card(page, id)).toHaveAttribute('data-state', 'ringing', { timeout: 1000 })
}

/** The status says that it is down and which fault it has. */
async function says(page: Page, sentence: RegExp): Promise<void> {
  await expect(connection(page)).toHaveAttribute('data-state', 'down', { timeout: 10_000 })
  await connection(page).click()
  await expect(page.getByText(sentence).last()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(connection(page)).toBeFocused()
}

test('the PBX goes down and comes back: said, stale, calls still pop, then live again', async ({
  start,
  page,
  fake,
}) => {
  const app = await start({ settings: settingsFor(fake) })
  await page.goto(app.url)
  await expect(tile(page)).toHaveAttribute('data-state', 'idle')
  await fake.stop()
  await says(page, /话机系统拒绝连接/)
  await expect(page.getByTestId('pbx-down')).toContainText('正在重试')
  await pops(page, app.listener, 'down@x')
  await expect(tile(page)).toHaveAttribute('data-state', 'stale', { timeout: 10_000 })
  await expect(tile(page)).toContainText('前')
  // After some seconds away the pauses between tries have grown to 4 s and more; a call from the PBX cuts them short.
  const back = await startFakeTelcrm({ port: fake.port })
  await pops(page, app.listener, 'back@x')
  await expect(connection(page)).toHaveAttribute('data-state', 'ok', { timeout: 2_500 })
  await expect(page.getByTestId('pbx-down')).toHaveCount(0)
  await expect(tile(page, '803')).toHaveAttribute('data-state', 'idle')
  await back.stop()
})

test('a login page, half an answer and GBK: which one is said, and gone within a poll and 2 s', async ({
  start,
  page,
  fake,
}) => {
  const app = await start({ settings: settingsFor(fake) })
  await page.goto(app.url)
  await expect(connection(page)).toHaveAttribute('data-state', 'ok')
  for (const [fault, sentence] of [
    ['html-login', /回的是网页（多半是登录页）/],
    ['truncated-json', /不完整或被打乱/],
    ['reset', /中途断开了连接/],
  ] as const) {
    fake.fault(fault)
    await says(page, sentence)
    await pops(page, app.listener, `${fault}@x`)
    fake.fault(null)
    // The pauses between tries have grown meanwhile; a call from the PBX cuts them short, the second of two as well.
    await pops(page, app.listener, `${fault}-over@x`)
    await expect(connection(page), fault).toHaveAttribute('data-state', 'ok', { timeout: 2000 + 1500 })
  }
  // Not a fault for us: the names are read all the same.
  const before = fake.requests.length
  fake.fault('gbk')
  await expect.poll(() => fake.requests.length).toBeGreaterThan(before + 2)
  await expect(connection(page)).toHaveAttribute('data-state', 'ok')
  await expect(tile(page)).toContainText('张霞')
})

test('silence: calls pop meanwhile, the tiles age, and the status names it', async ({ start, page, fake }) => {
  const app = await start({ settings: settingsFor(fake) })
  await page.goto(app.url)
  await expect(tile(page)).toHaveAttribute('data-state', 'idle')
  fake.fault('silence')
  await pops(page, app.listener, 'silent@x')
  await expect(tile(page, '803')).toHaveAttribute('data-state', 'stale', { timeout: 10_000 })
  await says(page, /接了连接，但不回答/)
  await pops(page, app.listener, 'still-silent@x')
})

test('the listener port is taken: said with the port, and taken over when it is free', async ({
  start,
  page,
  fake,
}) => {
  const port = await freePort()
  const squatter = await new Promise<Server>((resolve) => {
    const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1', () => resolve(server))
  })
  const app = await start({ settings: settingsFor(fake), listenerPort: port })
  expect(app.listener).toBeNull()
  await page.goto(app.url)
  const listener = page.getByTestId('status-listener')
  await expect(listener).toHaveAttribute('data-state', 'port-taken')
  await expect(listener).toContainText(`端口${port}被占用，正在重试`)
  await listener.click()
  await expect(page.getByText(`另一个程序占用了端口 ${port}`)).toBeVisible()
  await page.getByRole('button', { name: '去设置' }).click()
  await expect(page.getByTestId('setting-listener')).toContainText(`端口${port}被别的程序占用`)
  await new Promise((resolve) => squatter.close(resolve))
  await page.getByTestId('nav-desk').click()
  await expect(listener).toHaveAttribute('data-state', 'listening', { timeout: 15_000 })
  await pops(page, `http://127.0.0.1:${port}`, 'taken-over@x')
})

test('a database of a newer program is left alone: exit 1 and a sentence', async ({ start, fake, dataDir }) => {
  const app = await start({ settings: settingsFor(fake) })
  await app.stop()
  const bytes = readFileSync(database(dataDir))
  // SQLite's user_version stands at byte 60.
  bytes.writeUInt32BE(9990, 60)
  writeFileSync(database(dataDir), bytes)
  const ended = await frontbell('serve', '--data-dir', dataDir, '--no-open', '--listener-port', '0')
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toMatch(/^frontbell: the database has version 9990, .*install the newer program again\n$/)
  expect(readFileSync(database(dataDir)).equals(bytes)).toBe(true)
})

test('a damaged database is set aside: the program opens and says so until it was seen', async ({
  start,
  page,
  fake,
  dataDir,
}) => {
  writeFileSync(database(dataDir), 'this was a database once '.repeat(1000))
  const app = await start({ settings: settingsFor(fake) })
  const kept = readdirSync(dataDir).find((name) => name.includes('.corrupt-')) ?? ''
  await page.goto(app.url)
  const notice = page.getByRole('alert').filter({ hasText: '本机数据库已损坏' })
  await expect(notice).toContainText(kept)
  expect(readFileSync(join(dataDir, kept), 'utf8')).toContain('this was a database once')
  await pops(page, app.listener, 'new-book@x')
  await expect.poll(async () => (await callRows(dataDir)).length).toBe(1)
  await notice.getByRole('button', { name: '知道了' }).click()
  await expect(notice).toHaveCount(0)
  await page.reload()
  await expect(tile(page)).toBeVisible()
  await expect(notice).toHaveCount(0)
})

test('killed in the middle of a talk: its card is back when the PBX shows the talk; one that ended meanwhile is no ghost', async ({
  start,
  page,
  fake,
}) => {
  const settings = settingsFor(fake)
  const first = await start({ settings })
  fake.setPopUrl(`${first.listener}/srvlt`)
  const call = await fake.ring({ from: '13500000002', to: '802', group: '3002' })
  await fake.answer(call.id)
  await expect.poll(async () => (await callRows(first.dataDir))[0]?.state).toBe('talking')
  await first.stop('SIGKILL')
  const second = await start({ settings })
  await page.goto(second.url)
  await expect(card(page, call.id)).toHaveAttribute('data-state', 'talking')
  await second.stop('SIGKILL')
  await fake.hangup(call.id)
  const third = await start({ settings })
  await page.goto(third.url)
  await expect(tile(page)).toHaveAttribute('data-state', 'idle')
  await expect(card(page, call.id)).toHaveCount(0)
})

test('a second start on the same data folder ends at once and names the first', async ({ start, fake, dataDir }) => {
  const app = await start({ settings: settingsFor(fake) })
  const second = await frontbell('serve', '--data-dir', dataDir, '--no-open')
  expect(second).toMatchObject({ code: 1, stdout: '' })
  expect(second.stderr).toBe(
    `frontbell: Frontbell is already running on this data folder (process ${app.process.pid})\n`,
  )
  expect(await get(popUrl(app.listener, { ...pop, id: 'first@x' }))).toBe(200)
})

test('a settings file that is wrong in one field: named in the page, the rest is in force', async ({
  start,
  page,
  fake,
  dataDir,
}) => {
  const settings = {
    ...settingsFor(fake),
    locale: 'zh-CN',
    listener: { host: '127.0.0.1', port: 'http', allow: ['10.9.8.7'] },
  }
  const app = await start({ settings })
  await page.goto(app.url)
  await expect(page.getByText(/设置文件里的 listener\.port 不对/)).toBeVisible()
  await expect(tile(page)).toHaveAttribute('data-state', 'idle')
  await page.goto(`${new URL(app.url).origin}/#/settings/notices`)
  await expect(page.getByTestId('settings-problems')).toContainText('listener.port')
  await expect(page.getByTestId('setting-allow')).toContainText('10.9.8.7')
  // It is the user's file: nothing was written over it.
  expect(JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))).toEqual(settings)
})

test('a settings file that is no JSON at all: named, and the program runs', async ({ start, page, dataDir }) => {
  writeFileSync(join(dataDir, 'settings.json'), '{ "connections": [')
  const app = await start()
  await page.goto(app.url)
  await expect(page.getByText(/设置文件 settings\.json 不对（不是有效的 JSON/)).toBeVisible()
  await page.getByRole('button', { name: '以后再说' }).click()
  await expect(page.getByTestId('nav-desk')).toBeVisible()
  // The wizard's answer had to be written somewhere; what stood there before is kept beside it.
  expect(readFileSync(join(dataDir, 'settings.json.faulty'), 'utf8')).toBe('{ "connections": [')
})
