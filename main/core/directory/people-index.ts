import type { IndexRow } from '../ports/index.ts'
import type { GlyphTable } from './name-match.ts'
import { createWordFinder, type WordFinder } from './word-pattern.ts'

/** How well something fits what was typed, smaller is better. */
export const fit = { exact: 0, start: 1, inside: 2, company: 3 } as const
export type Fit = (typeof fit)[keyof typeof fit]

/** One typed word; `digits` = the word as digits, or ''. */
export interface Word {
  text: string
  digits: string
}

/** A word, and its letters and digits apart where it has both: one of the two ways has to fit. */
export interface TypedWord {
  whole: Word
  parts: Word[]
}

export interface FoundPerson {
  /** A person's id; below 0 = `-1 - place` of a learned name. */
  key: number
  fit: Fit
  heat: number
  nameLength: number
}

const halfLifeDays = 30
const dayMs = 86_400_000

/** Grows with calls and with how recent the last one was: a call now weighs as much as two that are a month older. 0 = never. */
export function heatOf(calls: number, lastAt: number): number {
  return calls <= 0 || lastAt <= 0 ? 0 : Math.log2(1 + calls) * halfLifeDays + lastAt / dayMs
}

/** The order in which people are offered. */
export const compareFound = (a: FoundPerson, b: FoundPerson) =>
  a.fit - b.fit || b.heat - a.heat || a.nameLength - b.nameLength || a.key - b.key

/** Marks which three digits follow each other, spread over 64 bits: most numbers are ruled out by this alone. */
function markGrams(digits: string, into: Int32Array, at: number): void {
  for (let from = 0; from + 3 <= digits.length; from += 1) {
    const gram = Number(digits.slice(from, from + 3)) || 0
    const bit = (gram * 37) % 64
    into[at + (bit >> 5)] = (into[at + (bit >> 5)] ?? 0) | (1 << (bit & 31))
  }
}

/** Whom a word fits. */
interface Hits {
  /** Fit + 1 of each place; 0 = does not fit. */
  fits: Uint8Array
  /** The places that it fits, each once. */
  places: Int32Array
}

const grown = <A extends Int32Array | Uint32Array | Uint16Array | Uint8Array | Float32Array>(old: A, made: A): A => {
  made.set(old)
  return made
}

/**
 * Everybody's name, company and numbers in flat arrays: some 60 bytes a person. A search looks at all of them; a mask of
 * letters rules most out. Who changes is added anew and their old place left empty.
 */
