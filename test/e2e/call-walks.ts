import { expect, get, popUrl } from './app-fixture.ts'
import { begin, open, step, type Walk } from './walk.ts'

/** A missed call, one that is over, one that talks and one that rings; and somebody unknown knocked. */
async function withCalls(walk: Walk): Promise<void> {
  const { app, page } = walk
  const report = async (id: string, caller: string, ...states: string[]) => {
    for (const state of states)
      await get(popUrl(app.listener, { id, caller, callee: '802', state, businessId: `leg-${id}` }))
  }
  await begin(walk)
  await report('missed@x', '13500000001', 'ringing', 'canceled')
  await report('over@x', '13500000009', 'ringing', 'talking', 'hungup')
  await report('talking@x', '13500000002', 'ringing', 'talking')
  await report('ringing@x', '13500000003', 'ringing')
  await expect(
    get(popUrl(app.listener, { id: 'a@x', caller: '1', callee: '802', state: 'ringing' }), '127.0.0.7'),
  ).rejects.toThrow()
  await page.locator('[data-call-id="ringing@x"]').waitFor()
  await page.getByTestId('unknown-source').waitFor()
}

/** Pages with calls: one after the other in one program, with the same calls. */
export const callWalks: Record<string, (walk: Walk) => Promise<void>> = {
  async 'the desk'(walk) {
    const { page } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await look('empty desk')
    await withCalls(walk)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('8')
    await page.getByTestId('search-result').first().waitFor()
    await look('search', pressEscape)
    await pressEscape()
    await page.getByTestId('dial-input').click()
    await page.getByRole('option').first().waitFor()
    await look('recent numbers', pressEscape)
    await page.getByTestId('dial-input').fill('x')
    await page.keyboard.press('Enter')
    await page.getByTestId('toast-error').waitFor()
    await look('dialling failed', pressEscape)
    await pressEscape()
    await page.getByTestId('board-tile-806').hover()
    await look('tile under the pointer')
    await page.getByTestId('board-layout').click()
    await expect(page.getByTestId('board')).toHaveAttribute('data-layout', 'list')
    await look('board as a list', () => page.getByTestId('board-layout').click())
    await page.getByTestId('presence-menu').click()
    await page.getByTestId('presence-online').waitFor()
    await look('presence menu', pressEscape)
    await page.getByTestId('status-connection-pbx').click()
    await look('connection in the status line', pressEscape)
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await look('keys', pressEscape)
  },
  async 'calls, and the pop window'(walk) {
    const { app, page, visit } = walk
    const { look } = step(walk)
    await open(page, '#/calls')
    await page.getByTestId('calls-row').first().click()
    await page.getByTestId('call-drawer').waitFor()
    // Unfolded, the stack lies on buttons of the drawer: that is what it is folded for.
    await page.getByTestId('pop-fold').click()
    await look('calls with the drawer, the stack on one line')
    await page.getByTestId('calls-search').fill('nobody')
    await expect(page.getByTestId('calls-row')).toHaveCount(0)
    await look('no calls found')
    const pop = await page.context().newPage()
    await pop.goto(`${new URL(app.url).origin}/#/pop`)
    await pop.getByTestId('pop-card').first().waitFor()
    await visit('pop window', pop)
    await pop.close()
  },
  async 'notes and follow-ups'(walk) {
    const { page } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await page.locator('[data-call-id="ringing@x"]').getByTestId('call-more').click()
    await page.getByTestId('save-name').click()
    await look('name of a caller', pressEscape)
    await page.keyboard.press('n')
    await page.getByTestId('note-tags').waitFor()
    await page.getByTestId('follow-up-add').click()
    await page.getByTestId('follow-up-form').waitFor()
    await look('note with the form of a reminder')
    await page.getByTestId('follow-up-hour').click()
    await page.getByTestId('follow-up-save').click()
    await page.getByTestId('follow-up').waitFor()
    await page.getByTestId('message-open').first().click()
    await page.getByTestId('message-dialog').waitFor()
    await look('message for a colleague', pressEscape)
    await open(page, '#/follow-ups')
    await page.getByTestId('missed-party').first().waitFor()
    await page.getByTestId('missed-done').click()
    await page.getByTestId('follow-ups-done').click()
    await page.getByTestId('follow-up-snooze').click()
    await page.getByRole('menuitem').first().waitFor()
    await look('follow-ups', pressEscape)
  },
  async 'calls on the desk'(walk) {
    const { fake, page } = walk
    const { look, pressEscape } = step(walk)
    await begin(walk)
    await page.keyboard.press('t')
    await page.getByTestId('transfer-input').waitFor()
    await look('desk with calls and the transfer open', pressEscape)
    const talk = fake.state.open('incoming', '13500000002', '802', '802', '3002', 'talking@x')
    fake.state.answer(talk)
    await page.keyboard.press('c')
    await page.getByTestId('transfer-input').fill('806')
    await page.keyboard.press('Enter')
    await page.locator('[data-third="ringing"]').waitFor()
    await look('consulting')
    const third = fake.state.conversations.thirdParties.get('802')
    if (third) third.state = 'refused'
    await page.locator('[data-third="refused"]').waitFor()
    await look('consulting somebody who refused')
    await page.getByTestId('consult-back').click()
    await page.getByTestId('consult-outcome').waitFor()
    await look('a consultation is over')
    await page.locator('[data-call-id="talking@x"]').getByTestId('call-more').click()
    await page.getByTestId('call-conference').waitFor()
    await look('more on a card')
    await page.getByTestId('call-conference').click()
    await page.getByTestId('transfer-input').fill('805')
    await page.keyboard.press('Enter')
    await page.getByTestId('conference-members').waitFor()
    await look('conference')
    fake.state.end(talk)
  },
}
