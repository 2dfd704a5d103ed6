import type {
  ContactRow,
  FoundRow,
  IndexRow,
  KeptOpportunity,
  LearnedRow,
  PeopleStore,
  PersonRow,
  StoredPerson,
  UndoOutcome,
} from '../core/ports/index.ts'
import { idsPerMs } from './history-rows.ts'
import {
  fieldColumns,
  numberColumns,
  opportunityColumns,
  type PersonColumns,
  personColumns,
  toPerson,
} from './person-table.ts'
import type { Queries } from './queries.ts'

export type PeopleReads = Pick<
  PeopleStore,
  | 'get'
  | 'list'
  | 'count'
  | 'rows'
  | 'found'
  | 'learned'
  | 'learnedCount'
  | 'withNumber'
  | 'duplicates'
  | 'groups'
  | 'openOpportunity'
  | 'indexRows'
  | 'indexRowsOf'
  | 'learnedRows'
  | 'contacts'
  | 'contactsOf'
  | 'contactsSince'
  | 'undoable'
> & {
  undone(change: string): UndoOutcome
  /** Whom a change concerns, at most `limit`. */
  peopleOf(change: string, limit: number): number[]
  unsorted(limit: number): { id: number; name: string }[]
}

interface IndexColumns extends Omit<IndexRow, 'numbers'> {
  numbers: string | null
}

const rowColumns = `p.id, p.name, p.company, p.person_group AS "group",
  (SELECT number FROM person_numbers n WHERE n.person = p.id ORDER BY place LIMIT 1) AS number,
  (SELECT count(*) FROM person_numbers n WHERE n.person = p.id) AS numbers,
  (SELECT count(*) FROM opportunities o WHERE o.person = p.id AND o.stage NOT IN ('won', 'lost')) AS openOpportunities`
const indexColumns = `p.id, p.name, p.company, p.person_group AS "group",
  (SELECT group_concat(canonical, char(10) ORDER BY place) FROM person_numbers n WHERE n.person = p.id) AS numbers`
const unnamed = 'NOT EXISTS (SELECT 1 FROM person_numbers n WHERE n.canonical = l.canonical)'

interface FoundColumns extends Omit<FoundRow, 'numbers'> {
  /** JSON. */
  numbers: string
}

interface ContactColumns {
  canonical: string
  calls: number
  lastCall: number
}
const contactColumns = 'p.canonical, sum(p.calls) AS calls, max(p.last_call) AS lastCall'
const toContact = ({ canonical, calls, lastCall }: ContactColumns): ContactRow => ({
  ...{ canonical, calls },
  lastAt: Math.floor(lastCall / idsPerMs),
})

const toIndexRow = ({ numbers, ...row }: IndexColumns): IndexRow => ({
  ...row,
  numbers: numbers === null ? [] : numbers.split('\n'),
})

