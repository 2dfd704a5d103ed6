import type { HistoryFilter } from '../../../preload/contract/index.ts'
import { createNameReader, findInName } from '../directory/name-match.ts'
import type { HistoryQuery, HistoryTerm, Person } from '../ports/index.ts'
import { plain, type Readings } from './words.ts'

const mostTerms = 8

/** Numbers of the people whom a word fits. */
export type CanonicalsOf = (text: string) => Promise<string[]> | string[]

/** What the store is asked for a filter. `numbersOf`: the canonical numbers of one person of the directory, none = nobody. */
export async function historyQuery(
  filter: HistoryFilter,
  found: { canonicalsOf: CanonicalsOf; numbersOf(person: number): string[] },
): Promise<Omit<HistoryQuery, 'before' | 'limit'>> {
  const { text: _text, number: _number, name: _name, note: _note, canonical, person, ...rest } = filter
  const numbers = person === null ? null : found.numbersOf(person)
  const exact = canonical === null ? numbers : (numbers ?? [canonical]).filter((one) => one === canonical)
  return { ...rest, canonicals: exact, terms: await searchTerms(filter, found.canonicalsOf) }
}

/** The words of a filter, each with the numbers of the people in the directory whom it fits. */
async function searchTerms(filter: HistoryFilter, canonicalsOf: CanonicalsOf): Promise<HistoryTerm[]> {
  const scopes = ['any', 'number', 'name', 'note'] as const
  const texts = { any: filter.text, number: filter.number, name: filter.name, note: filter.note }
  const words = scopes
    .flatMap((scope) => wordsOf(texts[scope], scope).map((text) => ({ scope, text })))
    .slice(0, mostTerms)
  return Promise.all(
    words.map(async ({ scope, text }) => ({
      scope,
      text,
      canonicals: scope === 'any' || scope === 'name' ? await canonicalsOf(text) : [],
    })),
  )
}

/** The same without an index, for a program that looks once. */
export function canonicalsIn(people: readonly Person[], readings: Readings): CanonicalsOf {
  const read = createNameReader((sign) => (/\p{Script=Han}/u.test(sign) ? readings(sign) : []))
  return (text) =>
    people.flatMap(({ name, company, numbers }) =>
      [name, company ?? ''].some((one) => one !== '' && findInName(read(one), text))
        ? numbers.map(({ canonical }) => canonical)
        : [],
    )
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
