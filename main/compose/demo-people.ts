import type { DirectoryStore, Person } from '../core/ports/index.ts'

export interface DemoPerson {
  number: string
  canonical: string
  name: string
  company: string
}

export interface DemoPeople {
  /** The real directory with the demo's callers behind it: what a person entered wins. */
  directory: DirectoryStore
  /** Who calls in the demo; none = it ended. */
  show(people: readonly DemoPerson[]): void
}

const numbersOf = (people: readonly Person[]) =>
  new Set(people.flatMap(({ numbers }) => numbers.map(({ canonical }) => canonical)))

/** The demo's callers stand beside the directory, in memory only: nothing of them is ever in the database. */
export function createDemoPeople(real: DirectoryStore): DemoPeople {
  let shown: readonly DemoPerson[] = []
  let shows = 0
  const asPerson = ({ number, canonical, name, company }: DemoPerson, index: number): Person => {
    return { id: -1_000_000_000 - index, name, company: company || null, numbers: [{ number, canonical }] }
  }

  return {
    directory: {
      lookup(canonical) {
        const known = real.lookup(canonical)
        if (known?.source === 'directory') return known
        const caller = canonical === '' ? undefined : shown.find((one) => one.canonical === canonical)
        return caller ? { name: caller.name, company: caller.company || null, source: 'directory' } : known
      },
      people() {
        // As in lookup: entered people, then the callers, then names that a call log gave (negative ids).
        const known = real.people()
        const entered = known.filter(({ id }) => id >= 0)
        const taken = numbersOf(entered)
        const callers = shown.filter(({ canonical }) => !taken.has(canonical)).map(asPerson)
        const shownNumbers = numbersOf(callers)
        const learned = known.filter(
          ({ id, numbers }) => id < 0 && !numbers.some((one) => shownNumbers.has(one.canonical)),
        )
        return [...entered, ...learned, ...callers]
      },
      entered() {
        const entered = real.entered()
        const taken = numbersOf(entered)
        return [...entered, ...shown.filter(({ canonical }) => !taken.has(canonical)).map(asPerson)]
      },
      enteredVersion: () => real.enteredVersion() + shows,
      version: () => real.version() + shows,
      save: (person) => real.save(person),
      learn: (names) => real.learn(names),
    },
    show(people) {
      shown = people
      shows += 1
    },
  }
}
