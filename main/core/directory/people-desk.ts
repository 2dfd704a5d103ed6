import type {
  DirectoryKind,
  DirectoryPage,
  DirectoryRow,
  OpportunityDraft,
  Person,
  PersonDraft,
} from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import { CoreError } from '../errors.ts'
import { type NumberOptions, parseNumber } from '../numbers/index.ts'
import type { Clock, PeopleStore, PersonDocument, PersonRow, StoredPerson } from '../ports/index.ts'
import { mergePeople } from './merge-people.ts'
import { findInName, type NameText } from './name-match.ts'
import type { PeopleSearch } from './people-search.ts'
import { loadReader, rangesIn } from './search.ts'
import { typedWords } from './typed-words.ts'

export interface PeopleDeskDeps {
  clock: Clock
  people: PeopleStore
  search: PeopleSearch
  colleagues(): { extension: string; name: string }[]
  extensionName(extension: string): string | null
  numbers(): NumberOptions
  /** Create them in the PBX; gives the connection. */
  addToPbx(person: StoredPerson): Promise<string>
  /** Somebody was changed. */
  onChange(): void
}

/** So many of a text's fits can be scrolled through. */
const reach = 1000
const mostGroups = 100
const mostDuplicates = 100
/** People whose pinyin is written at once. */
const sortedRows = 500

type PeopleArea = Omit<Desk['directory'], 'search' | 'save'>

