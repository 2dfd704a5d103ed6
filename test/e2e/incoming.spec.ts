import { expect, get, popUrl, test } from './app-fixture.ts'

const id = 'c635814c-4c50-4340-adcf-bc3824e1ea70@192.168.1.82'
const pop = { id, caller: '13500000002', callee: '802' }

test('a ringing call pops, is answered, runs and ends', async ({ app, desk }) => {
  expect(await get(popUrl(app.listener, { ...pop, state: 'calling' }))).toBe(200)
  const card = desk.locator(`[data-testid=pop-card][data-call-id="${id}"]`)
  await expect(card).toHaveAttribute('data-state', 'calling')
  await get(popUrl(app.listener, { ...pop, state: 'ringing' }))
  await expect(card).toHaveAttribute('data-state', 'ringing')
  await expect(card.getByTestId('pop-number')).toContainText('135 0000 0002')
  await expect(card).toContainText('售前组')
  await get(popUrl(app.listener, { ...pop, state: 'talking' }))
  await expect(card).toHaveAttribute('data-state', 'talking')
  await expect(card).toContainText('00:01')
  await get(popUrl(app.listener, { ...pop, state: 'hungup' }))
  await expect(card).toHaveAttribute('data-state', 'hungup')
})

test('the landline shows its home, and the pop never takes the keyboard', async ({ app, desk }) => {
  const input = desk.getByTestId('dial-input')
  await input.click()
  await desk.keyboard.type('0755')
  await get(popUrl(app.listener, { ...pop, caller: '02028000123', state: 'ringing' }))
  await expect(desk.getByTestId('pop-card')).toBeVisible()
  await desk.keyboard.type('2800')
  await expect(input).toBeFocused()
  await expect(input).toHaveValue(/0755\s?-?2800/)
  await expect(desk.getByTestId('pop-card')).toContainText('020-2800 0123')
  await expect(desk.getByTestId('pop-card')).toContainText('广东广州')
})

test('a canceled call is missed: counted, kept, handled, undone, called back', async ({ app, desk, fake }) => {
  await get(popUrl(app.listener, { ...pop, state: 'ringing' }))
  await get(popUrl(app.listener, { ...pop, state: 'canceled' }))
  await expect(desk.getByTestId('pop-card')).toHaveAttribute('data-state', 'missed')
  await expect(desk.getByTestId('nav-calls')).toContainText('1')
  await desk.getByTestId('pop-card').getByRole('button', { name: '已处理' }).click()
  await expect(desk.getByTestId('nav-calls')).not.toContainText('1')
  await desk.getByTestId('toast-done').getByRole('button', { name: '撤销' }).click()
  await expect(desk.getByTestId('nav-calls')).toContainText('1')
  await desk.reload()
  await desk.getByTestId('missed-row').getByRole('button', { name: /回拨/ }).click()
  await expect(desk.getByTestId('toast-done')).toContainText('先响您的分机802，接起后再拨 135 0000 0002')
  expect(fake.requests.filter(({ target }) => target.includes('CLICK_TO_DIAL'))).toHaveLength(1)
})

test('on another page the calls shrink to one line, out of the way of what lies below; a new one opens them', async ({
  app,
  desk,
}) => {
  const ring = (callId: string, state: string) => get(popUrl(app.listener, { ...pop, id: callId, state }))
  for (const callId of ['one@x', 'two@x', 'three@x']) await ring(callId, 'ringing')
  await desk.getByTestId('nav-directory').click()
  await desk.getByTestId('directory-new').click()
  await desk.getByTestId('person-name').fill('李建国')
  await expect(desk.getByTestId('pop-card')).toHaveCount(3)
  await desk.getByTestId('pop-fold').click()
  const line = desk.getByTestId('pop-folded')
  await expect(line).toContainText('135 0000 0002')
  await expect(line).toContainText('还有2个来电')
  await ring('two@x', 'talking')
  await ring('three@x', 'hungup')
  await expect(line).toBeVisible()
  await desk.getByTestId('person-save').click()
  await expect(desk.getByTestId('directory-row').filter({ hasText: '李建国' })).toBeVisible()
  await ring('four@x', 'ringing')
  await expect(desk.getByTestId('pop-card')).toHaveCount(4)
  await desk.getByTestId('pop-fold').click()
  await line.click()
  await expect(desk.getByTestId('pop-card')).toHaveCount(4)
})

