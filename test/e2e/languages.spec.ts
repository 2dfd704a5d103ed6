import { expect, test } from './app-fixture.ts'

test('the language changes at once, without a reload', async ({ app, desk }) => {
  await desk.goto(`${new URL(app.url).origin}/#/settings/look`)
  await desk.getByText('English', { exact: true }).click()
  await expect(desk.getByTestId('nav-desk')).toHaveText('Desk')
  await expect(desk).toHaveTitle(/Settings/)
  await desk.getByText('中文', { exact: true }).click()
  await expect(desk.getByTestId('nav-desk')).toHaveText('工作台')
  await desk.getByText('深色', { exact: true }).click()
  await expect(desk.locator('html')).toHaveAttribute('data-theme', 'dark')
})
