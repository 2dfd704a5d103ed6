import { createPeopleSearch, type PeopleSearch } from '../../../main/core/directory/people-search.ts'
import { canonicalNumber } from '../../../main/core/numbers/index.ts'
import type { Clock, DirectoryStore, IndexRow, KnownNumber, PeopleStore } from '../../../main/core/ports/index.ts'

interface Entered {
  id: number
  name: string
  company: string | null
  numbers: { number: string; canonical: string; label: 'other' }[]
}

export type PeopleReads = Pick<
  PeopleStore,
  | 'contacts'
  | 'contactsOf'
  | 'contactsSince'
  | 'indexRows'
  | 'indexRowsOf'
  | 'learnedRows'
  | 'version'
  | 'changedSince'
  | 'learnedVersion'
  | 'withNumber'
>

export interface MemoryDirectory extends DirectoryStore {
  /** What the search index reads. */
  people: PeopleReads
  personOf(id: number): Entered | null
  peopleOf(ids: readonly number[]): Entered[]
}

/** A directory kept in memory that follows the ports' rules: entered names beat learned ones, versions grow with changes. */
export function createMemoryDirectory(
  list: { name: string; company?: string; numbers: string[] }[] = [],
  calls: { canonical: string; calls: number; lastAt: number }[] = [],
): MemoryDirectory {
  const entered: Entered[] = list.map(({ name, company, numbers }, index) => ({
    id: index + 1,
    name,
    company: company ?? null,
    numbers: numbers.map((number) => ({ number, canonical: canonicalNumber(number), label: 'other' })),
  }))
  const learned = new Map<string, KnownNumber & { name: string }>()
  let version = 1
  const changes: { version: number; id: number }[] = []
  const knownBy = (canonical: string) =>
    entered.find(({ numbers }) => numbers.some((one) => one.canonical === canonical))
  const toRow = ({ id, name, company, numbers }: Entered): IndexRow => ({
    ...{ id, name, company, group: null },
    numbers: numbers.map(({ canonical }) => canonical),
  })
  return {
    lookup(canonical) {
      const person = knownBy(canonical)
      return person
        ? { name: person.name, company: person.company, source: 'directory' }
        : (learned.get(canonical) ?? null)
    },
    save({ number, canonical, name, company }) {
      const known = knownBy(canonical)
      const person = known ?? {
        id: entered.length + 1,
        name,
        company,
        numbers: [{ number, canonical, label: 'other' }],
      }
      if (known) Object.assign(known, { name, company })
      else entered.push(person)
      version += 1
      changes.push({ version, id: person.id })
      return Promise.resolve({ id: person.id })
    },
    learn(names) {
      for (const { canonical, name } of names) learned.set(canonical, { name, company: null, source: 'learned' })
      version += 1
      return Promise.resolve()
    },
    entered: () => entered,
    version: () => version,
    personOf: (id) => entered.find((one) => one.id === id) ?? null,
    peopleOf: (ids) => entered.filter(({ id }) => ids.includes(id)),
    people: {
      contacts: (after, limit) =>
        calls
          .filter(({ canonical }) => canonical > after)
          .sort((a, b) => (a.canonical < b.canonical ? -1 : 1))
          .slice(0, limit),
      contactsOf: (canonicals) => calls.filter(({ canonical }) => canonicals.includes(canonical)),
      contactsSince: (at) => calls.filter(({ lastAt }) => lastAt >= at),
      indexRows: (after, limit) =>
        entered
          .filter(({ id }) => id > after)
          .slice(0, limit)
          .map(toRow),
      indexRowsOf: (ids) => entered.filter(({ id }) => ids.includes(id)).map(toRow),
      learnedRows: (after, limit) =>
        [...learned]
          .map(([canonical, { name }]) => ({ canonical, name }))
          .filter(({ canonical }) => canonical > after && !knownBy(canonical))
          .sort((a, b) => (a.canonical < b.canonical ? -1 : 1))
          .slice(0, limit),
      version: () => version,
      changedSince: (since) => changes.filter((one) => one.version > since).map(({ id }) => id),
      learnedVersion: () => version,
      withNumber: (canonical) =>
        entered.filter((one) => one.numbers.some((n) => n.canonical === canonical)).map(({ id }) => id),
    },
  }
}

const quickClock: Clock = {
  now: () => Date.now(),
  mono: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** The people search over such a directory. */
export const searchOver = (
  directory: MemoryDirectory,
  recent: { canonical: string; at: number }[] = [],
  clock: Clock = quickClock,
): PeopleSearch => createPeopleSearch({ clock, people: directory.people, recent: () => recent })
