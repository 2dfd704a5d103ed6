import { canonicalNumber } from '../../../main/core/numbers/index.ts'
import type { DirectoryStore, KnownNumber, Person } from '../../../main/core/ports/index.ts'

/** A directory kept in memory that follows the port's rules: entered names beat learned ones, `version` grows with changes. */
export function createMemoryDirectory(
  list: { name: string; company?: string; numbers: string[] }[] = [],
): DirectoryStore {
  const people: Person[] = list.map(({ name, company, numbers }, index) => ({
    id: index + 1,
    name,
    company: company ?? null,
    numbers: numbers.map((number) => ({ number, canonical: canonicalNumber(number) })),
  }))
  const learned = new Map<string, KnownNumber>()
  let version = 1
  return {
    lookup(canonical) {
      const person = people.find(({ numbers }) => numbers.some((one) => one.canonical === canonical))
      return person
        ? { name: person.name, company: person.company, source: 'directory' }
        : (learned.get(canonical) ?? null)
    },
    save({ number, canonical, name, company }) {
      const known = people.find(({ numbers }) => numbers.some((one) => one.canonical === canonical))
      if (known) Object.assign(known, { name, company })
      else people.push({ id: people.length + 1, name, company, numbers: [{ number, canonical }] })
      version += 1
      return Promise.resolve()
    },
    learn(names) {
      for (const { canonical, name } of names) learned.set(canonical, { name, company: null, source: 'learned' })
      version += 1
      return Promise.resolve()
    },
    people: () => people,
    entered: () => people,
    enteredVersion: () => version,
    version: () => version,
  }
}
