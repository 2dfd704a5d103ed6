import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { expect, get, popUrl, type RunningApp, settingsFor, startApp, test } from './app-fixture.ts'

const id = 'n1@192.168.1.82'
const report = (app: RunningApp, state: string, more: object = {}) =>
  get(popUrl(app.listener, { id, caller: '13500000002', callee: '802', state, ...more }))
const cardOf = (page: Page, callId = id) => page.locator(`[data-testid=pop-card][data-call-id="${callId}"]`)

/** The call is answered and its note is open. */
async function talk(app: RunningApp, desk: Page) {
  await report(app, 'ringing')
  await report(app, 'talking')
  const card = cardOf(desk)
  await expect(card).toHaveAttribute('data-state', 'talking')
  await card.getByTestId('call-note').click()
  return card
}

/** Stands in the way of the desktop's helper and writes down what was to be shown. */
function noteTaker() {
  const bin = mkdtempSync(join(tmpdir(), 'frontbell-bin-'))
  const file = join(bin, 'told.txt')
  writeFileSync(join(bin, 'notify-send'), `#!/bin/sh\necho "$*" >> ${file}\n`)
  chmodSync(join(bin, 'notify-send'), 0o755)
  return {
    env: { PATH: `${bin}:${process.env.PATH}` },
    told: () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
    end: () => rmSync(bin, { recursive: true, force: true }),
  }
}

test.use({ settings: { dispositions: { tags: ['报价', '投诉'] }, pop: { hideAfterSec: 2 } } })

test('a note is typed during the call, saves itself, and is on the call in the history', async ({ app, desk }) => {
  await report(app, 'ringing')
  await report(app, 'talking')
  const card = cardOf(desk)
  await expect(card.getByTestId('note-input')).toBeVisible()
  await desk.keyboard.press('n')
  await expect(card.getByTestId('note-input')).toBeFocused()
  await desk.keyboard.type('要11月对账单')
  await expect(card.getByTestId('note-state')).toHaveAttribute('data-state', 'saved')
  await card.getByRole('button', { name: '报价' }).click()
  await expect(card.getByRole('button', { name: '报价' })).toHaveAttribute('aria-pressed', 'true')
  await card.getByTestId('note-tag-add').click()
  await card.getByTestId('note-tag-input').fill('大客户')
  await desk.keyboard.press('Enter')
  await expect(card.getByRole('button', { name: '大客户' })).toHaveAttribute('aria-pressed', 'true')
  await report(app, 'hungup')
  await desk.goto(`${app.url.split('?')[0]}#/calls`)
  await desk.getByTestId('calls-row').first().click()
  const drawer = desk.getByTestId('call-drawer')
  await expect(drawer.getByTestId('note-input')).toHaveValue('要11月对账单')
  await expect(drawer.getByRole('button', { name: '大客户' })).toHaveAttribute('aria-pressed', 'true')
  await drawer.getByTestId('note-input').fill('要11月对账单，周三前寄到')
  await expect(drawer.getByTestId('note-state')).toHaveAttribute('data-state', 'saved')
})

test('what says it is saved survives kill -9', async ({ fake, page }) => {
  const app = await startApp({ settings: settingsFor(fake) })
  await page.goto(app.url)
  await page.getByTestId('board-tile-802').waitFor()
  const card = await talk(app, page)
  await card.getByTestId('note-input').fill('断电也在')
  await expect(card.getByTestId('note-state')).toHaveAttribute('data-state', 'saved')
  await app.stop('SIGKILL')
  const again = await startApp({ dataDir: app.dataDir })
  await page.goto(again.url)
  await page.goto(`${again.url.split('?')[0]}#/calls`)
  await page.getByTestId('calls-row').first().click()
  await expect(page.getByTestId('call-drawer').getByTestId('note-input')).toHaveValue('断电也在')
  await again.stop()
})

