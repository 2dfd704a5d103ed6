import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { axeFindings } from '../axe-findings.ts'
import { startFakeDialback } from '../fakes/dialback/index.ts'
import { logRow } from '../fakes/telcrm/index.ts'
import { halfLoud } from '../recordings/wave-samples.ts'
import { expect, get, popUrl, type RunningApp, settingsFor, startApp, test } from './app-fixture.ts'

const path = 'D:/records/monitor/2026-11-20/13500000002_802.wav'
const player = (page: Page) => page.getByTestId('recording-player')
const play = (page: Page) => page.getByTestId('recording-play')
const audio = (page: Page) => page.locator('[data-testid=recording-player] audio')
const timeOf = (page: Page) => audio(page).evaluate((one: HTMLAudioElement) => one.currentTime)

/** A call that was talked over, opened in the list of calls. */
async function openCall(page: Page, app: RunningApp) {
  for (const state of ['ringing', 'talking', 'hungup'])
    expect(await get(popUrl(app.listener, { id: 'talk@x', caller: '13500000002', callee: '802', state }))).toBe(200)
  await page.getByTestId('nav-calls').click()
  await page.getByTestId('calls-row').first().click()
  await expect(player(page)).toBeVisible()
}
const folderOf = ({ dataDir }: RunningApp) => join(dataDir, 'recordings')

