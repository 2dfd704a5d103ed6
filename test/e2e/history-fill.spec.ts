import { rmSync } from 'node:fs'
import { type FakeTelcrm, logRow } from '../fakes/telcrm/index.ts'
import { expect, settingsFor, startApp, test } from './app-fixture.ts'
import { fillLog } from './call-log-rows.ts'

const minute = 60_000
const hour = 60 * minute
const polling = { extensionStateMs: 500, callLogMs: 2000 }

/** Requests for calls of days long ago. */
const oldAsked = (fake: FakeTelcrm) =>
  fake.requests.filter(({ target }) => {
    const [, to] = /endDate=([\d-]+)/.exec(target) ?? []
    return to !== undefined && Date.parse(to) < Date.now() - 96 * hour
  }).length

test.describe('the first fill', () => {
  const count = 100
  test.use({ settings: { polling } })
  test.beforeEach(({ fake }) => {
    fillLog(fake, count, 24 * hour)
    // A tired PBX: there is time to see it and to stop it.
    fake.fault('slow', { opt: 'CALL_LOG_QUERY' })
  })

  test('shows how far it is, is stopped, and goes on where it was', async ({ fake, desk }) => {
    await desk.getByTestId('nav-calls').click()
    const strip = desk.getByTestId('sync-strip')
    await expect(strip).toHaveAttribute('data-state', 'filling', { timeout: 15_000 })
    await expect(strip).toContainText(/正在读取更早的通话：\d+ \/ 约 \d+ 条，已到/, { timeout: 15_000 })
    await expect(strip.getByRole('progressbar')).toBeVisible()
    await desk.getByTestId('sync-cancel').click()
    await expect(strip).toHaveAttribute('data-state', 'cancelled')
    await expect(strip).toContainText('以前的通话没有读取')
    const asked = oldAsked(fake)
    expect(asked).toBeLessThan(count)

    fake.fault(null)
    // Today is still looked at, the years before are not.
    const polls = fake.requests.length
    await expect
      .poll(() => fake.requests.slice(polls).filter(({ target }) => target.includes('CALL_LOG_QUERY')).length, {
        timeout: 15_000,
      })
      .toBeGreaterThan(1)
    expect(oldAsked(fake)).toBe(asked)
    await desk.getByTestId('sync-resume').click()
    await expect(strip).toHaveCount(0, { timeout: 15_000 })
    await desk.getByTestId('calls-filter-all').click()
    await expect(desk.getByTestId('calls-totals')).toContainText(String(count))
  })
})

test('calls of a time when the program was closed: one notice sums up who was missed, once', async ({ fake, page }) => {
  const log = (id: number, agoMs: number, more: object = {}) =>
    fake.state.oldLog.push(logRow({ id, caller: '13500000002', callee: '802', beginTime: Date.now() - agoMs, ...more }))
  const settings = settingsFor(fake, { polling })
  log(1, 50 * minute, { state: 'STATE_RECEIVED', duration: 20 })
  const first = await startApp({ settings })
  const { dataDir } = first
  const notices = page.getByText(/个未接来电，已补进通话记录/)
  const rows = page.getByTestId('calls-row')
  let app = first
  try {
    await page.goto(app.url)
    await page.getByTestId('nav-calls').click()
    // Some of them may be yesterday's.
    await page.getByTestId('calls-filter-all').click()
    await expect(rows).toHaveCount(1, { timeout: 15_000 })
    await expect(notices).toHaveCount(0)
    await app.stop()

    for (const [id, ago] of [
      [2, 30],
      [3, 20],
      [4, 10],
    ] as const)
      log(id, ago * minute, { caller: `1380000041${id}` })
    log(5, 5 * minute, { state: 'STATE_RECEIVED', duration: 20 })
    app = await startApp({ settings, dataDir })
    await page.goto(app.url)
    await expect(notices).toHaveCount(1, { timeout: 15_000 })
    await expect(notices).toContainText('有 3 个未接来电')
    await expect(page.getByTestId('missed-badge')).toContainText('3', { timeout: 15_000 })
    await page.getByTestId('nav-calls').click()
    // Some of them may be yesterday's.
    await page.getByTestId('calls-filter-all').click()
    await expect(rows).toHaveCount(5)
    await app.stop()

    // Told once.
    app = await startApp({ settings, dataDir })
    await page.goto(app.url)
    const looks = fake.requests.length
    await expect
      .poll(() => fake.requests.slice(looks).filter(({ target }) => target.includes('CALL_LOG_QUERY')).length, {
        timeout: 15_000,
      })
      .toBeGreaterThan(1)
    await expect(page.getByTestId('missed-badge')).toContainText('3')
    await expect(notices).toHaveCount(0)
  } finally {
    await app.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
