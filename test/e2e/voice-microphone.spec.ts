import { fromMuLaw, muLawCodes } from '../../preload/sound/index.ts'
import { expect, test } from './app-fixture.ts'

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const args = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...args] })
  },
})

test('what is spoken into the microphone becomes a voice file', async ({ desk, fake }) => {
  await desk.getByTestId('nav-voice').click()
  await desk.getByTestId('voice-file-record').click()
  await expect(desk.getByTestId('voice-recorder')).toHaveAttribute('data-phase', 'recording')
  await desk.waitForTimeout(1500)
  await desk.getByTestId('voice-mic-stop').click()
  await expect(desk.getByTestId('voice-play')).toBeVisible()
  await desk.getByTestId('voice-title').fill('停电检修通知')
  await desk.getByTestId('voice-words').fill('周六上午检修。')
  await desk.getByTestId('voice-save').click()
  await expect(desk.locator('[data-testid=voice-upload][data-phase=confirmed]')).toBeVisible()
  const samples = fromMuLaw(muLawCodes(new Uint8Array(fake.state.sounds.tones.get(14)!.sound))!)
  expect(samples.length / 8000).toBeGreaterThan(1)
  // The stand-in for a microphone beeps.
  expect(Math.max(...samples)).toBeGreaterThan(0.05)
})
