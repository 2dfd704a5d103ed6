import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './app-fixture.ts'
import { fillLog } from './call-log-rows.ts'

const count = 400
const rows = (desk: Page) => desk.getByTestId('calls-row')
const totals = (desk: Page) => desk.getByTestId('calls-totals')
const drawer = (desk: Page) => desk.getByTestId('call-drawer')

/** The page with everything that the log has. */
async function openAll(desk: Page): Promise<void> {
  await desk.getByTestId('nav-calls').click()
  await desk.getByTestId('calls-search').fill('')
  await desk.getByTestId('calls-filter-all').click()
  await expect(totals(desk)).toContainText(String(count), { timeout: 15_000 })
  await desk.mouse.move(5, 500)
}

test.use({ settings: { polling: { extensionStateMs: 500, callLogMs: 2000 } } })
test.beforeEach(async ({ fake }) => fillLog(fake, count))

test('the list is looked through in every way', async ({ desk }) => {
  test.setTimeout(120_000)
  await test.step('search: number, name, pinyin, initials and note, with what was found marked', async () => {
    await openAll(desk)
    const search = desk.getByTestId('calls-search')
    await desk.keyboard.press('/')
    await expect(search).toBeFocused()
    for (const [typed, marked] of [
      ['0000 4452', '0000 4452'],
      ['李建', '李建'],
      ['zhoumin', '周敏'],
      ['ljg', '李建国'],
      ['样品', '样品'],
    ] as const) {
      await search.fill(typed)
      await expect(rows(desk).first().locator('mark').first()).toHaveText(marked)
      await expect(rows(desk).filter({ hasNot: desk.locator('mark') })).toHaveCount(0)
    }
    await search.fill('李建 样品')
    await expect(desk.getByText('没有符合“李建 样品”的通话')).toBeVisible()
    await desk.getByRole('button', { name: '清除条件' }).click()
    await expect(search).toHaveValue('')
    await expect(totals(desk)).toContainText(String(count))
    await search.fill('803')
    await desk.getByTestId('calls-extension-hint').click()
    await expect(desk.getByTestId('bar-extension')).toHaveText('803 王芳')
    await expect(totals(desk)).toContainText('100')
  })
  await test.step('filters narrow the list down, and a look with a name comes back', async () => {
    await openAll(desk)
    await desk.getByTestId('bar-direction').click()
    await desk.getByTestId('bar-direction-outgoing').click()
    await expect(totals(desk)).toContainText('80')
    await desk.getByTestId('bar-result').click()
    await desk.getByTestId('bar-result-answered').click()
    await desk.getByTestId('bar-more').click()
    await desk.getByTestId('bar-length').click()
    await desk.getByTestId('bar-length-over600').click()
    const shown = await rows(desk).count()
    expect(shown).toBeGreaterThan(0)
    expect(shown).toBeLessThan(60)
    const words = (await totals(desk).textContent()) ?? ''

    await desk.getByTestId('calls-save-filter').click()
    await desk.getByTestId('calls-filter-name').fill('长的呼出')
    await desk.keyboard.press('Enter')
    const own = desk.getByTestId('calls-own-filter')
    await expect(own).toHaveText('长的呼出')
    await expect(own).toHaveAttribute('aria-current', 'true')
    await desk.getByTestId('calls-filter-all').click()
    await expect(totals(desk)).toContainText(String(count))
    await own.click()
    await expect(totals(desk)).toHaveText(words)

    await desk.getByTestId('calls-own-menu').click()
    await desk.getByTestId('calls-own-rename').click()
    await desk.getByTestId('calls-filter-name').fill('售后长通话')
    await desk.keyboard.press('Enter')
    await expect(own).toHaveText('售后长通话')
    await desk.getByTestId('calls-own-menu').click()
    await desk.getByTestId('calls-own-remove').click()
    await expect(own).toHaveCount(0)
    await desk.getByTestId('toast-done').getByRole('button', { name: '撤销' }).click()
    await expect(own).toHaveText('售后长通话')
    await desk.reload()
    await expect(desk.getByTestId('calls-own-filter')).toHaveText('售后长通话')
  })
  await test.step('dates: a span of days, and a period that is kept by its name', async () => {
    await openAll(desk)
    await desk.getByTestId('bar-period').click()
    await desk.getByTestId('bar-from').fill('2020-01-01')
    await desk.getByTestId('bar-to').fill('2020-12-31')
    await desk.getByTestId('bar-dates').click()
    await expect(desk.getByText('没有符合条件的通话')).toBeVisible()
    await desk.getByTestId('bar-period').click()
    await desk.getByTestId('bar-period-week').click()
    await expect(desk.getByTestId('bar-period')).toHaveText('近7天')
    await expect(rows(desk).first()).toBeVisible()
    await expect(totals(desk)).not.toContainText(String(count))
    await desk.getByTestId('calls-save-filter').click()
    await desk.getByTestId('calls-filter-name').fill('本周')
    await desk.keyboard.press('Enter')
    await desk.getByTestId('calls-filter-recorded').click()
    await desk.getByTestId('calls-own-filter').filter({ hasText: '本周' }).click()
    await expect(desk.getByTestId('bar-period')).toHaveText('近7天')
  })
  await test.step('the drawer tells the call, and goes on to everything with this person', async () => {
    await openAll(desk)
    await desk.getByTestId('calls-search').fill('周敏')
    await expect(rows(desk).first().locator('mark')).toHaveText('周敏')
    await rows(desk).first().click()
    await expect(drawer(desk).getByRole('heading', { level: 2 })).toHaveText('周敏')
    await expect(drawer(desk)).toContainText('136 0000 4452')
    await expect(drawer(desk)).toContainText('与周敏的其他通话')
    await desk.getByTestId('calls-search').fill('')
    await desk.getByTestId('drawer-all-calls').click()
    await expect(totals(desk)).toContainText('50')
    await expect(rows(desk).filter({ hasNotText: '周敏' })).toHaveCount(0)
    await desk.keyboard.press('Escape')
  })
  await test.step('the whole list as a file, in both kinds', async () => {
    await openAll(desk)
    await desk.getByTestId('calls-search').fill('周敏')
    await expect(totals(desk)).toContainText('50')
    for (const format of ['csv', 'xlsx'] as const) {
      await desk.getByTestId('export-menu').click()
      const [download] = await Promise.all([
        desk.waitForEvent('download'),
        desk.getByTestId(`export-${format}`).click(),
      ])
      expect(download.suggestedFilename()).toMatch(new RegExp(`^通话记录-.*\\.${format}$`))
      const bytes = readFileSync((await download.path()) ?? '')
      if (format === 'xlsx') expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004')
      else {
        const lines = bytes.toString('utf8').trimEnd().split('\r\n')
        expect(lines[0]).toMatch(/^\ufeff时间,/)
        expect(lines).toHaveLength(51)
        expect(lines.slice(1).every((line) => line.includes('13600004452') && line.includes('周敏'))).toBe(true)
      }
      await expect(desk.getByTestId('toast-done').last()).toContainText(new RegExp(`已导出 50 条.*${format}`))
    }
  })
  await test.step('charts above the list count what the filter finds, and stay closed once they were closed', async () => {
    await openAll(desk)
    const charts = desk.getByTestId('calls-charts')
    const sums = async () => {
      const table = await desk
        .getByTestId('calls-hours')
        .locator('tbody tr')
        .evaluateAll((all) => all.map((one) => [...one.querySelectorAll('td')].map((cell) => Number(cell.textContent))))
      return table.reduce(([answered, missed], [a = 0, m = 0]) => [answered! + a, missed! + m], [0, 0])
    }
    await expect(charts.getByRole('img')).toHaveAccessibleName(/^每小时的通话：已接 266，未接 \d+，\d+ 时最多$/)
    const strip = await charts.locator('..').boundingBox()
    const figures = ((await totals(desk).textContent()) ?? '').match(/\d+/g)?.map(Number) ?? []
    expect(await sums()).toEqual(figures.slice(1, 3))
    await desk.getByTestId('bar-direction').click()
    await desk.getByTestId('bar-direction-outgoing').click()
    await expect(charts.getByRole('img')).toHaveAccessibleName(/没打通/)
    await expect.poll(async () => (await sums()).reduce((all, one) => all + one, 0)).toBe(80)
    expect(await charts.locator('..').boundingBox()).toEqual(strip)
    await desk.getByTestId('calls-charts-toggle').click()
    await expect(charts).toHaveCount(0)
    await desk.reload()
    await expect(rows(desk).first()).toBeVisible()
    await expect(desk.getByTestId('calls-charts-toggle')).toHaveAttribute('aria-expanded', 'false')
    await expect(charts).toHaveCount(0)
    await desk.getByTestId('calls-charts-toggle').click()
    await expect(charts.getByRole('img')).toBeVisible()
  })
  await test.step('keys: arrows, page, home and end, enter and escape', async () => {
    await openAll(desk)
    const selected = desk.locator('[data-testid="calls-row"][aria-selected="true"]')
    await desk.getByTestId('calls-search').focus()
    await desk.keyboard.press('ArrowDown')
    await desk.keyboard.press('Home')
    await expect(selected).toHaveAttribute('id', 'call-row-0')
    await desk.keyboard.press('PageDown')
    await expect(selected).toHaveAttribute('id', 'call-row-12')
    await desk.keyboard.press('ArrowUp')
    await expect(selected).toHaveAttribute('id', 'call-row-11')
    await expect(drawer(desk)).toBeVisible()
    await desk.keyboard.press('Enter')
    await expect(drawer(desk).locator(':focus')).toHaveCount(1)
    await desk.keyboard.press('Escape')
    await expect(drawer(desk)).toHaveCount(0)
    await desk.locator('#calls-grid').focus()
    // Also the calls that the list has not read yet.
    await desk.keyboard.press('End')
    await expect(selected).toHaveAttribute('id', `call-row-${count - 1}`)
  })
})

