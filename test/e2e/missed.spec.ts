import { logRow } from '../fakes/telcrm/index.ts'
import { expect, get, popUrl, type RunningApp, test } from './app-fixture.ts'

const report = (app: RunningApp, id: string, state: string, more: object = {}) =>
  get(popUrl(app.listener, { id, caller: '13500000002', callee: '802', state, businessId: `leg-${id}`, ...more }))
const miss = async (app: RunningApp, id: string, more: object = {}) => {
  await report(app, id, 'ringing', more)
  await report(app, id, 'canceled', more)
}

test('missed calls stay by caller until handled; undo brings them back; the counters agree', async ({ app, desk }) => {
  await miss(app, 'm1@x')
  await miss(app, 'm2@x')
  await miss(app, 'm3@x', { caller: '13800000417' })
  await expect(desk.getByTestId('missed-badge')).toContainText('3')
  await desk.getByTestId('nav-follow-ups').click()
  const rows = desk.getByTestId('missed-party')
  await expect(rows).toHaveCount(2)
  const row = desk.locator('[data-testid=missed-party][data-number="13500000002"]')
  await expect(row).toHaveAttribute('data-count', '2')
  await expect(row).toContainText('2次')
  await expect(row).toContainText('售前组')
  await expect(desk.getByTestId('missed-count')).toHaveText('3')
  await row.getByTestId('missed-handle').click()
  await expect(row).toHaveCount(0)
  await expect(desk.getByTestId('missed-badge')).toContainText('1')
  await desk.getByTestId('toast-done').getByRole('button', { name: '撤销' }).click()
  await expect(row).toHaveAttribute('data-count', '2')
  await expect(desk.getByTestId('missed-badge')).toContainText('3')
  await row.getByTestId('missed-handle').click()
  await desk.getByTestId('missed-done').click()
  const done = desk.locator('[data-testid=missed-done-row][data-number="13500000002"]')
  await expect(done).toContainText('标为已处理')
  await done.getByTestId('missed-reopen').click()
  await expect(row).toBeVisible()
})

test('called back by one click; the answered call deals with it, whoever made it', async ({ app, desk, fake }) => {
  await miss(app, 'm1@x')
  await desk.getByTestId('nav-follow-ups').click()
  await desk.getByTestId('missed-call-back').click()
  await expect.poll(() => fake.requests.filter(({ target }) => target.includes('CLICK_TO_DIAL')).length).toBe(1)
  // A colleague reaches the customer first.
  const out = { caller: '806', callee: '13500000002', direction: 'outgoing' }
  await report(app, 'out@x', 'ringing', out)
  await report(app, 'out@x', 'talking', out)
  await expect(desk.getByTestId('missed-party')).toHaveCount(0)
  await expect(desk.getByTestId('missed-badge')).toHaveCount(0)
  await desk.getByTestId('missed-done').click()
  await expect(desk.getByTestId('missed-returned')).toContainText(/806.*已回拨/)
  await desk.getByTestId('missed-done-row').getByRole('link').click()
  await expect(desk.getByTestId('drawer-returned')).toContainText(/806.*已回拨/)
})

test('an attempt that reached nobody is told, and the call stays', async ({ app, desk }) => {
  await miss(app, 'm1@x')
  const out = { caller: '806', callee: '13500000002', direction: 'outgoing' }
  await report(app, 'out@x', 'ringing', out)
  await report(app, 'out@x', 'canceled', out)
  await desk.getByTestId('nav-follow-ups').click()
  await expect(desk.getByTestId('missed-attempt')).toContainText(/806.*没有接通/)
  await expect(desk.getByTestId('missed-badge')).toContainText('1')
})

test.describe('very many missed calls', () => {
  test.use({ settings: { polling: { extensionStateMs: 500, callLogMs: 2000 }, pop: { scope: 'all' } } })
  test.beforeEach(({ fake }) => {
    const newest = Date.now() - 5 * 60_000
    for (let id = 1; id <= 505; id += 1)
      fake.state.oldLog.push(logRow({ id, caller: '13500000002', callee: '802', beginTime: newest - id * 1000 }))
  })

  test('the newest are listed, and the page says how many there are besides', async ({ desk }) => {
    await expect(desk.getByTestId('missed-badge')).toContainText('505', { timeout: 30_000 })
    await desk.getByTestId('nav-follow-ups').click()
    await expect(desk.getByTestId('missed-party')).toHaveAttribute('data-count', '500')
    await expect(desk.getByTestId('missed-more')).toHaveText('还有更早的 5 个未接没有列出，处理了上面的就会出现。')
    await desk.getByTestId('missed-handle').click()
    await expect(desk.getByTestId('missed-party')).toHaveAttribute('data-count', '5')
    await expect(desk.getByTestId('missed-more')).toHaveCount(0)
  })
})
