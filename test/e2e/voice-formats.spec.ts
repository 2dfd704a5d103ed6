import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { fromMuLaw, muLawCodes } from '../../preload/sound/index.ts'
import type { FakeTelcrm } from '../fakes/telcrm/index.ts'
import { expect, test } from './app-fixture.ts'
import { choose, mp3, openVoice, sine, soundFile, upload, words } from './voice-page.ts'

const named = (name: string, buffer: Buffer) => ({ name, mimeType: '', buffer })
const fixture = (name: string) => readFileSync(soundFile(name))

/** What the PBX was given last: μ-law, 8000 Hz, one channel, or this throws. */
const received = (fake: FakeTelcrm) => {
  const { tones } = fake.state.sounds
  return fromMuLaw(muLawCodes(new Uint8Array(tones.get(Math.max(...tones.keys()))!.sound))!)
}

/** How often a tone goes up through zero, per second; its ends may be soft. */
function hertz(samples: Float32Array): number {
  const inner = samples.subarray(800, samples.length - 800)
  let rises = 0
  for (let at = 1; at < inner.length; at += 1) if (inner[at - 1]! < 0 && inner[at]! >= 0) rises += 1
  return (rises / inner.length) * 8000
}

/** 0.8 s of 600 Hz as this browser's own recorder writes it. */
async function recordedByBrowser(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const context = new AudioContext()
    const tone = new OscillatorNode(context, { frequency: 600 })
    const target = context.createMediaStreamDestination()
    tone.connect(new GainNode(context, { gain: 0.3 })).connect(target)
    const recorder = new MediaRecorder(target.stream, { mimeType: 'audio/webm;codecs=opus' })
    const pieces: Blob[] = []
    recorder.ondataavailable = ({ data }) => pieces.push(data)
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve
    })
    tone.start()
    recorder.start()
    await new Promise((resolve) => setTimeout(resolve, 800))
    recorder.stop()
    await stopped
    await context.close()
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer())
    return btoa(String.fromCharCode(...bytes))
  })
  return Buffer.from(base64, 'base64')
}

const hasAac = (page: Page) =>
  page.evaluate(() => document.createElement('audio').canPlayType('audio/mp4; codecs="mp4a.40.2"') !== '')

const formats: [
  name: string,
  file: (page: Page) => Buffer | Promise<Buffer>,
  seconds: [least: number, most: number],
][] = [
  ['铃声.ogg', () => fixture('tone.ogg'), [0.55, 0.65]],
  ['门铃.flac', () => fixture('tone.flac'), [0.59, 0.61]],
  // AAC begins and ends with a frame of its own.
  ['晨铃.m4a', () => fixture('tone.m4a'), [0.55, 0.7]],
  ['晚铃.webm', recordedByBrowser, [0.4, 2]],
]
test('OGG, FLAC, M4A and WEBM arrive at the PBX as telephone sound', async ({ desk, fake }) => {
  await openVoice(desk)
  for (const [name, file, [least, most]] of formats)
    await test.step(name, async () => {
      const [title = ''] = name.split('.')
      // Chromium as some build it has no AAC; Electron's and Debian's have.
      if (name.endsWith('.m4a') && !(await hasAac(desk))) {
        await desk.getByTestId('voice-file-input').setInputFiles(named(name, await file(desk)))
        await expect(desk.getByTestId('voice-fault')).toContainText('另存为WAV或MP3')
        return
      }
      await choose(desk, named(name, await file(desk)))
      await desk.getByTestId('voice-words').fill(words + title)
      await desk.getByTestId('voice-save').click()
      await expect(upload(desk, 'confirmed').filter({ hasText: title })).toBeVisible()
      const samples = received(fake)
      expect(samples.length / 8000).toBeGreaterThan(least)
      expect(samples.length / 8000).toBeLessThan(most)
      expect(hertz(samples)).toBeGreaterThan(590)
      expect(hertz(samples)).toBeLessThan(610)
      expect(Math.max(...samples)).toBeGreaterThan(0.2)
    })
})

