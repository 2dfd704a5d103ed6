import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, get, popUrl, settingsFor, test } from './program.ts'

/** A plain request, as a PBX makes it; `fetch` says that it is a browser and is refused. */
const textOf = (url: string) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    request(url, { agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      )
    })
      .on('error', reject)
      .end()
  })

test.describe('answers without a person', () => {
  test('text messages: rules are added, ordered, removed and brought back, and answer at once', async ({
    start,
    page,
    fake,
    dataDir,
  }) => {
    const app = await start({ settings: settingsFor(fake) })
    const saved = () => JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8')).smsQuery?.rules ?? []
    const sms = (text: string) =>
      textOf(`${app.listener}/?method=smsquery&telnum=13500000002&contant=${encodeURIComponent(text)}&channel=2005`)
    await page.goto(`${app.url}#/settings/answers`)
    expect((await sms('营业时间')).status).toBe(403)
    const add = async (contains: string, reply: string) => {
      await page.getByTestId('sms-rule-add').click()
      const form = page.getByTestId('sms-rule-form')
      await form.getByLabel('回复').fill(reply)
      await form.getByRole('button', { name: '保存' }).click()
      await expect(form.getByRole('alert')).toHaveText('请填短信里要出现的字。')
      await form.getByLabel('短信里出现').fill(contains)
      await form.getByRole('button', { name: '保存' }).click()
      await expect(form).toHaveCount(0)
    }
    await add('营业', '九点到六点')
    await add('营业时间', '周末休息')
    await page.getByTestId('setting-sms').getByRole('switch').click({ force: true })
    await expect.poll(async () => (await sms('营业时间')).body).toBe('九点到六点')
    await page.getByRole('button', { name: '上移营业时间' }).click()
    await expect.poll(async () => (await sms('营业时间')).body).toBe('周末休息')
    await page.getByRole('button', { name: '删除营业时间' }).click()
    await expect.poll(async () => (await sms('营业时间')).body).toBe('九点到六点')
    await page.getByRole('button', { name: '撤销' }).click()
    await expect.poll(() => saved().map((one: { contains: string }) => one.contains)).toEqual(['营业时间', '营业'])
  })

  test('voice menus: a wrong one is refused in words, a right one answers, and the console shows what came', async ({
    start,
    page,
    fake,
  }) => {
    const app = await start({ settings: settingsFor(fake) })
    await page.goto(`${app.url}#/settings/answers`)
    await page.getByTestId('voice-menu-add').click()
    const form = page.getByTestId('voice-menu-form')
    await form.getByLabel('名称').fill('会员')
    await form.getByRole('button', { name: '保存' }).click()
    await expect(form.getByRole('alert')).toHaveText('名称只能用字母、数字、- 和 _。')
    await form.getByLabel('名称').fill('member')
    await form.getByLabel('参数名').fill('*')
    await form.getByRole('button', { name: '添加一行' }).click()
    await form.getByLabel('第1行按键').fill('1234')
    await form.getByLabel('第1行回答的词').fill('LOGIN SUCCESS')
    await form.getByRole('button', { name: '保存' }).click()
    await expect(form.getByRole('alert')).toContainText('LOGIN SUCCESS')
    await form.getByLabel('第1行回答的词').fill('LOGIN_SUCCESS')
    await form.getByRole('button', { name: '保存' }).click()
    await expect(form).toHaveCount(0)
    await page.getByTestId('nav-console').click()
    await page.goto(`${app.url}#/console/telcrm.ivr-check`)
    const received = page.getByTestId('operation-received')
    await expect(received).toContainText('还没有收到过')
    await expect
      .poll(async () => (await textOf(`${app.listener}/ivr/member?a=member&telcode=1234`)).body)
      .toBe('LOGIN_SUCCESS')
    const newest = received.getByTestId('received-row').first()
    await expect(newest).toContainText('LOGIN_SUCCESS')
    await expect(newest).toContainText('telcode')
    await newest.scrollIntoViewIfNeeded()
    const pop = { id: 'seen@x', caller: '13500000002', callee: '802', state: 'ringing' }
    expect(await get(popUrl(app.listener, pop))).toBe(200)
    await page.goto(`${app.url}#/console/telcrm.screen-pop`)
    await expect(received.getByTestId('received-row').first()).toContainText('seen@x')
    await expect(received.getByTestId('received-row').first()).toContainText('振铃')
  })

  test('what the policy sets can be read but not changed', async ({ start, page, fake, dataDir }) => {
    const policy = join(dataDir, 'policy.json')
    const rules = [{ contains: '营业', reply: '九点' }]
    writeFileSync(
      policy,
      JSON.stringify({ values: { smsQuery: { enabled: true, rules } }, locked: ['smsQuery', 'ivrChecks'] }),
    )
    const app = await start({ settings: settingsFor(fake), env: { FRONTBELL_POLICY: policy } })
    await page.goto(`${app.url}#/settings/answers`)
    await expect(page.getByTestId('sms-rules')).toContainText('九点')
    await expect(page.getByText('由网管设定').first()).toBeVisible()
    await expect(page.getByTestId('sms-rule-add')).toHaveCount(0)
    await expect(page.getByTestId('voice-menu-add')).toHaveCount(0)
    await expect(page.getByRole('button', { name: '删除营业' })).toHaveCount(0)
  })
})