test.describe('recordings', () => {
  test('plays, skips, changes speed and volume, by mouse and by keyboard, with nothing for axe to find; is saved', async ({
    desk,
    fake,
    app,
  }) => {
    const sound = halfLoud(20)
    fake.state.sounds.record('talk@x', path, sound)
    await openCall(desk, app)
    await expect(player(desk)).toHaveAttribute('data-phase', 'absent')
    expect(fake.requests.some(({ target }) => target.includes('FileDown'))).toBe(false)
    const faults = () => axeFindings(desk, { within: '[data-testid=recording-player]' })
    expect(await faults(), 'before it plays').toEqual([])
    await play(desk).click()
    await expect(player(desk)).toHaveAttribute('data-phase', 'ready')
    await expect(player(desk)).toContainText('00:20')
    await expect(desk.getByTestId('recording-wave')).toHaveAttribute('data-drawn', 'true')
    await expect.poll(() => timeOf(desk)).toBeGreaterThan(0.4)
    const wave = desk.getByRole('slider', { name: '播放位置' })
    await desk.getByRole('button', { name: '前进5秒' }).click()
    await expect.poll(() => timeOf(desk)).toBeGreaterThan(5)
    await play(desk).click()
    await expect(play(desk)).toHaveAccessibleName('播放录音')
    const paused = await timeOf(desk)
    await desk.waitForTimeout(300)
    expect(await timeOf(desk)).toBe(paused)
    expect(await faults(), 'once it has played').toEqual([])

    await wave.focus()
    await desk.keyboard.press('Home')
    await expect.poll(() => timeOf(desk)).toBe(0)
    await desk.keyboard.press('ArrowRight')
    await expect.poll(() => timeOf(desk)).toBe(5)
    await expect(wave).toHaveAttribute('aria-valuetext', '00:05，共00:20')
    await desk.keyboard.press('j')
    await expect.poll(() => timeOf(desk)).toBe(0)
    await desk.keyboard.press('PageUp')
    await expect.poll(() => timeOf(desk)).toBe(20)
    await desk.keyboard.press('Home')
    await desk.keyboard.press('k')
    await expect.poll(() => timeOf(desk)).toBeGreaterThan(0)
    await desk.keyboard.press('m')
    await expect.poll(() => audio(desk).evaluate((one: HTMLAudioElement) => one.muted)).toBe(true)
    const box = (await wave.boundingBox())!
    await desk.mouse.click(box.x + box.width / 2, box.y + 20)
    await expect.poll(() => timeOf(desk)).toBeGreaterThan(9.5)

    await desk.getByTestId('recording-speed').click()
    await desk.getByRole('menuitem', { name: '1.5×' }).click()
    expect(await audio(desk).evaluate((one: HTMLAudioElement) => one.playbackRate)).toBe(1.5)
    await desk.getByLabel('音量').fill('0.5')
    expect(await audio(desk).evaluate((one: HTMLAudioElement) => one.volume)).toBe(0.5)

    // Under a name that says when and with whom.
    const coming = desk.waitForEvent('download')
    await desk.getByTestId('recording-save').click()
    const download = await coming
    expect(download.suggestedFilename()).toMatch(/^\d{4}-\d\d-\d\d \d{4} 13500000002\.wav$/)
    expect(readFileSync(await download.path()).equals(sound)).toBe(true)
  })

  test('is fetched once; the next time it is here at once, and only the page with the cookie gets it', async ({
    desk,
    fake,
    app,
  }) => {
    fake.state.sounds.record('talk@x', path, halfLoud(3))
    await openCall(desk, app)
    await play(desk).click()
    await expect(player(desk)).toHaveAttribute('data-phase', 'ready')
    expect(
      readdirSync(folderOf(app))
        .map((name) => name.replace(/^[0-9a-f]{64}/, ''))
        .sort(),
    ).toEqual(['.json', '.sound'])
    await desk.getByRole('button', { name: '关闭' }).click()
    await desk.getByTestId('calls-row').first().click()
    await expect(player(desk)).toHaveAttribute('data-phase', 'ready')
    expect(fake.requests.filter(({ target }) => target.includes('FileDown'))).toHaveLength(1)

    const src = await audio(desk).evaluate((one: HTMLAudioElement) => one.src)
    const part = await desk.evaluate(async (url) => {
      const response = await fetch(url, { headers: { range: 'bytes=0-3' } })
      return [response.status, await response.text(), response.headers.get('content-range')]
    }, src)
    expect(part).toEqual([206, 'RIFF', `bytes 0-3/${halfLoud(3).length}`])
    expect((await fetch(src)).status).toBe(401)
  })

  test('no recording, and a half one, are said in words', async ({ desk, fake, app }) => {
    await openCall(desk, app)
    await play(desk).click()
    await expect(desk.getByTestId('recording-failed')).toHaveText('这通电话没有录音。')
    await expect(play(desk)).toBeDisabled()

    fake.state.sounds.record('talk@x', path, halfLoud(5))
    fake.fault('cut')
    await desk.getByRole('button', { name: '关闭' }).click()
    await desk.getByTestId('calls-row').first().click()
    await play(desk).click()
    await expect(desk.getByTestId('recording-failed')).toContainText('录音传到一半就断了', { timeout: 15_000 })
    expect(existsSync(folderOf(app)) ? readdirSync(folderOf(app)) : []).toEqual([])
    fake.fault(null)
    await desk.getByTestId('recording-failed').getByRole('button', { name: '重试' }).click()
    await expect(player(desk)).toHaveAttribute('data-phase', 'ready')
  })

  test('all of them are deleted from this PC in the settings', async ({ desk, fake, app }) => {
    fake.state.sounds.record('talk@x', path, halfLoud(2))
    await openCall(desk, app)
    await play(desk).click()
    await expect(player(desk)).toHaveAttribute('data-phase', 'ready')
    await desk.getByTestId('nav-settings').click()
    await desk.getByTestId('settings-section-recordings').click()
    await expect(desk.getByTestId('setting-recordingUsage')).toContainText('1个录音')
    await desk.getByTestId('recordings-clear').click()
    await desk.getByTestId('recordings-clear-yes').click()
    await expect(desk.getByTestId('setting-recordingUsage')).toContainText('0个录音')
    expect(readdirSync(folderOf(app))).toEqual([])
  })

  test('the demo has recordings to listen to, found by the log of its PBX', async ({ page }) => {
    const app = await startApp({ demo: true })
    try {
      await page.goto(`${app.url}#/calls`)
      await page.getByTestId('nav-calls').click()
      await page.getByTestId('calls-row').filter({ hasText: '已接' }).first().click({ timeout: 20_000 })
      await play(page).click()
      await expect(player(page)).toHaveAttribute('data-phase', 'ready')
      await expect(page.getByTestId('recording-wave')).toHaveAttribute('data-drawn', 'true')
      await expect.poll(() => timeOf(page)).toBeGreaterThan(0.3)
    } finally {
      await app.stop()
      rmSync(app.dataDir, { recursive: true, force: true })
    }
  })
})

