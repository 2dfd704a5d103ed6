import type { HistoryFilter } from '../../../preload/contract/index.ts'
import { createNameReader, findInName, type NameText } from '../directory/name-match.ts'
import type { DirectoryStore, HistoryTerm } from '../ports/index.ts'
import { plain, type Readings } from './words.ts'

const mostTerms = 8

/** A person's name and company, ready to be matched, with all their numbers. */
interface Known {
  texts: NameText[]
  canonicals: string[]
}

/** The words of a filter, each with the people of the directory whom it fits; people are read again when somebody was entered. */
export function createSearchTerms(
  directory: Pick<DirectoryStore, 'entered' | 'enteredVersion'>,
  readings: Readings,
): (filter: HistoryFilter) => HistoryTerm[] {
  const read = createNameReader((sign) => (/\p{Script=Han}/u.test(sign) ? readings(sign) : []))
  let people: { version: number; list: Known[] } | null = null

  function known(): Known[] {
    const version = directory.enteredVersion()
    if (people?.version !== version) {
      const list = directory.entered().map(({ name, company, numbers }) => ({
        texts: [read(name), ...(company === null ? [] : [read(company)])],
        canonicals: numbers.map(({ canonical }) => canonical),
      }))
      people = { version, list }
    }
    return people.list
  }

  const canonicalsOf = (text: string) =>
    known().flatMap(({ texts, canonicals }) => (texts.some((one) => findInName(one, text)) ? canonicals : []))

  return (filter) => {
    const scopes = ['any', 'number', 'name', 'note'] as const
    const texts = { any: filter.text, number: filter.number, name: filter.name, note: filter.note }
    return scopes
      .flatMap((scope) =>
        wordsOf(texts[scope], scope).map((text) => ({
          scope,
          text,
          canonicals: scope === 'any' || scope === 'name' ? canonicalsOf(text) : [],
        })),
      )
      .slice(0, mostTerms)
  }
}

/** Words between blanks; a number may be written with blanks, dashes and brackets. */
function wordsOf(text: string, scope: HistoryTerm['scope']): string[] {
  const typed = plain(text).replace(/['’]/g, '').trim()
  if (typed === '') return []
  const isNumber = /^\+?[\d\s().*#-]+$/.test(typed)
  if (isNumber && (scope === 'any' || scope === 'number'))
    return [typed.replace(/[\s().-]/g, '')].filter((one) => one !== '')
  return typed.split(/\s+/)
}