test('what is typed while the core is away says so, survives a reload, and is saved when it is back', async ({
  app,
  desk,
}) => {
  const card = await talk(app, desk)
  app.process.kill('SIGSTOP')
  await card.getByTestId('note-input').fill('刚好断开时写的')
  await expect(card.getByTestId('note-state')).not.toHaveAttribute('data-state', 'saved')
  const kept = await desk.evaluate(() => JSON.stringify({ ...localStorage }))
  expect(kept).toContain('刚好断开时写的')
  const reloaded = desk.reload()
  app.process.kill('SIGCONT')
  await reloaded
  await expect(card.getByTestId('note-input')).toHaveValue('刚好断开时写的')
  await expect(card.getByTestId('note-state')).toHaveAttribute('data-state', 'saved')
  expect(await desk.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('note-draft')))).toEqual([])
})

test('an ended card stays while somebody writes on it', async ({ app, desk }) => {
  const card = await talk(app, desk)
  await report(app, 'hungup')
  await expect(card).toHaveAttribute('data-state', 'hungup')
  await card.getByTestId('note-input').fill('补一句')
  // It is put away after two seconds by the settings.
  await desk.waitForTimeout(3500)
  await expect(card.getByTestId('note-input')).toHaveValue('补一句')
  await desk.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
})

test("a reminder: set on the card, at the desk's foot, in the list; put off, done, undone, and on to its call", async ({
  app,
  desk,
}) => {
  const card = await talk(app, desk)
  await card.getByTestId('follow-up-add').click()
  await card.getByTestId('follow-up-promise').fill('报会议终端交期')
  await card.getByTestId('follow-up-save').click()
  await expect(card.getByTestId('follow-up-form')).toContainText('还没有选时间')
  await card.getByTestId('follow-up-hour').click()
  await card.getByTestId('follow-up-save').click()
  await expect(card.getByTestId('follow-up')).toContainText('报会议终端交期')
  await expect(desk.getByTestId('promised-row')).toContainText('报会议终端交期')
  await desk.getByTestId('nav-follow-ups').click()
  const row = desk.getByTestId('follow-up-row')
  await expect(row).toContainText('135 0000 0002')
  await row.getByTestId('follow-up-snooze').click()
  await desk.getByRole('menuitem', { name: '明天9:00' }).click()
  await expect(row).toHaveAttribute('data-due', 'later')
  await row.getByTestId('follow-up-finish').click()
  await expect(row).toHaveCount(0)
  await expect(desk.getByText('没有要回的电话。')).toBeVisible()
  await desk.getByTestId('toast-done').getByRole('button', { name: '撤销' }).click()
  await expect(row).toHaveCount(1)
  await row.getByTestId('follow-up-finish').click()
  await desk.getByTestId('follow-ups-done').click()
  await expect(desk.getByTestId('follow-up-done-row')).toContainText('报会议终端交期')
  await desk.getByTestId('follow-up-done-row').getByRole('button').click()
  await row.getByRole('link').click()
  await expect(desk.getByTestId('call-drawer').getByTestId('follow-up')).toContainText('报会议终端交期')
})

test('a reminder that became due while the program was closed is announced at the next start, once', async ({
  fake,
  page,
}) => {
  const helper = noteTaker()
  const { env, told } = helper
  const reminders = () => (told().match(/该联系了/g) ?? []).length

  const app = await startApp({ settings: settingsFor(fake), env })
  await page.goto(app.url)
  await page.getByTestId('board-tile-802').waitFor()
  const card = await talk(app, page)
  await card.getByTestId('follow-up-add').click()
  await card.getByTestId('follow-up-promise').fill('报交期')
  await card.getByTestId('follow-up-hour').click()
  await card.getByTestId('follow-up-save').click()
  await expect(card.getByTestId('follow-up')).toBeVisible()
  await app.stop()
  expect(reminders()).toBe(0)
  // An hour goes by.
  const db = new Database(join(app.dataDir, 'frontbell.sqlite'))
  db.exec('UPDATE follow_ups SET due_at = due_at - 3700000')
  db.close()

  const again = await startApp({ dataDir: app.dataDir, env })
  await expect.poll(reminders).toBe(1)
  expect(told()).toContain('报交期')
  await page.goto(again.url)
  await expect(page.getByTestId('due-badge')).toContainText('1')
  await expect(page.getByTestId('promised-row')).toHaveAttribute('data-late', 'true')
  await again.stop()
  const third = await startApp({ dataDir: app.dataDir, env })
  await page.goto(third.url)
  await expect(page.getByTestId('due-badge')).toBeVisible()
  await page.waitForTimeout(2500)
  expect(reminders()).toBe(1)
  await third.stop()
  helper.end()
})

