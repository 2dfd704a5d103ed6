import type { Page } from '@playwright/test'
import { type FakeTelcrm, logRow } from '../fakes/telcrm/index.ts'
import { expect, settingsFor, startApp, test } from './app-fixture.ts'

const customer = '13500000002'
/** The board is asked once a minute: what it shows may be behind the PBX, as it is for two seconds in an office. */
const slowBoard = { polling: { extensionStateMs: 60_000, callLogMs: 60_000 } }

const supervisedBy = (fake: { baseUrl: string }, extension: string | null, more: object = {}) => ({
  ...settingsFor(fake, more),
  connections: [
    { id: 'pbx', system: 'telcrm', baseUrl: fake.baseUrl, extension: '802', supervisorExtension: extension },
  ],
})

const requests = (fake: FakeTelcrm, opt: string) =>
  fake.requests.filter(({ target }) => target.includes(`opt=${opt}`)).map(({ target }) => target)

const row = (page: Page, extension: string) => page.locator(`[data-testid="agent-row"][data-extension="${extension}"]`)

interface Opened {
  fake: FakeTelcrm
  open(supervisor: string | null, more?: object): Promise<Page>
}

const supervised = test.extend<{ opened: Opened }>({
  opened: async ({ fake, page }, use) => {
    const running: { stop(): Promise<void> }[] = []
    await use({
      fake,
      async open(supervisor, more) {
        const app = await startApp({ settings: supervisedBy(fake, supervisor, more) })
        running.push(app)
        await page.goto(app.url)
        await expect(page.getByTestId('board-tile-802')).toBeVisible()
        await page.getByTestId('nav-supervisor').click()
        await expect(row(page, '806')).toBeVisible()
        return page
      },
    })
    for (const app of running) await app.stop()
  },
})

async function talk(fake: FakeTelcrm, extension: string, from = customer): Promise<string> {
  const call = await fake.ring({ from, to: extension })
  await fake.answer(call.id)
  return call.id
}

supervised(
  'everybody live: state, with whom, presence, missed; listening is asked once and named',
  async ({ opened }) => {
    const { fake } = opened
    await talk(fake, '806')
    fake.state.extensions.get('805')!.missingCallCount = 3
    fake.state.extensions.get('804')!.presence = 'reducing'
    const page = await opened.open('803')
    await expect(row(page, '806')).toHaveAttribute('data-state', 'talking')
    await expect(row(page, '806')).toContainText('135 0000 0002')
    await expect(row(page, '804')).toHaveAttribute('data-presence', 'reducing')
    await expect(row(page, '805').getByRole('gridcell').nth(8)).toHaveText('3')
    await expect(page.getByTestId('supervisor-figures').getByRole('definition').first()).toHaveText('1')
    // Nobody supervises a phone that does not talk, nor their own.
    await expect(row(page, '805').getByRole('button')).toHaveCount(0)

    await row(page, '806').getByTestId('agent-listen').click()
    await expect(page.getByTestId('supervisor-listening')).toContainText('806 赵磊')
    await expect(page.getByTestId('supervisor-listening')).toContainText('接起主管分机 803')
    expect(requests(fake, 'CALL_MONITOR')).toHaveLength(1)
    expect(requests(fake, 'CALL_MONITOR')[0]).toMatch(/leaderExtnum=803&wokerExtnum=806/)
    expect(fake.state.conversations.listening.get('803')).toBe('806')

    // Presence and calls go on without anybody asking.
    fake.state.extensions.get('804')!.presence = 'busy'
    await expect(row(page, '804')).toHaveAttribute('data-presence', 'busy')
    const call = fake.state.callOf('806', 'talking')!
    await fake.hangup(call.id)
    await expect(page.getByTestId('supervisor-listening')).toHaveCount(0)
    await expect(row(page, '806').getByRole('button')).toHaveCount(0)
  },
)