test('legs of one call are one card; those of no call of mine do not pop', async ({ app, desk }) => {
  await test.step('a transfer leg belongs to its call: one card', async () => {
    await get(popUrl(app.listener, { ...pop, state: 'ringing' }))
    await get(popUrl(app.listener, { ...pop, state: 'talking' }))
    await get(popUrl(app.listener, { ...pop, callee: '806', state: 'ringing', businessId: 'second-leg@x' }))
    await get(popUrl(app.listener, { ...pop, state: 'hungup' }))
    await get(popUrl(app.listener, { ...pop, callee: '806', state: 'talking', businessId: 'second-leg@x' }))
    await expect(desk.getByTestId('pop-card')).toHaveCount(1)
    await expect(desk.getByTestId('pop-card')).toHaveAttribute('data-state', 'talking')
    await expect(desk.getByTestId('pop-card')).toContainText('806')
  })
  await test.step('maincall legs do not pop', async () => {
    await get(popUrl(app.listener, { ...pop, id: 'main@x', state: 'ringing', businessId: 'maincall' }))
    await get(popUrl(app.listener, { ...pop, id: 'other@x', state: 'ringing' }))
    await expect(desk.locator('[data-call-id="other@x"]')).toBeVisible()
    await expect(desk.locator('[data-call-id="main@x"]')).toHaveCount(0)
  })
  await test.step('calls for others do not pop here; with scope "all" they do', async () => {
    await get(popUrl(app.listener, { ...pop, id: 'for-820@x', callee: '820', group: '3004', state: 'ringing' }))
    await get(popUrl(app.listener, { ...pop, id: 'mine@x', state: 'ringing' }))
    await expect(desk.locator('[data-call-id="mine@x"]')).toBeVisible()
    await expect(desk.locator('[data-call-id="for-820@x"]')).toHaveCount(0)
  })
})

test.describe('scope: all', () => {
  test.use({ settings: { pop: { scope: 'all' } } })
  test('several calls at once make a stack, newest first', async ({ app, desk }) => {
    for (let n = 1; n <= 8; n += 1) {
      await get(
        popUrl(app.listener, {
          ...pop,
          id: `call-${n}@x`,
          caller: `1350000000${n}`,
          callee: `81${n}`,
          state: 'ringing',
        }),
      )
    }
    await expect(desk.getByTestId('pop-card').first()).toHaveAttribute('data-call-id', 'call-8@x')
    await desk.getByTestId('nav-settings').click()
    await expect(desk.getByTestId('pop-card')).toHaveCount(5)
    await expect(desk.getByText('还有3个来电')).toBeVisible()
  })
})

test('T1: an unknown source is not popped; IT is asked and can trust it', async ({ app, desk }) => {
  await expect(get(popUrl(app.listener, { ...pop, state: 'ringing' }), '127.0.0.7')).rejects.toThrow()
  await expect(desk.getByText('127.0.0.7').first()).toBeVisible()
  await expect(desk.getByTestId('pop-card')).toHaveCount(0)
  await desk.getByRole('button', { name: /信任/ }).first().click()
  await expect(async () =>
    expect(await get(popUrl(app.listener, { ...pop, state: 'ringing' }), '127.0.0.7')).toBe(200),
  ).toPass()
  await expect(desk.getByTestId('pop-card')).toBeVisible()
})

test('an unknown caller can be named on the card and keeps the name', async ({ app, desk }) => {
  await get(popUrl(app.listener, { ...pop, state: 'ringing' }))
  const card = desk.getByTestId('pop-card')
  await card.getByTestId('call-more').click()
  await desk.getByTestId('save-name').click()
  await card.getByRole('textbox', { name: '姓名' }).fill('李建国')
  await card.getByRole('textbox', { name: /公司/ }).fill('深圳华强电子有限公司')
  await desk.keyboard.press('Enter')
  await expect(card.getByTestId('pop-caller')).toHaveText('李建国')
  await get(popUrl(app.listener, { ...pop, id: 'again@x', caller: '+8613500000002', state: 'ringing' }))
  await expect(desk.locator('[data-call-id="again@x"]').getByTestId('pop-caller')).toHaveText('李建国')
})
