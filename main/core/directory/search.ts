import type { Party, SearchHit } from '../../../preload/contract/index.ts'
import { type NumberOptions, parseNumber } from '../numbers/index.ts'
import type { DirectoryStore } from '../ports/index.ts'
import { createNameReader, findInName, mergeRanges, type NameText, type Range } from './name-match.ts'

export interface SearchDeps {
  directory: DirectoryStore
  extensions(): { extension: string; name: string }[]
  /** Newest first. */
  recent(): { number: string; canonical: string; at: number }[]
  identify(number: string): Party
  numbers?(): NumberOptions
}

/** One thing that can be found. */
interface Entry {
  hit: SearchHit
  name: NameText | null
  company: NameText | null
  digits: string
}

/** One typed word. Many people share a company: it is looked at once. */
interface Word {
  text: string
  /** The word as digits, or '' when it is none. */
  digits: string
  companies: Map<NameText, boolean>
}

function wordOf(text: string): Word {
  const digits = text.replace(/[-+().]/g, '')
  return { text, digits: /^\d+$/.test(digits) ? digits : '', companies: new Map() }
}

/** How well an entry fits, smaller is better. */
const fit = { exact: 0, start: 1, inside: 2, company: 3 } as const
type Fit = (typeof fit)[keyof typeof fit]

interface Found {
  entry: Entry
  fit: Fit
  ranges: Range[]
  /** Last contact, epoch ms; 0 = none. */
  at: number
}

function compare(a: Found, b: Found): number {
  return (
    a.fit - b.fit ||
    b.at - a.at ||
    Number(b.entry.hit.kind === 'extension') - Number(a.entry.hit.kind === 'extension') ||
    (a.entry.hit.name ?? '').length - (b.entry.hit.name ?? '').length ||
    (a.entry.hit.id < b.entry.hit.id ? -1 : 1)
  )
}

/** The best few in order. One letter fits thousands: sorting them all would be felt while typing. */
function best(found: Found[], count: number): Found[] {
  const top: Found[] = []
  for (const one of found) {
    const last = top.at(-1)
    if (top.length >= count && last && compare(one, last) >= 0) continue
    const place = top.findIndex((other) => compare(one, other) < 0)
    top.splice(place < 0 ? top.length : place, 0, one)
    if (top.length > count) top.pop()
  }
  return top
}

function matchWord(entry: Entry, word: Word): { fit: Fit; range: Range | null } | null {
  const inName = entry.name && findInName(entry.name, word.text)
  if (inName) return { fit: inName[0] === 0 ? fit.start : fit.inside, range: inName }
  if (word.digits !== '') {
    if (entry.hit.kind === 'extension' && entry.digits === word.digits) return { fit: fit.exact, range: null }
    const at = entry.digits.indexOf(word.digits)
    if (at >= 0) return { fit: at === 0 ? fit.start : fit.inside, range: null }
  }
  if (!entry.company) return null
  let inCompany = word.companies.get(entry.company)
  if (inCompany === undefined) {
    inCompany = findInName(entry.company, word.text) !== null
    word.companies.set(entry.company, inCompany)
  }
  return inCompany ? { fit: fit.company, range: null } : null
}

/** A word, and its letters and digits apart where it has both. */
interface TypedWord {
  whole: Word
  parts: Word[]
}

function typedWord(text: string): TypedWord {
  const parts = text.match(/\d+|\D+/g) ?? []
  return { whole: wordOf(text), parts: parts.length > 1 ? parts.map(wordOf) : [] }
}

/** Every word must fit; "zs802" fits where "zs" and "802" do. The worst fit counts, an exact extension always wins. */
function matchEntry(entry: Entry, words: TypedWord[]): Omit<Found, 'at'> | null {
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
  return { entry, fit: exact && words.length === 1 ? fit.exact : worst, ranges }
}

/**
 * Search over colleagues, the directory and recent numbers. Typed: name, pinyin (full, initials, mixed), company, digits,
 * extension; several words narrow. Best first: exact extension, match at the start, talked to lately. Empty text gives the
 * recent numbers. The pinyin tables are loaded by the first search, the index is kept until the directory changes.
 */
