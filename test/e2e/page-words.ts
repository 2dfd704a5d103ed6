import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

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
export function wordsOf(page: Page): Promise<string[]> {
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

/** The names of the languages stand in their own language, and what the PBX's own pages call something, in quotation marks. */
const isChinese = (word: string) =>
  /\p{Script=Han}|[，。：（）「」]/u.test(word.replaceAll(/“[^”]*”/g, '')) && word !== '中文'

/** Latin words that a Chinese page may hold: names of keys, addresses, versions, the system's name, the other language. */
const allowed =
  /^(Esc|Ctrl( K| ↵| [123])?|[TKHD?↵↑↓←→]|English|telcrm|linux|OK|QQ|SMS|CRM|ms|URL|[a-z]+(\.[a-z]+)+|(\{[a-zA-Z]+\} ?)+|.*[\d/\\@].*)$/

/** Words that do not belong on the page: a key for a text that is missing, or a word of the other language. */
export async function wrongWords(page: Page, locale: 'zh-CN' | 'en'): Promise<string[]> {
  const words = await wordsOf(page)
  if (words.length <= 5) return ['hardly any word']
  if (locale === 'en') return [...words.filter(isChinese), ...words.filter(leftOver)]
  // Folded details are for IT, in English.
  const details = await page.locator('details p').allTextContents()
  const latin = words.filter((word) => /[A-Za-z]{2}/.test(word) && !/\p{Script=Han}/u.test(word) && !allowed.test(word))
  return [...words.filter(leftOver), ...latin.filter((word) => !details.includes(word))]
}
