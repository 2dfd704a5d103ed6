import type { Page } from '@playwright/test'
import { expect, get, popUrl } from './app-fixture.ts'
import { asked, card, customer, talk, test } from './talking-call.ts'

async function dial(page: Page, text: string): Promise<void> {
  await page.getByTestId('dial-input').fill(text)
  await page.getByTestId('dial-button').click()
}

/** Old news for the board: what a test takes away from the PBX stays on the page. */
const slowBoard = { polling: { extensionStateMs: 60_000, callLogMs: 60_000 } }

test.describe('dial', () => {
  test.use({ settings: { dialing: { outsidePrefix: '9', areaCode: '' } } })

  test('any spelling becomes the right request, once; words say what happens; the number is remembered', async ({
    fake,
    desk,
  }) => {
    const callee = /callee=(\d+)/
    const hangUp = async () => {
      for (const call of fake.state.calls.values()) fake.state.end(call)
    }
    for (const [typed, sent, words] of [
      ['+86 135-0000-0002', '913500000002', '先响您的分机802，接起后再拨 135 0000 0002'],
      ['0755 2800 0123 转 801', '9075528000123', '接起后再拨 0755-2800 0123。接通后请按 801'],
      ['１３８ ００００ ０４１７', '913800000417', '接起后再拨 138 0000 0417'],
      ['806', '806', '先响您的分机802，接起后再拨分机 806'],
    ] as const) {
      const before = asked(fake, 'CLICK_TO_DIAL').length
      await dial(desk, typed)
      await expect(desk.getByTestId('dial-result')).toContainText(words)
      const requests = asked(fake, 'CLICK_TO_DIAL').slice(before)
      expect(requests).toHaveLength(1)
      expect(requests[0]).toMatch(/^\/bridge\/callctrl\?/)
      expect(requests[0]).toContain('caller=802')
      expect(requests[0]).toContain('authtype=no')
      expect(requests[0]?.match(callee)?.[1]).toBe(sent)
      await expect(desk.getByTestId('dial-input')).toHaveValue('')
      await hangUp()
    }

    await desk.getByTestId('dial-line').click()
    await desk.getByTestId('dial-line-ip').click()
    await dial(desk, '020 2800 0123')
    await expect(desk.getByTestId('dial-result')).toContainText('020-2800 0123')
    expect(asked(fake, 'CLICK_TO_IP_DIAL')).toHaveLength(1)
    expect(asked(fake, 'CLICK_TO_IP_DIAL')[0]).toContain('callee=902028000123')
    expect(asked(fake, 'CLICK_TO_DIAL')).toHaveLength(4)
  })
})

test('recent numbers: the last callers, one Enter away from the dial field', async ({ fake, app, desk }) => {
  for (const [n, caller] of [customer, '02028000123'].entries()) {
    const leg = { id: `recent-${n}@x`, caller, callee: '802' }
    await get(popUrl(app.listener, { ...leg, state: 'ringing' }))
    await get(popUrl(app.listener, { ...leg, state: 'hungup' }))
  }
  const input = desk.getByTestId('dial-input')
  await input.click()
  const rows = desk.getByRole('listbox', { name: '最近的号码' }).getByRole('option')
  await expect(rows.first()).toContainText('020-2800 0123')
  await desk.keyboard.press('ArrowDown')
  await desk.keyboard.press('Enter')
  await expect(input).toHaveValue('135 0000 0002')
  await expect(input).toBeFocused()
  expect(asked(fake, 'CLICK_TO_DIAL')).toHaveLength(0)
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('dial-result')).toBeVisible()
  expect(asked(fake, 'CLICK_TO_DIAL')[0]).toContain(`callee=${customer}`)
})