test('what is no whole sound says so, and what to do; the page works on', async ({ desk }) => {
  await openVoice(desk)
  const refused = async (file: ReturnType<typeof named>, sentence: string) => {
    await desk.getByTestId('voice-editor-input').or(desk.getByTestId('voice-file-input')).last().setInputFiles(file)
    await expect(desk.getByTestId('voice-fault')).toContainText(sentence)
    await desk.getByTestId('voice-editor-input').setInputFiles(mp3)
    await expect(desk.getByTestId('voice-fault')).toHaveCount(0)
  }
  const undecodable = '另存为WAV或MP3'
  await refused(named('说明.mp3', Buffer.from('this is no sound at all')), undecodable)
  await refused(named('说明.flac', Buffer.from('您好，本周六上午检修。\n'.repeat(200))), undecodable)
  await refused(named('空.ogg', Buffer.alloc(0)), undecodable)
  // Apple Lossless: no Chromium has it.
  await refused(named('录音.m4a', fixture('apple-lossless.m4a')), undecodable)
  const cut = '不完整'
  await refused(named('半.wav', sine(500, 1).subarray(0, 900)), cut)
  for (const name of ['tone.ogg', 'tone.flac', 'tone.m4a']) {
    const whole = fixture(name)
    await refused(named(name, whole.subarray(0, Math.floor(whole.length * 0.6))), cut)
  }
  await expect(desk.getByTestId('voice-play')).toBeVisible()
})

test.describe('in English', () => {
  test.use({ locale: 'en', settings: { locale: 'en' } })
  test('a file that the browser has no decoder for: what to do', async ({ desk }) => {
    await openVoice(desk)
    await desk.getByTestId('voice-file-input').setInputFiles(named('memo.m4a', fixture('apple-lossless.m4a')))
    await expect(desk.getByTestId('voice-fault')).toContainText('Save it as WAV or MP3')
  })
})

interface Played {
  rate: number
  seconds: number
  peak: number
}

test('the original is heard whole and untouched; as the phone plays it, with all that was done to it', async ({
  desk,
}) => {
  // What really goes to the loudspeaker: the browser's own playing, written down as it happens.
  await desk.evaluate(() => {
    const page = globalThis as unknown as { played: Played[] }
    page.played = []
    const { start } = AudioBufferSourceNode.prototype
    AudioBufferSourceNode.prototype.start = function (when?: number, from = 0, length?: number) {
      const { buffer } = this
      if (buffer) {
        const peak = buffer.getChannelData(0).reduce((most, one) => Math.max(most, Math.abs(one)), 0)
        page.played.push({ rate: buffer.sampleRate, seconds: length ?? buffer.duration - from, peak })
      }
      start.call(this, when, from, length)
    }
  })
  await openVoice(desk)
  await choose(desk, named('铃声.wav', sine(600, 2)))
  await desk.getByTestId('voice-trim-start').press('Shift+ArrowRight')
  await expect(desk.getByTestId('voice-kept')).toContainText('留1.0秒')
  await desk.getByTestId('voice-gain').fill('6')
  await desk.getByRole('radiogroup', { name: '淡入淡出' }).getByText('0.5秒').click()
  const listen = async (how: string) => {
    await desk.getByTestId('voice-editor').getByRole('radiogroup', { name: '试听方式' }).getByText(how).click()
    await desk.getByTestId('voice-play').click()
    await expect(desk.getByTestId('voice-play')).toHaveAccessibleName('停止')
    await desk.getByTestId('voice-play').click()
    return desk.evaluate(() => (globalThis as unknown as { played: Played[] }).played.at(-1)!)
  }
  const original = await listen('听原文件')
  expect(original).toMatchObject({ rate: 44_100, seconds: 2 })
  expect(original.peak).toBeCloseTo(0.3, 2)
  const phone = await listen('按话机听')
  expect(phone).toMatchObject({ rate: 8000, seconds: 1 })
  expect(phone.peak).toBeGreaterThan(0.5)
  expect(phone.peak).toBeLessThan(0.7)
})
