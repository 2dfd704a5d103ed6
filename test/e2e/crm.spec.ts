import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, get, popUrl, type RunningApp, settingsFor, startApp, test } from './app-fixture.ts'

const report = (app: RunningApp, id: string, state: string, more: object = {}) =>
  get(popUrl(app.listener, { id, caller: '13500000002', callee: '802', state, businessId: `leg-${id}`, ...more }))

test('a rule is made, tested and used: the page of the customer opens in a new tab', async ({ app, desk, context }) => {
  await context.route('https://crm.example.com/**', (route) => route.fulfill({ body: 'customer' }))
  await desk.goto(`${app.url.split('?')[0]}#/settings/crm`)
  await desk.getByTestId('crm-add').click()
  await desk.getByTestId('crm-template').fill('https://{caller}.example.com/')
  await desk.getByTestId('crm-test').click()
  await expect(desk.getByTestId('crm-problem')).toContainText('主机名要写明')
  await desk.getByTestId('crm-template').fill('https://crm.example.com/c?phone={caller}&g={group}')
  await desk.getByTestId('crm-test').click()
  await expect(desk.getByTestId('crm-preview')).toContainText('https://crm.example.com/c?phone=13500000002&g=3002')
  await desk.getByTestId('crm-groups').fill('3002')
  await desk.getByTestId('crm-save').click()
  await expect(desk.getByTestId('crm-rule')).toContainText('售前组')
  await desk.getByTestId('nav-desk').click()
  await report(app, 'c1@x', 'ringing')
  const tab = context.waitForEvent('page')
  await desk.locator('[data-call-id="c1@x"]').getByTestId('call-more').click()
  await desk.getByTestId('crm-open').click()
  expect((await tab).url()).toBe('https://crm.example.com/c?phone=13500000002&g=3002')
  await report(app, 'c2@x', 'ringing', { group: '9', caller: '13800000417' })
  await expect(desk.locator('[data-call-id="c2@x"]')).toBeVisible()
  await desk.locator('[data-call-id="c2@x"]').getByTestId('call-more').click()
  await expect(desk.getByTestId('save-name')).toBeVisible()
  await expect(desk.getByTestId('crm-open')).toHaveCount(0)
})

test.describe('a rule for each group', () => {
  const rule = (id: string, groups: string[]) => ({
    ...{ id, name: id, groups },
    template: `https://${id}.example.com/?phone={caller}&g={group}`,
  })
  test.use({
    settings: { crm: { rules: [rule('sales', ['3002']), rule('support', ['3003', '3004']), rule('rest', [])] } },
  })

  test('each opens its own customer system; without a list of hosts these are allowed, with one only those on it', async ({
    app,
    desk,
    context,
  }) => {
    await context.route('https://*.example.com/**', (route) => route.fulfill({ body: 'customer' }))
    const press = async (id: string, group: string) => {
      await report(app, id, 'ringing', { group })
      await desk.locator(`[data-call-id="${id}"]`).getByTestId('call-more').click()
      await desk.getByTestId('crm-open').click()
    }
    for (const [group, host] of [
      ['3002', 'sales'],
      ['3004', 'support'],
      ['9', 'rest'],
    ] as const) {
      const tab = context.waitForEvent('page')
      await press(`${group}@x`, group)
      expect((await tab).url()).toBe(`https://${host}.example.com/?phone=13500000002&g=${group}`)
      await (await tab).close()
      await report(app, `${group}@x`, 'hungup')
    }
    await desk.goto(`${app.url.split('?')[0]}#/settings/crm`)
    await expect(desk.getByText('不填就只认规则里写的主机')).toBeVisible()
    await desk.getByTestId('list-crmHosts').fill('sales.example.com')
    await desk.keyboard.press('Enter')
    await desk.getByTestId('nav-desk').click()
    await press('refused@x', '3004')
    await expect(desk.getByTestId('toast-error')).toContainText('不在允许的名单里')
    expect(context.pages()).toHaveLength(1)
  })
})

test('hosts outside the list are refused by name; locked rules cannot be changed', async ({ fake, page }) => {
  const dir = mkdtempSync(join(tmpdir(), 'frontbell-policy-'))
  const policy = join(dir, 'policy.json')
  const rules = [{ id: 'a', name: 'CRM', template: 'https://evil.example.net/{caller}' }]
  writeFileSync(policy, JSON.stringify({ values: { crm: { rules, hosts: ['crm.example.com'] } }, locked: ['crm'] }))
  const app = await startApp({ settings: settingsFor(fake), env: { FRONTBELL_POLICY: policy } })
  await page.goto(app.url)
  await page.getByTestId('board-tile-802').waitFor()
  await report(app, 'c1@x', 'ringing')
  await page.getByTestId('call-more').click()
  await page.getByTestId('crm-open').click()
  await expect(page.getByTestId('toast-error')).toContainText('不在允许的名单里')
  await page.goto(`${app.url.split('?')[0]}#/settings/crm`)
  await expect(page.getByTestId('crm-rule')).toBeVisible()
  await expect(page.getByTestId('crm-add')).toHaveCount(0)
  await expect(page.getByTestId('list-crmHosts')).toBeDisabled()
  await app.stop()
  rmSync(dir, { recursive: true, force: true })
})

test('opens by itself once on ring and once on answer, whatever is reported again, also after a restart', async ({
  fake,
}) => {
  const bin = mkdtempSync(join(tmpdir(), 'frontbell-bin-'))
  const opened = join(bin, 'opened.txt')
  writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$1" >> ${opened}\n`)
  chmodSync(join(bin, 'xdg-open'), 0o755)
  const addresses = () => (existsSync(opened) ? readFileSync(opened, 'utf8').trim().split('\n').toSorted() : [])
  const env = { PATH: `${bin}:${process.env.PATH}`, DISPLAY: ':99' }
  const rule = (on: string) => ({ id: on, name: on, on, template: `https://crm.example.com/${on}?q={caller}&n={name}` })
  const crm = { rules: [rule('ring'), rule('answer')] }
  const app = await startApp({ settings: settingsFor(fake, { crm }), env })
  await report(app, 'a@x', 'ringing', { caller: "135$(touch /tmp/x)'" })
  await report(app, 'c1@x', 'ringing')
  await report(app, 'c1@x', 'ringing')
  await expect.poll(addresses).toHaveLength(2)
  await report(app, 'c1@x', 'talking')
  await report(app, 'c1@x', 'talking')
  await expect.poll(addresses).toHaveLength(3)
  expect(addresses()).toContain('https://crm.example.com/answer?q=13500000002&n=')
  expect(addresses().join()).not.toMatch(/[$()' ]/)
  await app.stop()
  const again = await startApp({ dataDir: app.dataDir, env })
  await report(again, 'c1@x', 'ringing')
  await report(again, 'c1@x', 'talking')
  await report(again, 'c9@x', 'ringing', { caller: '13800000417' })
  await expect.poll(addresses).toHaveLength(4)
  expect(addresses().filter((one) => one.includes('13500000002'))).toHaveLength(2)
  await again.stop()
  rmSync(bin, { recursive: true, force: true })
})
