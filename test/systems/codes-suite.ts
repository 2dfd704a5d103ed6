import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CodeTable } from '../../main/systems/kit/codes.ts'

interface Listed {
  entries: { code: string; zh: string; en: string }[]
}

/** Every table and code of the manual (test/fixtures/<system>/codes.json) is explained in both languages, and nothing else is. */
export function codesSuite(system: string, tables: readonly CodeTable[]): void {
  const file = new URL(`../fixtures/${system}/codes.json`, import.meta.url)
  const listed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Listed>

  it('has every table of the manual', () => {
    expect(tables.map((one) => one.id).sort()).toEqual(Object.keys(listed).sort())
  })
  describe.each(tables.map((one) => [one.id, one] as const))('%s', (id, table) => {
    it('has every code, and no other', () => {
      expect(Object.keys(table.codes).sort()).toEqual(listed[id]!.entries.map((one) => one.code).sort())
    })
    it('says what each means in both languages', () => {
      for (const [zh, en] of [[table.zh, table.en], ...Object.values(table.codes).map(([, zh, en]) => [zh, en])]) {
        expect(zh).toMatch(/\p{Script=Han}/u)
        expect(en).toMatch(/^[\x20-\x7e]{2,}$/)
      }
    })
  })
}
