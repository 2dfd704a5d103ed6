import type { DirectoryStore, KnownNumber, Person } from '../core/ports/index.ts'
import type { Queries } from './queries.ts'

export type DirectoryReads = Pick<DirectoryStore, 'lookup' | 'people' | 'entered'>

interface PersonRow {
  id: number
  name: string
  company: string | null
  number: string | null
  canonical: string | null
}

export function createDirectoryReads({ query }: Queries): DirectoryReads {
  const person = query<{ name: string; company: string | null }>(
    'directory-person',
    'SELECT p.name, p.company FROM person_numbers n JOIN people p ON p.id = n.person WHERE n.canonical = ?',
  )
  const learned = query<{ name: string }>(
    'directory-learned',
    'SELECT name FROM learned_names WHERE canonical = ? ORDER BY learned_at DESC LIMIT 1',
  )
  // All of it, on purpose: these fill the search index, which asks again only when version() grew.
  const everybody = query<PersonRow>(
    'directory-everybody',
    `SELECT p.id, p.name, p.company, n.number, n.canonical FROM people p LEFT JOIN person_numbers n ON n.person = p.id
     ORDER BY p.id, n.canonical`,
  )
  const everyLearned = query<{ canonical: string; name: string }>(
    'directory-every-learned',
    `SELECT canonical, name, max(learned_at) FROM learned_names l
     WHERE NOT EXISTS (SELECT 1 FROM person_numbers n WHERE n.canonical = l.canonical) GROUP BY canonical`,
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
      const entered = person.get(canonical)
      if (entered) return { name: entered.name, company: entered.company, source: 'directory' }
      const seen = learned.get(canonical)
      return seen ? { name: seen.name, company: null, source: 'learned' } : null
    },
    entered,
    people(): Person[] {
      const learnedOnly = everyLearned.all().map(({ canonical, name }, index) => {
        return { id: -1 - index, name, company: null, numbers: [{ number: canonical, canonical }] }
      })
      return [...entered(), ...learnedOnly]
    },
  }
}
