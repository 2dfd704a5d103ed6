import { expect, type Page } from '@playwright/test'

export const tiles = (page: Page) => page.locator('[data-testid^="board-tile-"]')
export const card = (page: Page, name: string) => page.getByTestId('pop-card').filter({ hasText: name })

/** The demo office is there and its first caller rings by himself. */
export async function demoCallPops(page: Page): Promise<void> {
  await expect(tiles(page)).toHaveCount(24, { timeout: 15_000 })
  await expect(page.getByTestId('status-connection-demo')).toHaveAttribute('data-state', 'ok')
  await expect(card(page, '李建国')).toBeVisible({ timeout: 15_000 })
}

/** Rings people until one talks, and puts that call through to a free colleague. */
export async function transferLiveCall(page: Page): Promise<void> {
  // Each caller is picked up four times in five: one of these talks within seconds.
  for (const name of ['王女士', '陈志强', '黄丽', '周敏', '何建平', '李先生']) {
    await page.getByTestId('demo-menu').click()
    await page.getByRole('menuitem', { name: new RegExp(name) }).click()
  }
  const talking = page.locator('[data-testid=pop-card][data-state=talking]').first()
  await expect(talking).toBeVisible({ timeout: 15_000 })
  const callId = await talking.getAttribute('data-call-id')
  await talking.getByTestId('call-transfer').click()
  await page.getByTestId('transfer-input').fill('8')
  const target = page.locator('[data-testid^="transfer-target-"][data-state=idle]').first()
  const extension = (await target.getAttribute('data-testid'))?.replace('transfer-target-', '') ?? ''
  await target.click()
  await expect(page.getByTestId('toast-done')).toContainText('转给')
  await expect(page.getByTestId('toast-error')).toHaveCount(0)
  await expect(page.getByTestId(`board-tile-${extension}`)).toHaveAttribute('data-state', /ringing|talking/)
  await expect(page.locator(`[data-testid=pop-card][data-call-id="${callId}"]`)).toContainText(extension)
}
