import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { pageAtRest } from './page-at-rest.ts'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * What axe finds on the page as it is now, in a form that says where; nothing found = nothing to mend. Asked of the page
 * itself, not through Playwright's builder: that starts a second page for every verdict and takes three times as long.
 * `best`: its advice as well, beyond the standards.
 */
export async function axeFindings(page: Page, options: { within?: string; best?: boolean } = {}): Promise<string[]> {
  await pageAtRest(page)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(
    async ({ within, best, tags }) => {
      const { axe: asked } = window as unknown as { axe: typeof axe }
      const { violations } = await asked.run(within ?? document, {
        resultTypes: ['violations'],
        ...(best ? {} : { runOnly: { type: 'tag', values: tags } }),
        // Who says what is written must be understood.
        rules: { 'label-content-name-mismatch': { enabled: true } },
      })
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} (${any[0]?.message ?? ''})`),
      )
    },
    { ...options, tags: standards },
  )
}