test('a missed call of the log alone is dealt with, and leaves the list of missed ones', async ({ desk }) => {
  await openAll(desk)
  await desk.getByTestId('calls-filter-missed').click()
  const first = rows(desk).first()
  const id = (await first.getAttribute('data-call-id')) ?? ''
  await first.click()
  await desk.getByTestId('drawer-handled').click()
  await expect(desk.getByTestId('toast-done')).toBeVisible()
  await expect(desk.locator(`[data-call-id="${id}"]`)).toContainText('已处理')
  await desk.getByTestId('calls-filter-all').click()
  await desk.getByTestId('calls-filter-missed').click()
  await expect(rows(desk).first()).not.toHaveAttribute('data-call-id', id)
})

test('calls that come while somebody reads wait, and nothing under the pointer moves', async ({ app, fake, desk }) => {
  fake.setPopUrl(`${app.listener}/srvlt`)
  await openAll(desk)
  const third = rows(desk).nth(2)
  await third.hover()
  const before = [await third.getAttribute('data-call-id'), await third.boundingBox()]
  for (const from of ['13500000002', '02028000123']) await fake.cancel((await fake.ring({ from, to: '803' })).id)
  await expect(desk.getByTestId('calls-new')).toContainText('2 条新通话')
  expect([await third.getAttribute('data-call-id'), await third.boundingBox()]).toEqual(before)
  await desk.getByTestId('calls-new').click()
  await expect(desk.getByTestId('calls-new')).toHaveCount(0)
  await expect(rows(desk).first()).toContainText('020-2800 0123')
  await expect(totals(desk)).toContainText(String(count + 2))
  await expect(rows(desk).nth(1)).toContainText('李建国')
  await expect(desk.locator(`[data-call-id="${before[0]}"]`)).toHaveCount(1)
})