test('more reminders than the list has room for: all are announced, the rest is shown when asked for', async ({
  fake,
  page,
}) => {
  const helper = noteTaker()
  const { env, told } = helper
  const app = await startApp({ settings: settingsFor(fake) })
  await app.stop()
  const db = new Database(join(app.dataDir, 'frontbell.sqlite'))
  const promise = db.prepare(
    "INSERT INTO follow_ups (connection, call_id, number, canonical, call_started_at, promise, due_at, created_at) VALUES ('pbx', ?, '013500000002', '13500000002', 1, '报交期', ?, 1)",
  )
  const hourAgo = Date.now() - 3_600_000
  db.transaction(() => {
    for (let n = 0; n < 203; n++) promise.run(`many${n}`, hourAgo + n)
  })()
  db.close()

  const again = await startApp({ dataDir: app.dataDir, env })
  await expect.poll(told).toContain('203件待办已到时间')
  await page.goto(`${again.url}#/follow-ups`)
  const rows = page.getByTestId('follow-up-row')
  await expect(rows).toHaveCount(200)
  await expect(page.locator('[data-due=overdue].num, [data-due=overdue] .num').first()).toHaveText('200+')
  await expect(page.getByText('还有3件更晚的')).toBeVisible()
  await page.getByTestId('follow-ups-more').click()
  await expect(rows).toHaveCount(203)
  await expect(rows.last()).toHaveAttribute('data-call-id', 'many202')
  await expect(page.getByTestId('follow-ups-more')).toHaveCount(0)
  // One is done: the one behind it moves up, and none is shown twice or lost.
  await rows.first().getByTestId('follow-up-finish').click()
  await expect(rows).toHaveCount(202)
  await expect(rows.last()).toHaveAttribute('data-call-id', 'many202')
  expect(told().match(/已到时间/g)).toHaveLength(1)
  await again.stop()
  helper.end()
})

test('a message for a colleague: copied, or mailed with the address that is then remembered', async ({
  app,
  desk,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const card = await talk(app, desk)
  await card.getByTestId('message-open').click()
  const dialog = desk.getByTestId('message-dialog')
  await expect(dialog.getByTestId('message-text')).toHaveValue(/来电找您，请回电/)
  await dialog.getByTestId('message-copy').click()
  await expect(desk.getByTestId('toast-done')).toContainText('已复制')
  expect(await desk.evaluate(() => navigator.clipboard.readText())).toMatch(/135 0000 0002/)
  await card.getByTestId('message-open').click()
  await dialog.getByTestId('message-to').click()
  await desk.getByRole('option', { name: /^806/ }).click()
  await expect(dialog.getByTestId('message-mail')).toBeDisabled()
  await dialog.getByTestId('message-address').fill('zhao@example')
  await expect(dialog).toContainText('邮箱地址不对')
  await dialog.getByTestId('message-address').fill('zhao@example.com')
  await dialog.getByTestId('message-mail').click()
  await expect(dialog).toHaveCount(0)
  const saved = JSON.parse(readFileSync(join(app.dataDir, 'settings.json'), 'utf8'))
  expect(saved.dispositions.mail).toEqual([{ extension: '806', address: 'zhao@example.com' }])
})
