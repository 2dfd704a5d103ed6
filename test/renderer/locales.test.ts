import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../preload/contract/error-codes.ts'

const folder = new URL('../../resources/locales/', import.meta.url)
const read = (locale: string, file: string) =>
  flatten(JSON.parse(readFileSync(new URL(`${locale}/${file}`, folder), 'utf8')))
const files = readdirSync(new URL('zh-CN/', folder)).filter((file) => file.endsWith('.json'))

function flatten(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[path, node]])
  return new Map(
    Object.entries(node ?? {}).flatMap(([key, value]) => [...flatten(value, path ? `${path}.${key}` : key)]),
  )
}
/** English has singular and plural where Chinese has one form. */
const bare = (keys: Iterable<string>) =>
  [...new Set([...keys].map((key) => key.replace(/_(one|other)$/, '')))].toSorted()
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).toSorted()

describe('texts', () => {
  it('exist for every area in both languages', () => {
    expect(
      readdirSync(new URL('en/', folder))
        .filter((file) => file.endsWith('.json'))
        .toSorted(),
    ).toEqual(files.toSorted())
    expect(files.length).toBeGreaterThan(8)
  })

  it.each(files)('%s has the same keys and the same placeholders in both', (file) => {
    const zh = read('zh-CN', file)
    const en = read('en', file)
    expect(bare(en.keys())).toEqual(bare(zh.keys()))
    for (const [key, text] of en) {
      const chinese = zh.get(key) ?? zh.get(key.replace(/_(one|other)$/, ''))
      // A singular may leave the number out.
      if (!key.endsWith('_one')) expect(`${key}: ${holes(text)}`).toBe(`${key}: ${holes(chinese ?? '')}`)
    }
  })

  it.each(files)('%s has no empty text', (file) => {
    for (const locale of ['zh-CN', 'en'])
      for (const [key, text] of read(locale, file)) expect(text.trim(), `${locale} ${key}`).not.toBe('')
  })

  it.each(['zh-CN', 'en'])(
    '%s has a sentence for every error code, and the documented ones of a transfer',
    (locale) => {
      const errors = read(locale, 'errors.json')
      for (const code of [...errorCodes, 'link-lost', 'page-error']) expect(errors.get(code), code).toBeTruthy()
      const transfer = ['not-found', 'offline', 'no-call', 'busy'].map((code) => errors.get(`transfer.${code}`))
      expect(new Set(transfer).size).toBe(4)
    },
  )
})
