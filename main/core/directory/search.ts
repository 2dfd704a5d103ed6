import type { Party, SearchHit } from '../../../preload/contract/index.ts'
import { loadReadings } from '../history/words.ts'
import { type NumberOptions, parseNumber } from '../numbers/index.ts'
import type { FoundRow } from '../ports/index.ts'
import { createNameReader, findInName, mergeRanges, type NameText, type Range } from './name-match.ts'
import { compareFound, type Fit, type FoundPerson, fit, heatOf, type TypedWord, type Word } from './people-index.ts'
import type { PeopleSearch } from './people-search.ts'
import { typedWords } from './typed-words.ts'

export interface SearchDeps {
  people: PeopleSearch
  peopleOf(ids: readonly number[]): FoundRow[]
  extensions(): { extension: string; name: string }[]
  /** Newest first. */
  recent(): { number: string; canonical: string; at: number }[]
  identify(number: string): Party
  numbers?(): NumberOptions
}

/** One thing that can be found: an extension or a number of a call. */
interface Entry {
  hit: SearchHit
  name: NameText | null
  company: NameText | null
  digits: string
}

/** A hit and its place among the others. */
interface Ranked extends Omit<FoundPerson, 'key'> {
  hit: SearchHit
  digits: string
}

const compare = (a: Ranked, b: Ranked) =>
  compareFound({ ...a, key: 0 }, { ...b, key: 0 }) ||
  Number(b.hit.kind === 'extension') - Number(a.hit.kind === 'extension')

function matchWord(entry: Entry, word: Word): { fit: Fit; range: Range | null } | null {
  const inName = entry.name && findInName(entry.name, word.text)
  if (inName) return { fit: inName[0] === 0 ? fit.start : fit.inside, range: inName }
  if (word.digits !== '') {
    if (entry.hit.kind === 'extension' && entry.digits === word.digits) return { fit: fit.exact, range: null }
    const at = entry.digits.indexOf(word.digits)
    if (at >= 0) return { fit: at === 0 ? fit.start : fit.inside, range: null }
  }
  return entry.company && findInName(entry.company, word.text) ? { fit: fit.company, range: null } : null
}

/** Every word must fit. The worst fit counts, an exact extension always wins. */
function matchEntry(entry: Entry, words: readonly TypedWord[]): { fit: Fit; ranges: Range[] } | null {
  let worst: Fit = fit.exact
  let exact = false
  const ranges: Range[] = []
  for (const { whole, parts } of words) {
    const match = matchWord(entry, whole)
    const matches = match ? [match] : parts.map((part) => matchWord(entry, part))
    if (matches.length === 0) return null
    for (const one of matches) {
      if (!one) return null
      worst = Math.max(worst, one.fit) as Fit
      exact ||= one.fit === fit.exact
      if (one.range) ranges.push(one.range)
    }
  }
  return { fit: exact && words.length === 1 ? fit.exact : worst, ranges }
}

/** Where the words stand in a name, for highlighting. */
export function rangesIn(name: NameText, words: readonly TypedWord[]): Range[] {
  const ranges = words.flatMap(({ whole, parts }) => {
    const one = findInName(name, whole.text)
    return one
      ? [one]
      : parts.flatMap((part) => findInName(name, part.text) ?? []).length > 0
        ? partRanges(name, parts)
        : []
  })
  return mergeRanges(ranges)
}

const partRanges = (name: NameText, parts: readonly Word[]): Range[] =>
  parts.flatMap((part) => {
    const one = findInName(name, part.text)
    return one ? [one] : []
  })

/**
 * Search over colleagues, the directory and recent numbers. Typed: name, pinyin (full, initials, mixed), company, group,
 * digits, extension; several words narrow. Best first: exact extension, match at the start, talked to often and lately.
 * A person comes with each number that fits. Empty text gives the recent numbers.
 */