test.describe('refused', () => {
  test.use({ settings: slowBoard })

  test('dial: every code has its own sentence and is asked once; what is no number is not asked', async ({
    fake,
    desk,
  }) => {
    test.setTimeout(90_000)
    const failed = desk.getByTestId('toast-error')
    const refused = async (words: string, number = customer): Promise<void> => {
      const before = asked(fake, 'CLICK_TO_DIAL').length
      await dial(desk, number)
      await expect(failed).toContainText(words)
      // Long enough for a retry to have come.
      await expect(async () => expect(Date.now() - (fake.requests.at(-1)?.at ?? 0)).toBeGreaterThan(700)).toPass()
      expect(asked(fake, 'CLICK_TO_DIAL').length - before).toBe(1)
      await expect(desk.getByTestId('dial-input')).toHaveValue(number)
    }
    for (const style of ['status', 'body'] as const)
      await test.step(`code as ${style}`, async () => {
        fake.setResultStyle(style)
        const mine = fake.state.extensions.get('802')
        if (!mine) throw new Error('no 802')
        const call = fake.state.open('incoming', '13900000001', '802', '802', '3002')
        await refused('没有拨出：您的分机正忙')
        fake.state.end(call)
        mine.telRegState = 0
        await refused('没有拨出：您的分机不在线')
        fake.state.extensions.delete('802')
        await refused('没有拨出：话机系统里没有您的分机')
        fake.state.extensions.set('802', { ...mine, telRegState: 1 })
        fake.fault('server-error', { opt: 'CLICK_TO_DIAL', times: 1 })
        await refused('话机系统出了错，不知道是否已拨出')
        fake.fault('reset', { opt: 'CLICK_TO_DIAL', times: 1 })
        await refused('话机系统的回答不完整，不知道是否已拨出')
      })
    const before = asked(fake, 'CLICK_TO_DIAL').length
    for (const [text, words] of [
      ['转', '没有拨出：这不像一个可以拨的号码'],
      ['802', '没有拨出：这是您自己的分机'],
      ['李建国', '没有拨出：这不像一个可以拨的号码'],
    ] as const) {
      await dial(desk, text)
      await expect(failed).toContainText(words)
    }
    expect(asked(fake, 'CLICK_TO_DIAL')).toHaveLength(before)
  })

  test('transfer: every code has its own sentence under the list, and the call stays', async ({
    fake,
    desk,
    talking,
  }) => {
    const target = fake.state.extensions.get('806')
    if (!target) throw new Error('no 806')
    await card(desk, talking).getByTestId('call-transfer').click()
    const refused = async (words: string): Promise<void> => {
      const before = asked(fake, 'CLICK_TO_TRANSFER').length
      await desk.getByTestId('transfer-input').fill('806')
      await desk.keyboard.press('Enter')
      await expect(desk.getByTestId('transfer-panel').getByTestId('toast-error')).toContainText(words)
      expect(asked(fake, 'CLICK_TO_TRANSFER').length - before).toBe(1)
      await desk.getByTestId('transfer-input').fill('')
    }
    const other = fake.state.open('incoming', '13900000001', '806', '806', '3002')
    await refused('没有转出：对方忙')
    fake.state.end(other)
    target.telRegState = 0
    await refused('没有转出：对方不在线')
    fake.state.extensions.delete('806')
    await refused('没有转出：分机不存在')
    fake.state.extensions.set('806', { ...target, telRegState: 1 })
    fake.refuse(400, { opt: 'CLICK_TO_TRANSFER' })
    await refused('没有转出：话机系统不接受这个分机')
    fake.fault('server-error', { opt: 'CLICK_TO_TRANSFER', times: 1 })
    await refused('话机系统出了错，不知道是否已转出')
    const call = fake.state.calls.get(talking)
    if (call) fake.state.end(call)
    await refused('没有转出：没有可转的通话')
    await expect(card(desk, talking)).toHaveAttribute('data-state', 'talking')
    await desk.getByTestId('transfer-input').press('Escape')
    await card(desk, talking).getByTestId('call-hangup').click()
    await expect(desk.getByTestId('toast-error')).toContainText('没有可挂断的通话，可能已经结束')
  })

  test('presence: the PBX refuses, so the old one stays', async ({ fake, desk }) => {
    fake.state.extensions.delete('802')
    await desk.keyboard.press('Control+3')
    await expect(desk.getByTestId('toast-error')).toContainText('状态没有改：话机系统里没有这个分机')
    await expect(desk.getByTestId('presence-menu')).toHaveAttribute('data-presence', 'online')
    await expect(desk.getByTestId('board-tile-802')).toHaveAttribute('data-presence', 'online')
    expect(asked(fake, 'SET_EXT_PRESENCE_STATE')).toHaveLength(1)
    fake.refuse(400, { opt: 'SET_EXT_PRESENCE_STATE' })
    await desk.keyboard.press('Control+2')
    await expect(desk.getByTestId('toast-error').filter({ hasText: '状态没有改：话机系统不接受' })).toBeVisible()
    await expect(desk.getByTestId('presence-menu')).toHaveAttribute('data-presence', 'online')
    expect(asked(fake, 'SET_EXT_PRESENCE_STATE')).toHaveLength(2)
  })
})

