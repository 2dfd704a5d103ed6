import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startFakeCloudCs } from '../fakes/cloud-cs/index.ts'
import { expect, freePort, settingsFor, test } from './program.ts'

const canary = 'canary-4711-geheim'
const field = (page: Page, name: string) => page.getByTestId(`connection-field-${name}`)
const status = (page: Page, id: string) => page.getByTestId(`status-connection-${id}`)

test.describe('connections', () => {
  let cloud: Awaited<ReturnType<typeof startFakeCloudCs>>
  let heard: string[] = []
  const saved = (dataDir: string) => readFileSync(join(dataDir, 'settings.json'), 'utf8')
  test.beforeEach(async ({ page }) => {
    cloud = await startFakeCloudCs({ clientId: 'frontbell', clientSecret: canary })
    heard = []
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => heard.push(payload.toString()))
    })
  })
  test.afterEach(async () => {
    await cloud.stop()
  })

  test('added, checked with its stored secret, changed, removed and brought back', async ({
    start,
    page,
    fake,
    dataDir,
  }) => {
    const app = await start({ settings: settingsFor(fake) })
    await page.goto(`${app.url}#/settings/connections`)
    await page.getByTestId('connection-add').click()
    await page.getByTestId('connection-add-cloud-cs').click()
    await field(page, 'baseUrl').getByRole('textbox').fill('ftp://x')
    await page.getByRole('button', { name: '保存' }).click()
    await expect(field(page, 'baseUrl').getByRole('alert')).toContainText('http')
    await field(page, 'baseUrl').getByRole('textbox').fill(cloud.baseUrl.replace('http://', ''))
    await field(page, 'clientId').getByRole('textbox').fill('frontbell')
    await field(page, 'clientSecret').locator('input').fill('wrong')
    await page.getByRole('button', { name: '保存' }).click()

    // Checked by itself after saving: the wrong secret is refused.
    await expect(status(page, 'cloud')).toHaveAttribute('data-state', 'down')
    await expect(page.getByTestId('check-failed')).toContainText('密码或密钥')
    await page.getByRole('button', { name: '修改: 云客服' }).click()
    await expect(field(page, 'clientSecret')).toContainText('已保存')
    await expect(field(page, 'clientSecret').locator('input')).toHaveCount(0)
    await field(page, 'clientSecret').getByRole('button', { name: /^更换/ }).click()
    await field(page, 'clientSecret').locator('input').fill(canary)
    await page.getByRole('button', { name: '保存' }).click()
    await expect(status(page, 'cloud')).toHaveAttribute('data-state', 'ok')
    await expect(page.getByTestId('check-ok')).toContainText('ms')

    // Saving what was never shown does not lose it.
    await page.getByRole('button', { name: '修改: 云客服' }).click()
    await field(page, 'scope').getByRole('textbox').fill('read')
    await page.getByRole('button', { name: '保存' }).click()
    await expect(status(page, 'cloud')).toHaveAttribute('data-state', 'ok')

    await page.getByRole('button', { name: '删除: 云客服' }).click()
    await expect(page.getByRole('dialog')).toContainText('删除云客服')
    await page.getByRole('button', { name: '删除云客服' }).click()
    await expect(page.getByTestId('connection-cloud')).toHaveCount(0)
    expect(saved(dataDir)).not.toContain('cloud-cs')
    await page.getByTestId('toast-done').getByRole('button', { name: '撤销' }).click()
    await expect(status(page, 'cloud')).toHaveAttribute('data-state', 'unchecked')
    await page.getByTestId('check-cloud').click()
    await expect(status(page, 'cloud')).toHaveAttribute('data-state', 'ok')

    expect(heard.join('')).toContain('connections.cloud.clientSecret')
    expect(heard.filter((text) => text.includes(canary))).toEqual([])
    expect(await page.content()).not.toContain(canary)
    expect(app.stderr()).not.toContain(canary)
    expect(saved(dataDir)).not.toContain(canary)
  })

  test('nobody asks a connection by itself; what it said last stays in the status line', async ({
    start,
    page,
    fake,
  }) => {
    const settings = settingsFor(fake) as { connections: object[] }
    const gone = `http://127.0.0.1:${await freePort()}`
    const connections = [...settings.connections, { id: 'realtime', system: 'cti-realtime', baseUrl: gone }]
    const app = await start({ settings: { ...settings, connections } })
    await page.goto(app.url)
    await expect(status(page, 'realtime')).toHaveAttribute('data-state', 'unchecked')
    await expect(status(page, 'realtime')).toContainText('还没有检查')
    await expect(status(page, 'pbx')).toHaveAttribute('data-state', 'ok')
    await page.getByTestId('nav-settings').click()
    await page.getByTestId('check-realtime').click()
    await expect(page.getByTestId('check-failed')).toContainText('请检查地址和端口')
    await page.reload()
    await expect(status(page, 'realtime')).toHaveAttribute('data-state', 'down')
    await expect(page.getByTestId('check-failed')).toBeVisible()
    await page.getByTestId('check-pbx').click()
    await expect(page.getByTestId('check-ok')).toBeVisible()
    await expect(status(page, 'pbx')).toHaveAttribute('data-state', 'ok')
  })

  test('a field that IT has locked is shown and stays as it is', async ({ start, page, fake, dataDir }) => {
    const policy = join(dataDir, 'policy.json')
    const connection = { id: 'cloud', system: 'cloud-cs', baseUrl: cloud.baseUrl, clientId: 'frontbell' }
    writeFileSync(
      policy,
      JSON.stringify({ values: { connections: [connection] }, locked: ['connections.cloud.baseUrl'] }),
    )
    const settings = settingsFor(fake) as { connections: object[] }
    const app = await start({
      settings: { ...settings, connections: [...settings.connections, connection] },
      env: { FRONTBELL_POLICY: policy },
    })
    await page.goto(`${app.url}#/settings/connections`)
    await page.getByRole('button', { name: '修改: 云客服' }).click()
    await expect(field(page, 'baseUrl')).toContainText('由网管设定')
    await expect(field(page, 'baseUrl').getByRole('textbox')).not.toBeEditable()
    await field(page, 'scope').getByRole('textbox').fill('read')
    await page.getByRole('button', { name: '保存' }).click()
    await expect(page.getByTestId('connection-field-scope')).toHaveCount(0)
    expect(JSON.parse(saved(dataDir)).connections[1]).toMatchObject({ scope: 'read', baseUrl: cloud.baseUrl })
  })
})
