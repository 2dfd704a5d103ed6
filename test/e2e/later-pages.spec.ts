import { expect, get, popUrl, test } from './app-fixture.ts'

/** The page's scripts whose answers a test holds back, by file name. */
const script = (name: string) => `**/assets/${name}-*.js`

test('a page that cannot be read says so, everything else works on, and trying again reads it', async ({
  page,
  app,
}) => {
  await page.route(script('settings'), (route) => route.abort('connectionfailed'))
  await page.goto(app.url)
  await page.getByTestId('nav-settings').click()
  const failed = page.getByTestId('page-not-loaded')
  await expect(failed).toContainText('这一页没能载入')
  await get(popUrl(app.listener, { id: 'a@x', caller: '13500000003', callee: '802', state: 'ringing' }))
  await expect(page.locator('[data-call-id="a@x"]')).toBeVisible()

  await page.getByTestId('nav-calls').click()
  await expect(page.getByTestId('calls-search')).toBeVisible()
  await page.getByTestId('nav-settings').click()
  await Promise.all([page.waitForEvent('load'), failed.getByRole('button', { name: '重试' }).click()])
  await expect(failed).toBeVisible()

  await page.unroute(script('settings'))
  await failed.getByRole('button', { name: '重试' }).click()
  await expect(page.getByTestId('settings-section-connections')).toBeVisible()
  await expect(failed).toHaveCount(0)
})

test('trying again does not empty the window while nobody would fill it', async ({ page, app }) => {
  await page.route(script('supervisor'), (route) => route.abort('connectionfailed'))
  await page.goto(app.url)
  await page.getByTestId('nav-supervisor').click()
  const failed = page.getByTestId('page-not-loaded')
  await expect(failed).toContainText('弹屏和其他页面照常工作')
  await page.route(new URL('/', app.url).href, (route) => route.abort('connectionrefused'))
  await failed.getByRole('button', { name: '重试' }).click()
  await expect(failed).toContainText('程序暂时没有应答')
  await page.unrouteAll()
  await failed.getByRole('button', { name: '重试' }).click()
  await expect(page.getByTestId('agent-row').first()).toBeVisible()
})

test('a page is read once, in advance, and opens without asking for anything', async ({ page, app }) => {
  const asked: string[] = []
  const scripts: string[] = []
  page.on('request', (request) => {
    const name = /assets\/([a-z-]+)-[\w-]+\.js$/.exec(request.url())?.[1]
    if (name === undefined) return
    asked.push(name)
    scripts.push(request.url())
  })
  await page.goto(app.url)
  await expect(page.getByTestId('board-tile-802')).toBeVisible()
  await expect.poll(() => asked).toContain('operations')
  expect(asked).not.toContain('first-run')
  await page.route('**/assets/**', (route) => route.abort())
  for (const [name, seen] of [
    ['settings', 'settings-section-connections'],
    ['supervisor', 'agent-row'],
    ['follow-ups', 'missed-section'],
    ['calls', 'calls-search'],
    ['console', 'operation-row'],
  ] as const) {
    await page.getByTestId(`nav-${name}`).click()
    await expect(page.getByTestId(seen).first()).toBeVisible()
  }
  expect(scripts.filter((url, at) => scripts.indexOf(url) !== at)).toEqual([])
})

test('a page opened while its code is still on the way shows grey bars, then itself', async ({ page, app }) => {
  let answer = () => {}
  const held = new Promise<void>((done) => {
    answer = done
  })
  await page.route(script('calls'), async (route) => {
    await held
    await route.continue()
  })
  await page.goto(`${app.url}#/calls`)
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: '正在载入' })).toBeVisible()
  answer()
  await expect(page.getByTestId('calls-search')).toBeVisible()
})

test('a page drawn in advance opens up to date: what came since, the language since, nothing of the last visit', async ({
  desk,
  app,
}) => {
  const ring = (id: string, caller: string, state: string) =>
    get(popUrl(app.listener, { id, caller, callee: '802', state }))
  await ring('a@x', '13500000003', 'ringing')
  await ring('a@x', '13500000003', 'canceled')
  await expect(desk.getByTestId('missed-row')).toHaveCount(1)
  await desk.getByTestId('nav-calls').click()
  const rows = desk.getByTestId('calls-row')
  await expect(rows).toHaveCount(1)
  await desk.getByTestId('calls-filter-all').click()
  await desk.getByTestId('calls-search').fill('没有这个人')
  await expect(rows).toHaveCount(0)

  await desk.getByTestId('nav-settings').click()
  await ring('b@x', '13500000004', 'ringing')
  await ring('b@x', '13500000004', 'canceled')
  await desk.getByTestId('settings-section-look').click()
  await desk.getByTestId('setting-language').getByText('English').click()
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Settings')
  await desk.getByTestId('nav-calls').click()
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Calls')
  await expect(rows).toHaveCount(2)
  await expect(desk.getByTestId('calls-search')).toHaveValue('')
  await expect(desk.getByTestId('calls-filter-today')).toHaveAttribute('aria-current', 'true')
  await desk.getByTestId('nav-desk').click()
  await expect(desk.getByTestId('calls-search')).toHaveCount(0)
})
