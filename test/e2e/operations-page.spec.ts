import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { muLawWav } from '../fakes/telcrm/sound-files.ts'
import { test as base, expect } from './app-fixture.ts'

const canary = 'canary-4711-geheim'
const curl = promisify(execFile)

/** The console page, with a telcrm behind it. */
const test = base.extend<{ open: (operation: string) => Promise<Page> }>({
  open: async ({ app, desk }, use) => {
    await desk.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(app.url).origin })
    await use(async (operation) => {
      await desk.evaluate((hash) => {
        location.hash = hash
      }, `#/console/${operation}`)
      await desk.locator(`[data-operation="${operation}"]`).first().waitFor()
      return desk
    })
  },
})

const box = (page: Page, name: string) => page.getByTestId(`field-${name}`).getByRole('textbox')
const preview = (page: Page) => page.getByTestId('request-preview')
const answer = (page: Page) => page.getByTestId('operation-answer')
const whole = (page: Page) => expect(preview(page)).toHaveAttribute('data-whole', 'true')
const pressSend = (page: Page) => page.keyboard.press('Control+Enter')
/** What the fake was asked by the console, not by the polls. */
const targets = (fake: { requests: { target: string }[] }, word: string) =>
  fake.requests.map(({ target }) => target).filter((target) => target.includes(word))

