import { type GlyphTable, marksOf } from './name-match.ts'

/** Words longer than this are looked for by their beginning: a bit stands for each letter. */
const longestWord = 30

/** Looks for one typed word in texts that are written in signs. */
export interface WordFinder {
  /** What a text must be made of to hold the word, as `marksOf`: most are ruled out by this alone. */
  marks: number
  /** The sign at which it stands in `length` signs from `start` on, leftmost; -1 = nowhere. */
  find(start: number, length: number): number
}

/** `signs` = all texts, one after the other, by the table's numbers. */
export function createWordFinder(glyphs: GlyphTable, signs: Uint16Array, word: string): WordFinder {
  const text = word.slice(0, longestWord)
  const typed = text.length
  const end = 1 << typed
  /** Of each sign: 1 = the word can begin with it. */
  const begins = new Uint8Array(glyphs.size())
  for (let glyph = 0; glyph < begins.length; glyph += 1) if (glyphs.reach(glyph, text, 0) !== 0) begins[glyph] = 1
  /** Bit n of `reach[glyph × length + at]` = from letter `at` on, letters up to n are covered; -1 = not known yet. */
  const reach = new Int32Array(begins.length * typed).fill(-1)

  function reachOf(glyph: number, at: number): number {
    const place = glyph * typed + at
    const known = reach[place] ?? 0
    if (known !== -1) return known
    const made = glyphs.reach(glyph, text, at)
    reach[place] = made
    return made
  }

  /** The word stands at `from`, where it can begin. */
  function standsAt(from: number, behind: number): boolean {
    let state = reachOf(signs[from] as number, 0)
    for (let next = from + 1; state !== 0; next += 1) {
      if ((state & end) !== 0) return true
      if (next === behind) return false
      const glyph = signs[next] as number
      let after = 0
      for (let at = 1; at < typed; at += 1) if ((state & (1 << at)) !== 0) after |= reachOf(glyph, at)
      state = after
    }
    return false
  }

  return {
    marks: marksOf(text),
    find(start, length) {
      const behind = start + length
      for (let from = start; from < behind; from += 1)
        if (begins[signs[from] as number] === 1 && standsAt(from, behind)) return from - start
      return -1
    },
  }
}
