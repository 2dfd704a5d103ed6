/** All readings of one Chinese character, lower case, without tones (`lv` for 吕). Empty for anything else. */
export type Readings = (character: string) => string[]

/** What may be typed for one character: itself, a whole reading, its initial (zh, z). */
interface Glyph {
  tokens: string[]
  readings: string[]
  /** First letters of the tokens, one bit each. */
  first: number
}

/** A name made ready for matching. */
export interface NameText {
  glyphs: Glyph[]
  /** Start of each glyph in the name, and its end: ranges are in UTF-16 units, as the page needs them. */
  offsets: number[]
  /** Letters that occur in it or in its readings, one bit each: most names are ruled out by this alone. */
  letters: number
}

/** [start, end) in the name. */
export type Range = [number, number]

/** Letters of a text, one bit each. */
function lettersOf(text: string): number {
  let mask = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index) - 97
    if (code >= 0 && code < 26) mask |= 1 << code
  }
  return mask
}

/** 吕 is typed lv, lu and lyu; every spelling is in use. */
function spellings(reading: string): string[] {
  return reading.includes('v') ? [reading, reading.replace('v', 'u'), reading.replace('v', 'yu')] : [reading]
}

/** What may be typed for each character; looked up once. */
function createGlyphs(readingsOf: Readings): (character: string) => Glyph {
  const known = new Map<string, Glyph>()
  return (character) => {
    const cached = known.get(character)
    if (cached) return cached
    const readings = [...new Set(readingsOf(character).flatMap(spellings))]
    const initials = readings.flatMap((one) => [/^[zcs]h/.test(one) ? one.slice(0, 2) : '', one.slice(0, 1)])
    const tokens = [...new Set([...readings, ...initials, character.toLowerCase()])].filter((one) => one !== '')
    const first = lettersOf(tokens.map((one) => one.slice(0, 1)).join(''))
    const made = { tokens: tokens.sort((a, b) => b.length - a.length), readings, first }
    known.set(character, made)
    return made
  }
}

/** Characters by small numbers, for an index that holds many names. */
export interface GlyphTable {
  idOf(character: string): number
  size(): number
  /** What a character and its readings are made of, as `marksOf`. */
  marksOf(id: number): number
  /** Bit n = typed from `at` on, the character covers the letters before n (at most 30). */
  reach(id: number, typed: string, at: number): number
}

/** What a text is made of, one bit each: letters, any digit, and what else there is spread over the last five. */
export function marksOf(text: string): number {
  let marks = lettersOf(text)
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    if (code >= 48 && code <= 57) marks |= 1 << 26
    else if (code < 97 || code > 122) marks |= 1 << (27 + (code % 5))
  }
  return marks
}

export function createGlyphTable(readingsOf: Readings): GlyphTable {
  const glyph = createGlyphs(readingsOf)
  const ids = new Map<string, number>()
  const list: Glyph[] = []
  const marks: number[] = []
  return {
    idOf(character) {
      const known = ids.get(character)
      if (known !== undefined) return known
      // Names of 65,000 different characters do not occur; beyond them one stands for all.
      if (list.length === 65_535) return 65_534
      const made = glyph(character)
      list.push(made)
      marks.push(made.tokens.reduce((mask, token) => mask | marksOf(token), 0))
      ids.set(character, list.length - 1)
      return list.length - 1
    },
    size: () => list.length,
    marksOf: (id) => marks[id] ?? 0,
    reach(id, typed, at) {
      const { tokens, readings } = list[id] ?? { tokens: [], readings: [] }
      let reached = 0
      for (const token of tokens) if (typed.startsWith(token, at)) reached |= 1 << (at + token.length)
      const rest = typed.slice(at)
      return readings.some((reading) => reading.startsWith(rest)) ? reached | (1 << typed.length) : reached
    },
  }
}

/** Prepares names. */
export function createNameReader(readingsOf: Readings): (name: string) => NameText {
  const glyph = createGlyphs(readingsOf)
  return (name) => {
    const offsets = [0]
    const glyphs = [...name].map((character) => {
      offsets.push((offsets.at(-1) ?? 0) + character.length)
      return glyph(character)
    })
    let letters = 0
    for (const { tokens } of glyphs) for (const token of tokens) letters |= lettersOf(token)
    return { glyphs, offsets, letters }
  }
}

/** Index after the last glyph that `typed` from `at` on covers, or -1. */
function matchFrom(glyphs: Glyph[], index: number, typed: string, at: number): number {
  if (at === typed.length) return index
  const glyph = glyphs[index]
  if (!glyph) return -1
  for (const token of glyph.tokens) {
    if (!typed.startsWith(token, at)) continue
    const end = matchFrom(glyphs, index + 1, typed, at + token.length)
    if (end >= 0) return end
  }
  const rest = typed.slice(at)
  return glyph.readings.some((reading) => reading.startsWith(rest)) ? index + 1 : -1
}

/**
 * Where `typed` (lower case, one word: characters, full pinyin, initials, any mixture, last syllable may be unfinished)
 * stands in a name, leftmost place first. Null = nowhere.
 */
export function findInName(name: NameText, typed: string): Range | null {
  const letters = lettersOf(typed)
  if ((name.letters & letters) !== letters) return null
  const first = lettersOf(typed.slice(0, 1))
  for (let index = 0; index < name.glyphs.length; index += 1) {
    if (first !== 0 && ((name.glyphs[index]?.first ?? 0) & first) === 0) continue
    const end = matchFrom(name.glyphs, index, typed, 0)
    if (end >= 0) return [name.offsets[index] ?? 0, name.offsets[end] ?? 0]
  }
  return null
}

/** Sorted, overlapping and touching ranges made one. */
export function mergeRanges(ranges: Range[]): Range[] {
  const merged: Range[] = []
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}