test('a file that the PBX has not written to its end is not played as if it were whole; the next try has it', async ({
  page,
  fake,
}) => {
  const talkSec = 40
  const beginTime = Date.now() - talkSec * 1000
  const callid = 'log-7%40192.168.1.82'
  const call = { caller: '13500000002', callee: '802', beginTime, duration: talkSec, recordVoice: path }
  fake.state.oldLog.push(logRow({ id: 7, callid, state: 'STATE_RECEIVED', ...call }))
  const file = fake.state.sounds.record('log-7@192.168.1.82', path, halfLoud(2))
  const app = await startApp({ settings: settingsFor(fake) })
  try {
    await page.goto(app.url)
    await page.getByTestId('nav-calls').click()
    await page.getByTestId('calls-row').first().click()
    await play(page).click()
    await expect(page.getByTestId('recording-failed')).toContainText('录音还没写完')
    await expect(play(page)).toBeDisabled()
    expect(readdirSync(folderOf(app))).toEqual([])
    file.bytes = halfLoud(talkSec)
    await page.getByTestId('recording-failed').getByRole('button', { name: '重试' }).click()
    await expect(player(page)).toHaveAttribute('data-phase', 'ready')
    await expect(player(page)).toContainText('00:40')
  } finally {
    await app.stop()
    rmSync(app.dataDir, { recursive: true, force: true })
  }
})

test('one that the service has deleted says that it has expired, and cannot be played', async ({ page, fake }) => {
  const customer = 'v9_1'
  const dialback = await startFakeDialback({ customer, appSecret: 'TEST' })
  const wall = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  const answeredAt = Date.now() - 8 * 24 * 3_600_000
  dialback.state.calls.push({
    ...{ id: 1, sessionId: 's-1', direction: '0', callerNum: '+8613900000003', calleeNum: '+8613500000002' },
    ...{ callOutAnswerTime: wall(answeredAt), callEndTime: wall(answeredAt + 40_000), callmin: 1 },
    ...{ recordFlag: '1', recordFileDownloadUrl: `${dialback.baseUrl}/gone.mp3` },
  })
  const connection = {
    id: 'back',
    system: 'dialback',
    baseUrl: dialback.baseUrl,
    userData: customer,
    appSecret: 'TEST',
  }
  const app = await startApp({ settings: settingsFor(fake, { connections: [connection] }) })
  try {
    await page.goto(app.url)
    await page.getByTestId('nav-calls').click()
    await page.getByTestId('calls-filter-all').click()
    await page.getByTestId('calls-row').first().click({ timeout: 20_000 })
    await play(page).click()
    await expect(page.getByTestId('recording-failed')).toHaveText('录音已过期：对方只保存7天，过期后没有其他途径取得。')
    await expect(page.getByTestId('recording-failed').getByRole('button')).toHaveCount(0)
    await expect(play(page)).toBeDisabled()
    await expect(page.getByTestId('recording-save')).toBeDisabled()
    expect(dialback.seen.filter((one) => one.path === '/gone.mp3')).toHaveLength(1)
  } finally {
    await app.stop()
    await dialback.stop()
    rmSync(app.dataDir, { recursive: true, force: true })
  }
})