export function createPeopleIndex(glyphs: GlyphTable) {
  let size = 0
  let dead = 0
  let signs = new Uint16Array(4096)
  let used = 0
  let keys = new Int32Array(1024)
  let starts = new Uint32Array(1024)
  let lengths = new Uint8Array(1024)
  let marks = new Int32Array(1024)
  let heats = new Float32Array(1024)
  let companies = new Int32Array(1024)
  let groups = new Int32Array(1024)
  let grams = new Int32Array(2048)
  const numbers: string[] = []
  const slotOf = new Map<number, number>()
  /** Companies and groups: each text once, however many people have it. */
  const textIds = new Map<string, number>()
  let textCount = 0
  let textStarts = new Uint32Array(1024)
  let textLengths = new Uint8Array(1024)
  let textMarks = new Int32Array(1024)
  /** Who has a text: the newest place with it as company and as group, and for each place the one before it; -1 = nobody. */
  let ofCompany = new Int32Array(1024).fill(-1)
  let ofGroup = new Int32Array(1024).fill(-1)
  let companyBefore = new Int32Array(1024)
  let groupBefore = new Int32Array(1024)

  function reserve(): void {
    if (size < keys.length) return
    const length = keys.length * 2
    keys = grown(keys, new Int32Array(length))
    starts = grown(starts, new Uint32Array(length))
    lengths = grown(lengths, new Uint8Array(length))
    marks = grown(marks, new Int32Array(length))
    heats = grown(heats, new Float32Array(length))
    companies = grown(companies, new Int32Array(length))
    groups = grown(groups, new Int32Array(length))
    grams = grown(grams, new Int32Array(length * 2))
    companyBefore = grown(companyBefore, new Int32Array(length))
    groupBefore = grown(groupBefore, new Int32Array(length))
  }

  /** Writes the signs of a text down. */
  function write(text: string): { start: number; length: number; marks: number } {
    const start = used
    let mask = 0
    for (const sign of text) {
      if (used - start === 255) break
      if (used === signs.length) {
        signs = grown(signs, new Uint16Array(signs.length * 2))
      }
      const glyph = glyphs.idOf(sign)
      signs[used] = glyph
      used += 1
      mask |= glyphs.marksOf(glyph)
    }
    return { start, length: used - start, marks: mask }
  }

  function textId(text: string | null): number {
    if (text === null || text === '') return -1
    const known = textIds.get(text)
    if (known !== undefined) return known
    if (textCount === textStarts.length) {
      textStarts = grown(textStarts, new Uint32Array(textCount * 2))
      textLengths = grown(textLengths, new Uint8Array(textCount * 2))
      textMarks = grown(textMarks, new Int32Array(textCount * 2))
      ofCompany = grown(ofCompany, new Int32Array(textCount * 2).fill(-1))
      ofGroup = grown(ofGroup, new Int32Array(textCount * 2).fill(-1))
    }
    const { start, length, marks: own } = write(text)
    textStarts[textCount] = start
    textLengths[textCount] = length
    textMarks[textCount] = own
    textIds.set(text, textCount)
    textCount += 1
    return textCount - 1
  }

  function remove(key: number): void {
    const slot = slotOf.get(key)
    if (slot === undefined) return
    slotOf.delete(key)
    lengths[slot] = 0
    numbers[slot] = ''
    grams[slot * 2] = 0
    grams[slot * 2 + 1] = 0
    companies[slot] = -1
    groups[slot] = -1
    dead += 1
  }

  /** The places of `all` that fit, in their order. */
  function hitsOf(fits: Uint8Array, count: number): Hits {
    const places = new Int32Array(count)
    for (let slot = 0, at = 0; at < count; slot += 1) if (fits[slot] !== 0) places[at++] = slot
    return { fits, places }
  }

  /** 0 = not in the name. */
  function fitOfName({ marks: need, find }: WordFinder, slot: number): number {
    if (((marks[slot] as number) & need) !== need) return 0
    const place = find(starts[slot] as number, lengths[slot] as number)
    return place < 0 ? 0 : 1 + (place === 0 ? fit.start : fit.inside)
  }

  /** 0 = in none of the numbers. */
  function fitOfNumbers(slot: number, digits: string): number {
    const list = numbers[slot] as string
    const at = list.startsWith(digits) ? 0 : list.indexOf(digits)
    if (at < 0) return 0
    return 1 + (at === 0 || list.includes(`\n${digits}`, at - 1) ? fit.start : fit.inside)
  }

  /** Whom a word fits, looked for among everybody. */
  function fitsOfEverybody({ text, digits }: Word): Hits {
    const finder = createWordFinder(glyphs, signs, text)
    const fits = new Uint8Array(size)
    let count = 0
    const take = (slot: number, own: number) => {
      if (fits[slot] === 0) count += 1
      fits[slot] = own
    }
    const [own, need, all] = [marks, finder.marks, size]
    for (let slot = 0; slot < all; slot += 1) {
      if (((own[slot] as number) & need) !== need) continue
      const found = fitOfName(finder, slot)
      if (found !== 0) take(slot, found)
    }
    if (digits !== '') {
      const [marked, wanted] = [grams, new Int32Array(2)]
      markGrams(digits, wanted, 0)
      const [low = 0, high = 0] = wanted
      for (let slot = 0; slot < all; slot += 1) {
        if (((marked[slot * 2] as number) & low) !== low || ((marked[slot * 2 + 1] as number) & high) !== high) continue
        if (fits[slot] === 1 + fit.start) continue
        const found = fitOfNumbers(slot, digits)
        if (found !== 0) take(slot, found)
      }
    }
    const takeAll = (last: number, before: Int32Array, current: Int32Array, id: number) => {
      for (let slot = last; slot >= 0; slot = before[slot] as number)
        // Whoever went, or is elsewhere now, stands in the row as well.
        if (fits[slot] === 0 && current[slot] === id) take(slot, 1 + fit.company)
    }
    const marksOfTexts = textMarks
    for (let id = 0; id < textCount; id += 1) {
      if (((marksOfTexts[id] as number) & need) !== need || !isInText(finder, id)) continue
      takeAll(ofCompany[id] as number, companyBefore, companies, id)
      takeAll(ofGroup[id] as number, groupBefore, groups, id)
    }
    return hitsOf(fits, count)
  }

  const isInText = ({ marks: need, find }: WordFinder, id: number) =>
    ((textMarks[id] as number) & need) === need && find(textStarts[id] as number, textLengths[id] as number) >= 0

  /** Whom a word fits of those whom the words before fit. */
  function fitsOfSome({ text, digits }: Word, { places }: Hits): Hits {
    const finder = createWordFinder(glyphs, signs, text)
    const fits = new Uint8Array(size)
    const texts = new Map<number, boolean>()
    const isIn = (id: number) => {
      if (id < 0) return false
      const known = texts.get(id) ?? isInText(finder, id)
      texts.set(id, known)
      return known
    }
    let count = 0
    for (let at = 0; at < places.length; at += 1) {
      const slot = places[at] as number
      let own = fitOfName(finder, slot)
      if (digits !== '' && own !== 1 + fit.start) own = fitOfNumbers(slot, digits) || own
      if (own === 0 && (isIn(companies[slot] as number) || isIn(groups[slot] as number))) own = 1 + fit.company
      if (own === 0) continue
      fits[slot] = own
      count += 1
    }
    return hitsOf(fits, count)
  }

  const fitsOf = (word: Word, among: Hits | null): Hits =>
    among === null ? fitsOfEverybody(word) : fitsOfSome(word, among)

  /** Where the word does not fit, all its parts have to. */
  function fitsOfTyped({ whole, parts }: TypedWord, among: Hits | null): Hits {
    const all = fitsOf(whole, among)
    if (parts.length === 0) return all
    const each = inTurn(parts, among, fitsOf)
    let count = all.places.length
    for (const slot of each.places) {
      if (all.fits[slot] !== 0) continue
      all.fits[slot] = each.fits[slot] as number
      count += 1
    }
    return hitsOf(all.fits, count)
  }

  /** What rules out most comes first. */
  const fitsOfAll = (words: readonly TypedWord[]) =>
    inTurn(
      words.toSorted((a, b) => rarityOf(b.whole) - rarityOf(a.whole)),
      null,
      fitsOfTyped,
    )

  return {
    /** Add, or put in place of who has this key. */
    put({ id, name, company, group, numbers: canonicals }: IndexRow, heat: number): void {
      remove(id)
      reserve()
      const own = write(name)
      keys[size] = id
      starts[size] = own.start
      lengths[size] = own.length
      marks[size] = own.marks
      heats[size] = heat
      const [companyId, groupId] = [textId(company), textId(group)]
      companies[size] = companyId
      groups[size] = groupId
      if (companyId >= 0) {
        companyBefore[size] = ofCompany[companyId] as number
        ofCompany[companyId] = size
      }
      if (groupId >= 0) {
        groupBefore[size] = ofGroup[groupId] as number
        ofGroup[groupId] = size
      }
      numbers[size] = canonicals.join('\n')
      for (const canonical of canonicals) markGrams(canonical, grams, size * 2)
      slotOf.set(id, size)
      size += 1
    },
    remove,
    /** They were talked with just now. */
    warm(key: number, heat: number): void {
      const slot = slotOf.get(key)
      if (slot !== undefined && heat > (heats[slot] ?? 0)) heats[slot] = heat
    },
    /** So many places are empty that making it anew pays. */
    isWorn: () => dead > 1000 && dead > size / 4,
    /**
     * The best `limit` whom every word fits (each a word or its parts, which must all fit), in order; `total` = all of them.
     * The worst fit of a person's words counts.
     */
    search(words: readonly TypedWord[], limit: number): { found: FoundPerson[]; total: number } {
      const { fits, places } = fitsOfAll(words)
      const [id, heat, long] = [keys, heats, lengths]
      const top: FoundPerson[] = []
      let worst: FoundPerson | undefined
      for (let at = 0; at < places.length; at += 1) {
        const slot = places[at] as number
        const own = (fits[slot] as number) - 1
        const warmth = heat[slot] as number
        if (worst && (own > worst.fit || (own === worst.fit && warmth < worst.heat))) continue
        const one: FoundPerson = {
          key: id[slot] as number,
          fit: own as Fit,
          heat: warmth,
          nameLength: long[slot] as number,
        }
        if (worst && compareFound(one, worst) >= 0) continue
        let place = top.length
        while (place > 0 && compareFound(one, top[place - 1] as FoundPerson) < 0) place -= 1
        top.splice(place, 0, one)
        if (top.length > limit) top.pop()
        worst = top.length === limit ? top[limit - 1] : undefined
      }
      return { found: top, total: places.length }
    },
    /** Numbers of those whom every word fits and who were talked with. */
    calledNumbers(words: readonly TypedWord[]): string[] {
      const found: string[] = []
      for (const slot of fitsOfAll(words).places)
        if ((heats[slot] as number) > 0) found.push(...(numbers[slot] as string).split('\n'))
      return found.filter((one) => one !== '')
    },
  }
}
export type PeopleIndex = ReturnType<typeof createPeopleIndex>

/** Longer is rarer, a Chinese character far rarer than a letter; a few digits stand in nearly everybody's numbers. */
const rarityOf = ({ text, digits }: Word) =>
  digits !== '' ? 0 : [...text].reduce((sum, sign) => sum + (sign > 'z' ? 3 : 1), 0)

/** Whom every word fits, the worst fit of each; each word looks only at those whom the ones before fit. */
function inTurn<W>(words: readonly W[], among: Hits | null, fitsOf: (word: W, among: Hits | null) => Hits): Hits {
  let all = among
  for (const word of words) {
    const hits = fitsOf(word, all)
    if (all !== among && all !== null)
      for (const slot of hits.places) hits.fits[slot] = Math.max(hits.fits[slot] as number, all.fits[slot] as number)
    all = hits
  }
  return all ?? { fits: new Uint8Array(0), places: new Int32Array(0) }
}
