import type { Page } from '@playwright/test'
import type { FakeTelcrm } from '../fakes/telcrm/index.ts'
import type { RunningApp } from './app-fixture.ts'

/** One walk: a page in the states that it can show. */
export interface Walk {
  app: RunningApp
  fake: FakeTelcrm
  page: Page
  /** What somebody types, in the language of the walk. */
  typed(chinese: string, english: string): string
  /** The names are for the messages of a test. */
  visit(name: string, page: Page): Promise<void>
}

export const open = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to
  }, hash)

/** On the desk: of the program just opened, or back from the page of the walk before. */
export async function begin({ app, page }: Walk): Promise<void> {
  if (page.url() === 'about:blank') await page.goto(app.url)
  else await open(page, '#/desk')
  await page.getByTestId('board-tile-802').waitFor()
}

export const step = ({ page, visit }: Walk) => ({
  pressEscape: () => page.keyboard.press('Escape'),
  async look(name: string, close?: () => Promise<unknown>): Promise<void> {
    await visit(name, page)
    await close?.()
  },
})
