import type { Page } from '@playwright/test'
import type { FakeTelcrm } from '../fakes/telcrm/index.ts'
import { expect } from './app-fixture.ts'

export const third = (page: Page) => page.getByTestId('consult-third')
export const hint = (page: Page) => page.getByTestId('consult-hint')
export const outcome = (page: Page) => page.getByTestId('consult-outcome')
export const buttons = (page: Page) =>
  ['put-through', 'three-way', 'back'].map((name) => page.getByTestId(`consult-${name}`)) as [
    ReturnType<Page['getByTestId']>,
    ReturnType<Page['getByTestId']>,
    ReturnType<Page['getByTestId']>,
  ]
/** How the telephone of the third party is now. The page shows whom it is going to ask before the PBX has been told. */
export async function thirdIs(fake: FakeTelcrm, state: 'answered' | 'refused'): Promise<void> {
  const found = () => fake.state.conversations.thirdParties.get('802')
  await expect.poll(() => found() !== undefined, { message: '802 consults nobody' }).toBe(true)
  const third = found()
  if (third) third.state = state
}

/** By keyboard, as everybody does it: C, who, Enter. */
export async function consult(page: Page, whom = '806'): Promise<void> {
  await page.keyboard.press('c')
  await page.getByTestId('transfer-input').fill(whom)
  await page.keyboard.press('Enter')
  await expect(third(page)).toBeVisible()
}

/** And whom they asked has answered. */
export async function consultAnswered(page: Page, fake: FakeTelcrm): Promise<void> {
  await consult(page)
  await thirdIs(fake, 'answered')
  await expect(third(page)).toHaveAttribute('data-third', 'answered')
}