export function createSearch(
  deps: SearchDeps,
): (text: string, limit: number, only?: 'extension') => Promise<SearchHit[]> {
  let reading: Promise<(name: string) => NameText> | null = null

  /** The tables are needed for good once they loaded; a failed load is tried again by the next search. */
  function reader(): Promise<(name: string) => NameText> {
    reading ??= loadReader().catch((error: unknown) => {
      reading = null
      throw error
    })
    return reading
  }

  const display = (number: string) => parseNumber(number, deps.numbers?.()).display

  function recentHit({ number, canonical, at }: { number: string; canonical: string; at: number }): SearchHit {
    const { name, company, display: shown } = deps.identify(number)
    return { kind: 'recent', id: `recent:${canonical}`, name, company, number, display: shown, at, match: [] }
  }

  function numberHit(text: string): { hit: SearchHit; canonical: string; short: boolean } | null {
    const parsed = parseNumber(text, deps.numbers?.())
    if (parsed.kind === 'unknown' || parsed.kind === 'masked') return null
    const { canonical, national: number, display: shown } = parsed
    const { name, company } = deps.identify(canonical)
    return {
      hit: { kind: 'number', id: `number:${canonical}`, name, company, number, display: shown, at: null, match: [] },
      canonical,
      short: parsed.kind === 'extension',
    }
  }

  /** The numbers that the digits among the words stand in; all of them where they stand in none. */
  function numbersMeant<N extends { canonical: string }>(
    numbers: readonly N[],
    words: readonly TypedWord[],
  ): readonly N[] {
    const digits = words
      .flatMap(({ whole, parts }) => [whole, ...parts].map((word) => word.digits))
      .filter((one) => one !== '')
    const meant = numbers.filter(({ canonical }) => digits.every((one) => canonical.includes(one)))
    return digits.length > 0 && meant.length > 0 ? meant : numbers
  }

  const hits = (list: Ranked[], most: number) => list.slice(0, most).map(({ hit }) => hit)

  return async (text, limit, only) => {
    const recent = deps.recent()
    const words = typedWords(text)
    if (words.length === 0) return recent.slice(0, limit).map(recentHit)

    const read = await reader()
    const lastAt = new Map<string, number>()
    for (const { canonical, at } of recent) if (!lastAt.has(canonical)) lastAt.set(canonical, at)
    const ranked: Ranked[] = []
    const look = (entry: Entry): void => {
      const match = matchEntry(entry, words)
      if (!match) return
      const at = lastAt.get(entry.digits) ?? 0
      const hit = { ...entry.hit, at: at === 0 ? null : at, match: mergeRanges(match.ranges) }
      const nameLength = (hit.name ?? '').length
      ranked.push({ hit, digits: entry.digits, fit: match.fit, heat: heatOf(1, at), nameLength })
    }
    for (const { extension, name } of deps.extensions()) {
      const hit = {
        kind: 'extension' as const,
        id: `extension:${extension}`,
        name: name || null,
        company: null,
        number: extension,
        display: extension,
      }
      look({ hit: { ...hit, at: null, match: [] }, name: read(name), company: null, digits: extension })
    }
    if (only === 'extension') return hits(ranked.sort(compare), limit)
    const { found, learnedOf } = await deps.people.find(words, limit)
    const people = new Map(
      deps.peopleOf(found.flatMap(({ key }) => (key > 0 ? [key] : []))).map((row) => [row.id, row]),
    )
    for (const one of found) {
      const learned = one.key < 0 ? learnedOf(one.key) : null
      const person = learned
        ? {
            name: learned.name,
            company: null,
            numbers: [{ number: learned.canonical, canonical: learned.canonical, label: 'other' as const }],
          }
        : people.get(one.key)
      if (!person) continue
      const match = rangesIn(read(person.name), words)
      for (const { number, canonical, label } of numbersMeant(person.numbers, words)) {
        const at = lastAt.get(canonical) ?? null
        const hit: SearchHit = {
          kind: 'person',
          id: `person:${one.key}:${canonical}`,
          name: person.name,
          company: person.company,
          number: parseNumber(number, deps.numbers?.()).national,
          display: display(number),
          at,
          match,
        }
        if (person.numbers.length > 1) hit.label = label
        if (one.key > 0) hit.person = one.key
        ranked.push({ ...one, hit, digits: canonical })
      }
    }
    const taken = new Set(ranked.map(({ digits }) => digits))
    for (const one of recent) {
      if (taken.has(one.canonical)) continue
      const hit = recentHit(one)
      const [name, company] = [hit.name ? read(hit.name) : null, hit.company ? read(hit.company) : null]
      look({ hit, name, company, digits: one.canonical })
    }
    ranked.sort(compare)

    const number = numberHit(text)
    if (!number || (number.short && ranked[0]?.fit === fit.exact)) return hits(ranked, limit)
    const others = hits(
      ranked.filter(({ digits }) => digits !== number.canonical),
      limit - 1,
    )
    // Two to six digits are mostly the beginning of something longer: dialling them is offered, but not first.
    return number.short ? [...others, number.hit] : [number.hit, ...others]
  }
}

/** Names made ready for matching; the last few are remembered. */
export async function loadReader(): Promise<(name: string) => NameText> {
  const readings = await loadReadings()
  const read = createNameReader((sign) => (/\p{Script=Han}/u.test(sign) ? readings(sign) : []))
  const names = new Map<string, NameText>()
  return (name) => {
    const known = names.get(name)
    if (known) return known
    if (names.size > 2000) names.clear()
    const made = read(name)
    names.set(name, made)
    return made
  }
}