supervised('taking over and ending name the call first; the phones show it', async ({ opened }) => {
  const { fake } = opened
  const callId = await talk(fake, '806')
  const page = await opened.open('803')
  await row(page, '806').getByTestId('agent-take-over').click()
  const asked = page.getByTestId('supervisor-confirm')
  await expect(asked).toContainText('806 赵磊')
  await expect(asked).toContainText('135 0000 0002')
  await page.keyboard.press('Escape')
  await expect(asked).toHaveCount(0)
  expect(requests(fake, 'FORCE_PICKUP')).toHaveLength(0)

  await row(page, '806').getByTestId('agent-take-over').click()
  await page.getByTestId('supervisor-confirm-do').click()
  await expect(page.getByText('已代接 806 赵磊 的通话')).toBeVisible()
  expect(requests(fake, 'FORCE_PICKUP')).toEqual([expect.stringContaining('leaderExtnum=803&wokerExtnum=806')])
  await expect(row(page, '803')).toHaveAttribute('data-state', 'talking')
  await expect(row(page, '806')).toHaveAttribute('data-state', 'idle')
  // The supervisor's own call is ended elsewhere.
  await expect(row(page, '803').getByRole('button')).toHaveCount(0)
  await fake.hangup(callId)

  const second = await talk(fake, '805', '13800000417')
  await row(page, '805').getByTestId('agent-hang-up').click()
  await expect(asked).toContainText('805 陈静')
  await expect(asked).toContainText('138 0000 0417')
  await page.getByTestId('supervisor-confirm-do').click()
  await expect(page.getByText('已挂断 805 陈静 的通话')).toBeVisible()
  expect(fake.state.calls.get(second)?.state).toBe('ended')
  expect(requests(fake, 'FORCE_HUNGUP')).toEqual([expect.stringContaining('leaderExtnum=803&wokerExtnum=805')])
})

supervised('a call that ended while it was asked about is left alone', async ({ opened }) => {
  const { fake } = opened
  const callId = await talk(fake, '806')
  const page = await opened.open('803')
  await row(page, '806').getByTestId('agent-hang-up').click()
  await fake.hangup(callId)
  await talk(fake, '806', '13800000417')
  await expect(page.getByTestId('supervisor-confirm')).toContainText('这通电话已经结束')
  await expect(page.getByTestId('supervisor-confirm-do')).toBeDisabled()
  await page.keyboard.press('Escape')
  expect(requests(fake, 'FORCE_HUNGUP')).toHaveLength(0)
  expect(fake.state.callOf('806')?.state).toBe('talking')
})

type Opt = 'CALL_MONITOR' | 'FORCE_PICKUP' | 'FORCE_HUNGUP'

supervised('every documented code has its own sentence, asked once', async ({ opened }) => {
  test.setTimeout(90_000)
  const { fake } = opened
  let callId = await talk(fake, '806')
  const page = await opened.open('803', slowBoard)
  const failed = page.getByTestId('toast-error')
  const confirmed = async (button: string) => {
    await row(page, '806').getByTestId(button).click()
    await page.getByTestId('supervisor-confirm-do').click()
  }
  const press = (opt: Opt) =>
    opt === 'CALL_MONITOR'
      ? row(page, '806').getByTestId('agent-listen').click()
      : confirmed(opt === 'FORCE_PICKUP' ? 'agent-take-over' : 'agent-hang-up')
  const refused = async (opt: Opt, words: string) => {
    const before = requests(fake, opt).length
    await press(opt)
    await expect(failed.filter({ hasText: words })).toBeVisible()
    // Long enough for a retry to have come.
    await expect(async () => expect(Date.now() - (fake.requests.at(-1)?.at ?? 0)).toBeGreaterThan(700)).toPass()
    expect(requests(fake, opt).length - before).toBe(1)
    await failed.filter({ hasText: words }).getByRole('button').last().click()
    await expect(failed).toHaveCount(0)
  }
  for (const style of ['status', 'body'] as const)
    await test.step(`code as ${style}`, async () => {
      fake.setResultStyle(style)
      if (fake.state.callOf('806') === undefined) callId = await talk(fake, '806')
      fake.state.conversations.supervisors.delete('803')
      await refused('CALL_MONITOR', '没有监听：主管分机没有“坐席监控”权限')
      await refused('FORCE_PICKUP', '没有代接：主管分机没有“坐席监控”权限')
      await refused('FORCE_HUNGUP', '没有挂断：主管分机没有“坐席监控”权限')
      fake.state.conversations.supervisors.add('803')
      for (const [opt, words] of [
        ['CALL_MONITOR', '没有监听：话机系统资源不足'],
        ['FORCE_PICKUP', '没有代接：话机系统资源不足'],
        ['FORCE_HUNGUP', '没有挂断：话机系统资源不足'],
      ] as const) {
        fake.state.conversations.isFull = true
        await refused(opt, words)
      }
      fake.state.conversations.isFull = false
      fake.state.end(fake.state.calls.get(callId)!)
      await refused('CALL_MONITOR', '没有监听：该分机没有在通话')
      await refused('FORCE_PICKUP', '没有代接：没有找到可代接的通话')
      await refused('FORCE_HUNGUP', '没有挂断：没有找到可挂断的通话')
    })
})

supervised(
  'nobody set as supervisor: everything is seen, nothing is done, and the page says how',
  async ({ opened }) => {
    await talk(opened.fake, '806')
    const page = await opened.open(null)
    await expect(page.getByTestId('supervisor-not-set')).toContainText('坐席监控')
    await expect(row(page, '806')).toHaveAttribute('data-state', 'talking')
    await expect(row(page, '806').getByRole('button')).toHaveCount(0)
    await page.getByTestId('supervisor-not-set').getByRole('link').click()
    await expect(page.getByTestId('settings-section-connections')).toHaveAttribute('aria-current', 'true')
  },
)

