import type { Page } from '@playwright/test'
import { axeFindings } from '../axe-findings.ts'
import { startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { test as base, expect } from './app-fixture.ts'
import { callWalks } from './call-walks.ts'
import { pageWalks } from './page-walks.ts'
import { wrongWords } from './page-words.ts'
import { everyStep } from './wizard-walk.ts'

base('axe is really asked, and words are really read: what is planted is found', async ({ desk }) => {
  await desk.evaluate(() => {
    const main = document.querySelector('main')
    main?.insertAdjacentHTML(
      'beforeend',
      '<img src="data:,"><p style="color:#999;background:#aaa">pale</p><button aria-label="Other words">Seen words</button>',
    )
  })
  const rules = (await axeFindings(desk)).map((one) => one.split(':')[0])
  expect(rules).toEqual(expect.arrayContaining(['image-alt', 'color-contrast', 'label-content-name-mismatch']))
  // A key, and a word of the other language.
  await desk.evaluate(() =>
    document.querySelector('main')?.insertAdjacentHTML('beforeend', '<p>calls-live:callBack</p><p>Wrong language</p>'),
  )
  expect(await wrongWords(desk, 'zh-CN')).toEqual(expect.arrayContaining(['calls-live:callBack', 'Wrong language']))
  expect((await wrongWords(desk, 'en')).some((word) => word.includes('工作台'))).toBe(true)
})

const looks = [
  { locale: 'zh-CN', settings: { locale: 'zh-CN', theme: 'light' }, names: null },
  {
    locale: 'en',
    settings: { locale: 'en', theme: 'dark', groups: [{ id: '3002', name: 'Sales', extensions: ['802', '806'] }] },
    names: ['Ann', 'Bob', 'Cid', 'Dan', 'Eve', 'Fay'],
  },
] as const

for (const { locale, settings, names } of looks) {
  const test = base.extend({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    fake: async ({}, use) => {
      const extensions = names?.map((name, n) => [String(801 + n), name] as const)
      const fake = await startFakeTelcrm(extensions ? { extensions } : {})
      if (extensions)
        for (const tone of fake.state.sounds.tones.values())
          fake.state.sounds.saveTone({ ...tone, titel: `Tone ${tone.id}`, des: `Words ${tone.id}` })
      await use(fake)
      await fake.stop()
    },
  })
  test.describe(`${locale}, ${settings.theme}: nothing for axe to find, no word missing or of the other language`, () => {
    test.use({ settings, locale })

    /** In a form that says where. */
    const faults = async (page: Page) => [...(await axeFindings(page)), ...(await wrongWords(page, locale))]

    // One program and one page for many walks: the checks of axe are slow until a page has run them once or twice.
    for (const [part, walks] of Object.entries({ 'with calls': callWalks, 'every other page': pageWalks }))
      test(part, async ({ app, fake, page }) => {
        test.setTimeout(180_000)
        const found: Record<string, string[]> = {}
        const visit = async (name: string, seen: Page) => {
          const list = await faults(seen)
          if (list.length > 0) found[name] = list
        }
        const typed = (chinese: string, english: string) => (locale === 'en' ? english : chinese)
        for (const [name, walk] of Object.entries(walks))
          await test.step(name, () => walk({ app, fake, page, visit, typed }))
        expect(found).toEqual({})
        await expect(page.locator('html')).toHaveAttribute('lang', locale)
      })

    test('the wizard', async ({ fake, page }) => {
      const found: Record<string, string[]> = {}
      await everyStep({ fake, page, settings }, async (name, seen) => {
        const list = await faults(seen)
        if (list.length > 0) found[name] = list
      })
      expect(found).toEqual({})
    })
  })
}