/** The directory as the page asks for it. */
export function createPeopleDesk(deps: PeopleDeskDeps): PeopleArea {
  const { clock, people } = deps
  let reading: Promise<(name: string) => NameText> | null = null
  let sorting: Promise<void> | null = null
  let found: { key: string; rows: Promise<{ rows: DirectoryRow[]; total: number }> } | null = null

  const parse = (number: string) => parseNumber(number, deps.numbers())
  const pause = () => new Promise<void>((resolve) => void clock.after(0, resolve))

  function reader(): Promise<(name: string) => NameText> {
    reading ??= loadReader().catch((error: unknown) => {
      reading = null
      throw error
    })
    return reading
  }

  /** People of an older version have no pinyin yet, those that came back after a deletion neither. */
  function sorted(): Promise<void> {
    sorting ??= (async () => {
      while ((await people.sortNew(sortedRows)) > 0) await pause()
    })().finally(() => {
      sorting = null
    })
    return sorting
  }

  function toPerson(stored: StoredPerson): Person {
    const { connection: _connection, ...person } = stored
    return {
      ...person,
      ownerName: person.owner === null ? null : deps.extensionName(person.owner),
      numbers: person.numbers.map(({ number, canonical, label }) => {
        const { display, suffix, home } = parse(number)
        return { number, canonical, display, suffix, home, label }
      }),
      opportunities: person.opportunities.map((one) => ({ ...one, id: one.id ?? 0 })),
    }
  }

  function personOf(id: number): StoredPerson {
    const stored = people.get(id)
    if (!stored) throw new CoreError('not-found', { field: 'id', reason: 'person-deleted' })
    return stored
  }

  const rowOf = (row: PersonRow): DirectoryRow => ({
    ...row,
    key: `person:${row.id}`,
    kind: 'person',
    display: row.number === null ? null : parse(row.number).display,
    match: [],
  })
  const colleagueRow = ({ extension, name }: { extension: string; name: string }): DirectoryRow => ({
    key: `colleague:${extension}`,
    kind: 'colleague',
    id: null,
    name: name || extension,
    company: null,
    group: null,
    number: extension,
    display: extension,
    numbers: 1,
    openOpportunities: 0,
    match: [],
  })
  const learnedRow = ({ canonical, name }: { canonical: string; name: string }): DirectoryRow => ({
    ...colleagueRow({ extension: canonical, name }),
    key: `learned:${canonical}`,
    kind: 'learned',
    display: parse(canonical).display,
  })

  /** Without a text: colleagues, people, names from logs, one after the other. */
  async function browse(kind: DirectoryKind | 'all', group: string | null, offset: number, limit: number) {
    await sorted()
    const is = (one: DirectoryKind) => (kind === 'all' || kind === one) && (group === null || one === 'person')
    const colleagues = deps.colleagues()
    const counts = { colleague: colleagues.length, person: people.count(group), learned: people.learnedCount() }
    const rows: DirectoryRow[] = []
    let before = 0
    const take = (one: DirectoryKind, read: (from: number, most: number) => DirectoryRow[]) => {
      if (!is(one)) return
      const from = Math.max(0, offset - before)
      if (from < counts[one] && rows.length < limit) rows.push(...read(from, limit - rows.length))
      before += counts[one]
    }
    take('colleague', (from, most) => colleagues.slice(from, from + most).map(colleagueRow))
    take('person', (from, most) => people.list({ group, offset: from, limit: most }).map(rowOf))
    take('learned', (from, most) => people.learned({ offset: from, limit: most }).map(learnedRow))
    return { rows, total: before, reach: before, counts }
  }

  /** Best fits first; of a text that fits very many, the first thousand. */
  async function lookFor(text: string, kind: DirectoryKind | 'all', group: string | null) {
    const words = typedWords(text)
    const read = await reader()
    const colleagues =
      group === null && (kind === 'all' || kind === 'colleague')
        ? deps
            .colleagues()
            .filter(({ extension, name }) =>
              words.every(({ whole, parts }) =>
                [[whole], parts].some(
                  (ways) =>
                    ways.length > 0 &&
                    ways.every(
                      (word) =>
                        findInName(read(name), word.text) !== null ||
                        (word.digits !== '' && extension.includes(word.digits)),
                    ),
                ),
              ),
            )
            .map((one) => ({ ...colleagueRow(one), match: rangesIn(read(one.name), words) }))
        : []
    if (kind === 'colleague') return { rows: colleagues, total: colleagues.length }
    const result = await deps.search.find(words, reach)
    const wanted = result.found.filter(({ key }) => (kind === 'learned' ? key < 0 : kind === 'person' ? key > 0 : true))
    const byId = new Map(people.rows(wanted.flatMap(({ key }) => (key > 0 ? [key] : []))).map((row) => [row.id, row]))
    const rows = wanted.flatMap(({ key }): DirectoryRow[] => {
      const learned = key < 0 ? result.learnedOf(key) : null
      const person = byId.get(key)
      const row = learned ? learnedRow(learned) : person ? rowOf(person) : null
      return row && (group === null || row.group === group) ? [{ ...row, match: rangesIn(read(row.name), words) }] : []
    })
    // Beyond the reach nobody knows of which kind they are.
    const total = result.total > reach ? result.total : rows.length
    return { rows: [...colleagues, ...rows], total: total + colleagues.length }
  }

  /** Pages of one search share its result. */
  async function searched(
    text: string,
    kind: DirectoryKind | 'all',
    group: string | null,
  ): Promise<{ rows: DirectoryRow[]; total: number }> {
    const key = JSON.stringify([text, kind, group, people.version(), people.learnedVersion()])
    if (found?.key !== key) {
      const fresh = { key, rows: lookFor(text, kind, group) }
      found = fresh
      fresh.rows.catch(() => {
        if (found === fresh) found = null
      })
    }
    return found.rows
  }

  /** Numbers as they are kept. Errors: bad-request naming the number's place. */
  function keptNumbers(draft: PersonDraft['numbers']): PersonDocument['numbers'] {
    const kept: PersonDocument['numbers'] = []
    draft.forEach(({ number, label }, at) => {
      const { kind, canonical } = parse(number)
      const field = `numbers.${at + 1}`
      if (kind === 'masked') throw new CoreError('bad-request', { field, reason: 'number-masked' })
      if (kind === 'unknown' || canonical === '') throw new CoreError('bad-request', { field, reason: 'not-a-number' })
      if (kept.some((one) => one.canonical === canonical))
        throw new CoreError('bad-request', { field, reason: 'number-twice' })
      kept.push({ number, canonical, label: label === 'other' && kind === 'mobile' ? 'mobile' : label })
    })
    return kept
  }

  function keptOpportunity(draft: OpportunityDraft, old: StoredPerson | null): PersonDocument['opportunities'][number] {
    const known = old?.opportunities.find(({ id }) => id !== null && id === draft.id)
    const isSame =
      known !== undefined &&
      (['product', 'comment', 'stage', 'amountFen', 'expectedOn'] as const).every((one) => known[one] === draft[one])
    const now = clock.now()
    return { ...draft, createdAt: known?.createdAt ?? now, updatedAt: isSame ? known.updatedAt : now }
  }

  const orNull = (text: string) => (text === '' ? null : text)

  async function saved<T>(work: Promise<T>): Promise<T> {
    const result = await work
    deps.onChange()
    return result
  }

  return {
    async list({ kind, group, text, offset, limit }): Promise<DirectoryPage> {
      if (typedWords(text).length === 0) return browse(kind, group, offset, limit)
      const { rows, total } = await searched(text, kind, group)
      return { rows: rows.slice(offset, offset + limit), total, reach: rows.length, counts: null }
    },
    get: ({ id }) => toPerson(personOf(id)),
    withNumber: ({ number }) => people.withNumber(parse(number).canonical),
    put({ person: draft, over }) {
      const old = over === null ? null : personOf(over.id)
      const { name, note, fields } = draft
      const person: PersonDocument = {
        ...{ name, note, fields },
        company: orNull(draft.company),
        group: orNull(draft.group),
        owner: orNull(draft.owner),
        qq: orNull(draft.qq),
        numbers: keptNumbers(draft.numbers),
        opportunities: draft.opportunities.map((one) => keptOpportunity(one, old)),
        pbx: old?.pbx ?? null,
      }
      return saved(people.save(person, over, clock.now()))
    },
    putOpportunity({ over, opportunity }) {
      const old = personOf(over.id)
      const fresh = keptOpportunity(opportunity, old)
      const others = old.opportunities.map((one) => (one.id === fresh.id ? fresh : one))
      const opportunities = fresh.id === null ? [...others, fresh] : others
      return saved(people.save({ ...old, opportunities }, over, clock.now()))
    },
    remove: ({ id }) => saved(people.remove(id, clock.now())),
    async undo({ change }) {
      const outcome = await saved(people.undo(change))
      if (outcome.undone + outcome.kept === 0)
        throw new CoreError('not-found', { field: 'change', reason: 'undo-too-old' })
      return outcome
    },
    groups: () => people.groups(mostGroups),
    duplicates: () =>
      people.duplicates(mostDuplicates).map(({ reason, value, people: ids }) => ({
        reason,
        value: reason === 'number' ? parse(value).display : value,
        people: people.rows(ids).map(rowOf),
      })),
    previewMerge({ kept, gone }) {
      if (kept === gone) throw new CoreError('bad-request', { field: 'gone', reason: 'same-person' })
      const [first, second] = [personOf(kept), personOf(gone)]
      return { merged: toPerson({ ...first, ...mergePeople(first, second) }), gone: toPerson(second) }
    },
    merge({ kept, gone }) {
      if (kept.id === gone.id) throw new CoreError('bad-request', { field: 'gone', reason: 'same-person' })
      const merged = mergePeople(personOf(kept.id), personOf(gone.id))
      return saved(people.merge(kept, gone, merged, clock.now()))
    },
    async addToPbx({ id }) {
      const person = personOf(id)
      if (person.pbx) throw new CoreError('conflict', { field: 'id', reason: 'in-pbx-already' })
      if (person.numbers.length === 0)
        throw new CoreError('bad-request', { field: 'numbers', reason: 'pbx-needs-number' })
      const connection = await deps.addToPbx(person)
      // What was written meanwhile stays: only the mark is added.
      const now = personOf(id)
      await saved(people.save({ ...now, pbx: { connection, at: clock.now() } }, now, clock.now()))
      return toPerson(personOf(id))
    },
  }
}