test('a call that rings stands on top at once, once, and turns into a row of the history', async ({
  app,
  fake,
  desk,
}) => {
  fake.setPopUrl(`${app.listener}/srvlt`)
  await openAll(desk)
  const call = await fake.ring({ from: '13600004452', to: '802' })
  const row = desk.getByTestId('calls-row').and(desk.locator(`[data-call-id="${call.id}"]`))
  await expect(row).toContainText('振铃中')
  await fake.answer(call.id)
  await expect(row).toContainText('通话中')
  await fake.hangup(call.id)
  await expect(row).toContainText('已接')
  await expect(row).toHaveCount(1)
  await expect(rows(desk).first()).toHaveAttribute('data-call-id', call.id)
})

test('scrolling to the end and back finds every call once, in the same places', async ({ desk }) => {
  await openAll(desk)
  const grid = desk.locator('#calls-grid')
  const seen = new Map<string, string>()
  const look = async () => {
    for (const row of await rows(desk).evaluateAll((all) =>
      all.map((one) => [one.dataset.callId ?? '', one.ariaRowIndex ?? ''] as const),
    )) {
      const known = seen.get(row[0])
      if (known !== undefined) expect(row[1]).toBe(known)
      seen.set(...row)
    }
  }
  const scroll = (to: number) => grid.evaluate((one, top) => one.parentElement?.scrollTo({ top }), to)
  for (let at = 0; at <= count * 38; at += 500) {
    await scroll(at)
    await desk.waitForTimeout(30)
    await look()
  }
  await expect(desk.getByText('没有更早的通话')).toBeVisible()
  await scroll(count * 40)
  await look()
  for (let at = count * 38; at >= 0; at -= 2000) {
    await scroll(at)
    await look()
  }
  expect(seen.size).toBe(count)
})

