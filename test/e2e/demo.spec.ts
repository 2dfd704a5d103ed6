import { card, demoCallPops, tiles, transferLiveCall } from './first-steps.ts'
import { callRows, expect, get, popUrl, settingsFor, test } from './program.ts'

test('the demo office lives: tiles, a call by itself, busy, and the caller gives up', async ({ start, page }) => {
  const app = await start({ demo: true })
  await page.goto(app.url)
  await demoCallPops(page)
  const first = card(page, '李建国')

  // Busy before anybody picked up: nobody will, and the caller hangs up after 20 s.
  await page.getByTestId('presence-menu').click()
  await page.getByTestId('presence-busy').click()
  await expect(page.getByTestId('presence-menu')).toHaveAttribute('data-presence', 'busy')
  await expect(page.getByTestId('board-tile-802')).toHaveAttribute('data-presence', 'busy')
  await expect(first).toContainText('深圳华强电子有限公司')
  // Found by the initials of his name, as anybody in the directory.
  await page.getByTestId('search-input').fill('ljg')
  const found = page.getByTestId('search-result').filter({ hasText: '李建国' })
  // Each of his numbers can be chosen.
  await expect(found).toHaveCount(2)
  await expect(found.first()).toContainText('深圳华强电子有限公司')
  await page.keyboard.press('Escape')
  await expect(first).toHaveAttribute('data-state', 'missed', { timeout: 25_000 })
  await expect(page.getByTestId('board-tile-802')).toHaveAttribute('data-state', 'busy')
  await expect(page.getByTestId('board-tile-802')).toContainText('置忙')
  await expect(page.getByTestId('missed-badge')).toBeVisible()
  await page.getByTestId('nav-follow-ups').click()
  await expect(page.getByTestId('missed-party').filter({ hasText: '李建国' })).toBeVisible()
})

test('a training call rings as the chosen caller, from the status line and from the settings', async ({
  start,
  page,
}) => {
  const app = await start({ demo: true })
  await page.goto(app.url)
  await expect(tiles(page)).toHaveCount(24, { timeout: 15_000 })
  await page.getByTestId('demo-menu').click()
  await page.getByRole('menuitem', { name: /王女士/ }).click()
  const rung = card(page, '王女士')
  await expect(rung).toBeVisible({ timeout: 2000 })
  await expect(rung).toHaveAttribute('data-state', /ringing|calling/)
  await expect(rung.getByTestId('pop-caller')).toHaveText('王女士')
  await expect(rung).toContainText('广州天河贸易')
  await expect(rung.getByTestId('pop-number')).toContainText('138 0000 0417')

  await page.getByTestId('nav-settings').click()
  await page.getByTestId('settings-section-about').click()
  await page.getByTestId('demo-ring').click()
  await page.getByRole('menuitem', { name: /陈志强/ }).click()
  const second = card(page, '陈志强')
  await expect(second).toBeVisible({ timeout: 2000 })
  await expect(second).toContainText('惠州德赛精密')
})

test('a live call goes to a free colleague', async ({ start, page }) => {
  const app = await start({ demo: true })
  await page.goto(app.url)
  await expect(tiles(page)).toHaveCount(24, { timeout: 15_000 })
  await transferLiveCall(page)
})

test('leaving the demo forgets its calls and asks for the real PBX again', async ({ start, page }) => {
  const app = await start({ demo: true })
  await page.goto(app.url)
  await expect(card(page, '李建国')).toBeVisible({ timeout: 15_000 })
  await expect.poll(async () => (await callRows(app.dataDir)).length).toBeGreaterThan(0)
  await page.getByTestId('demo-menu').click()
  await page.getByRole('menuitem', { name: '结束演示' }).click()
  await expect(page.getByTestId('first-run')).toBeVisible()
  expect(await callRows(app.dataDir)).toEqual([])
  await page.getByRole('button', { name: '以后再说' }).click()
  await expect(page.getByTestId('nav-desk')).toBeVisible()
  await expect(page.getByTestId('pop-card')).toHaveCount(0)
  await expect(page.getByTestId('missed-badge')).toHaveCount(0)
  await page.getByTestId('nav-calls').click()
  await expect(page.getByTestId('calls-row')).toHaveCount(0)
  // Its invented people are gone too.
  await page.getByTestId('nav-desk').click()
  await page.getByTestId('search-input').fill('李建国')
  await expect(page.getByTestId('search-result').filter({ hasText: '李建国' })).toHaveCount(0)
})

test('in the demo nobody is offered as a new PBX; after it strangers are, the configured PBX is not', async ({
  start,
  page,
}) => {
  const app = await start({ demo: true, settings: settingsFor({ baseUrl: 'http://127.0.0.7:12121' }) })
  await page.goto(app.url)
  await expect(tiles(page)).toHaveCount(24, { timeout: 15_000 })
  const pop = popUrl(app.listener, { id: 'real@x', caller: '13500000002', callee: '802', state: 'ringing' })
  for (const from of ['127.0.0.9', '127.0.0.7']) await expect(get(pop, from)).rejects.toThrow()
  // The demo's own news come after the knocking, so the page knows of it by now.
  await page.getByTestId('demo-menu').click()
  await page.getByRole('menuitem', { name: /王女士/ }).click()
  await expect(card(page, '王女士')).toBeVisible()
  await expect(page.getByTestId('unknown-source')).toHaveCount(0)
  await expect(page.getByTestId('status-unknown-source')).toHaveCount(0)
  await page.getByTestId('demo-menu').click()
  await page.getByRole('menuitem', { name: '结束演示' }).click()
  await expect(page.getByTestId('unknown-source')).toHaveAttribute('data-address', '127.0.0.9')
  await expect(page.getByTestId('status-unknown-source')).toHaveCount(1)
})
