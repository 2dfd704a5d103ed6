import { mergeImported } from '../core/directory/merge-people.ts'
import type { OnKnown, PersonDocument, StoredPerson } from '../core/ports/index.ts'
import { changeJournal } from './people-changes.ts'
import { personTable } from './person-table.ts'
import { compile, type Sqlite } from './sqlite.ts'

/** Documents go as JSON. A number below 0 is one of `refused`. */
export interface PeopleWriteArguments {
  /** → id */
  'people.save': [change: string, at: number, person: string, sortKey: string, id: number | null, revision: number]
  'people.remove': [change: string, at: number, id: number]
  'people.merge': [
    change: string,
    at: number,
    kept: [id: number, revision: number],
    gone: [id: number, revision: number],
    person: string,
    sortKey: string,
  ]
  /** → id × 4 + place in `importOutcomes` */
  'people.import': [importId: string, at: number, row: number, onKnown: OnKnown, person: string, sortKey: string]
  /** Take back some rows, the last first. → rows looked at */
  'people.undo': [change: string, at: number, most: number]
  'people.sort': [keys: [id: number, sortKey: string][]]
  /** People that belong to a connection: in place of those of before. → people */
  'people.lend': [connection: string, at: number, people: [person: string, sortKey: string][]]
  'people.forget': [connection: string]
  /** → people marked */
  'people.in-pbx': [connection: string, at: number, canonicals: string[]]
}

export type PeopleWrites = { [N in keyof PeopleWriteArguments]: (...args: PeopleWriteArguments[N]) => number }

export const refused = { notFound: -1, editedSince: -2 } as const
export const importOutcomes = ['skipped', 'created', 'updated', 'unchanged'] as const

const read = (json: string) => JSON.parse(json) as PersonDocument

/** Writes of the directory, run inside the caller's transaction. Each may be repeated without harm: a change is known by its key. */
export function peopleWrites(db: Sqlite): PeopleWrites {
  const table = personTable(db)
  const journal = changeJournal(db, table)
  const statement = (sql: string) => compile(db, sql)
  const setSortKey = statement(`UPDATE people SET sort_key = ? WHERE id = ? AND sort_key = ''`)
  const markInPbx = statement(`
    UPDATE people SET pbx_connection = ?, pbx_at = ? WHERE pbx_connection IS NULL AND connection IS NULL
      AND id IN (SELECT person FROM person_numbers WHERE canonical = ?)`)
  const ofConnection = statement('SELECT id FROM people WHERE connection = ?').pluck()

  /** The one of the same name first, else whoever has the number first; without a number, the same name and company. */
  function known(person: PersonDocument): StoredPerson | null {
    const ids = table.idsLike(person)
    const people = ids.flatMap((id) => table.load(id) ?? []).filter(({ connection }) => connection === null)
    return people.find(({ name }) => name === person.name) ?? people[0] ?? null
  }

  function importRow(set: number, at: number, row: number, onKnown: OnKnown, json: string, sortKey: string): number {
    const code = (id: number, outcome: (typeof importOutcomes)[number]) => id * 4 + importOutcomes.indexOf(outcome)
    const done = journal.done(set, row)
    if (done) return code(done.person, done.isNew ? 'created' : 'updated')
    const person = read(json)
    const old = onKnown === 'create' ? null : known(person)
    if (!old) {
      const id = table.create(person, sortKey, at, null)
      journal.add(set, row, id, null, table.revisionOf(id))
      return code(id, 'created')
    }
    if (onKnown === 'skip') return code(old.id, 'skipped')
    const merged = mergeImported(old, person, onKnown)
    if (!merged) return code(old.id, 'unchanged')
    table.replace(old, merged, merged.name === old.name ? null : sortKey, at)
    journal.add(set, row, old.id, old, table.revisionOf(old.id))
    return code(old.id, 'updated')
  }

  return {
    'people.save'(change, at, json, sortKey, id, revision) {
      const before = journal.find(change)
      if (before !== null) return journal.done(before, 0)?.person ?? refused.notFound
      const person = read(json)
      if (id === null) {
        const created = table.create(person, sortKey, at, null)
        journal.add(journal.begin(change, 'create', at), 0, created, null, table.revisionOf(created))
        return created
      }
      const old = table.load(id)
      if (!old) return refused.notFound
      if (old.revision !== revision) return refused.editedSince
      table.replace(old, person, sortKey, at)
      journal.add(journal.begin(change, 'edit', at), 0, id, old, table.revisionOf(id))
      return id
    },
    'people.remove'(change, at, id) {
      if (journal.find(change) !== null) return id
      const old = table.load(id)
      if (!old) return refused.notFound
      table.remove(id)
      journal.add(journal.begin(change, 'remove', at), 0, id, old, null)
      return id
    },
    'people.merge'(change, at, [keptId, keptRevision], [goneId, goneRevision], json, sortKey) {
      if (journal.find(change) !== null) return keptId
      const [kept, gone] = [table.load(keptId), table.load(goneId)]
      if (!kept || !gone) return refused.notFound
      if (kept.revision !== keptRevision || gone.revision !== goneRevision) return refused.editedSince
      table.remove(goneId)
      table.replace(kept, read(json), sortKey, at)
      const set = journal.begin(change, 'merge', at)
      journal.add(set, 0, keptId, kept, table.revisionOf(keptId))
      journal.add(set, 1, goneId, gone, null)
      return keptId
    },
    'people.import'(importId, at, row, onKnown, json, sortKey) {
      const set = journal.find(importId) ?? journal.begin(importId, 'import', at)
      return importRow(set, at, row, onKnown, json, sortKey)
    },
    'people.undo': (change, at, most) => journal.undo(change, at, most),
    'people.sort': (keys) => keys.reduce((sum, [id, sortKey]) => sum + setSortKey.run(sortKey, id).changes, 0),
    'people.lend'(connection, at, people) {
      for (const id of ofConnection.all(connection)) table.remove(Number(id))
      for (const [json, sortKey] of people) table.create(read(json), sortKey, at, connection)
      return people.length
    },
    'people.in-pbx': (connection, at, canonicals) =>
      canonicals.reduce((sum, canonical) => sum + markInPbx.run(connection, at, canonical).changes, 0),
    'people.forget'(connection) {
      const ids = ofConnection.all(connection)
      for (const id of ids) table.remove(Number(id))
      return ids.length
    },
  }
}
