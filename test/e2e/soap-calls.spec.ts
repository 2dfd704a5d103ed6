import { rmSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { FakeTelcrm } from '../fakes/telcrm/index.ts'
import { test as base, expect, settingsFor, startApp } from './app-fixture.ts'
import { asked, customer } from './talking-call.ts'

const connectionOf = (fake: FakeTelcrm, more: object = {}) => ({
  ...(settingsFor(fake) as { connections: object[] }).connections[0],
  callControl: 'soap',
  ...more,
})

/** The desk dials and hangs up over the web service. */
const test = base.extend({
  app: async ({ fake, settings }, use) => {
    const app = await startApp({ settings: settingsFor(fake, { connections: [connectionOf(fake)], ...settings }) })
    await use(app)
    await app.stop()
    rmSync(app.dataDir, { recursive: true, force: true })
  },
})

/** Calls of a service's operation. */
const calls = (fake: FakeTelcrm, operation: string) =>
  fake.services.requests.filter(({ body }) => new RegExp(`[<:]${operation}[ />]`).test(body))
const key = (fake: FakeTelcrm, nth = 0) => [...fake.services.pbx.clicks.keys()][nth]!
const cards = (page: Page) => page.getByTestId('pop-card')

async function dial(page: Page, text = customer): Promise<void> {
  await page.getByTestId('dial-input').fill(text)
  await page.getByTestId('dial-button').click()
}

/** Dialled and taken: the key of the call. */
async function begin(page: Page, fake: FakeTelcrm, text?: string): Promise<string> {
  const before = fake.services.pbx.clicks.size
  await dial(page, text)
  await expect(page.locator(`[data-call-id="${`click-${before + 1}@192.168.1.82`}"]`)).toBeVisible()
  return key(fake, before)
}

test('dial, both telephones ring, talk, hang up: the card says each, the PBX is asked only meanwhile', async ({
  fake,
  desk,
}) => {
  await begin(desk, fake)
  await expect(desk.getByTestId('dial-result')).toContainText('先响您的分机802，接起后再拨 135 0000 0002')
  const card = cards(desk)
  await expect(card).toHaveAttribute('data-state', 'calling')
  await expect(card).toContainText('正在拨')
  expect([...fake.services.pbx.clicks.values()]).toMatchObject([{ extnum: '802', callee: customer, line: 'fixed' }])

  fake.click(key(fake), 'ringing')
  await expect(card).toContainText('您的话机在响')
  // A missed poll and a number that no document knows change nothing.
  fake.fault('server-error', { opt: 'state4click', times: 1 })
  const before = calls(fake, 'state4click').length
  fake.services.pbx.clicks.get(key(fake))!.state = 7
  await expect.poll(() => calls(fake, 'state4click').length).toBeGreaterThan(before + 1)
  await expect(card).toContainText('您的话机在响')
  await expect(desk.getByTestId('toast-error')).toHaveCount(0)

  fake.click(key(fake), 'ringing-out')
  await expect(card).toHaveAttribute('data-state', 'ringing')
  await expect(card).toContainText('对方在响')
  fake.click(key(fake), 'talking')
  await expect(card).toHaveAttribute('data-state', 'talking')
  await expect(desk.getByTestId('board-tile-802')).toHaveAttribute('data-state', 'talking')
  const asking = calls(fake, 'state4click').length
  // The board was polled meanwhile, many times: the web service was not.
  const polls = asked(fake, 'EXTNUM_STATE').length
  await expect.poll(() => asked(fake, 'EXTNUM_STATE').length, { timeout: 15_000 }).toBeGreaterThan(polls + 12)
  expect(calls(fake, 'state4click').length - asking).toBeLessThanOrEqual(1)
  await expect(card).toHaveAttribute('data-state', 'talking')

  await card.getByTestId('call-hangup').click()
  await expect(card).toHaveAttribute('data-state', 'hungup')
  expect(calls(fake, 'click2hungup')).toHaveLength(1)
  expect(calls(fake, 'click2hungup')[0]!.body).toContain(key(fake))
  expect([...asked(fake, 'CLICK_TO_DIAL'), ...asked(fake, 'CLICK_TO_HUNGUP')]).toEqual([])
  await expect(desk.getByTestId('board-tile-802')).toHaveAttribute('data-state', 'idle')

  // One call in the history, as the log has it.
  await desk.getByTestId('nav-calls').click()
  await expect(desk.getByTestId('calls-row')).toHaveCount(1, { timeout: 20_000 })
  await expect(desk.getByTestId('calls-row')).toContainText('135 0000 0002')
})

test('hang up while my own telephone still rings, by key; the web service is asked no more', async ({ fake, desk }) => {
  await begin(desk, fake)
  fake.click(key(fake), 'ringing')
  await expect(cards(desk)).toContainText('您的话机在响')
  await desk.getByTestId('dial-input').blur()
  await desk.keyboard.press('h')
  await expect(cards(desk)).toHaveAttribute('data-state', 'missed')
  await expect(cards(desk)).toContainText('未接通')
  await expect(cards(desk).getByTestId('call-handled')).toHaveCount(0)
  const before = calls(fake, 'state4click').length
  const polls = asked(fake, 'EXTNUM_STATE').length
  await expect.poll(() => asked(fake, 'EXTNUM_STATE').length, { timeout: 10_000 }).toBeGreaterThan(polls + 6)
  expect(calls(fake, 'state4click')).toHaveLength(before)
})

test('nobody answers: it is over and can be dialled again, on the internet line', async ({ fake, desk }) => {
  await desk.getByTestId('dial-line').click()
  await desk.getByTestId('dial-line-ip').click()
  await begin(desk, fake)
  fake.click(key(fake), 'ringing-out')
  await expect(cards(desk)).toContainText('对方在响')
  fake.click(key(fake), 'over')
  await expect(cards(desk)).toContainText('未接通')
  await cards(desk).getByTestId('call-back').click()
  await expect.poll(() => fake.services.pbx.clicks.size).toBe(2)
  expect([...fake.services.pbx.clicks.values()].map(({ line }) => line)).toEqual(['ip', 'fixed'])
  expect(calls(fake, 'click2ipcall')).toHaveLength(1)
})

test('the customer hangs up: the board tells, and while the board cannot, the web service is asked', async ({
  fake,
  desk,
}) => {
  await begin(desk, fake)
  fake.click(key(fake), 'talking')
  await expect(cards(desk)).toHaveAttribute('data-state', 'talking')
  await expect(desk.getByTestId('board-tile-802')).toHaveAttribute('data-state', 'talking')
  fake.click(key(fake), 'over')
  await expect(cards(desk)).toHaveAttribute('data-state', 'hungup')

  await begin(desk, fake, '13900000003')
  fake.click(key(fake, 1), 'talking')
  const card = desk.locator(`[data-testid=pop-card][data-call-id="${key(fake, 1)}"]`)
  await expect(card).toHaveAttribute('data-state', 'talking')
  fake.fault('server-error', { opt: 'EXTNUM_STATE' })
  fake.click(key(fake, 1), 'over')
  await expect(card).toHaveAttribute('data-state', 'hungup', { timeout: 30_000 })
})

test('the PBX reports the call too: one card, ended by its key', async ({ fake, app, desk }) => {
  const { get, popUrl } = await import('./app-fixture.ts')
  await begin(desk, fake)
  const pop = (state: string, businessId?: string) =>
    get(
      popUrl(app.listener, {
        ...{ id: 'reported@192.168.1.82', caller: '802', callee: customer, state },
        ...(businessId && { businessId }),
      }),
    )
  await pop('calling', 'maincall')
  await pop('ringing')
  await expect(cards(desk)).toHaveCount(1)
  await expect(cards(desk)).toHaveAttribute('data-call-id', 'reported@192.168.1.82')
  fake.click(key(fake), 'talking')
  await expect(cards(desk)).toHaveAttribute('data-state', 'talking')
  await cards(desk).getByTestId('call-hangup').click()
  await expect(cards(desk)).toHaveAttribute('data-state', 'hungup')
  await expect(cards(desk)).toHaveCount(1)
  expect(calls(fake, 'click2hungup')).toHaveLength(1)
})

test.describe('what goes wrong', () => {
  // Old news for the board: what a test takes away from the PBX stays on the page.
  test.use({ settings: { polling: { extensionStateMs: 60_000, callLogMs: 60_000 } } })

  test('dialling: each refusal says what happened, and is asked once', async ({ fake, desk }) => {
    const failed = desk.getByTestId('toast-error')
    const refused = async (words: string): Promise<void> => {
      const before = calls(fake, 'click2call').length
      await dial(desk)
      await expect(failed).toContainText(words)
      const now = Date.now()
      await expect(() => expect(Date.now() - now).toBeGreaterThan(700)).toPass()
      expect(calls(fake, 'click2call').length - before).toBeLessThanOrEqual(1)
      await expect(desk.getByTestId('dial-input')).toHaveValue(customer)
    }
    fake.fault('server-error', { opt: 'wsdl', times: 1 })
    await refused('话机系统出了错')
    fake.services.pbx.extensions.delete('802')
    await refused('话机系统拒绝了拨号，原话在详情里')
    await failed.getByText('详情', { exact: true }).click()
    await expect(failed).toContainText('no extension 802')
    fake.services.pbx.extensions.add('802')
    fake.fault('server-error', { opt: 'click2call', times: 1 })
    await refused('不知道是否已拨出')
    fake.fault('html-login', { opt: 'click2call', times: 1 })
    await refused('话机系统的回答不完整，不知道是否已拨出')
    fake.fault('cut', { opt: 'click2call', times: 1 })
    await refused('不知道是否已拨出')
    await expect(cards(desk)).toHaveCount(0)
  })

  test('hanging up: a refusal asks how far the call is; the call that is over has its end', async ({ fake, desk }) => {
    await begin(desk, fake)
    fake.click(key(fake), 'ringing')
    await expect(cards(desk)).toContainText('您的话机在响')
    fake.fault('server-error', { opt: 'click2hungup', times: 1 })
    await cards(desk).getByTestId('call-hangup').click()
    await expect(desk.getByTestId('toast-error')).toContainText('不知道是否已挂断')
    await expect(cards(desk)).toContainText('您的话机在响')
    fake.services.pbx.clicks.get(key(fake))!.ended = true
    await cards(desk).getByTestId('call-hangup').click()
    await expect(desk.getByTestId('toast-error').filter({ hasText: '话机系统拒绝了挂断' })).toBeVisible()
    await expect(cards(desk)).toHaveAttribute('data-state', 'missed')
  })

  test('no web service there: dialling says so', async ({ fake, desk }) => {
    fake.services.style = 'cxf'
    fake.services.gone = true
    await dial(desk)
    await expect(desk.getByTestId('toast-error')).toContainText('没有拨出：话机系统没有开放 SOAP 服务')
    await expect(cards(desk)).toHaveCount(0)
  })

  test('an incoming call is ended over HTTP: the web service does not know it', async ({ fake, app, desk }) => {
    fake.setPopUrl(`${app.listener}/srvlt`)
    const call = await fake.ring({ from: customer, to: '802' })
    await cards(desk).getByTestId('call-hangup').click()
    await expect.poll(() => asked(fake, 'CLICK_TO_HUNGUP').length).toBe(1)
    await expect.poll(() => fake.state.calls.get(call.id)?.state).toBe('ended')
    expect(calls(fake, 'click2hungup')).toEqual([])
  })

  for (const [locale, words] of [
    ['zh-CN', '没有挂断：SOAP 服务只能挂断从这里拨出的电话'],
    ['en', 'Not hung up: SOAP ends only calls that were dialled here'],
  ] as const)
    test.describe(`where the HTTP interface is off, ${locale}`, () => {
      test.use({ settings: { locale, polling: { extensionStateMs: 60_000, callLogMs: 60_000 } } })

      test('an incoming call cannot be ended from here, and it is said why', async ({ fake, app, desk }) => {
        fake.setPopUrl(`${app.listener}/srvlt`)
        await fake.ring({ from: customer, to: '802' })
        fake.refuse(404, { opt: 'CLICK_TO_HUNGUP' })
        await cards(desk).getByTestId('call-hangup').click()
        await expect(desk.getByTestId('toast-error')).toContainText(words)
        expect(asked(fake, 'CLICK_TO_HUNGUP')).toHaveLength(1)
        await expect(cards(desk)).toHaveAttribute('data-state', 'ringing')
      })
    })
})

test('the setting is in the connection’s form, and the next call follows it', async ({ fake, desk }) => {
  await desk.goto(`${new URL(desk.url()).origin}/#/settings/connections`)
  await desk.getByRole('button', { name: /^修改/ }).first().click()
  const field = desk.getByTestId('connection-field-callControl')
  await expect(field).toContainText('拨号与挂断')
  await field.getByText('HTTP 接口').click()
  await desk.getByRole('button', { name: '保存' }).click()
  await expect(field).toHaveCount(0)
  await desk.getByTestId('nav-desk').click()
  await dial(desk)
  await expect.poll(() => asked(fake, 'CLICK_TO_DIAL').length).toBe(1)
  expect(fake.services.requests).toEqual([])
})
