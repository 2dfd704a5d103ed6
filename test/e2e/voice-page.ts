import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { waveOf } from '../sound/wave-of.ts'
import { expect } from './app-fixture.ts'

/** A sound of the tests' own folder. */
export const soundFile = (name: string) => join(import.meta.dirname, '../fixtures/sound', name)
export const mp3 = soundFile('speech.mp3')
export const title = '停电检修通知'
export const words = '您好，本周六上午检修，电话暂停。'
export const row = (page: Page, id: number) => page.locator(`[data-testid=voice-file-row][data-id="${id}"]`)
export const upload = (page: Page, phase: string) => page.locator(`[data-testid=voice-upload][data-phase=${phase}]`)

export async function openVoice(page: Page) {
  await page.getByTestId('nav-voice').click()
  await expect(page.getByTestId('voice-file-row').first()).toBeVisible()
}

export async function choose(page: Page, file: string | { name: string; mimeType: string; buffer: Buffer } = mp3) {
  await page.getByTestId('voice-file-input').setInputFiles(file)
  await expect(page.getByTestId('voice-play')).toBeVisible()
}

/** A sine as a WAVE file of this PC. */
export const sine = (hz: number, sec: number) =>
  Buffer.from(
    waveOf({
      ...{ coding: 'pcm', bits: 16, rate: 44_100 },
      channels: [
        Float32Array.from({ length: 44_100 * sec }, (_one, at) => 0.3 * Math.sin((2 * Math.PI * hz * at) / 44_100)),
      ],
    }),
  )
