import type { Page } from '@playwright/test'
import { axeFindings } from '../axe-findings.ts'
import { expect, get, popUrl, test } from './app-fixture.ts'

/** Tab until something with this name has the focus; fails when it cannot be reached. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole('button', { name })
  for (let presses = 0; presses < 60; presses += 1) {
    if (await wanted.evaluateAll((found) => found.includes(document.activeElement as HTMLElement))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} cannot be reached with Tab`)
}

test('search by pinyin initials from another page, Enter dials', async ({ fake, desk }) => {
  const { keyboard } = desk
  await desk.getByTestId('nav-settings').focus()
  await keyboard.press('Enter')
  await expect(desk.getByRole('heading', { name: '设置' })).toBeVisible()
  await keyboard.press('Control+k')
  await expect(desk.getByTestId('search-input')).toBeFocused()
  await keyboard.type('zl')
  await expect(desk.getByTestId('search-result').first()).toContainText('赵磊')
  await keyboard.press('Enter')
  await expect(desk.getByTestId('toast-done')).toContainText('先响您的分机802，接起后再拨分机 806')
  expect(fake.requests.filter(({ target }) => target.includes('CLICK_TO_DIAL')).map(({ target }) => target)).toEqual([
    '/bridge/callctrl?caller=802&callee=806&authtype=no&opt=CLICK_TO_DIAL',
  ])
})

test('a call is answered, transferred by T, the next one hung up by H; typing is never disturbed', async ({
  fake,
  app,
  desk,
}) => {
  const { keyboard } = desk
  const card = (callId: string) => desk.locator(`[data-testid=pop-card][data-call-id="${callId}"]`)
  fake.setPopUrl(`${app.listener}/srvlt`)
  await keyboard.press('d')
  await expect(desk.getByTestId('dial-input')).toBeFocused()
  await keyboard.type('07')
  const first = await fake.ring({ from: '13500000002', to: '802' })
  await expect(card(first.id)).toBeVisible()
  await keyboard.type('55th')
  await expect(desk.getByTestId('dial-input')).toBeFocused()
  await expect(desk.getByTestId('dial-input')).toHaveValue('0755th')
  await expect(desk.getByTestId('transfer-panel')).toHaveCount(0)
  await fake.answer(first.id)
  await expect(card(first.id)).toHaveAttribute('data-state', 'talking')

  await keyboard.press('Escape')
  await keyboard.press('t')
  await expect(desk.getByTestId('transfer-input')).toBeFocused()
  await keyboard.type('chenj')
  await expect(desk.locator('[data-testid^="transfer-target-"]')).toHaveCount(1)
  await keyboard.press('Enter')
  await expect(desk.getByTestId('toast-done')).toContainText('转给 805 陈静')
  await expect(desk.getByTestId('transfer-panel')).toHaveCount(0)
  expect(fake.requests.some(({ target }) => target.includes('extnum=802&target=805'))).toBe(true)
  await fake.answer(first.id)
  await fake.hangup(first.id)

  const second = await fake.ring({ from: '02028000123', to: '802' })
  await fake.answer(second.id)
  await expect(card(second.id)).toHaveAttribute('data-state', 'talking')
  await keyboard.press('t')
  await keyboard.press('Escape')
  await expect(desk.getByTestId('transfer-panel')).toHaveCount(0)
  await keyboard.press('h')
  await expect(card(second.id)).toHaveAttribute('data-state', 'hungup')
  expect(fake.state.calls.get(second.id)?.state).toBe('ended')
})

test('a new call does not move the transfer that somebody types in', async ({ fake, app, desk }) => {
  fake.setPopUrl(`${app.listener}/srvlt`)
  const call = await fake.ring({ from: '13500000002', to: '802' })
  await fake.answer(call.id)
  await expect(desk.getByTestId('pop-card')).toHaveAttribute('data-state', 'talking')
  await desk.keyboard.press('t')
  const field = desk.getByTestId('transfer-input')
  await expect(field).toBeFocused()
  const before = (await field.boundingBox())?.y ?? 0
  await desk.keyboard.type('8')
  fake.state.addExtension('820', '吕芳')
  await expect(desk.getByTestId('board-tile-820')).toBeVisible()
  expect(
    await get(popUrl(app.listener, { id: 'other@x', caller: '02028000123', callee: '802', state: 'ringing' })),
  ).toBe(200)
  await expect(desk.getByTestId('pop-card')).toHaveCount(2)
  await desk.keyboard.type('05')
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('805')
  expect(Math.abs(((await field.boundingBox())?.y ?? 0) - before)).toBeLessThan(2)
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('toast-done')).toContainText('805 陈静')
})

test('the key sheet opens with ? and closes with Escape, and a call is not lost behind it', async ({
  fake,
  app,
  desk,
}) => {
  fake.setPopUrl(`${app.listener}/srvlt`)
  await desk.keyboard.press('?')
  const sheet = desk.getByRole('dialog', { name: '按键' })
  await expect(sheet).toBeVisible()
  await expect(sheet).toContainText('转接当前通话')
  await fake.ring({ from: '13500000002', to: '802' })
  const pop = desk.getByTestId('pop-card').last()
  await expect(pop).toBeInViewport()
  // Nothing lies over it: what is at its middle is the card itself.
  const box = await pop.boundingBox()
  const hit = await desk.evaluate(
    ([x, y]) => document.elementFromPoint(x, y)?.closest('[data-testid=pop-card]') !== null,
    [(box?.x ?? 0) + 60, (box?.y ?? 0) + (box?.height ?? 0) / 2] as const,
  )
  expect(hit).toBe(true)
  await expect(sheet.getByRole('button', { name: '关闭' })).toBeFocused()
  await desk.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await expect(desk.getByTestId('pop-card')).toHaveCount(1)
})

test('a missed call is handled and taken back without a mouse', async ({ fake, app, desk }) => {
  fake.setPopUrl(`${app.listener}/srvlt`)
  const call = await fake.ring({ from: '13500000002', to: '802' })
  await fake.cancel(call.id)
  await expect(desk.getByTestId('missed-badge')).toContainText('1')
  await tabTo(desk, '已处理')
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('missed-badge')).toHaveCount(0)
  await tabTo(desk, '撤销')
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('missed-badge')).toContainText('1')
})

test('the call list by keyboard: rows, drawer, back', async ({ fake, app, desk }) => {
  fake.setPopUrl(`${app.listener}/srvlt`)
  for (const from of ['13500000002', '02028000123']) await fake.cancel((await fake.ring({ from, to: '802' })).id)
  await desk.getByTestId('nav-calls').focus()
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('calls-row')).toHaveCount(2)
  await desk.getByTestId('calls-search').focus()
  await desk.keyboard.press('ArrowDown')
  await desk.keyboard.press('ArrowDown')
  await expect(desk.getByTestId('call-drawer')).toContainText('020-2800 0123')
  await desk.keyboard.press('ArrowDown')
  await expect(desk.getByTestId('call-drawer')).toContainText('135 0000 0002')
  await desk.keyboard.press('Enter')
  await tabTo(desk, '回拨')
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('toast-done')).toContainText('先响您的分机802')
  await desk.keyboard.press('Escape')
  await expect(desk.getByTestId('call-drawer')).toHaveCount(0)
})

test.describe('a button that works', () => {
  // The board asks the same question: only the button asks it here.
  test.use({ settings: { polling: { extensionStateMs: 60_000 } } })

  test('keeps the focus, takes no second press, and can be pressed again when it is done', async ({ fake, desk }) => {
    const asked = () => fake.requests.filter(({ target }) => target.includes('EXTNUM_STATE')).length
    await desk.goto(`${new URL(desk.url()).origin}/#/settings/connections`)
    const button = desk.getByTestId('check-pbx')
    await button.focus()
    const before = asked()
    fake.fault('silence', { opt: 'EXTNUM_STATE', times: 1 })
    await desk.keyboard.press('Enter')
    await expect(button).toHaveAttribute('aria-busy', 'true')
    await expect(button).toBeDisabled()
    await expect(button).toBeFocused()
    expect(await button.evaluate((one) => getComputedStyle(one).cursor)).toBe('progress')
    await desk.keyboard.press('Enter')
    await button.dispatchEvent('click')
    // Long enough for a second one to have come, too short for the first to be given up.
    await desk.waitForTimeout(300)
    expect(asked()).toBe(before + 1)
    expect(await axeFindings(desk)).toEqual([])
    await expect(button).toBeEnabled({ timeout: 20_000 })
    await expect(button).toBeFocused()
    const then = asked()
    await desk.keyboard.press('Enter')
    // A PBX that answers again is asked for the board as well.
    await expect.poll(asked).toBeGreaterThan(then)
  })

  test('nor does Enter in a field press the busy button of its form', async ({ fake, desk }) => {
    await desk.goto(`${new URL(desk.url()).origin}/#/settings/connections`)
    fake.fault('silence', { opt: 'EXTNUM_STATE', times: 1 })
    await desk.getByRole('button', { name: /^修改/ }).first().click()
    const save = desk.getByRole('button', { name: '保存' })
    await expect(save).toHaveAttribute('aria-busy', 'true')
    await desk.getByTestId('connection-field-baseUrl').getByRole('textbox').press('Enter')
    await expect(save).toBeEnabled({ timeout: 20_000 })
    await desk.getByTestId('connection-field-baseUrl').getByRole('textbox').press('Enter')
    await expect(save).toHaveCount(0)
  })
})
