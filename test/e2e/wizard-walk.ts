import type { Page } from '@playwright/test'
import type { FakeTelcrm } from '../fakes/telcrm/index.ts'
import { expect, startApp } from './app-fixture.ts'

/** The wizard, from an empty data folder to its last step. */
export async function everyStep(
  { fake, page, settings }: { fake: FakeTelcrm; page: Page; settings: object },
  visit: (name: string, page: Page) => Promise<void>,
): Promise<void> {
  const app = await startApp({ settings })
  try {
    await page.goto(app.url)
    const field = page.getByTestId('first-run').getByRole('textbox').first()
    const check = async (address: string) => {
      await field.fill(address)
      await page.keyboard.press('Enter')
    }
    await field.waitFor()
    await visit('wizard: address', page)
    await check('127.0.0.1:9')
    await page.getByTestId('connection-trouble').waitFor()
    await visit('wizard: no PBX there', page)
    await check(fake.baseUrl)
    await page.getByTestId('first-run-extension-802').click()
    await visit('wizard: extension', page)
    await page.getByTestId('first-run-next').click()
    await page.getByTestId('push-address').waitFor()
    await visit('wizard: call notices', page)
    await page.getByTestId('first-run-next').click()
    await expect(page.getByTestId('push-address')).toHaveCount(0)
    await visit('wizard: try it', page)
  } finally {
    await app.stop()
  }
}
