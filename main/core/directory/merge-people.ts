import type { KeptNumber, KeptOpportunity, OnKnown, PersonDocument } from '../ports/index.ts'

const bothOf = <Item>(first: readonly Item[], second: readonly Item[], keyOf: (item: Item) => string): Item[] => {
  const known = new Set(first.map(keyOf))
  return [...first, ...second.filter((item) => !known.has(keyOf(item)))]
}

const numberKey = ({ canonical }: KeptNumber) => canonical
const opportunityKey = ({ product, comment }: KeptOpportunity) => `${product}\n${comment}`

/** Both notes, neither twice. */
function notesOf(first: string, second: string): string {
  if (second === '' || first.includes(second)) return first
  return first === '' || second.includes(first) ? second : `${first}\n${second}`
}

/** Lists of both, `first`'s in front; fields by name, of which `wins` decides the value. */
function together(first: PersonDocument, second: PersonDocument, wins: 'first' | 'second'): PersonDocument {
  const [strong, weak] = wins === 'first' ? [first, second] : [second, first]
  return {
    name: strong.name,
    company: strong.company ?? weak.company,
    group: strong.group ?? weak.group,
    owner: strong.owner ?? weak.owner,
    qq: strong.qq ?? weak.qq,
    note: notesOf(first.note, second.note),
    numbers: bothOf(first.numbers, second.numbers, numberKey),
    fields: bothOf(
      first.fields.map((field) => {
        const other = second.fields.find(({ tid, label }) => (tid ?? label) === (field.tid ?? field.label))
        return wins === 'second' && other ? other : field
      }),
      second.fields,
      ({ tid, label }) => `${tid ?? label}`,
    ),
    opportunities: bothOf(first.opportunities, second.opportunities, opportunityKey),
    pbx: strong.pbx ?? weak.pbx,
  }
}

/** A known person and what an import says of them; null = nothing new. The opportunities keep their own stage. */
export function mergeImported(
  known: PersonDocument,
  imported: PersonDocument,
  onKnown: OnKnown,
): PersonDocument | null {
  if (onKnown === 'skip' || onKnown === 'create') return null
  const merged = together(known, imported, onKnown === 'fill' ? 'first' : 'second')
  return JSON.stringify(merged) === JSON.stringify(documentOf(known)) ? null : merged
}

/** One person out of two: what `kept` says wins, nothing of `gone` is lost but its name and what `kept` says otherwise. */
export function mergePeople(kept: PersonDocument, gone: PersonDocument): PersonDocument {
  const merged = together(kept, gone, 'first')
  // What would be dropped silently goes into the note.
  const dropped = [
    gone.name === merged.name ? '' : gone.name,
    ...(['company', 'group', 'qq'] as const).map((field) =>
      gone[field] !== null && gone[field] !== merged[field] ? gone[field] : '',
    ),
    ...gone.fields
      .filter(({ tid, label, value }) =>
        merged.fields.some((one) => (one.tid ?? one.label) === (tid ?? label) && one.value !== value),
      )
      .map(({ label, value }) => `${label}: ${value}`),
  ].filter((text) => text !== '')
  return { ...merged, note: notesOf(merged.note, dropped.join('\n')) }
}

/** The document alone, its properties in one order. */
export function documentOf(person: PersonDocument): PersonDocument {
  const { name, company, group, owner, qq, note, numbers, fields, opportunities, pbx } = person
  return { name, company, group, owner, qq, note, numbers, fields, opportunities, pbx }
}

/** Somebody of whom nothing is known. */
export const blankPerson: PersonDocument = {
  name: '',
  company: null,
  group: null,
  owner: null,
  qq: null,
  note: '',
  numbers: [],
  fields: [],
  opportunities: [],
  pbx: null,
}
