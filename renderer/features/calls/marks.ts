/** [start, end) in the text, in UTF-16 units. */
export type Mark = [number, number]

/** Overlapping marks as one, in order. */
function joined(marks: Mark[]): Mark[] {
  const sorted = marks.sort((a, b) => a[0] - b[0])
  const out: Mark[] = []
  for (const [start, end] of sorted) {
    const last = out.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else out.push([start, end])
  }
  return out
}

function places(text: string, term: string): Mark[] {
  const found: Mark[] = []
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) found.push([at, at + term.length])
  return found
}

/** Where the words stand in a text as it is read; what is not a letter for letter part of it is not marked. */
export function textMarks(text: string, terms: readonly string[]): Mark[] {
  // Folding may change the length of a text (rare signs); then nothing can be pointed at.
  const plain = text.normalize('NFKC').toLowerCase()
  if (plain.length !== text.length) return []
  return joined(terms.flatMap((term) => (term === '' ? [] : places(plain, term))))
}

/** Where the words stand in a number that is grouped for reading: `0000 4452` and `00004452` mark the same. */
export function numberMarks(display: string, terms: readonly string[]): Mark[] {
  const offsets: number[] = []
  let digits = ''
  for (let at = 0; at < display.length; at += 1) {
    const sign = display[at]!
    if (!/[\d*#+]/.test(sign)) continue
    offsets.push(at)
    digits += sign
  }
  return joined(
    terms
      .filter((term) => /^\+?[\d*#]+$/.test(term))
      .flatMap((term) => places(digits, term).map(([start, end]): Mark => [offsets[start]!, offsets[end - 1]! + 1])),
  )
}

export interface RowMarks {
  name: Mark[]
  number: Mark[]
  note: Mark[]
  ownNote: Mark[]
}

const unmarked: RowMarks = { name: [], number: [], note: [], ownNote: [] }

/**
 * What to mark in one row. A word in Latin letters that stands nowhere letter for letter was found as the pinyin of the
 * name: the name is marked as a whole.
 */
export function rowMarks(
  texts: { name: string; number: string; note: string; ownNote: string; tags?: readonly string[] },
  terms: readonly string[],
): RowMarks {
  if (terms.length === 0) return unmarked
  const name = textMarks(texts.name, terms)
  const number = numberMarks(texts.number, terms)
  const read = [texts.name, texts.note, texts.ownNote, ...(texts.tags ?? [])]
  const unseen = (term: string) => /^[a-z]+$/.test(term) && read.every((text) => textMarks(text, [term]).length === 0)
  const byPinyin = /\p{Script=Han}/u.test(texts.name) && terms.some(unseen)
  return {
    name: byPinyin ? [[0, texts.name.length]] : name,
    number,
    note: textMarks(texts.note, terms),
    ownNote: textMarks(texts.ownNote, terms),
  }
}