export function createSearch(deps: SearchDeps): (text: string, limit: number) => Promise<SearchHit[]> {
  let reading: Promise<(name: string) => NameText> | null = null
  let people: { version: number; entries: Entry[] } | null = null
  const names = new Map<string, NameText>()

  async function loadReader(): Promise<(name: string) => NameText> {
    const { pinyin } = await import('pinyin-pro')
    const read = createNameReader((character) =>
      /\p{Script=Han}/u.test(character)
        ? pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true }).filter((one) =>
            /^[a-z]+$/.test(one),
          )
        : [],
    )
    return (name) => {
      const known = names.get(name)
      if (known) return known
      const made = read(name)
      names.set(name, made)
      return made
    }
  }

  /** The tables are needed for good once they loaded; a failed load is tried again by the next search. */
  function reader(): Promise<(name: string) => NameText> {
    reading ??= loadReader().catch((error: unknown) => {
      reading = null
      throw error
    })
    return reading
  }

  function display(number: string): string {
    return parseNumber(number, deps.numbers?.()).display
  }

  function peopleEntries(read: (name: string) => NameText): Entry[] {
    const version = deps.directory.version()
    if (people?.version === version) return people.entries
    const list = deps.directory.people()
    const inUse = list.length * 2 + 20_000
    if (names.size > inUse) names.clear()
    const entries = list.flatMap((person) =>
      person.numbers.map(
        ({ number, canonical }): Entry => ({
          hit: {
            kind: 'person',
            id: `person:${person.id}:${canonical}`,
            name: person.name,
            company: person.company,
            number,
            display: display(number),
            at: null,
            match: [],
          },
          name: read(person.name),
          company: person.company ? read(person.company) : null,
          digits: canonical,
        }),
      ),
    )
    people = { version, entries }
    return entries
  }

  function recentHit({ number, canonical, at }: { number: string; canonical: string; at: number }): SearchHit {
    const party = deps.identify(number)
    return {
      kind: 'recent',
      id: `recent:${canonical}`,
      name: party.name,
      company: party.company,
      number,
      display: party.display,
      at,
      match: [],
    }
  }

  function numberHit(text: string): { hit: SearchHit; canonical: string; short: boolean } | null {
    const parsed = parseNumber(text, deps.numbers?.())
    if (parsed.kind === 'unknown' || parsed.kind === 'masked') return null
    const { name, company } = deps.identify(parsed.canonical)
    const { canonical, national: number } = parsed
    return {
      hit: {
        kind: 'number',
        id: `number:${canonical}`,
        name,
        company,
        number,
        display: parsed.display,
        at: null,
        match: [],
      },
      canonical,
      short: parsed.kind === 'extension',
    }
  }

  return async (text, limit) => {
    const typed = text.normalize('NFKC').trim().toLowerCase()
    const recent = deps.recent()
    if (typed === '') return recent.slice(0, limit).map(recentHit)

    const read = await reader()
    const words = typed
      .replace(/['’]/g, '')
      .split(/\s+/)
      .filter((word) => word !== '')
      .map(typedWord)
    const lastAt = new Map<string, number>()
    for (const { canonical, at } of recent) if (!lastAt.has(canonical)) lastAt.set(canonical, at)
    const found: Found[] = []
    const look = (entry: Entry): void => {
      const match = matchEntry(entry, words)
      if (match) found.push({ ...match, at: lastAt.get(entry.digits) ?? 0 })
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
    const entries = peopleEntries(read)
    for (const entry of entries) look(entry)
    const taken = new Set(found.map(({ entry }) => entry.digits))
    for (const one of recent) {
      if (taken.has(one.canonical)) continue
      const hit = recentHit(one)
      look({
        hit,
        name: hit.name ? read(hit.name) : null,
        company: hit.company ? read(hit.company) : null,
        digits: one.canonical,
      })
    }

    const hitOf = ({ entry, ranges, at }: Found): SearchHit => ({
      ...entry.hit,
      at: at === 0 ? null : at,
      match: mergeRanges(ranges),
    })
    const number = numberHit(text)
    const ranked = best(found, limit)
    if (!number || (number.short && ranked[0]?.fit === fit.exact)) return ranked.map(hitOf)
    const others = best(
      found.filter(({ entry }) => entry.digits !== number.canonical),
      limit - 1,
    ).map(hitOf)
    // Two to six digits are mostly the beginning of something longer: dialling them is offered, but not first.
    return number.short ? [...others, number.hit] : [number.hit, ...others]
  }
}
