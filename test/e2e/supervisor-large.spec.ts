import type { Page } from '@playwright/test'
import { logRow, startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { test as base, expect } from './app-fixture.ts'

const people = 1000
const surnames = ['李', '王', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴']
const first = 8000
const numbers = ['802', ...Array.from({ length: people - 1 }, (_, n) => String(first + n))]

/** An office of a thousand telephones; each has a call in the log. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  fake: async ({}, use) => {
    const fake = await startFakeTelcrm({
      extensions: numbers.map((number, n) => [number, `${surnames[n % 10]}${n}`] as const),
    })
    const now = Date.now()
    numbers.forEach((callee, n) => {
      const row = { id: 5000 - n, caller: `1350000${String(n).padStart(4, '0')}`, callee, beginTime: now - n * 20 }
      fake.state.oldLog.push(logRow({ ...row, duration: 60 + n, state: 'STATE_RECEIVED' }))
    })
    for (let n = 0; n < 40; n += 1) {
      const extension = fake.state.extensions.get(String(first + n * 20))!
      Object.assign(extension, { state: 'BUSY_INCOMING', remoteNum: `139${String(n).padStart(8, '0')}` })
    }
    fake.state.extensions.get('8500')!.missingCallCount = 7
    await use(fake)
    await fake.stop()
  },
})
test.use({ settings: { polling: { extensionStateMs: 500, callLogMs: 60_000 } } })

const rows = (page: Page) => page.getByTestId('agent-row')
const row = (page: Page, extension: string) => page.locator(`[data-testid="agent-row"][data-extension="${extension}"]`)
const table = (page: Page) => page.getByTestId('agent-table')
const visibleNumbers = (page: Page) =>
  rows(page).evaluateAll((all) =>
    all
      .map((one) => ({ extension: one.getAttribute('data-extension'), top: one.getBoundingClientRect().top }))
      .sort((a, b) => a.top - b.top)
      .map(({ extension }) => extension),
  )

test.beforeEach(async ({ desk }) => {
  await desk.getByTestId('nav-supervisor').click()
  await expect(row(desk, '802')).toBeVisible()
})

test('a thousand agents: only what is seen exists, and nothing moves while it is scrolled and states change', async ({
  fake,
  desk,
}) => {
  await expect(table(desk)).toHaveAttribute('aria-rowcount', String(people + 1))
  await expect(desk.getByTestId('supervisor-charts')).not.toContainText('加载')
  const nodes = () => desk.evaluate(() => document.querySelector('main')?.querySelectorAll('*').length ?? 0)
  expect(await rows(desk).count()).toBeLessThan(60)
  expect(await nodes()).toBeLessThan(2500)

  await desk.evaluate(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value)
    }).observe({ type: 'layout-shift' })
  })
  const top = async () => (await row(desk, '8003').boundingBox())?.y
  const before = await top()
  const polls = fake.requests.length
  for (let n = 0; n < 200; n += 1) {
    const extension = fake.state.extensions.get(String(first + n * 5))!
    extension.state = extension.state === 'IDEL' ? 'BUSY_OUTGOING' : 'IDEL'
    extension.remoteNum = '13800000000'
  }
  await expect(row(desk, '8005')).toHaveAttribute('data-state', 'talking')
  await expect.poll(() => fake.requests.length).toBeGreaterThan(polls + 4)
  expect(await top()).toBe(before)
  await table(desk).hover()
  for (let step = 0; step < 12; step += 1) await desk.mouse.wheel(0, 1500)
  await expect(row(desk, '8500')).toBeAttached()
  expect(await rows(desk).count()).toBeLessThan(60)
  expect(await nodes()).toBeLessThan(2500)
  const shifted = await desk.evaluate(() => (window as unknown as { shifts: number[] }).shifts)
  expect(shifted.reduce((sum, one) => sum + one, 0)).toBeLessThan(0.02)
})

test('sorted by state, talk and missed; filtered by number and name', async ({ desk }) => {
  await desk.getByTestId('agent-sort-missed').click()
  await expect.poll(async () => (await visibleNumbers(desk))[0]).toBe('8500')
  await desk.getByTestId('agent-sort-state').click()
  await expect.poll(async () => (await visibleNumbers(desk)).slice(0, 2)).toEqual(['8000', '8020'])
  expect(
    await rows(desk).evaluateAll((all) => all.filter((one) => one.getAttribute('data-state') === 'talking').length),
  ).toBeGreaterThan(10)
  await expect(async () => {
    await desk.getByTestId('agent-sort-talk').click()
    // The last one in the log talked longest.
    expect((await visibleNumbers(desk))[0]).toBe(String(first + people - 2))
  }).toPass({ timeout: 30_000 })

  const filter = desk.getByTestId('supervisor-filter')
  await filter.fill('850')
  await expect(table(desk)).toHaveAttribute('aria-rowcount', '13')
  await filter.fill('李500')
  await expect(table(desk)).toHaveAttribute('aria-rowcount', '2')
  await filter.fill('周')
  await expect(table(desk)).toHaveAttribute('aria-rowcount', '101')
  await filter.press('Escape')
  await expect(table(desk)).toHaveAttribute('aria-rowcount', String(people + 1))
})

test('by keyboard from one end to the other; the focus survives scrolling, sorting and polls', async ({ desk }) => {
  await row(desk, '802').focus()
  await desk.keyboard.press('End')
  const last = String(first + people - 2)
  await expect(row(desk, last)).toBeFocused()
  await expect(row(desk, last)).toBeInViewport({ ratio: 1 })
  await desk.keyboard.press('PageUp')
  const above = String(first + people - 2 - 12)
  await expect(row(desk, above)).toBeFocused()
  await desk.keyboard.press('ArrowUp')
  await expect(row(desk, String(Number(above) - 1))).toBeFocused()
  await desk.keyboard.press('Home')
  await expect(row(desk, '802')).toBeFocused()
  await expect(row(desk, '802')).toBeInViewport({ ratio: 1 })
  for (let n = 0; n < 30; n += 1) await desk.keyboard.press('ArrowDown')
  await expect(row(desk, '8029')).toBeFocused()
  await expect(row(desk, '8029')).toBeInViewport({ ratio: 1 })

  // Scrolled away by the wheel: the keys still go on from there.
  await table(desk).hover()
  for (let step = 0; step < 6; step += 1) await desk.mouse.wheel(0, 2000)
  await expect(row(desk, '8028')).not.toBeAttached()
  await expect(row(desk, '8029')).not.toBeInViewport()
  await expect(row(desk, '8029')).toBeFocused()
  await desk.keyboard.press('ArrowDown')
  await expect(row(desk, '8030')).toBeFocused()
  await expect(row(desk, '8030')).toBeInViewport({ ratio: 1 })
  await desk.keyboard.press('Enter')
  await expect(row(desk, '8030')).toHaveAttribute('aria-selected', 'true')
  await desk.keyboard.press('Escape')
  await expect(row(desk, '8030')).toHaveAttribute('aria-selected', 'false')
  await desk.getByTestId('agent-sort-missed').click()
  await desk.keyboard.press('Tab')
  await expect(row(desk, '8030')).toBeAttached()
})