test('what is written on a call is found, filtered by its tag, kept in a filter and in the file', async ({ desk }) => {
  await openAll(desk)
  const row = rows(desk).nth(4)
  const id = (await row.getAttribute('data-call-id')) ?? ''
  const written = desk.getByTestId('calls-row').and(desk.locator(`[data-call-id="${id}"]`))
  await row.click()
  await drawer(desk).getByTestId('note-input').fill('=周五前回电话，报对账单')
  await expect(drawer(desk).getByTestId('note-state')).toHaveAttribute('data-state', 'saved')
  await drawer(desk).getByTestId('note-tag-add').click()
  await drawer(desk).getByTestId('note-tag-input').fill('大客户')
  await desk.keyboard.press('Enter')
  await expect(written).toContainText('=周五前回电话，报对账单')
  await expect(written).toContainText('大客户')
  await drawer(desk).getByTestId('follow-up-add').click()
  await drawer(desk).getByTestId('follow-up-tomorrow').click()
  await drawer(desk).getByTestId('follow-up-save').click()
  await expect(written).toContainText('有待办')
  await desk.keyboard.press('Escape')

  await desk.getByTestId('calls-search').fill('对账')
  await expect(rows(desk)).toHaveCount(1)
  await expect(written.locator('mark')).toHaveText('对账')
  await desk.getByTestId('calls-search').fill('')
  await desk.getByTestId('bar-more').click()
  await desk.getByTestId('bar-follow-up').click()
  await desk.getByTestId('bar-follow-up-open').click()
  await expect(rows(desk)).toHaveCount(1)
  await desk.getByTestId('bar-follow-up').click()
  await desk.getByTestId('bar-follow-up-any').click()
  await desk.getByTestId('bar-tags').click()
  await desk.getByTestId('bar-tags-大客户').click()
  await desk.keyboard.press('Escape')
  await expect(desk.getByTestId('bar-tags')).toHaveText('大客户')
  await expect(rows(desk)).toHaveCount(1)
  await desk.getByTestId('calls-save-filter').click()
  await desk.getByTestId('calls-filter-name').fill('要紧的')
  await desk.keyboard.press('Enter')
  await desk.reload()
  await desk.getByTestId('calls-own-filter').click()
  await expect(rows(desk)).toHaveCount(1)
  await expect(written).toBeVisible()

  await desk.getByTestId('export-menu').click()
  const [download] = await Promise.all([desk.waitForEvent('download'), desk.getByTestId('export-csv').click()])
  const lines = readFileSync((await download.path()) ?? '', 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain("'=周五前回电话，报对账单,大客户,")
})

test('a log that cannot be read says so, and what was read stays', async ({ fake, desk }) => {
  await openAll(desk)
  fake.fault('html-login', { opt: 'CALL_LOG_QUERY', times: 1000 })
  await expect(desk.locator('[data-testid="sync-strip"][data-state="failing"]')).toBeVisible({ timeout: 20_000 })
  await expect(rows(desk).first()).toBeVisible()
  fake.fault(null)
  await desk.getByTestId('sync-strip').getByRole('button').click()
  await expect(desk.getByTestId('sync-strip')).toHaveCount(0, { timeout: 20_000 })
})
