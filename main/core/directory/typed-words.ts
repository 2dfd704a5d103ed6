import type { TypedWord, Word } from './people-index.ts'

function wordOf(text: string): Word {
  const digits = text.replace(/[-+().]/g, '')
  return { text, digits: /^\d+$/.test(digits) ? digits : '' }
}

/** What was typed as words, all of which must fit: "zs802" also where "zs" and "802" do. */
export function typedWords(text: string): TypedWord[] {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const parts = word.match(/\d+|\D+/g) ?? []
      return { whole: wordOf(word), parts: parts.length > 1 ? parts.map(wordOf) : [] }
    })
}
