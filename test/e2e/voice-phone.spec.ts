import { rmSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { startFakeCtiRealtime } from '../fakes/cti-realtime/index.ts'
import { expect, settingsFor, startApp, test } from './app-fixture.ts'
import { openVoice } from './voice-page.ts'

const realtime = (baseUrl: string) => ({
  ...{ id: 'realtime', system: 'cti-realtime', baseUrl, enterpriseId: '3000001', token: null },
})
const byPhone = (page: Page) => page.getByTestId('voice-file-by-phone')

test('recording by telephone: rings, says what is refused, and keeps what was spoken', async ({ fake, page }) => {
  const cti = await startFakeCtiRealtime()
  const settings = settingsFor(fake) as { connections: object[] }
  settings.connections.push(realtime(cti.baseUrl))
  const app = await startApp({ settings })
  await page.goto(app.url)
  await openVoice(page)
  await byPhone(page).click()
  const dialog = page.getByTestId('voice-phone-dialog')
  // What is no number is refused here and rings nobody.
  await page.getByTestId('voice-phone-number').fill('电话')
  await page.getByTestId('voice-phone-ring').click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  expect(cti.state.recordingCalls).toEqual([])
  await page.getByTestId('voice-phone-number').fill('135 0000 0002')
  await page.getByTestId('voice-phone-ring').click()
  await expect.poll(() => cti.state.recordingCalls).toEqual(['13500000002'])
  await expect(dialog.getByRole('alert')).toHaveCount(0)

  await page.getByTestId('voice-phone-path').fill('/voices/3000001/1.wav')
  const known = [...cti.state.enterprises]
  cti.state.enterprises.clear()
  await page.getByTestId('voice-phone-keep').click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  expect(cti.state.prompts).toEqual([])
  for (const [id, enterprise] of known) cti.state.enterprises.set(id, enterprise)
  await page.getByTestId('voice-phone-keep').click()
  await expect(dialog).toHaveCount(0)
  expect(cti.state.prompts).toEqual([{ enterpriseId: '3000001', path: '/voices/3000001/1.wav' }])
  await app.stop()
  await cti.stop()
  rmSync(app.dataDir, { recursive: true, force: true })
})

test('recording by telephone is offered only where a system does it', async ({ desk }) => {
  await openVoice(desk)
  await expect(desk.getByTestId('voice-file-record')).toBeVisible()
  await expect(byPhone(desk)).toHaveCount(0)
})

test('a system that only records by telephone: the page offers that, and no upload', async ({ page }) => {
  const cti = await startFakeCtiRealtime()
  const app = await startApp({ settings: settingsFor({ baseUrl: '' }, { connections: [realtime(cti.baseUrl)] }) })
  await page.goto(app.url)
  await page.getByTestId('nav-voice').click()
  await byPhone(page).click()
  await page.getByTestId('voice-phone-number').fill('13500000002')
  await page.getByTestId('voice-phone-ring').click()
  await expect.poll(() => cti.state.recordingCalls).toEqual(['13500000002'])
  await expect(page.getByTestId('voice-file-add')).toHaveCount(0)
  await app.stop()
  await cti.stop()
  rmSync(app.dataDir, { recursive: true, force: true })
})
