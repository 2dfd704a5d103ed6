import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { test as base, expect } from './app-fixture.ts'
import { everyPage, everyStep } from './every-page.ts'

const locales = join(dirname(fileURLToPath(import.meta.url)), '../../resources/locales')

/** Every key as the page would show it if its text were missing: `noRecent`, `view.groups`. */
const keys = new Set<string>()
function collect(texts: object, path: string): void {
  for (const [name, value] of Object.entries(texts)) {
    const key = path ? `${path}.${name}` : name
    if (typeof value === 'object') collect(value as object, key)
    else if (/[.A-Z]/.test(key)) keys.add(key.replace(/_(one|other)$/, ''))
  }
}
for (const file of readdirSync(join(locales, 'zh-CN')))
  collect(JSON.parse(readFileSync(join(locales, 'zh-CN', file), 'utf8')), '')

/** All words of a page: what is seen, what is read aloud, and the window title. Names of vendors and of the wire stay as they are. */
function wordsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const words = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest('script,style,[translate=no]')) words.push(node.textContent ?? '')
    }
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) words.push(element.getAttribute(name) ?? '')
    }
    return words.map((word) => word.trim()).filter(Boolean)
  })
}

const leftOver = (word: string) =>
  keys.has(word) || keys.has(word.replace(/^[a-z-]+[:.]/, '')) || /\{\{|\}\}|undefined|\[object/.test(word)

const colleagues = (names: readonly string[]) =>
  base.extend({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    fake: async ({}, use) => {
      const fake = await startFakeTelcrm({ extensions: names.map((name, n) => [String(801 + n), name] as const) })
      await use(fake)
      await fake.stop()
    },
  })

const english = colleagues(['Ann', 'Bob', 'Cid', 'Dan', 'Eve', 'Fay'])
english.describe('English', () => {
  const settings = { locale: 'en', groups: [{ id: '3002', name: 'Sales', extensions: ['802', '806'] }] }
  english.use({ settings, locale: 'en' })
  /** The names of the languages stand in their own language, and what the PBX's own pages call something, in quotation marks. */
  const chinese = (words: string[]) =>
    words.filter((word) => /\p{Script=Han}|[，。：（）「」]/u.test(word.replaceAll(/“[^”]*”/g, '')) && word !== '中文')

  english('no Chinese in our own words, no key for a word', async ({ app, fake, page }) => {
    english.setTimeout(150_000)
    const found: Record<string, string[]> = {}
    await everyPage({ app, fake, page }, async (name, seen) => {
      const words = await wordsOf(seen)
      expect(words.length, name).toBeGreaterThan(5)
      const wrong = [...chinese(words), ...words.filter(leftOver)]
      if (wrong.length > 0) found[name] = wrong
    })
    expect(found).toEqual({})
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  })

  english('nor in the wizard', async ({ fake, page }) => {
    const found: Record<string, string[]> = {}
    await everyStep({ fake, page, settings: { locale: 'en' } }, async (name, seen) => {
      const words = await wordsOf(seen)
      const wrong = [...chinese(words), ...words.filter(leftOver)]
      if (wrong.length > 0) found[name] = wrong
    })
    expect(found).toEqual({})
  })
})

base.describe('Chinese', () => {
  /** Latin words that a Chinese page may hold: names of keys, addresses, versions, the system's name, the other language. */
  const allowed =
    /^(Esc|Ctrl( K| ↵| [123])?|[TKHD?↵↑↓←→]|English|telcrm|linux|OK|SMS|CRM|ms|URL|[a-z]+(\.[a-z]+)+|(\{[a-zA-Z]+\} ?)+|.*[\d/\\@].*)$/

  base('no key and no English sentence for a word', async ({ app, fake, page }) => {
    base.setTimeout(150_000)
    const found: Record<string, string[]> = {}
    await everyPage({ app, fake, page }, async (name, seen) => {
      const words = await wordsOf(seen)
      const latin = words.filter(
        (word) => /[A-Za-z]{2}/.test(word) && !/\p{Script=Han}/u.test(word) && !allowed.test(word),
      )
      // Folded details are for IT, in English.
      const details = await seen.locator('details p').allTextContents()
      const wrong = [...words.filter(leftOver), ...latin.filter((word) => !details.includes(word))]
      if (wrong.length > 0) found[name] = wrong
    })
    expect(found).toEqual({})
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  })

  base('the language changes at once, without a reload', async ({ app, desk }) => {
    await desk.goto(`${new URL(app.url).origin}/#/settings/look`)
    await desk.getByText('English', { exact: true }).click()
    await expect(desk.getByTestId('nav-desk')).toHaveText('Desk')
    await expect(desk).toHaveTitle(/Settings/)
    await desk.getByText('中文', { exact: true }).click()
    await expect(desk.getByTestId('nav-desk')).toHaveText('工作台')
    await desk.getByText('深色', { exact: true }).click()
    await expect(desk.locator('html')).toHaveAttribute('data-theme', 'dark')
  })
})