supervised(
  'by keyboard: rows with the arrows, buttons with Tab, sorting, filtering, presence of a row',
  async ({ opened }) => {
    const { fake } = opened
    await talk(fake, '806')
    const page = await opened.open('803')
    await row(page, '801').focus()
    await page.keyboard.press('End')
    await expect(row(page, '806')).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(row(page, '806').getByTestId('agent-listen')).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(row(page, '805')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('agent-presence')).toContainText('805 陈静')
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('agent-presence')).toHaveCount(0)
    await page.getByTestId('agent-sort-state').click()
    await expect(page.getByTestId('agent-row').first()).toHaveAttribute('data-extension', '806')
    await page.getByTestId('supervisor-filter').fill('wf')
    await expect(page.getByTestId('agent-row')).toHaveCount(1)
    await expect(row(page, '803')).toContainText('王芳')
  },
)

supervised('presence is remembered as it was seen, and says where nobody looked', async ({ opened }) => {
  const { fake } = opened
  const page = await opened.open('803')
  await row(page, '805').click()
  const seen = page.getByTestId('presence-span')
  await expect(page.getByTestId('agent-presence')).toContainText('今天的设定')
  fake.state.extensions.get('805')!.presence = 'busy'
  await expect(seen.first()).toContainText('置忙', { timeout: 15_000 })
  await expect(seen.last()).toContainText('在线')
})

supervised(
  'the day in numbers: charts from the cached log, the same as tables, by group and range',
  async ({ opened }) => {
    const { fake } = opened
    const minute = 60_000
    const at = Date.now()
    const rows = [
      logRow({
        id: 1,
        caller: customer,
        callee: '806',
        beginTime: at - 3 * minute,
        duration: 125,
        state: 'STATE_RECEIVED',
      }),
      logRow({
        id: 2,
        caller: customer,
        callee: '805',
        beginTime: at - 2 * minute,
        duration: 0,
        state: 'STATE_FAILED',
      }),
      logRow({
        id: 3,
        caller: '806',
        callee: '13800000417',
        beginTime: at - minute,
        duration: 60,
        state: 'STATE_RECEIVED',
      }),
      logRow({
        id: 4,
        caller: customer,
        callee: '805',
        beginTime: at - 3 * 86_400_000,
        duration: 30,
        state: 'STATE_RECEIVED',
      }),
      logRow({
        id: 5,
        caller: '801',
        callee: '802',
        beginTime: at - 4 * minute,
        duration: 45,
        state: 'STATE_RECEIVED',
      }),
    ]
    fake.state.oldLog.push(...rows.map((row) => ({ ...row, callid: `statistics-${row.id}` })))
    const page = await opened.open('803')
    await page.locator('input[value="7d"] + label').click()
    const charts = page.getByTestId('supervisor-charts')
    await expect(charts.getByRole('img').first()).toHaveAttribute('aria-label', /2 已接，1 未接/, { timeout: 20_000 })
    await expect(page.getByTestId('supervisor-figures')).toContainText('67%')
    await expect(row(page, '806').getByRole('gridcell').nth(6)).toHaveText('2')
    await expect(row(page, '806').getByRole('gridcell').nth(7)).toHaveText('03:05')
    await charts.locator('input[value="table"] + label').click()
    const talked = charts.getByTestId('statistics-table').last()
    await expect(talked.getByRole('row', { name: /806/ })).toContainText('03:05')
    await expect(talked.getByRole('row', { name: /805/ })).toContainText('00:30')
    // A call to a colleague is none that went out.
    await expect(talked.getByRole('columnheader')).toHaveText(['坐席', '已接', '未接', '呼出', '内部', '时长'])
    await expect(talked.getByRole('row', { name: /801/ }).getByRole('cell')).toHaveText(['0', '0', '0', '1', '00:45'])
    expect(
      await charts.evaluate((aside) => [...aside.children].every((one) => one.scrollWidth <= one.clientWidth)),
    ).toBe(true)
    await page.getByTestId('agent-sort-talk').click()
    await expect(page.getByTestId('agent-row').first()).toHaveAttribute('data-extension', '806')
    await page.getByTestId('supervisor-group').click()
    await page.getByRole('option', { name: '售前组' }).click()
    await expect(talked.getByRole('row', { name: /805/ })).toHaveCount(0)
  },
)

supervised('no calls yet: the charts say so, nothing jumps', async ({ opened }) => {
  const page = await opened.open('803')
  await expect(page.getByTestId('supervisor-charts')).toContainText('这段时间还没有通话')
})
