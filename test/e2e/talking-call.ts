import type { Page } from '@playwright/test'
import type { FakeTelcrm } from '../fakes/telcrm/index.ts'
import { test as base, expect } from './app-fixture.ts'

export const customer = '13500000002'

/** My extension talks with the customer: the call id. The PBX reports its calls to the program. */
export const test = base.extend<{ talking: string }>({
  talking: async ({ fake, app, desk }, use) => {
    fake.setPopUrl(`${app.listener}/srvlt`)
    await use(await talk(fake, desk))
  },
})

/** The customer rings and I answer: the call id. */
export async function talk(fake: FakeTelcrm, desk: Page): Promise<string> {
  const { id } = await fake.ring({ from: customer, to: '802' })
  await fake.answer(id)
  await expect(card(desk, id)).toHaveAttribute('data-state', 'talking')
  return id
}

export const card = (page: Page, callId: string) => page.locator(`[data-testid=pop-card][data-call-id="${callId}"]`)

/** Every request of one kind that reached the PBX, exactly as it came. */
export const asked = (fake: FakeTelcrm, opt: string) =>
  fake.requests.map(({ target }) => target).filter((target) => new RegExp(`[?&]opt=${opt}(&|$)`).test(target))
