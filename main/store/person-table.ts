import { documentOf } from '../core/directory/merge-people.ts'
import type { PersonDocument, StoredPerson } from '../core/ports/index.ts'
import { compile, type Sqlite } from './sqlite.ts'

interface PersonColumns extends Omit<StoredPerson, 'numbers' | 'fields' | 'opportunities' | 'pbx'> {
  pbxConnection: string | null
  pbxAt: number | null
}

export const personColumns = `p.id, p.name, p.company, p.person_group AS "group", p.owner, p.qq, p.note, p.pbx_connection AS pbxConnection,
  p.pbx_at AS pbxAt, p.connection, p.created_at AS createdAt, p.updated_at AS updatedAt, p.revision`
export const numberColumns = 'number, canonical, label'
export const fieldColumns = 'tid, label, value'
export const opportunityColumns =
  'id, product, comment, stage, amount_fen AS amountFen, expected_on AS expectedOn, created_at AS createdAt, updated_at AS updatedAt'

/** A row of `people` and its lists as one person. */
export function toPerson(
  { pbxConnection, pbxAt, ...columns }: PersonColumns,
  lists: Pick<StoredPerson, 'numbers' | 'fields' | 'opportunities'>,
): StoredPerson {
  const pbx = pbxConnection === null ? null : { connection: pbxConnection, at: pbxAt ?? 0 }
  return { ...columns, ...lists, pbx }
}
export type { PersonColumns }

export interface PersonTable {
  load(id: number): StoredPerson | null
  /** People who might be the same: of one of the numbers, or (without numbers) of the same name and company. */
  idsLike(person: PersonDocument): number[]
  revisionOf(id: number): number
  create(person: PersonDocument, sortKey: string, at: number, connection: string | null): number
  /** `sortKey` null = the name is the same. */
  replace(old: StoredPerson, person: PersonDocument, sortKey: string | null, at: number): void
  /** Exactly as they were, revision and all. */
  restore(person: StoredPerson): void
  remove(id: number): void
}

/** Whole people in and out of their tables, on the writing connection. */
export function personTable(db: Sqlite): PersonTable {
  const statement = (sql: string) => compile(db, sql)
  const person = statement(`SELECT ${personColumns} FROM people p WHERE p.id = ?`)
  const numbers = statement(`SELECT ${numberColumns} FROM person_numbers WHERE person = ? ORDER BY place`)
  const fields = statement(`SELECT ${fieldColumns} FROM person_fields WHERE person = ? ORDER BY place`)
  const opportunities = statement(`SELECT ${opportunityColumns} FROM opportunities WHERE person = ? ORDER BY id`)
  const byNumber = statement('SELECT person FROM person_numbers WHERE canonical = ? ORDER BY person LIMIT 50').pluck()
  const byName = statement('SELECT id FROM people WHERE name = ? AND company IS ? ORDER BY id LIMIT 50').pluck()
  const revision = statement('SELECT revision FROM people WHERE id = ?').pluck()
  const nextRevision = statement(
    `UPDATE counters SET value = value + 1 WHERE name = 'directory-revision' RETURNING value`,
  ).pluck()
  const insert = statement(`
    INSERT INTO people (id, name, company, person_group, owner, qq, note, pbx_connection, pbx_at, connection, sort_key, created_at, updated_at, revision)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const update = statement(`
    UPDATE people SET name = ?, company = ?, person_group = ?, owner = ?, qq = ?, note = ?, pbx_connection = ?, pbx_at = ?,
      sort_key = ifnull(?, sort_key), updated_at = ?, revision = ? WHERE id = ?`)
  const remove = statement('DELETE FROM people WHERE id = ?')
  const dropNumbers = statement('DELETE FROM person_numbers WHERE person = ?')
  const dropFields = statement('DELETE FROM person_fields WHERE person = ?')
  const dropOpportunities = statement('DELETE FROM opportunities WHERE person = ?')
  const addNumber = statement(
    'INSERT INTO person_numbers (person, place, canonical, number, label) VALUES (?, ?, ?, ?, ?)',
  )
  const addField = statement('INSERT INTO person_fields (person, place, tid, label, value) VALUES (?, ?, ?, ?, ?)')
  const addOpportunity = statement(`
    INSERT INTO opportunities (id, person, product, comment, stage, amount_fen, expected_on, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)

  function addLists(id: number, one: PersonDocument): void {
    const seen = new Set<string>()
    one.numbers.forEach(({ canonical, number, label }, place) => {
      if (seen.has(canonical)) return
      seen.add(canonical)
      addNumber.run(id, place, canonical, number, label)
    })
    one.fields.forEach(({ tid, label, value }, place) => {
      addField.run(id, place, tid, label, value)
    })
    for (const each of one.opportunities) {
      const { product, comment, stage, amountFen, expectedOn, createdAt, updatedAt } = each
      addOpportunity.run(each.id, id, product, comment, stage, amountFen, expectedOn, createdAt, updatedAt)
    }
  }
  function dropLists(id: number): void {
    for (const drop of [dropNumbers, dropFields, dropOpportunities]) drop.run(id)
  }
  const said = (one: PersonDocument) => [
    ...[one.name, one.company, one.group, one.owner, one.qq, one.note],
    ...[one.pbx?.connection ?? null, one.pbx?.at ?? null],
  ]

  return {
    load(id) {
      const columns = person.get(id) as PersonColumns | undefined
      if (!columns) return null
      return toPerson(columns, {
        numbers: numbers.all(id) as StoredPerson['numbers'],
        fields: fields.all(id) as StoredPerson['fields'],
        opportunities: opportunities.all(id) as StoredPerson['opportunities'],
      })
    },
    idsLike(one) {
      const ids = one.numbers.flatMap(({ canonical }) => byNumber.all(canonical).map(Number))
      return [...new Set(one.numbers.length > 0 ? ids : byName.all(one.name, one.company).map(Number))]
    },
    revisionOf: (id) => Number(revision.get(id)),
    create(one, sortKey, at, connection) {
      const columns = [null, ...said(one), connection, sortKey, at, at, nextRevision.get()]
      const id = Number(insert.run(...columns).lastInsertRowid)
      addLists(id, { ...one, opportunities: one.opportunities.map((each) => ({ ...each, id: null })) })
      return id
    },
    replace({ id, opportunities: old }, one, sortKey, at) {
      dropLists(id)
      update.run(...said(one), sortKey, at, nextRevision.get(), id)
      const own = new Set(old.map((each) => each.id))
      const kept = one.opportunities.map((each) => ({ ...each, id: own.has(each.id) ? each.id : null }))
      addLists(id, { ...one, opportunities: kept })
    },
    restore(one) {
      const { id, connection, createdAt, updatedAt } = one
      dropLists(id)
      remove.run(id)
      // The pinyin is written anew by whoever reads the list next.
      insert.run(id, ...said(one), connection, '', createdAt, updatedAt, one.revision)
      addLists(id, one)
      nextRevision.get()
    },
    remove(id) {
      remove.run(id)
      nextRevision.get()
    },
  }
}

/** A stored person as JSON that `restore` understands. */
export const snapshotOf = ({ id, connection, createdAt, updatedAt, revision, ...rest }: StoredPerson) =>
  JSON.stringify({ ...documentOf(rest), id, connection, createdAt, updatedAt, revision })
