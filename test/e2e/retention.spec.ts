import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { expect, settingsFor, startApp, test } from './app-fixture.ts'
import { fillLog } from './call-log-rows.ts'

/** One call every half an hour: some eight days. */
const count = 400

test.use({ settings: { polling: { extensionStateMs: 500, callLogMs: 2000 } } })
test.beforeEach(async ({ fake }) => fillLog(fake, count))

/** The whole log is in the list. */
async function readLog(desk: Page) {
  await desk.getByTestId('nav-calls').click()
  await desk.getByTestId('calls-filter-all').click()
  const totals = desk.getByTestId('calls-totals')
  await expect(totals).toContainText(String(count), { timeout: 15_000 })
  return totals
}

test('fewer days: what goes is counted and confirmed, then it is gone; an open promise stays', async ({
  app,
  desk,
}) => {
  const totals = await readLog(desk)
  // What came while somebody looks stands in the list when it is opened the next time.
  await desk.reload()
  await desk.getByTestId('calls-filter-all').click()
  await expect(totals).toContainText(String(count))
  // Two calls of days ago: a note on one, a note and a promise on the other.
  const drawer = desk.getByTestId('call-drawer')
  await desk.locator('#calls-grid').focus()
  await desk.keyboard.press('End')
  await expect(desk.locator('#calls-grid [aria-selected="true"]')).toHaveAttribute('id', `call-row-${count - 1}`)
  await drawer.getByTestId('note-input').fill('很久以前的记录')
  await expect(drawer.getByTestId('note-state')).toHaveAttribute('data-state', 'saved')
  await drawer.getByRole('button', { name: '上一条' }).click()
  await expect(drawer.getByTestId('note-input')).toHaveValue('')
  await drawer.getByTestId('note-input').fill('还没做完的事')
  await expect(drawer.getByTestId('note-state')).toHaveAttribute('data-state', 'saved')
  await drawer.getByTestId('follow-up-add').click()
  await drawer.getByTestId('follow-up-tomorrow').click()
  await drawer.getByTestId('follow-up-save').click()
  await expect(drawer.getByTestId('follow-up')).toBeVisible()

  await desk.getByTestId('nav-settings').click()
  await desk.getByTestId('settings-section-retention').click()
  const days = desk.getByTestId('setting-retentionDays').getByRole('textbox')
  await expect(days).toHaveValue('0')
  await days.fill('-3')
  await days.press('Enter')
  await expect(desk.getByTestId('setting-retentionDays').getByRole('alert')).toContainText('请填0到36500')
  await days.fill('2')
  await days.press('Enter')
  const confirm = desk.getByTestId('retention-confirm')
  await expect(confirm.getByTestId('retention-calls')).toContainText('304')
  await expect(confirm.getByTestId('retention-notes')).toContainText('1')
  await expect(confirm).toContainText('还有1个没完成的待办')
  await desk.keyboard.press('Escape')
  await expect(confirm).toHaveCount(0)
  await expect(days).toHaveValue('0')
  expect(JSON.parse(readFileSync(app.settingsFile, 'utf8')).history?.retentionDays ?? 0).toBe(0)

  // Before the first look, some seconds after the start, a change waits for it.
  await days.fill('2')
  await days.press('Enter')
  await desk.getByTestId('retention-yes').click()
  await expect(desk.getByTestId('retention-status')).toContainText('上次删除了', { timeout: 15_000 })
  expect(JSON.parse(readFileSync(app.settingsFile, 'utf8')).history.retentionDays).toBe(2)

  await desk.getByTestId('nav-calls').click()
  await desk.getByTestId('calls-filter-all').click()
  await expect(totals).toContainText('96')
  await desk.getByTestId('calls-search').fill('很久以前')
  await expect(desk.getByText('没有符合“很久以前”的通话')).toBeVisible()
  await desk.getByTestId('nav-follow-ups').click()
  await expect(desk.getByTestId('follow-up-row')).toHaveCount(1)
})

test('days that IT has set are kept to, shown, and cannot be changed', async ({ fake, page }) => {
  const app = await startApp({ settings: settingsFor(fake, { polling: { extensionStateMs: 500, callLogMs: 2000 } }) })
  writeFileSync(
    join(app.dataDir, 'no-policy.json'),
    JSON.stringify({ values: { history: { retentionDays: 2 } }, locked: ['history.retentionDays'] }),
  )
  await app.stop()
  const locked = await startApp({ dataDir: app.dataDir })
  await page.goto(locked.url)
  await page.getByTestId('board-tile-802').waitFor()
  await page.getByTestId('nav-calls').click()
  await page.getByTestId('calls-filter-all').click()
  await expect(page.getByTestId('calls-totals')).toContainText('96', { timeout: 20_000 })
  await page.getByTestId('nav-settings').click()
  await page.getByTestId('settings-section-retention').click()
  const setting = page.getByTestId('setting-retentionDays')
  await expect(setting).toContainText('由网管设定')
  await expect(setting.getByRole('textbox')).toHaveValue('2')
  await expect(setting.getByRole('textbox')).not.toBeEditable()
  // A page that asks all the same is refused.
  const answer = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/rpc`)
        const body = { json: { patch: { history: { retentionDays: 0 } } } }
        socket.onopen = () => socket.send(JSON.stringify({ i: '1', p: { u: '/settings/update', b: body } }))
        socket.onmessage = async ({ data }) =>
          resolve(typeof data === 'string' ? data : await new Response(data).text())
      }),
  )
  expect(answer).toContain('forbidden')
  expect(answer).toContain('history.retentionDays')
  await locked.stop()
})

test('what a disk does not let go is said, with when it is tried again; other days try at once', async ({
  app,
  desk,
}) => {
  await readLog(desk)
  await desk.getByTestId('nav-settings').click()
  await desk.getByTestId('settings-section-retention').click()
  const days = desk.getByTestId('setting-retentionDays').getByRole('textbox')
  const keep = async (number: string) => {
    await days.fill(number)
    await days.press('Enter')
    await desk.getByTestId('retention-yes').click()
  }
  const holder = new Database(join(app.dataDir, 'frontbell.sqlite'))
  try {
    holder.exec('BEGIN IMMEDIATE')
    await keep('3')
    const failed = desk.getByTestId('retention-failed')
    await expect(failed).toContainText('没有删完', { timeout: 20_000 })
    await expect(failed).toContainText(/\d\d:\d\d再试/)
    holder.exec('ROLLBACK')
    await keep('2')
    await expect(desk.getByTestId('retention-status')).toContainText('上次删除了', { timeout: 15_000 })
    await expect(failed).toHaveCount(0)
  } finally {
    holder.close()
  }
})
