import type { IndexRow } from '../ports/index.ts'
import { type GlyphTable, marksOf } from './name-match.ts'

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

/** Fits longer than this are looked for by their beginning: a bit stands for each letter. */
const longestWord = 30
const halfLifeDays = 30
const dayMs = 86_400_000

/** Grows with calls and with how recent the last one was: a call now weighs as much as two that are a month older. 0 = never. */
export function heatOf(calls: number, lastAt: number): number {
  return calls <= 0 || lastAt <= 0 ? 0 : Math.log2(1 + calls) * halfLifeDays + lastAt / dayMs
}

/** The order in which people are offered. */
export const compareFound = (a: FoundPerson, b: FoundPerson) =>
  a.fit - b.fit || b.heat - a.heat || a.nameLength - b.nameLength || a.key - b.key

/** What a typed word can do at each sign: bit n of `reach[glyph × length + at]` = from letter `at` on, letters up to n are covered. */
interface Pattern {
  text: string
  marks: number
  reach: Int32Array
  /** Of each sign: 1 = the word can begin with it. */
  begins: Uint8Array
}

/** Marks which three digits follow each other, spread over 64 bits: most numbers are ruled out by this alone. */
function markGrams(digits: string, into: Int32Array, at: number): void {
  for (let from = 0; from + 3 <= digits.length; from += 1) {
    const gram = Number(digits.slice(from, from + 3)) || 0
    const bit = (gram * 37) % 64
    into[at + (bit >> 5)] = (into[at + (bit >> 5)] ?? 0) | (1 << (bit & 31))
  }
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

  function patternOf(text: string): Pattern {
    const typed = text.slice(0, longestWord)
    const begins = new Uint8Array(glyphs.size())
    for (let glyph = 0; glyph < begins.length; glyph += 1) if (glyphs.reach(glyph, typed, 0) !== 0) begins[glyph] = 1
    return { text: typed, marks: marksOf(typed), begins, reach: new Int32Array(begins.length * typed.length).fill(-1) }
  }

  function reachOf({ text, reach }: Pattern, glyph: number, at: number): number {
    const place = glyph * text.length + at
    const known = reach[place] ?? 0
    if (known !== -1) return known
    const made = glyphs.reach(glyph, text, at)
    reach[place] = made
    return made
  }

  /** Signs of all texts, which of them the word can begin with, and how to go on from there. */
  function finder(pattern: Pattern): (start: number, length: number) => number {
    const { begins, text } = pattern
    const typed = text.length
    const end = 1 << typed
    const all = signs

    /** The word stands at `from`, where it can begin. */
    function standsAt(from: number, behind: number): boolean {
      let state = reachOf(pattern, all[from] as number, 0)
      for (let next = from + 1; state !== 0; next += 1) {
        if ((state & end) !== 0) return true
        if (next === behind) return false
        const glyph = all[next] as number
        let after = 0
        for (let at = 1; at < typed; at += 1) if ((state & (1 << at)) !== 0) after |= reachOf(pattern, glyph, at)
        state = after
      }
      return false
    }

    /** The sign at which it stands, leftmost; -1 = nowhere. */
    return (start, length) => {
      const behind = start + length
      for (let from = start; from < behind; from += 1)
        if (begins[all[from] as number] === 1 && standsAt(from, behind)) return from - start
      return -1
    }
  }

  /** The word stands in the company or group of this id; each is looked at once. */
  function inTexts(need: number, find: (start: number, length: number) => number): (id: number) => boolean {
    const [from, long, own] = [textStarts, textLengths, textMarks]
    const [unknown, no, yes] = [0, 1, 2]
    const known = new Uint8Array(textCount)
    return (id) => {
      if (known[id] === unknown)
        known[id] =
          ((own[id] as number) & need) === need && find(from[id] as number, long[id] as number) >= 0 ? yes : no
      return known[id] === yes
    }
  }

  function fitsOfNames(
    need: number,
    find: (start: number, length: number) => number,
    into: Uint8Array,
    among: Uint8Array | null,
  ): void {
    const [from, long, own] = [starts, lengths, marks]
    for (let slot = 0; slot < into.length; slot += 1) {
      if (((own[slot] as number) & need) !== need || (among !== null && among[slot] === 0)) continue
      const place = find(from[slot] as number, long[slot] as number)
      if (place >= 0) into[slot] = 1 + (place === 0 ? fit.start : fit.inside)
    }
  }

  function fitsOfNumbers(digits: string, into: Uint8Array, among: Uint8Array | null): void {
    const own = grams
    const wanted = new Int32Array(2)
    markGrams(digits, wanted, 0)
    const [low = 0, high = 0] = wanted
    const behind = `\n${digits}`
    for (let slot = 0; slot < into.length; slot += 1) {
      if (((own[slot * 2] as number) & low) !== low || ((own[slot * 2 + 1] as number) & high) !== high) continue
      if (into[slot] === 1 + fit.start || (among !== null && among[slot] === 0)) continue
      const list = numbers[slot] as string
      const at = list.startsWith(digits) ? 0 : list.indexOf(digits)
      if (at >= 0) into[slot] = 1 + (at === 0 || list.includes(behind, at - 1) ? fit.start : fit.inside)
    }
  }

  /** Fit + 1 of each place; 0 = does not fit. `among`: only those are looked at whom the words before fit. */
  function fitsOf({ text, digits }: Word, among: Uint8Array | null): Uint8Array {
    const pattern = patternOf(text)
    const find = finder(pattern)
    const all = new Uint8Array(size)
    const standsIn = inTexts(pattern.marks, find)
    fitsOfNames(pattern.marks, find, all, among)
    if (digits !== '') fitsOfNumbers(digits, all, among)
    const [ofCompany, ofGroup] = [companies, groups]
    for (let slot = 0; slot < all.length; slot += 1) {
      if (all[slot] !== 0 || (among !== null && among[slot] === 0)) continue
      const [company, group] = [ofCompany[slot] as number, ofGroup[slot] as number]
      if ((company >= 0 && standsIn(company)) || (group >= 0 && standsIn(group))) all[slot] = 1 + fit.company
    }
    return all
  }

  /** Where the word does not fit, all its parts have to. */
  function fitsOfTyped({ whole, parts }: TypedWord, among: Uint8Array | null): Uint8Array {
    const all = fitsOf(whole, among)
    if (parts.length === 0) return all
    const each = inTurn(parts, among, fitsOf)
    for (let slot = 0; slot < all.length; slot += 1) if (all[slot] === 0) all[slot] = each[slot] as number
    return all
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
      companies[size] = textId(company)
      groups[size] = textId(group)
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
      const all = fitsOfAll(words)
      const [id, heat, long] = [keys, heats, lengths]
      const top: FoundPerson[] = []
      let total = 0
      let worst: FoundPerson | undefined
      for (let slot = 0; slot < all.length; slot += 1) {
        const own = (all[slot] as number) - 1
        if (own < 0) continue
        total += 1
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
      return { found: top, total }
    },
    /** Numbers of those whom every word fits and who were talked with. */
    calledNumbers(words: readonly TypedWord[]): string[] {
      const all = fitsOfAll(words)
      const found: string[] = []
      for (let slot = 0; slot < all.length; slot += 1)
        if (all[slot] !== 0 && (heats[slot] as number) > 0) found.push(...(numbers[slot] as string).split('\n'))
      return found.filter((one) => one !== '')
    },
  }
}
export type PeopleIndex = ReturnType<typeof createPeopleIndex>

/** Longer is rarer, a Chinese character far rarer than a letter; a few digits stand in nearly everybody's numbers. */
const rarityOf = ({ text, digits }: Word) =>
  digits !== '' ? 0 : [...text].reduce((sum, sign) => sum + (sign > 'z' ? 3 : 1), 0)

/** Whom every word fits, the worst fit of each; each word looks only at those whom the ones before fit. */
function inTurn<W>(
  words: readonly W[],
  among: Uint8Array | null,
  fitsOf: (word: W, among: Uint8Array | null) => Uint8Array,
): Uint8Array {
  let all = among
  for (const word of words) {
    const fits = fitsOf(word, all)
    if (all !== among && all !== null)
      for (let slot = 0; slot < fits.length; slot += 1)
        if (fits[slot] !== 0) fits[slot] = Math.max(fits[slot] as number, all[slot] as number)
    all = fits
  }
  return all ?? new Uint8Array(0)
}
