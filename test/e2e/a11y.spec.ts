import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { pageAtRest } from '../page-at-rest.ts'
import { expect, test } from './app-fixture.ts'
import { everyPage, everyStep } from './every-page.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const looks = [
  { locale: 'zh-CN', theme: 'light' },
  { locale: 'en', theme: 'dark' },
] as const

/** What axe finds, in a form that says where. `label-content-name-mismatch`: who says what is written must be understood. */
async function findings(page: Page): Promise<string[]> {
  await pageAtRest(page)
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true) // no frames here, so no second page for the verdict
    .options({ runOnly: { type: 'tag', values: tags }, rules: { 'label-content-name-mismatch': { enabled: true } } })
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} (${any[0]?.message ?? ''})`),
  )
}

test('axe is really asked: planted faults are found', async ({ desk }) => {
  await desk.evaluate(() => {
    const main = document.querySelector('main')
    main?.insertAdjacentHTML(
      'beforeend',
      '<img src="data:,"><p style="color:#999;background:#aaa">pale</p><button aria-label="Other words">Seen words</button>',
    )
  })
  const rules = (await findings(desk)).map((one) => one.split(':')[0])
  expect(rules).toEqual(expect.arrayContaining(['image-alt', 'color-contrast', 'label-content-name-mismatch']))
})

for (const look of looks) {
  test.describe(`${look.locale}, ${look.theme}`, () => {
    test.use({ settings: look, locale: look.locale })

    test('axe finds nothing on any page', async ({ app, fake, page }) => {
      test.setTimeout(180_000)
      const found: Record<string, string[]> = {}
      await everyPage({ app, fake, page }, async (name, seen) => {
        const list = await findings(seen)
        if (list.length > 0) found[name] = list
      })
      expect(found).toEqual({})
    })

    test('axe finds nothing in the wizard', async ({ fake, page }) => {
      const found: Record<string, string[]> = {}
      await everyStep({ fake, page, settings: look }, async (name, seen) => {
        const list = await findings(seen)
        if (list.length > 0) found[name] = list
      })
      expect(found).toEqual({})
    })
  })
}