export function createPeopleReads({ query, together }: Queries): PeopleReads {
  const person = query<PersonColumns>('person', `SELECT ${personColumns} FROM people p WHERE p.id = ?`)
  const numbers = query<StoredPerson['numbers'][number]>(
    'person-numbers',
    `SELECT ${numberColumns} FROM person_numbers WHERE person = ? ORDER BY place`,
  )
  const fields = query<StoredPerson['fields'][number]>(
    'person-fields',
    `SELECT ${fieldColumns} FROM person_fields WHERE person = ? ORDER BY place`,
  )
  const opportunities = query<KeptOpportunity>(
    'person-opportunities',
    `SELECT ${opportunityColumns} FROM opportunities WHERE person = ? ORDER BY id`,
  )
  const rowsOf = query<PersonRow>(
    'people-rows',
    `SELECT ${rowColumns} FROM json_each(?) j CROSS JOIN people p ON p.id = j.value ORDER BY j.key`,
  )
  const found = query<FoundColumns>(
    'people-found',
    `SELECT p.id, p.name, p.company, (SELECT json_group_array(json_object('number', number, 'canonical', canonical, 'label', label) ORDER BY place)
       FROM person_numbers n WHERE n.person = p.id) AS numbers
     FROM json_each(?) j CROSS JOIN people p ON p.id = j.value`,
  )
  // Places in a list are walked along an index that holds nothing else.
  const page = query<PersonRow>(
    'people-page',
    `SELECT ${rowColumns} FROM (SELECT id FROM people INDEXED BY people_by_sort_key ORDER BY sort_key, id LIMIT ? OFFSET ?) w
     CROSS JOIN people p ON p.id = w.id`,
  )
  const pageOfGroup = query<PersonRow>(
    'people-page-of-group',
    `SELECT ${rowColumns} FROM (SELECT id FROM people INDEXED BY people_by_group WHERE person_group = ? ORDER BY sort_key, id
     LIMIT ? OFFSET ?) w CROSS JOIN people p ON p.id = w.id`,
  )
  const count = query<{ count: number }>('people-count', 'SELECT count(*) AS count FROM people')
  const countOfGroup = query<{ count: number }>(
    'people-count-of-group',
    'SELECT count(*) AS count FROM people INDEXED BY people_by_group WHERE person_group = ?',
  )
  const learned = query<{ canonical: string; name: string; at: number }>(
    'people-learned',
    `SELECT l.canonical, l.name, max(l.learned_at) AS at FROM learned_names l WHERE ${unnamed}
     GROUP BY l.canonical ORDER BY at DESC, l.canonical LIMIT ? OFFSET ?`,
  )
  const learnedCount = query<{ count: number }>(
    'people-learned-count',
    `SELECT count(DISTINCT l.canonical) AS count FROM learned_names l WHERE ${unnamed}`,
  )
  const withNumber = query<{ person: number }>(
    'people-with-number',
    'SELECT person FROM person_numbers WHERE canonical = ? ORDER BY person LIMIT 50',
  )
  const sameNumber = query<{ value: string; people: string }>(
    'people-same-number',
    `SELECT canonical AS value, group_concat(person) AS people FROM person_numbers INDEXED BY person_numbers_by_canonical
     GROUP BY canonical HAVING count(*) > 1 LIMIT ?`,
  )
  const sameName = query<{ value: string; people: string }>(
    'people-same-name',
    `SELECT name AS value, group_concat(id) AS people FROM people INDEXED BY people_by_name
     GROUP BY name, company HAVING count(*) > 1 LIMIT ?`,
  )
  const groups = query<{ name: string }>(
    'people-groups',
    `SELECT person_group AS name, count(*) AS members FROM people INDEXED BY people_by_group WHERE person_group IS NOT NULL
     GROUP BY person_group ORDER BY members DESC, name LIMIT ?`,
  )
  const opportunity = query<KeptOpportunity & { id: number }>(
    'people-open-opportunity',
    `SELECT o.id, product, comment, stage, amount_fen AS amountFen, expected_on AS expectedOn, o.created_at AS createdAt,
       o.updated_at AS updatedAt FROM person_numbers n CROSS JOIN opportunities o ON o.person = n.person
     WHERE n.canonical = ? AND o.stage NOT IN ('won', 'lost') ORDER BY o.updated_at DESC, o.id DESC LIMIT 1`,
  )
  const indexRows = query<IndexColumns>(
    'people-index',
    `SELECT ${indexColumns} FROM people p WHERE p.id > ? ORDER BY p.id LIMIT ?`,
  )
  const indexRowsOf = query<IndexColumns>(
    'people-index-of',
    `SELECT ${indexColumns} FROM json_each(?) j CROSS JOIN people p ON p.id = j.value`,
  )
  const learnedRows = query<LearnedRow>(
    'people-index-learned',
    `SELECT l.canonical, l.name, max(l.learned_at) FROM learned_names l WHERE l.canonical > ? AND ${unnamed}
     GROUP BY l.canonical ORDER BY l.canonical LIMIT ?`,
  )
  const contacts = query<ContactColumns>(
    'people-contacts',
    `SELECT ${contactColumns} FROM parties p WHERE p.canonical > ? GROUP BY p.canonical ORDER BY p.canonical LIMIT ?`,
  )
  const contactsOf = query<ContactColumns>(
    'people-contacts-of',
    `SELECT ${contactColumns} FROM json_each(?) j CROSS JOIN parties p ON p.canonical = j.value GROUP BY p.canonical`,
  )
  const contactsSince = query<ContactColumns>(
    'people-contacts-since',
    `SELECT ${contactColumns} FROM (SELECT DISTINCT q.canonical FROM history h CROSS JOIN parties q ON q.id = h.party WHERE h.id >= ?) w
     CROSS JOIN parties p ON p.canonical = w.canonical GROUP BY p.canonical`,
  )
  const undoable = query<{ count: number }>(
    'directory-undoable',
    `SELECT count(*) AS count FROM directory_changes INDEXED BY directory_changes_done WHERE state = 0
     AND change_set = (SELECT id FROM directory_change_sets WHERE key = ?)`,
  )
  const undone = query<{ undone: number | null; kept: number | null }>(
    'directory-undone',
    `SELECT sum(state = 1) AS undone, sum(state = 2) AS kept FROM directory_changes
     WHERE change_set = (SELECT id FROM directory_change_sets WHERE key = ?)`,
  )
  const peopleOf = query<{ person: number }>(
    'directory-people-of',
    `SELECT person FROM directory_changes WHERE change_set = (SELECT id FROM directory_change_sets WHERE key = ?) LIMIT ?`,
  )
  const unsorted = query<{ id: number; name: string }>(
    'people-unsorted',
    `SELECT id, name FROM people INDEXED BY people_unsorted WHERE sort_key = '' LIMIT ?`,
  )
  const idsOf = (people: string) => people.split(',').map(Number)

  return {
    get: (id) =>
      together(() => {
        const columns = person.get(id)
        if (!columns) return null
        const lists = { numbers: numbers.all(id), fields: fields.all(id), opportunities: opportunities.all(id) }
        return toPerson(columns, lists)
      }),
    list: ({ group, offset, limit }) =>
      group === null ? page.all(limit, offset) : pageOfGroup.all(group, limit, offset),
    count: (group) => (group === null ? count.get() : countOfGroup.get(group))?.count ?? 0,
    rows: (ids) => rowsOf.all(JSON.stringify(ids)),
    found: (ids) => found.all(JSON.stringify(ids)).map((row) => ({ ...row, numbers: JSON.parse(row.numbers) })),
    learned: ({ offset, limit }) => learned.all(limit, offset),
    learnedCount: () => learnedCount.get()?.count ?? 0,
    withNumber: (canonical) => (canonical === '' ? [] : withNumber.all(canonical).map(({ person: id }) => id)),
    duplicates(limit) {
      const byNumber = sameNumber.all(limit)
      const byName = sameName.all(limit)
      return [
        ...byNumber.map(({ value, people }) => ({ reason: 'number' as const, value, people: idsOf(people) })),
        ...byName.map(({ value, people }) => ({ reason: 'name' as const, value, people: idsOf(people) })),
      ].slice(0, limit)
    },
    groups: (limit) => groups.all(limit).map(({ name }) => name),
    openOpportunity: (canonical) => (canonical === '' ? null : (opportunity.get(canonical) ?? null)),
    indexRows: (after, limit) => indexRows.all(after, limit).map(toIndexRow),
    indexRowsOf: (ids) => indexRowsOf.all(JSON.stringify(ids)).map(toIndexRow),
    learnedRows: (after, limit) => learnedRows.all(after, limit),
    contacts: (after, limit) => contacts.all(after, limit).map(toContact),
    // A number that is asked for twice would count twice.
    contactsOf: (canonicals) => contactsOf.all(JSON.stringify([...new Set(canonicals)])).map(toContact),
    contactsSince: (at) => contactsSince.all(Math.floor(at) * idsPerMs).map(toContact),
    undoable: (change) => undoable.get(change)?.count ?? 0,
    undone(change) {
      const found = undone.get(change)
      return { undone: found?.undone ?? 0, kept: found?.kept ?? 0 }
    },
    peopleOf: (change, limit) => peopleOf.all(change, limit).map(({ person: id }) => id),
    unsorted: (limit) => unsorted.all(limit),
  }
}
