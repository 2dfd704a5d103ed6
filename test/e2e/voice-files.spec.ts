import { rmSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { fromMuLaw, levelOf, muLawCodes } from '../../preload/sound/index.ts'
import { startCuttingProxy } from '../faults/cutting-proxy.ts'
import { waveOf } from '../sound/wave-of.ts'
import { expect, settingsFor, startApp, test } from './app-fixture.ts'
import { choose, mp3, openVoice, row, sine, title, upload, words } from './voice-page.ts'

async function add(page: Page) {
  await choose(page)
  await page.getByTestId('voice-title').fill(title)
  await page.getByTestId('voice-words').fill(words)
  await page.getByTestId('voice-save').click()
  await expect(upload(page, 'confirmed')).toContainText('编号14')
}

test.describe('voice files', () => {
  test('from an MP3 to the bytes that the PBX received', async ({ desk, fake }) => {
    await openVoice(desk)
    await expect(desk.getByTestId('voice-file-row')).toHaveCount(5)
    await choose(desk)
    await expect(desk.getByTestId('voice-level')).toHaveAttribute('data-level', 'quiet')
    await desk.getByTestId('voice-auto').click()
    await expect(desk.getByTestId('voice-level')).toHaveAttribute('data-level', 'good')
    await desk.getByTestId('voice-cut-silence').click()
    await expect(desk.getByTestId('voice-kept')).not.toContainText('留2.3秒')
    // From the middle of a word to the middle of a word: what is silent at the ends then is the fade.
    for (const [which, key] of Object.entries({ start: 'ArrowRight', end: 'ArrowLeft' }))
      for (let step = 0; step < 2; step += 1) await desk.getByTestId(`voice-trim-${which}`).press(key)
    const hear = desk.getByTestId('voice-play')
    await hear.click()
    await expect(hear).toHaveAccessibleName('停止')
    // What is changed is not heard on as it was.
    await desk.getByRole('radiogroup', { name: '淡入淡出' }).getByText('0.1秒').click()
    await expect(hear).toHaveAccessibleName('试听')
    await hear.click()
    await expect(hear).toHaveAccessibleName('停止')
    await expect(hear).toHaveAccessibleName('试听')
    await desk.getByTestId('voice-title').fill(title)
    await desk.getByTestId('voice-words').fill(words)
    await desk.getByTestId('voice-save').click()
    await expect(upload(desk, 'confirmed')).toContainText('编号14')
    const saved = fake.state.sounds.tones.get(14)!
    expect([saved.titel, saved.des]).toEqual([title, words])
    const codes = muLawCodes(new Uint8Array(saved.sound))!
    const samples = fromMuLaw(codes)
    // The silence at both ends is gone, the ends are faded, the rest is as loud as the meter said.
    expect(samples.length / 8000).toBeGreaterThan(0.9)
    expect(samples.length / 8000).toBeLessThan(1.4)
    const loudest = (part: Float32Array) => Math.max(...part.map(Math.abs))
    for (const end of [samples.subarray(0, 40), samples.subarray(-40)]) expect(loudest(end)).toBeLessThan(0.005)
    const { lufs, clips } = levelOf(samples)
    expect(lufs!).toBeGreaterThan(-22)
    expect(lufs!).toBeLessThan(-14)
    expect(clips).toBe(0)
    await expect(row(desk, 14)).toHaveAttribute('data-copy', 'here')
    await expect(row(desk, 14)).toContainText('合适')
    // What it says about itself is what is heard: the row plays, and stops.
    await row(desk, 14)
      .getByRole('button', { name: `播放${title}` })
      .click()
    await row(desk, 14)
      .getByRole('button', { name: `停止播放${title}` })
      .click()
  })

  test('a WAVE file of telephone sound arrives byte for byte as it is', async ({ desk, fake }) => {
    const codes = Uint8Array.from({ length: 8000 }, (_one, at) => 0x80 + ((at * 7) % 100))
    const file = Buffer.from(waveOf({ coding: 'mu-law', bits: 8, rate: 8000, channels: [fromMuLaw(codes)] }))
    await openVoice(desk)
    await choose(desk, { name: '导航.wav', mimeType: 'audio/wav', buffer: file })
    await desk.getByTestId('voice-words').fill(words)
    await desk.getByTestId('voice-save').click()
    await expect(upload(desk, 'confirmed')).toBeVisible()
    const saved = fake.state.sounds.tones.get(14)!
    expect(saved.titel).toBe('导航')
    expect(muLawCodes(new Uint8Array(saved.sound))).toEqual(muLawCodes(new Uint8Array(file)))
  })

  test('replace, put back, delete by name, put back under a new number', async ({ desk, fake }) => {
    await openVoice(desk)
    await add(desk)
    const first = fake.state.sounds.tones.get(14)!.sound
    await row(desk, 14).locator('[data-title]').click()
    await desk
      .getByTestId('voice-editor-input')
      .setInputFiles({ name: '新.wav', mimeType: 'audio/wav', buffer: sine(500, 1) })
    await expect(desk.getByTestId('voice-save')).toHaveText('替换14号')
    await desk.getByTestId('voice-save').click()
    await expect(desk.getByTestId('voice-backup')).toHaveAttribute('data-reason', 'replaced')
    expect(fake.state.sounds.tones.get(14)!.sound.equals(first)).toBe(false)
    await desk.getByTestId('voice-restore').click()
    await expect.poll(() => fake.state.sounds.tones.get(14)!.sound.equals(first)).toBe(true)
    await expect(desk.getByTestId('voice-backup')).toHaveCount(2)

    await row(desk, 14).locator('[data-title]').click()
    await desk.getByTestId('voice-remove').click()
    await expect(desk.getByTestId('voice-remove-dialog')).toContainText('30天')
    await desk.getByRole('button', { name: `删除“${title}”` }).click()
    await expect(row(desk, 14)).toHaveCount(0)
    expect(fake.state.sounds.tones.has(14)).toBe(false)
    await desk.locator('[data-testid=voice-backup][data-reason=deleted]').getByTestId('voice-restore').click()
    await expect.poll(() => [...fake.state.sounds.tones.values()].filter(({ titel }) => titel === title).length).toBe(1)
  })

  test('other words alone keep the sound; a sound nobody has here is only replaced when it is said twice', async ({
    desk,
    fake,
  }) => {
    await openVoice(desk)
    await expect(row(desk, 2)).toHaveAttribute('data-copy', 'none')
    const before = fake.state.sounds.tones.get(2)!.sound
    await row(desk, 2).locator('[data-title]').click()
    await expect(desk.getByTestId('voice-save')).toBeDisabled()
    await desk.getByTestId('voice-title').fill('下班提醒')
    await desk.getByTestId('voice-save').click()
    await expect(upload(desk, 'confirmed')).toBeVisible()
    expect(fake.state.sounds.tones.get(2)).toMatchObject({ titel: '下班提醒', sound: before })

    await row(desk, 2).locator('[data-title]').click()
    await desk.getByTestId('voice-editor-input').setInputFiles(mp3)
    await expect(desk.getByTestId('voice-editor')).toContainText('替换后不能恢复')
    await desk.getByTestId('voice-save').click()
    expect(fake.state.sounds.tones.get(2)!.sound).toBe(before)
    await desk.getByRole('button', { name: '仍要替换“下班提醒”' }).click()
    await expect.poll(() => fake.state.sounds.tones.get(2)!.sound === before).toBe(false)
  })

  test('0 from the PBX is explained, kept, and can be tried again; a lost answer never doubles', async ({
    desk,
    fake,
  }) => {
    await openVoice(desk)
    fake.setResultStyle('body')
    fake.refuse(0, { opt: 'save' })
    await choose(desk)
    await desk.getByTestId('voice-title').fill(title)
    await desk.getByTestId('voice-words').fill(words)
    await desk.getByTestId('voice-save').click()
    await expect(upload(desk, 'failed')).toContainText('话机系统没有保存')
    // The work is done, the answer is lost.
    fake.fault('reset', { times: 1, opt: 'save' })
    await desk.getByTestId('voice-upload-retry').click()
    await expect(upload(desk, 'confirmed')).toBeVisible({ timeout: 20_000 })
    expect([...fake.state.sounds.tones.values()].filter(({ titel }) => titel === title)).toHaveLength(1)
  })

  test('by keyboard: to a row, its handles, and out again', async ({ desk }) => {
    await openVoice(desk)
    await row(desk, 1).locator('[data-title]').focus()
    await desk.keyboard.press('ArrowDown')
    await expect(row(desk, 2).locator('[data-title]')).toBeFocused()
    await desk.keyboard.press('Enter')
    await expect(desk.getByTestId('voice-editor')).toContainText('没有它现在的声音')
    await desk.getByTestId('voice-editor-input').setInputFiles(mp3)
    const start = desk.getByTestId('voice-trim-start')
    await start.focus()
    await desk.keyboard.press('Shift+ArrowRight')
    await expect(start).toHaveAttribute('aria-valuenow', '1')
    await desk.keyboard.press('Escape')
    await expect(desk.getByTestId('voice-editor')).toHaveCount(0)
  })

  test('the program is killed while it uploads: afterwards the voice file is there once', async ({ fake, page }) => {
    test.setTimeout(90_000)
    const line = await startCuttingProxy(fake)
    const settings = settingsFor({ baseUrl: line.baseUrl })
    const first = await startApp({ settings })
    await page.goto(first.url)
    await openVoice(page)
    await choose(page)
    await page.getByTestId('voice-title').fill(title)
    await page.getByTestId('voice-words').fill(words)
    // The PBX has it; its answer never comes, and the program dies.
    fake.fault('silence', { times: 1, opt: 'save' })
    await page.getByTestId('voice-save').click()
    await expect.poll(() => [...fake.state.sounds.tones.values()].some(({ titel }) => titel === title)).toBe(true)
    await first.stop('SIGKILL')

    const second = await startApp({ settings, dataDir: first.dataDir })
    await page.goto(second.url)
    await openVoice(page)
    await expect(row(page, 14)).toHaveAttribute('data-copy', 'here', { timeout: 20_000 })
    expect([...fake.state.sounds.tones.values()].filter(({ titel }) => titel === title)).toHaveLength(1)
    expect(line.posts()).toBe(1)
    await second.stop()
    await line.stop()
    rmSync(second.dataDir, { recursive: true, force: true })
  })
})

test('without a microphone it says what to do', async ({ desk }) => {
  await openVoice(desk)
  await desk.getByTestId('voice-file-record').click()
  await expect(desk.getByTestId('voice-mic-fault')).toContainText('请插上')
})
