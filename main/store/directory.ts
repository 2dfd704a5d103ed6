import type { DirectoryStore, KnownNumber, Person } from '../core/ports/index.ts'
import type { Queries } from './queries.ts'

export type DirectoryReads = Pick<DirectoryStore, 'lookup' | 'entered'>

interface PersonRow {
  id: number
  name: string
  company: string | null
  number: string | null
  canonical: string | null
}

export function createDirectoryReads({ query }: Queries): DirectoryReads {
  const person = query<{ id: number; name: string; company: string | null; isOurs: number }>(
    'directory-person',
    `SELECT p.id, p.name, p.company, p.connection IS NULL AS isOurs FROM person_numbers n CROSS JOIN people p ON p.id = n.person
     WHERE n.canonical = ? ORDER BY isOurs DESC, p.id LIMIT 4`,
  )
  const learned = query<{ name: string }>(
    'directory-learned',
    'SELECT name FROM learned_names WHERE canonical = ? ORDER BY learned_at DESC LIMIT 1',
  )
  // All of it, on purpose: for a command that looks once.
  const everybody = query<PersonRow>(
    'directory-everybody',
    `SELECT p.id, p.name, p.company, n.number, n.canonical FROM people p LEFT JOIN person_numbers n ON n.person = p.id
     ORDER BY p.id, n.place`,
  )
  function entered(): Person[] {
    const byId = new Map<number, Person>()
    for (const { id, name, company, number, canonical } of everybody.all()) {
      const one = byId.get(id) ?? { id, name, company, numbers: [] }
      byId.set(id, one)
      if (number !== null && canonical !== null) one.numbers.push({ number, canonical })
    }
    return [...byId.values()]
  }

  return {
    lookup(canonical): KnownNumber | null {
      if (canonical === '') return null
      const [first, ...others] = person.all(canonical)
      if (first) {
        // One telephone, several people: all of them may be calling.
        const people = [first, ...others.filter(({ isOurs }) => isOurs === first.isOurs)]
        const name = [...new Set(people.map((one) => one.name))].slice(0, 3).join('、')
        const company = people.every((one) => one.company === first.company) ? first.company : null
        return { name, company, source: 'directory', ...(people.length === 1 ? { person: first.id } : {}) }
      }
      const seen = learned.get(canonical)
      return seen ? { name: seen.name, company: null, source: 'learned' } : null
    },
    entered,
  }
}
