import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { test as base, expect, get, popUrl } from './app-fixture.ts'

/** An office in every state a board can show. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  fake: async ({}, use) => {
    const names = ['李阳', '张霞', '王芳', '刘洋', '陈静', '赵磊', '周敏', '何伟']
    const fake = await startFakeTelcrm({ extensions: names.map((name, n) => [String(801 + n), name] as const) })
    const set = (extension: string, more: object) => Object.assign(fake.state.extensions.get(extension) ?? {}, more)
    set('803', { state: 'BUSY_OUTGOING', remoteNum: '18600005521' })
    set('804', { state: 'BUSY_INCOMING', remoteNum: '075528000123' })
    set('805', { presence: 'busy' })
    set('806', { presence: 'reducing', missingCallCount: 3 })
    set('807', { telRegState: 0 })
    set('808', { state: 'OFFLINE', presence: 'offline' })
    await use(fake)
    await fake.stop()
  },
})

const tile = (page: Page, extension: string) => page.getByTestId(`board-tile-${extension}`)
const tiles = (page: Page) => page.locator('[data-testid^="board-tile-"]')

test('the board tells how each phone is, at once, and is walked with the arrows', async ({ desk, fake, app }) => {
  await test.step('each tile says how its phone is: state, word, remote number, missed, presence, and which one is me', async () => {
    for (const [extension, state, presence, words] of [
      ['801', 'idle', 'online', ['李阳', '空闲']],
      ['802', 'idle', 'online', ['张霞', '我']],
      ['803', 'talking', 'online', ['呼出通话', '186 0000 5521']],
      ['804', 'talking', 'online', ['呼入通话', '0755-2800 0123']],
      ['805', 'busy', 'busy', ['置忙']],
      ['806', 'reducing', 'reducing', ['减少来电', '3个未接']],
      ['807', 'unregistered', 'online', ['未注册']],
      ['808', 'offline', 'offline', ['离线']],
    ] as const) {
      await expect(tile(desk, extension)).toHaveAttribute('data-state', state)
      await expect(tile(desk, extension)).toHaveAttribute('data-presence', presence)
      for (const word of words) await expect(tile(desk, extension)).toContainText(word)
    }
    await expect(desk.getByText('我', { exact: true })).toHaveCount(1)
    const tally = desk.getByRole('list', { name: '各状态人数' })
    await expect(tally.getByRole('listitem')).toHaveText([/2\s*空闲/, /2\s*通话/, /1\s*置忙/, /1\s*减少来电/])
  })
  await test.step('arrow keys walk the board with one Tab stop; Enter leads to the buttons, Escape back', async () => {
    await tile(desk, '802').focus()
    await expect(desk.locator('[data-extension][tabindex="0"]')).toHaveCount(1)
    for (const [key, extension] of [
      ['ArrowRight', '806'],
      ['ArrowDown', '803'],
      ['ArrowUp', '806'],
      ['ArrowRight', '807'],
      ['ArrowRight', '801'],
      ['End', '808'],
      ['Home', '802'],
      ['ArrowLeft', '802'],
    ] as const) {
      await desk.keyboard.press(key)
      await expect(tile(desk, extension), key).toBeFocused()
    }
    await desk.keyboard.press('End')
    await desk.keyboard.press('Enter')
    await expect(desk.getByTestId('tile-dial-808')).toBeFocused()
    await desk.keyboard.press('Escape')
    await expect(tile(desk, '808')).toBeFocused()
  })
  await test.step('a webhook rings a tile before any poll does, and pops no card for somebody else', async () => {
    const leg = { id: 'ring@x', caller: '13500000002', callee: '801', group: '3009' }
    await get(popUrl(app.listener, { ...leg, state: 'ringing' }))
    await expect(tile(desk, '801')).toHaveAttribute('data-state', 'ringing')
    await expect(tile(desk, '801')).toContainText('135 0000 0002')
    expect(fake.state.extensions.get('801')?.state).toBe('IDEL')
    await get(popUrl(app.listener, { ...leg, state: 'canceled' }))
    await expect(tile(desk, '801')).toHaveAttribute('data-state', 'idle')
    await expect(desk.getByTestId('pop-card')).toHaveCount(0)
  })
})

test('groups, everybody, favourites, list and filter; the choice is kept', async ({ app, desk }) => {
  await expect(desk.getByRole('heading', { name: /售前组/ })).toContainText('3人，1人空闲')
  await expect(desk.getByRole('heading', { name: /未分组/ })).toContainText('5人，1人空闲')

  await tile(desk, '803').hover()
  await tile(desk, '803').getByRole('button', { name: '收藏 803 王芳' }).click()
  await desk.getByText('收藏', { exact: true }).click()
  await expect(tiles(desk)).toHaveCount(1)
  await desk.getByTestId('board-layout').click()
  await expect(desk.getByTestId('board')).toHaveAttribute('data-layout', 'list')
  await desk.reload()
  await expect(tile(desk, '803')).toBeVisible()
  await expect(tiles(desk)).toHaveCount(1)
  await expect(desk.getByTestId('board')).toHaveAttribute('data-layout', 'list')
  expect(JSON.parse(readFileSync(app.settingsFile, 'utf8')).board).toMatchObject({
    view: 'favourites',
    layout: 'list',
    favourites: ['803'],
  })
  await tile(desk, '803').hover()
  await tile(desk, '803').getByRole('button', { name: '取消收藏 803 王芳' }).click()
  await expect(desk.getByText('还没有收藏。')).toBeVisible()

  await desk.getByText('全部', { exact: true }).first().click()
  await expect(tiles(desk)).toHaveCount(8)
  await expect(desk.getByRole('heading', { name: /售前组/ })).toHaveCount(0)
  await expect(tile(desk, '806')).toContainText('售前组')

  await desk.getByTestId('board-filter-open').click()
  for (const [text, extensions] of [
    ['王', ['803']],
    ['cj', ['805']],
    ['80', [801, 802, 803, 804, 805, 806, 807, 808]],
    ['赵磊', ['806']],
  ] as const) {
    await desk.getByTestId('board-filter').fill(text)
    await expect(tiles(desk)).toHaveCount(extensions.length)
    for (const extension of extensions) await expect(tile(desk, String(extension))).toBeVisible()
  }
  await desk.getByTestId('board-filter').fill('没有这个人')
  await expect(desk.getByText('没有符合“没有这个人”的分机。')).toBeVisible()
  await desk.keyboard.press('Escape')
  await expect(tiles(desk)).toHaveCount(8)
})

test('a PBX that is silent: tiles are hatched with their age, the banner says what still works, and it heals', async ({
  fake,
  app,
  desk,
}) => {
  fake.fault('reset')
  await expect(desk.getByTestId('pbx-down')).toContainText('话机系统断开')
  await expect(desk.getByTestId('pbx-down')).toContainText('来电弹屏和记录照常')
  await expect(tile(desk, '803')).toHaveAttribute('data-state', 'stale', { timeout: 15_000 })
  await expect(tile(desk, '803')).toContainText(/\d+秒前：呼出通话/)
  await expect(desk.getByTestId('status-connection-pbx')).toHaveAttribute('data-state', 'down')
  // A call still pops, and its tile says that it rings.
  await get(popUrl(app.listener, { id: 'down@x', caller: '13500000002', callee: '802', state: 'ringing' }))
  await expect(desk.getByTestId('pop-card')).toHaveAttribute('data-state', 'ringing')
  fake.fault(null)
  // Whoever reports calls lives: the pause before the next try, which has grown meanwhile, is not waited out.
  await get(popUrl(app.listener, { id: 'down@x', caller: '13500000002', callee: '802', state: 'canceled' }))
  await expect(tile(desk, '803')).toHaveAttribute('data-state', 'talking')
  await expect(desk.getByTestId('pbx-down')).toHaveCount(0)
})

test('what rings stands above what talks; an answered card stays under the pointer and sinks afterwards', async ({
  app,
  desk,
}) => {
  const call = (n: number, state: string) =>
    get(
      popUrl(app.listener, {
        id: `call-${n}@x`,
        caller: `1350000000${n}`,
        callee: '802',
        state,
        businessId: `leg-${n}`,
      }),
    )
  const order = () =>
    desk.getByTestId('pop-card').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-call-id')?.[5]))
  const place = async () => (await desk.locator('[data-call-id="call-2@x"]').boundingBox())?.y
  for (const n of [1, 2]) await call(n, 'ringing')
  await expect.poll(order).toEqual(['2', '1'])
  await desk.locator('[data-call-id="call-2@x"]').hover()
  const before = await place()
  await call(2, 'talking')
  await expect(desk.locator('[data-call-id="call-2@x"]')).toHaveAttribute('data-state', 'talking')
  await call(3, 'ringing')
  await expect.poll(order).toEqual(['3', '2', '1'])
  expect(Math.abs(((await place()) ?? 0) - (before ?? 0))).toBeLessThan(2)
  await expect(desk.getByRole('button', { name: '135 0000 0003 来电' })).toBeVisible()
  await desk.mouse.move(900, 300)
  await expect.poll(order).toEqual(['3', '1', '2'])
})

base.describe('300 extensions', () => {
  const crowd = base.extend({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    fake: async ({}, use) => {
      const extensions = Array.from(
        { length: 300 },
        (_, n) => [String(n < 199 ? 801 + n : 1801 + n), `同事${n}`] as const,
      )
      const fake = await startFakeTelcrm({ extensions })
      await use(fake)
      await fake.stop()
    },
  })
  crowd('only what is in view is drawn, and the last one is reached by key and by wheel', async ({ desk }) => {
    await expect(desk.getByRole('list', { name: '各状态人数' })).toContainText('300')
    expect(await tiles(desk).count()).toBeLessThan(120)
    await expect(tile(desk, '2100')).toHaveCount(0)
    await tile(desk, '802').focus()
    await desk.keyboard.press('End')
    await expect(tile(desk, '2100')).toBeFocused()
    await expect(tile(desk, '2100')).toBeInViewport()
    await desk.getByTestId('board').hover()
    await desk.mouse.wheel(0, -100_000)
    await expect(tile(desk, '801')).toBeInViewport()
  })
})
