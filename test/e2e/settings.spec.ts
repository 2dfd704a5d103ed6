import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, freePort, get, popUrl, settingsFor, test } from './program.ts'

const canary = 'canary-4711-geheim'
const row = (page: Page, id: string) => page.getByTestId(`setting-${id}`)

test.describe('settings', () => {
  let file = ''
  const saved = () => JSON.parse(readFileSync(file, 'utf8'))
  test.beforeEach(({ dataDir }) => {
    file = join(dataDir, 'settings.json')
  })

  test('language and look change at once and are kept', async ({ start, page, fake }) => {
    const app = await start({ settings: settingsFor(fake) })
    await page.goto(app.url)
    await page.getByTestId('nav-settings').click()
    await page.getByTestId('settings-section-look').click()
    await row(page, 'language').getByText('English').click()
    await expect(page.getByTestId('nav-desk')).toContainText('Desk')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect.poll(() => saved().locale).toBe('en')
    await page.getByTestId('nav-desk').click()
    await expect(page.getByTestId('board-tile-802')).toContainText('Free')
    await page.getByTestId('nav-settings').click()
    await page.getByTestId('settings-section-look').click()
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await background()
    await row(page, 'theme').getByText('Dark').click()
    await expect.poll(background).not.toBe(light)
    await expect.poll(() => saved().theme).toBe('dark')
    await page.reload()
    await expect(page.getByTestId('nav-desk')).toContainText('Desk')
    expect(await background()).not.toBe(light)
  })

  test('whose calls pop is changed without a restart', async ({ start, page, fake }) => {
    const app = await start({ settings: settingsFor(fake) })
    const call = (id: string) =>
      get(popUrl(app.listener, { id, caller: '13500000002', callee: '820', group: '3004', state: 'ringing' }))
    await page.goto(`${app.url}#/settings/pop`)
    expect(await call('others@x')).toBe(200)
    await page.getByRole('radio', { name: /所有来电/ }).check()
    await expect.poll(() => saved().pop?.scope).toBe('all')
    expect(await call('everybodys@x')).toBe(200)
    await expect(page.locator('[data-call-id="everybodys@x"]')).toBeVisible()
    await page.getByTestId('nav-settings').click()
    await page.getByTestId('settings-section-pop').click()
    await page.getByRole('radio', { name: /只弹我的分机/ }).check()
    await expect.poll(() => saved().pop?.scope).toBe('extension')
    expect(await call('others-again@x')).toBe(200)
    await page.getByTestId('nav-desk').click()
    await expect(page.locator('[data-call-id="others-again@x"]')).toHaveCount(0)
  })

  test('another listener port is opened at once; a wrong one is refused where it was typed', async ({
    start,
    page,
    fake,
  }) => {
    const [before, after] = [await freePort(), await freePort()]
    const app = await start({
      settings: settingsFor(fake, { listener: { host: '127.0.0.1', port: before } }),
      listenerPort: null,
    })
    expect(app.listener).toBe(`http://127.0.0.1:${before}`)
    await page.goto(`${app.url}#/settings/notices`)
    await expect(row(page, 'url')).toContainText(`http://127.0.0.1:${before}/srvlt`)
    const port = row(page, 'port').getByLabel('端口')
    await port.fill('99999')
    await port.press('Enter')
    await expect(row(page, 'port').getByRole('alert')).toHaveText('请填0到65535之间的数字。')
    expect(saved().listener.port).toBe(before)
    await port.fill(String(after))
    await port.press('Enter')
    await expect(row(page, 'url')).toContainText(`http://127.0.0.1:${after}/srvlt`)
    await expect.poll(() => saved().listener.port).toBe(after)
    const pop = { id: 'moved@x', caller: '13500000002', callee: '802', state: 'ringing' }
    expect(await get(popUrl(`http://127.0.0.1:${after}`, pop))).toBe(200)
    await expect(page.locator('[data-call-id="moved@x"]')).toBeVisible()
    await expect(get(popUrl(app.listener, pop))).rejects.toThrow('ECONNREFUSED')
  })

  test('what is wrong is named at its field and not written; what is right is kept', async ({ start, page, fake }) => {
    await test.step('what the core refuses names the field, and nothing is written', async () => {
      const app = await start({ settings: settingsFor(fake) })
      await page.goto(`${app.url}#/settings/notices`)
      const path = row(page, 'path').getByLabel('路径')
      await path.fill('srvlt')
      await path.press('Enter')
      await expect(row(page, 'path').getByRole('alert')).toHaveText('以/开头。')
      await path.press('Escape')
      await row(page, 'allow').getByLabel('允许名单').fill('10.0.0.0/99')
      await row(page, 'allow').getByRole('button', { name: '添加' }).click()
      await expect(row(page, 'allow').getByRole('alert')).toContainText('listener.allow')
      expect(saved().listener.allow).toEqual([])
      await row(page, 'allow').getByLabel('允许名单').fill('10.0.0.0/8')
      await row(page, 'allow').getByRole('button', { name: '添加' }).click()
      await expect.poll(() => saved().listener.allow).toEqual(['10.0.0.0/8'])
    })
    await test.step('the longest request of an import: kept, and a wrong one is not', async () => {
      await page.getByTestId('settings-section-connections').click()
      const field = row(page, 'importBytes').getByRole('textbox')
      await expect(field).toHaveValue('7000')
      await field.fill('999')
      await field.press('Enter')
      await expect(row(page, 'importBytes').getByRole('alert')).toContainText('1000到60000')
      await field.fill('3000')
      await field.press('Enter')
      await expect.poll(() => saved().imports?.requestBytes).toBe(3000)
    })
  })

  test('what IT has locked is shown and cannot be changed', async ({ start, page, fake, dataDir }) => {
    const policy = join(dataDir, 'policy.json')
    writeFileSync(
      policy,
      JSON.stringify({
        values: { listener: { path: '/vom-netz' }, imports: { requestBytes: 4000 }, theme: 'dark' },
        locked: ['listener.path', 'connections', 'imports.requestBytes'],
      }),
    )
    const app = await start({ settings: settingsFor(fake), env: { FRONTBELL_POLICY: policy } })
    await page.goto(`${app.url}#/settings/notices`)
    await expect(page.getByText('3项由网管统一设定')).toBeVisible()
    await expect(row(page, 'path')).toContainText('由网管设定')
    await expect(row(page, 'path').getByLabel('路径')).toHaveValue('/vom-netz')
    await expect(row(page, 'path').getByLabel('路径')).not.toBeEditable()
    await expect(row(page, 'port').getByLabel('端口')).toBeEditable()
    await page.getByTestId('settings-section-connections').click()
    const longest = row(page, 'importBytes')
    await expect(longest).toContainText('由网管设定')
    await expect(longest.getByRole('textbox')).toHaveValue('4000')
    await expect(longest.getByRole('textbox')).not.toBeEditable()
    await expect(page.getByRole('button', { name: /添加连接/ })).toHaveCount(0)
    await expect(page.getByRole('button', { name: /^修改/ })).toHaveCount(0)
    // A page that asks all the same is refused: the lock is not only drawn.
    const answer = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(`ws://${location.host}/rpc`)
          const body = { json: { patch: { listener: { path: '/anders' } } } }
          socket.onopen = () => socket.send(JSON.stringify({ i: '1', p: { u: '/settings/update', b: body } }))
          socket.onmessage = async ({ data }) =>
            resolve(typeof data === 'string' ? data : await new Response(data).text())
        }),
    )
    expect(answer).toContain('forbidden')
    expect(answer).toContain('listener.path')
    expect(saved().listener.path).toBeUndefined()
  })

  test('a file edited by hand is taken over; a wrong one is named and changes nothing', async ({
    start,
    page,
    fake,
  }) => {
    const app = await start({ settings: settingsFor(fake) })
    await page.goto(`${app.url}#/settings/numbers`)
    await expect(row(page, 'area').getByLabel('本地区号')).toHaveValue('')
    writeFileSync(file, JSON.stringify({ ...saved(), dialing: { areaCode: '0755' }, ourOwnKey: 1 }))
    await expect(row(page, 'area').getByLabel('本地区号')).toHaveValue('0755')

    writeFileSync(
      file,
      JSON.stringify({ ...saved(), dialing: { areaCode: '020' }, polling: { extensionStateMs: 'fast' } }),
    )
    await expect(page.getByTestId('settings-problems')).toContainText('polling.extensionStateMs')
    await expect(row(page, 'area').getByLabel('本地区号')).toHaveValue('0755')
    await page.getByTestId('nav-desk').click()
    await expect(page.getByText(/设置文件里的 polling\.extensionStateMs 不对/)).toBeVisible()
    await expect(page.getByTestId('status-connection-pbx')).toHaveAttribute('data-state', 'ok')

    writeFileSync(file, `${readFileSync(file, 'utf8')}}`)
    await expect(page.getByText(/设置文件 settings\.json 不对（不是有效的 JSON/)).toBeVisible()
    writeFileSync(file, JSON.stringify({ ...settingsFor(fake), dialing: { areaCode: '020' }, ourOwnKey: 1 }))
    await expect(page.getByText(/设置文件里的/)).toHaveCount(0)
    await page.goto(`${new URL(app.url).origin}/#/settings/numbers`)
    await expect(row(page, 'area').getByLabel('本地区号')).toHaveValue('020')
    await row(page, 'prefix').getByLabel('外线前缀').fill('9')
    await row(page, 'prefix').getByLabel('外线前缀').press('Enter')
    await expect.poll(() => saved()).toMatchObject({ ourOwnKey: 1, dialing: { areaCode: '020', outsidePrefix: '9' } })
  })

  test('secrets never reach the page', async ({ start, page, fake }) => {
    const settings = settingsFor(fake) as { connections: object[] }
    const connections = settings.connections.map((one) => ({ ...one, captchaSecret: canary }))
    const app = await start({ settings: { ...settings, connections } })
    const heard: string[] = []
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => heard.push(payload.toString()))
    })
    page.on('response', async (response) => heard.push(await response.text().catch(() => '')))
    await page.goto(`${app.url}#/settings/connections`)
    await page.getByRole('button', { name: '修改: 话机系统' }).click()
    const secret = page.getByTestId('connection-field-captchaSecret')
    await expect(secret).toContainText('已保存')
    await expect(secret.locator('input')).toHaveCount(0)
    await page.getByRole('button', { name: '保存' }).click()
    await expect(secret).toHaveCount(0)
    // Saving what was never shown must not lose it.
    expect(saved().connections[0].captchaSecret).toBe(canary)
    await page.getByTestId('nav-desk').click()
    await expect(page.getByTestId('board-tile-802')).toBeVisible()
    // The socket was heard at all, it knows that a secret is set, and it never says which.
    expect(heard.join('')).toContain('connections.pbx.captchaSecret')
    expect(heard.filter((text) => text.includes(canary))).toHaveLength(0)
    expect((await page.content()).includes(canary)).toBe(false)
    expect(app.stderr()).not.toContain(canary)
  })
})