test('hang up, and transfer by typing a name, from a tile and by dragging', async ({ fake, desk, talking }) => {
  test.setTimeout(90_000)
  const transfers = () => asked(fake, 'CLICK_TO_TRANSFER').map((target) => /target=(\d+)/.exec(target)?.[1])
  await test.step('hang up ends the call at the PBX', async () => {
    await card(desk, talking).getByTestId('call-hangup').click()
    await expect(card(desk, talking)).toHaveAttribute('data-state', 'hungup')
    const request = `/bridge/callctrl?caller=802&callee=${customer}&opt=CLICK_TO_HUNGUP`
    expect(asked(fake, 'CLICK_TO_HUNGUP')).toEqual([request])
    await expect(desk.getByTestId('board-tile-802')).toHaveAttribute('data-state', 'idle')
  })
  await test.step('by typing a name on the card', async () => {
    const call = await talk(fake, desk)
    await card(desk, call).getByTestId('call-transfer').click()
    await desk.keyboard.type('zl')
    await expect(desk.getByTestId('transfer-target-806')).toHaveAttribute('aria-selected', 'true')
    await desk.keyboard.press('Enter')
    await expect(desk.getByText('已把135 0000 0002转给 806 赵磊')).toBeVisible()
    expect(asked(fake, 'CLICK_TO_TRANSFER')).toEqual(['/bridge/callctrl?extnum=802&target=806&opt=CLICK_TO_TRANSFER'])
    await fake.answer(call)
    await expect(desk.getByTestId('board-tile-806')).toHaveAttribute('data-state', 'talking')
    await fake.hangup(call)
  })
  await test.step('from a tile, whose button says how the target is', async () => {
    const call = await talk(fake, desk)
    const tile = desk.getByTestId('board-tile-805')
    await tile.hover()
    await tile.getByRole('button', { name: '转接给 805 陈静（空闲）' }).click()
    await expect(desk.getByText('转给 805 陈静').first()).toBeVisible()
    await expect.poll(transfers).toEqual(['806', '805'])
    await expect(card(desk, call)).toContainText('805')
    await fake.answer(call)
    await fake.hangup(call)
  })
  await test.step('by dragging the card onto a tile', async () => {
    const call = await talk(fake, desk)
    await card(desk, call).dragTo(desk.getByTestId('board-tile-804'))
    await expect(desk.getByText('转给 804 刘洋').first()).toBeVisible()
    await expect.poll(transfers).toEqual(['806', '805', '804'])
  })
})

test('presence: from the rail, by key, and nobody else’s', async ({ fake, desk }) => {
  const menu = desk.getByTestId('presence-menu')
  await menu.click()
  await desk.getByTestId('presence-reducing').click()
  await expect(menu).toHaveAttribute('data-presence', 'reducing')
  await expect(desk.getByTestId('board-tile-802')).toHaveAttribute('data-state', 'reducing')
  for (const [key, presence] of [
    ['3', 'busy'],
    ['1', 'online'],
    ['2', 'reducing'],
  ] as const) {
    await desk.keyboard.press(`Control+${key}`)
    await expect(menu).toHaveAttribute('data-presence', presence)
  }
  expect(asked(fake, 'SET_EXT_PRESENCE_STATE').map((target) => target.match(/state=\w+/)?.[0])).toEqual(
    ['reducing', 'busy', 'online', 'reducing'].map((state) => `state=${state}`),
  )
  await desk.getByTestId('board-tile-805').hover()
  await expect(desk.getByTestId('tile-dial-805')).toBeVisible()
  await expect(desk.getByTestId('tile-state-805')).toHaveCount(0)
})

test.describe('with the setting', () => {
  test.use({ settings: { board: { setOthersPresence: true } } })
  test('somebody else’s presence, from the tile', async ({ fake, desk }) => {
    await desk.getByTestId('board-tile-805').hover()
    await desk.getByTestId('tile-state-805').click()
    await desk.getByRole('menuitemradio', { name: /置忙/ }).click()
    await expect(desk.getByTestId('board-tile-805')).toHaveAttribute('data-state', 'busy')
    expect(asked(fake, 'SET_EXT_PRESENCE_STATE')).toEqual([
      '/bridge/callctrl?extnum=805&state=busy&opt=SET_EXT_PRESENCE_STATE',
    ])
  })
})
