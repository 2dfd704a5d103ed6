import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { fromMuLaw, levelOf, muLawCodes, readWave } from '../../preload/sound/index.ts'
import { startCuttingProxy } from '../faults/cutting-proxy.ts'
import { waveOf } from '../sound/wave-of.ts'
import { cliFile, expect, settingsFor, startApp, test } from './app-fixture.ts'

const mp3 = join(import.meta.dirname, '../fixtures/sound/speech.mp3')
const title = '停电检修通知'
const words = '您好，本周六上午检修，电话暂停。'
const row = (page: Page, id: number) => page.locator(`[data-testid=voice-file-row][data-id="${id}"]`)
const upload = (page: Page, phase: string) => page.locator(`[data-testid=voice-upload][data-phase=${phase}]`)

async function openVoice(page: Page) {
  await page.getByTestId('nav-voice').click()
  await expect(page.getByTestId('voice-file-row').first()).toBeVisible()
}

async function choose(page: Page, file: string | { name: string; mimeType: string; buffer: Buffer } = mp3) {
  await page.getByTestId('voice-file-input').setInputFiles(file)
  await expect(page.getByTestId('voice-play')).toBeVisible()
}

async function add(page: Page) {
  await choose(page)
  await page.getByTestId('voice-title').fill(title)
  await page.getByTestId('voice-words').fill(words)
  await page.getByTestId('voice-save').click()
  await expect(upload(page, 'confirmed')).toContainText('编号14')
}

/** A sine as a WAVE file of this PC. */
const sine = (hz: number, sec: number) =>
  Buffer.from(
    waveOf({
      ...{ coding: 'pcm', bits: 16, rate: 44_100 },
      channels: [
        Float32Array.from({ length: 44_100 * sec }, (_one, at) => 0.3 * Math.sin((2 * Math.PI * hz * at) / 44_100)),
      ],
    }),
  )

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

  test('what is no sound says so; the page works on', async ({ desk }) => {
    await openVoice(desk)
    const text = { name: '说明.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('this is no sound at all') }
    await desk.getByTestId('voice-file-input').setInputFiles(text)
    await expect(desk.getByTestId('voice-fault')).toContainText('WAV或MP3')
    await desk
      .getByTestId('voice-editor-input')
      .setInputFiles({ name: 'a.wav', mimeType: 'audio/wav', buffer: sine(500, 1).subarray(0, 900) })
    await expect(desk.getByTestId('voice-fault')).toContainText('不完整')
    await desk.getByTestId('voice-editor-input').setInputFiles(mp3)
    await expect(desk.getByTestId('voice-play')).toBeVisible()
    await expect(desk.getByTestId('voice-fault')).toHaveCount(0)
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
  await expect(desk.getByTestId('voice-mic-fault')).toBeVisible()
})

test('a system that records by telephone is offered, rings, and keeps', async ({ fake, page }) => {
  const asked: URL[] = []
  const cti = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://cti')
    asked.push(url)
    const isBad = url.searchParams.get('path') === '/bad.wav'
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(isBad ? { result: '500' } : { result: 'success', msg: 'ok' }))
  })
  await new Promise<void>((resolve) => cti.listen(0, '127.0.0.1', resolve))
  const { port } = cti.address() as AddressInfo
  const settings = settingsFor(fake) as { connections: object[] }
  settings.connections.push({
    id: 'realtime',
    system: 'cti-realtime',
    baseUrl: `http://127.0.0.1:${port}`,
    enterpriseId: '3000001',
    token: null,
  })
  const app = await startApp({ settings })
  await page.goto(app.url)
  await openVoice(page)
  await page.getByTestId('voice-file-by-phone').click()
  await page.getByTestId('voice-phone-number').fill('135 0000 0002')
  await page.getByTestId('voice-phone-ring').click()
  await expect.poll(() => asked.map(({ pathname }) => pathname)).toContain('/interface/selfRecord/SelfRecord')
  expect(Object.fromEntries(asked[0]!.searchParams)).toMatchObject({ enterpriseId: '3000001', tel: '13500000002' })
  await page.getByTestId('voice-phone-path').fill('/bad.wav')
  await page.getByTestId('voice-phone-keep').click()
  await expect(page.getByTestId('voice-phone-dialog').getByRole('alert')).toBeVisible()
  await page.getByTestId('voice-phone-path').fill('/voice/1.wav')
  await page.getByTestId('voice-phone-keep').click()
  await expect(page.getByTestId('voice-phone-dialog')).toHaveCount(0)
  expect(asked.at(-1)!.searchParams.get('path')).toBe('/voice/1.wav')
  await app.stop()
  cti.close()
  rmSync(app.dataDir, { recursive: true, force: true })
})

test('the command line lists, adds, replaces and removes', async ({ app, fake }, info) => {
  const run = async (...args: string[]) => {
    const words = [cliFile, 'voice-files', ...args, '--data-dir', app.dataDir]
    const env = { ...process.env, FRONTBELL_POLICY: join(app.dataDir, 'no-policy.json') }
    const { stdout, stderr, code } = await promisify(execFile)(process.execPath, words, { env }).then(
      (done) => ({ ...done, code: 0 }),
      (failed: { stdout: string; stderr: string; code: number }) => failed,
    )
    return { code, stderr, data: stdout === '' ? null : JSON.parse(stdout) }
  }
  const wav = info.outputPath('a.wav')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(wav, sine(700, 2))
  expect((await run('list')).data).toHaveLength(5)
  const added = await run('add', wav, '--title', title, '--des', words)
  expect(added).toMatchObject({ code: 0, data: { id: 14, title } })
  const sound = readWave(new Uint8Array(fake.state.sounds.tones.get(14)!.sound))
  expect([sound.rate, sound.samples.length]).toEqual([8000, 16_000])
  expect((await run('add', wav, '--title', title, '--des', words)).code).toBe(1)
  expect(fake.state.sounds.tones.size).toBe(6)
  writeFileSync(wav, sine(700, 1))
  const before = fake.state.sounds.tones.get(14)!.sound
  for (const refused of [await run('replace', '14', wav), await run('remove', '14')])
    expect(refused).toMatchObject({ code: 2, data: null, stderr: expect.stringContaining('keeps no copy') })
  expect(fake.state.sounds.tones.get(14)!.sound).toBe(before)
  expect(await run('replace', '14', wav, '--yes')).toMatchObject({ code: 0, data: { id: 14, title } })
  expect(fake.state.sounds.tones.get(14)!.sound.length).toBeLessThan(9000)
  const refused = await run('add', mp3, '--title', 'x', '--des', 'y')
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('save it as WAV')])
  expect((await run('replace', '99', wav, '--yes')).code).toBe(1)
  expect(await run('remove', '14', '--yes')).toMatchObject({ code: 0, data: { id: 14, removed: true } })
  expect(fake.state.sounds.tones.has(14)).toBe(false)
  expect((await run('remove', 'abc')).code).toBe(2)
  expect((await run('add', wav)).code).toBe(2)
  expect(readFileSync(mp3).length).toBeLessThan(20_000)
})
