import { plain, spaced } from '../core/history/words.ts'
import type { HistoryTerm } from '../core/ports/index.ts'
import { idsPerMs } from './history-rows.ts'
import type { Queries } from './queries.ts'

export type Params = Record<string, string | number | null>

/** From here on walking through time is quicker than looking up each call. */
const fewParties = 2500
const fewCalls = 5000
/** As many ids make a set of their own in some milliseconds. */
export const someCalls = 40_000

/** Who fits all words: some of the parties, or so many that each call is asked for its party instead. */
export type PartyMatch =
  | { kind: 'none' }
  | { kind: 'some'; ids: number[]; calls: number; isFew: boolean; before: number }
  | { kind: 'many'; sql: string; params: Params }

/** A word made ready: what it may be, and the patterns for it. */
interface Word {
  term: HistoryTerm
  at: number
  digits: string | null
  phrase: string | null
}

const like = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** The word as an FTS5 phrase whose last word may go on; null where it holds neither letter nor digit. */
const phraseOf = (text: string) =>
  /[\p{L}\p{N}]/u.test(text) ? `"${spaced(text).replaceAll('"', ' ').trim()}" *` : null

function readWord(term: HistoryTerm, at: number): Word {
  const bare = term.text.replace(/[-().+\s]/g, '')
  const isNumber = /^[\d*#]+$/.test(bare)
  const { scope } = term
  return {
    term,
    at,
    digits: isNumber && (scope === 'any' || scope === 'number') ? bare : null,
    phrase: scope === 'number' ? null : phraseOf(term.text),
  }
}

export const inParty = ({ scope }: HistoryTerm) => scope !== 'note'
export const inNote = ({ scope }: HistoryTerm) => scope === 'any' || scope === 'note'

function paramsOf({ term, at, digits, phrase }: Word): Params {
  return {
    [`digits${at}`]: digits === null ? null : like(digits),
    [`name${at}`]: like(term.text),
    [`spelling${at}`]: like(` ${term.text}`),
    [`canonicals${at}`]: JSON.stringify(term.canonicals),
    [`phrase${at}`]: phrase,
    [`grams${at}`]: digits === null ? null : gramsOf(digits),
  }
}

function gramsOf(digits: string): string {
  const grams = new Set<string>()
  for (let at = 0; at + 3 <= digits.length; at += 1) grams.add(`"${digits.slice(at, at + 3)}"`)
  return [...grams].join(' AND ')
}

/** Party `p` fits the word. */
function partyFits({ term, at, digits, phrase }: Word): string {
  const ways: string[] = []
  if (digits !== null) ways.push(`p.number LIKE @digits${at} ESCAPE '\\' OR p.canonical LIKE @digits${at} ESCAPE '\\'`)
  if (phrase !== null && term.scope !== 'note')
    ways.push(`p.name LIKE @name${at} ESCAPE '\\' OR ' ' || p.spelling LIKE @spelling${at} ESCAPE '\\'`)
  if (term.canonicals.length > 0) ways.push(`p.canonical IN (SELECT value FROM json_each(@canonicals${at}))`)
  return ways.length === 0 ? 'FALSE' : `(${ways.join(' OR ')})`
}

/** Ids of the parties that fit the word, by its indexes. */
function partiesOf({ term, at, digits, phrase }: Word): string {
  const ways: string[] = []
  const fits = `(q.number LIKE @digits${at} ESCAPE '\\' OR q.canonical LIKE @digits${at} ESCAPE '\\')`
  if (digits !== null && digits.length >= 3)
    ways.push(
      `SELECT q.id FROM party_digits CROSS JOIN parties q ON q.id = party_digits.rowid WHERE party_digits MATCH @grams${at} AND ${fits}`,
    )
  else if (digits !== null)
    ways.push(`SELECT id FROM (SELECT q.id FROM parties q WHERE ${fits} LIMIT ${fewParties + 1})`)
  if (phrase !== null && term.scope !== 'note')
    ways.push(`SELECT rowid AS id FROM party_words WHERE words MATCH @phrase${at}`)
  if (term.canonicals.length > 0)
    ways.push(`SELECT id FROM parties WHERE canonical IN (SELECT value FROM json_each(@canonicals${at}))`)
  return ways.join(' UNION ')
}

/** Notes of the systems' logs, and what the desk wrote itself with its tags; a row is a call of the history. */
const noteTables = ['note_words', 'own_note_words'] as const
type NoteTable = (typeof noteTables)[number]

const notesWith = (phrase: string) =>
  noteTables.map((table) => `SELECT rowid FROM ${table} WHERE words MATCH ${phrase}`).join(' UNION ALL ')

export interface TextSearch {
  party: PartyMatch
  /** Calls whose note holds word `at`, and for which `others` holds: one way to fit per word that a note may hold. */
  notes: { table: NoteTable; match: string; others: string; params: Params }[]
}

const isOneOfThem = 'canonical IN (SELECT value FROM json_each(@canonicals))'

/** What the words mean for the calls. `canonicals` restricts to these numbers. */
export function matchWords(
  { query }: Queries,
  terms: readonly HistoryTerm[],
  canonicals: readonly string[] | null,
): TextSearch {
  const words = terms.map((term, at) => readWord({ ...term, text: plain(term.text) }, at))
  const params: Params = Object.assign({ canonicals: JSON.stringify(canonicals) }, ...words.map(paramsOf))
  const exact = canonicals === null ? [] : [`p.${isOneOfThem}`]
  const fits = (word: Word) => (inParty(word.term) ? partyFits(word) : 'FALSE')

  function party(): PartyMatch {
    if (!words.every(({ term }) => inParty(term))) return { kind: 'none' }
    const [longest] = [...words].sort((a, b) => b.term.text.length - a.term.text.length)
    const driver = longest ? partiesOf(longest) : `SELECT id FROM parties WHERE ${isOneOfThem}`
    if (driver === '') return { kind: 'none' }
    const rest = [...exact, ...words.filter((word) => word !== longest).map(fits)]
    const found = query<{ id: number; calls: number; last: number }>(
      'history-parties',
      `SELECT p.id, p.calls, p.last_call AS last FROM (${driver}) f CROSS JOIN parties p ON p.id = f.id
       ${rest.length > 0 ? `WHERE ${rest.join(' AND ')}` : ''} LIMIT ${fewParties + 1}`,
    ).all(params)
    if (found.length === 0) return { kind: 'none' }
    if (found.length > fewParties) {
      return { kind: 'many', sql: fitsParty([...exact, ...words.map(fits)]), params }
    }
    const calls = found.reduce((sum, one) => sum + one.calls, 0)
    const before = found.reduce((last, one) => Math.max(last, one.last), 0) + 1
    return { kind: 'some', ids: found.map(({ id }) => id), calls, isFew: calls <= fewCalls, before }
  }

  /** Another word holds for a call whose note holds one: by sets of ids, so that no call has to be looked up for it. */
  function alsoFits(word: Word): string {
    const inNotes = word.phrase !== null && inNote(word.term) ? notesWith(`@phrase${word.at}`) : ''
    const driver = inParty(word.term) ? partiesOf(word) : ''
    if (driver === '') return inNotes === '' ? 'FALSE' : `${idOf} IN (${inNotes})`
    const found = query<{ id: number; calls: number }>(
      'history-parties-of-word',
      `SELECT p.id, p.calls FROM (${driver}) f CROSS JOIN parties p ON p.id = f.id LIMIT ${fewParties + 1}`,
    ).all(params)
    const calls = found.reduce((sum, one) => sum + one.calls, 0)
    if (found.length > fewParties || calls > someCalls)
      return `(${fitsParty([fits(word)])}${inNotes === '' ? '' : ` OR ${idOf} IN (${inNotes})`})`
    params[`parties${word.at}`] = JSON.stringify(found.map(({ id }) => id))
    const theirs = callsOf(`@parties${word.at}`)
    return `${idOf} IN (${[theirs, inNotes].filter((one) => one !== '').join(' UNION ALL ')})`
  }

  const notes = words.flatMap((word) => {
    if (word.phrase === null || !inNote(word.term)) return []
    const others = words.filter((other) => other !== word).map(alsoFits)
    const restricted = canonicals === null ? others : [fitsParty(exact), ...others]
    const asked = restricted.map((one) => `AND ${one}`).join(' ')
    return noteTables.map((table) => ({ table, match: `@phrase${word.at}`, others: asked, params }))
  })
  return { party: party(), notes }
}

const fitsParty = (conditions: string[]) =>
  `EXISTS (SELECT 1 FROM parties p WHERE p.id = h.party AND ${conditions.join(' AND ')})`

/** In a condition: the id of the call that is looked at, whose row need not be read for it. */
export const idOf = '#id'
/** Ids of all calls of some parties, from an index alone. */
export const callsOf = (parties: string) =>
  `SELECT t.id FROM history t INDEXED BY history_by_party WHERE t.party IN (SELECT value FROM json_each(${parties}))`

/** The first id of a moment. */
export const idAt = (at: number) => Math.min(at, 8_000_000_000_000) * idsPerMs
