import type { Locator } from '@playwright/test'
import { expect, get, popUrl } from './app-fixture.ts'
import { card, test } from './talking-call.ts'

const crm = { rules: [{ id: 'a', name: 'CRM', template: 'https://crm.example.com/?q={caller}' }] }

/** Every button stands in one line, whole, inside the card. */
async function isOneLine(of: Locator): Promise<void> {
  const outer = await of.boundingBox()
  const line = of.getByTestId('call-more').locator('..').getByRole('button')
  const boxes = await Promise.all((await line.all()).map((one) => one.boundingBox()))
  expect(boxes.length).toBeGreaterThanOrEqual(3)
  expect(new Set(boxes.map((box) => box?.y)).size).toBe(1)
  const right = Math.max(...boxes.map((box) => (box?.x ?? 0) + (box?.width ?? 0)))
  expect(right).toBeLessThanOrEqual((outer?.x ?? 0) + (outer?.width ?? 0) - 12)
  for (const one of await line.all())
    expect(await one.evaluate((button) => button.scrollWidth <= button.clientWidth)).toBe(true)
}

for (const locale of ['zh-CN', 'en'] as const)
  test.describe(locale, () => {
    test.use({ settings: { locale, crm } })

    test('a card has one line of buttons, ringing, talking and missed; the rest is in a menu', async ({
      app,
      desk,
      talking,
    }) => {
      const talk = card(desk, talking)
      await isOneLine(talk)
      for (const id of ['call-transfer', 'call-consult', 'call-note', 'call-hangup'])
        await expect(talk.getByTestId(id)).toBeVisible()
      await talk.getByTestId('call-more').click()
      for (const id of ['call-conference', 'crm-open']) await expect(desk.getByTestId(id)).toBeVisible()
      await desk.keyboard.press('Escape')
      // Another one rings, from a number that nobody knows: its card has the keys no longer, or has them instead.
      const report = (state: string) =>
        get(popUrl(app.listener, { id: 'second@x', caller: '15919820001', callee: '802', state }))
      const second = card(desk, 'second@x')
      await report('ringing')
      await expect(second).toHaveAttribute('data-state', 'ringing')
      await isOneLine(second)
      await expect(second.getByTestId('call-hangup')).toBeVisible()
      await isOneLine(talk)
      await second.getByTestId('call-more').click()
      await desk.getByTestId('save-name').click()
      await expect(second.getByRole('textbox').first()).toBeFocused()
      await desk.keyboard.press('Escape')
      await report('canceled')
      await expect(second).toHaveAttribute('data-state', 'missed')
      await isOneLine(second)
    })
  })