test.describe('console', () => {
  test('a transfer: found by its name, previewed while typing, asked for, refused, explained', async ({
    desk,
    fake,
  }) => {
    await desk.getByTestId('nav-console').click()
    await desk.getByTestId('operation-search').fill('盲转')
    await expect(desk.getByTestId('operation-row')).toHaveCount(1)
    await desk.keyboard.press('Enter')
    await expect(desk.getByRole('heading', { name: '来电点击转话（盲转）' })).toBeVisible()
    await expect(preview(desk)).toContainText('extnum')
    await expect(preview(desk)).toHaveAttribute('data-whole', 'false')

    await pressSend(desk)
    await expect(box(desk, 'extnum')).toBeFocused()
    await expect(desk.getByTestId('field-extnum').getByRole('alert')).toHaveText('必填。')
    await box(desk, 'extnum').fill('802')
    await box(desk, 'target').fill('9-9')
    await expect(desk.getByTestId('field-target').getByRole('alert')).toContainText('分机号')
    await box(desk, 'target').fill('899')
    await whole(desk)
    const url = await desk.getByTestId('request-url').first().textContent()

    await pressSend(desk)
    const dialog = desk.getByTestId('operation-confirm')
    await expect(dialog).toContainText('会让电话振铃')
    await expect(desk.getByRole('button', { name: '不发送' }).last()).toBeFocused()
    await desk.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    expect(targets(fake, 'CLICK_TO_TRANSFER')).toEqual([])

    await desk.getByTestId('operation-send').click()
    await desk.getByTestId('operation-confirm-send').click()
    await expect(desk.getByTestId('operation-failure')).toContainText('没有找到')
    await expect(desk.getByTestId('failure-vendor')).toContainText('404')
    await expect(desk.getByTestId('operation-failure')).toContainText('目标分机不存在')
    await expect(desk.getByTestId('answer-status')).toContainText('404')
    // The preview was the exact request, and it was sent once.
    const sent = targets(fake, 'CLICK_TO_TRANSFER')
    expect(sent).toHaveLength(1)
    expect(url).toBe(`GET ${fake.baseUrl}${sent[0]}`)
  })

  test('what only reads: an answer, a recording, what arrives, another system, the list', async ({
    open,
    fake,
    app,
    desk,
  }) => {
    test.setTimeout(90_000)
    await test.step('a read: a table, codes explained, the bytes as they came', async () => {
      const call = await fake.ring({ from: '13500000002', to: '805' })
      await fake.answer(call.id)
      const page = await open('telcrm.call-log-query')
      const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
      for (const [name, text] of Object.entries({ first: '0', maxResults: '5', beginDate: today, endDate: today }))
        await box(page, name).fill(text)
      await pressSend(page)
      const rows = answer(page).getByRole('row')
      await expect(rows).toHaveCount(2)
      await expect(rows.nth(1)).toContainText('13500000002')
      await expect(page.getByTestId('record-fields')).toContainText('STATE_RECEIVING')
      await expect(page.getByTestId('meaning').first()).toBeVisible()
      await answer(page).getByText('原文').click()
      await expect(page.getByTestId('raw-text')).toContainText('"state":"STATE_RECEIVING"')
      await answer(page).getByText('字节').click()
      await expect(page.getByTestId('raw-hex')).toContainText('000000  5b 7b 22')
      await answer(page).getByRole('button', { name: '复制' }).click()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('000010')
    })
    await test.step('the curl command does what the page does', async () => {
      const page = await open('telcrm.set-ext-presence-state')
      await box(page, 'extnum').fill('806')
      await page.getByTestId('field-state').getByRole('combobox').click()
      await page.getByRole('option', { name: /busy/ }).click()
      await whole(page)
      await page.getByTestId('copy-curl').click()
      const command = await page.evaluate(() => navigator.clipboard.readText())
      expect(command).toMatch(/^curl -X GET 'http:/)
      expect(fake.state.extensions.get('806')?.presence).toBe('online')
      await curl('/bin/sh', ['-c', `${command} -s`])
      expect(fake.state.extensions.get('806')?.presence).toBe('busy')
    })
    await test.step('a recording comes back whole and is saved under a name that says what it is', async () => {
      const recording = fake.state.sounds.record('abc@192.168.1.82', '/records/abc.wav', muLawWav(3))
      const page = await open('telcrm.file-down-by-callid')
      await box(page, 'callid').fill('abc@192.168.1.82')
      await pressSend(page)
      const download = page.waitForEvent('download')
      await page.getByTestId('file-save').click()
      const file = await download
      expect(file.suggestedFilename()).toMatch(/^file-down-by-callid-\d{8}-\d{6}\.wav$/)
      expect(readFileSync(await file.path()).equals(recording.bytes)).toBe(true)
      await expect(page.getByTestId('answer-tree')).toContainText(String(recording.bytes.length))
      await answer(page).getByText('字节').click()
      await expect(page.getByTestId('raw-hex')).toContainText('RIFF')
    })
    await test.step('what arrives is shown with its address and cannot be sent', async () => {
      const page = await open('telcrm.screen-pop')
      await expect(page.getByTestId('operation-inbound')).toContainText(`:${new URL(app.listener).port}/srvlt`)
      await expect(page.getByTestId('operation-inbound')).toContainText('caller')
      await expect(page.getByTestId('operation-send')).toHaveCount(0)
      await pressSend(page)
      await expect(page.getByTestId('operation-confirm')).toHaveCount(0)
    })
    await test.step('a system without a connection can be looked at; the way to the settings is one click', async () => {
      await desk.getByTestId('nav-console').click()
      await desk.getByTestId('system-cloud-cs').click()
      await expect(desk.getByTestId('operation-row').first()).toBeVisible()
      await expect(desk.getByTestId('operation-send')).toBeDisabled()
      await desk.getByTestId('operation-configure').click()
      await expect(desk.getByTestId('settings-section-connections')).toHaveAttribute('aria-current', 'true')
    })
    await test.step('opened by its address: the list is scrolled to it, wherever it stands', async () => {
      for (const operation of ['telcrm.soap-state4click', 'telcrm.click-to-dial', 'telcrm.soap-list-calllog']) {
        await open(operation)
        const row = desk.locator(`[data-operation="${operation}"]`)
        await expect(row).toHaveAttribute('data-open', 'true')
        await expect(row).toBeInViewport({ ratio: 1 })
      }
      await desk.reload()
      const row = desk.locator('[data-operation="telcrm.soap-list-calllog"]')
      await expect(row).toBeInViewport({ ratio: 1 })
      // The arrows go on from there.
      await desk.getByTestId('operation-search').press('ArrowUp')
      await desk.keyboard.press('Enter')
      await expect(desk).not.toHaveURL(/soap-list-calllog/)
      await expect(desk.locator('[data-testid=operation-row][data-open]')).toBeInViewport({ ratio: 1 })
    })
    await test.step('by keyboard: arrows choose, Enter opens, what was typed is still there afterwards', async () => {
      await desk.getByTestId('nav-console').click()
      await desk.getByTestId('operation-search').fill('click')
      const rows = desk.getByTestId('operation-row')
      const third = await rows.nth(2).getAttribute('data-operation')
      await desk.keyboard.press('ArrowDown')
      await desk.keyboard.press('ArrowDown')
      await desk.keyboard.press('Enter')
      await expect(desk).toHaveURL(new RegExp(`#/console/${third}$`))
      await box(desk, 'caller').fill('802')
      await desk.getByTestId('nav-calls').click()
      await desk.getByTestId('nav-console').click()
      await expect(box(desk, 'caller')).toHaveValue('802')
      await desk.getByTestId('operation-search').fill('没有这个')
      await expect(desk.getByText('没有叫“没有这个”的接口。')).toBeVisible()
      await desk.getByTestId('operation-search').press('Escape')
      await expect(rows.first()).toBeVisible()
    })
  })

  test('a file goes out whole; one that is too large is refused before it is read', async ({ open, fake }, info) => {
    const page = await open('telcrm.tone-file-save')
    await box(page, 'title').fill('节日问候')
    await box(page, 'des').fill('2026')
    const sound = muLawWav(2)
    const choose = page.getByTestId('file-file')
    const big = info.outputPath('big.wav')
    writeFileSync(big, Buffer.alloc(20 * 1024 * 1024 + 1))
    await choose.setInputFiles(big)
    await expect(page.getByTestId('field-file').getByRole('alert')).toContainText('20 MB')
    await choose.setInputFiles({ name: 'gruss.wav', mimeType: 'audio/wav', buffer: sound })
    await whole(page)
    await expect(page.getByTestId('request-body')).toContainText(`gruss.wav (audio/wav, ${sound.length} bytes)`)
    await pressSend(page)
    await page.getByTestId('operation-confirm-send').click()
    await expect(page.getByTestId('answer-status')).toContainText('200')
    const saved = [...fake.state.sounds.tones.values()].find(({ titel }) => titel === '节日问候')
    expect(saved?.sound.equals(sound)).toBe(true)
  })

  test('cancelled while it runs; the history knows, fills the form again, and can be cleared', async ({
    open,
    fake,
  }) => {
    const page = await open('telcrm.call-log-get-with-callid')
    fake.fault('silence', { times: 1, opt: 'CALL_LOG_GET_WITH_CALLID' })
    await box(page, 'callid').fill('never@x')
    await pressSend(page)
    await expect(answer(page)).toHaveAttribute('data-phase', 'running')
    await page.getByTestId('operation-cancel').click()
    await expect(page.getByTestId('operation-failure')).toContainText('已取消')
    expect(targets(fake, 'never')).toHaveLength(1)
    await box(page, 'callid').fill('')
    await page.getByText('试过的', { exact: true }).click()
    const row = page.getByTestId('history-row')
    await expect(row).toHaveCount(1)
    await expect(row).toContainText('已取消')
    await row.click()
    await expect(box(page, 'callid')).toHaveValue('never@x')
    await page.getByTestId('history-clear').click()
    await expect(row).toHaveCount(0)
  })

  test('a secret is masked in the request, and neither kept nor logged', async ({ app, open, fake }) => {
    const page = await open('telcrm.click-to-ip-captcha')
    const values = { callee: '13500000002', precallcount: '0', playtimes: '1', toneid: '12' }
    for (const [name, text] of Object.entries(values))
      if ((await box(page, name).count()) > 0) await box(page, name).fill(text)
    for (const field of await page.locator('[data-testid^="field-"]').filter({ hasText: '*' }).all()) {
      const input = field.getByRole('textbox')
      if ((await input.inputValue()) === '') await input.fill('802')
    }
    const secret = page.getByTestId('field-pwd').locator('input')
    await expect(secret).toHaveAttribute('type', 'password')
    await secret.fill(canary)
    await whole(page)
    await expect(preview(page)).toContainText('pwd=')
    await page.getByTestId('copy-curl').click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain(canary)
    await pressSend(page)
    await page.getByTestId('operation-confirm-send').click()
    await expect(answer(page)).toHaveAttribute('data-phase', 'done')
    await expect.poll(() => targets(fake, canary).length).toBe(1)
    await page.getByText('试过的', { exact: true }).click()
    await page.getByTestId('history-row').click()
    await expect(secret).toHaveValue('')
    expect(await page.content()).not.toContain(canary)
    expect(app.stderr()).not.toContain(canary)
    expect(app.stderr()).not.toContain('13500000002')
  })
})

test.describe('console, several connections', () => {
  test.use({
    settings: {
      connections: [
        { id: 'here', system: 'telcrm', baseUrl: 'http://127.0.0.1:9', extension: '802' },
        { id: 'there', system: 'telcrm', baseUrl: 'http://127.0.0.2:9' },
      ],
    },
  })

  base('the chosen one is where it goes; one that is away says what to do', async ({ app, page }) => {
    await page.goto(`${app.url}#/console/telcrm.extnum-state`)
    await expect(page.getByTestId('request-url')).toContainText('http://127.0.0.1:9/')
    await page.getByTestId('operation-connection').click()
    await page.getByRole('option', { name: /there/ }).click()
    await expect(page.getByTestId('request-url')).toContainText('http://127.0.0.2:9/')
    await page.getByTestId('operation-send').click()
    await expect(page.getByTestId('operation-failure')).toContainText('请检查地址和端口')
    await expect(page.getByTestId('answer-status')).toContainText('没有回答')
  })
})
