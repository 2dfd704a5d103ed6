import { randomUUID } from 'node:crypto'
import { documentOf } from '../core/directory/merge-people.ts'
import { loadSortKey } from '../core/directory/sort-key.ts'
import { CoreError } from '../core/errors.ts'
import type { ImportedRow, PeopleStore, PersonDocument, UndoOutcome } from '../core/ports/index.ts'
import type { PeopleReads } from './people-reads.ts'
import { importOutcomes, refused } from './people-writes.ts'
import type { Writer } from './writer.ts'

const undoRows = 500
const importRows = 1000
/** Changed people that are remembered one by one. */
const mostLogged = 5000

/** The directory over the reads of this thread and the writes of the worker. `onChange` after whatever changed somebody. */
export function createPeopleStore(
  reads: PeopleReads,
  writer: Pick<Writer, 'write'>,
  deps: { now(): number; learnedVersion(): number; onChange(): void },
): PeopleStore {
  const { now } = deps
  let version = 1
  /** Who changed with which version; from `logFrom` on. */
  let log: { version: number; ids: readonly number[] }[] = []
  let logFrom = 1
  let logged = 0

  function changed(ids: readonly number[] | null): void {
    version += 1
    logged += ids?.length ?? 0
    if (ids === null || logged > mostLogged) {
      log = []
      logFrom = version
      logged = 0
    } else {
      log.push({ version, ids })
    }
    deps.onChange()
  }

  async function saved(
    change: string,
    work: Promise<number>,
    also: readonly number[] = [],
  ): Promise<{ id: number; change: string }> {
    const id = await work
    if (id === refused.notFound) throw new CoreError('not-found', { field: 'id', reason: 'this person was deleted' })
    if (id === refused.editedSince)
      throw new CoreError('conflict', { field: 'revision', reason: 'this person was changed meanwhile' })
    changed([id, ...also])
    return { id, change }
  }
  const toJson = (person: PersonDocument) => JSON.stringify(documentOf(person))

  return {
    ...reads,
    version: () => version,
    changedSince: (since) => (since < logFrom ? null : log.flatMap((one) => (one.version > since ? one.ids : []))),
    learnedVersion: deps.learnedVersion,
    async save(person, over, at) {
      const change = randomUUID()
      const key = (await loadSortKey())(person.name)
      return saved(
        change,
        writer.write('people.save', change, at, toJson(person), key, over?.id ?? null, over?.revision ?? 0),
      )
    },
    remove(id, at) {
      const change = randomUUID()
      return saved(change, writer.write('people.remove', change, at, id))
    },
    async merge(kept, gone, person, at) {
      const change = randomUUID()
      const key = (await loadSortKey())(person.name)
      const [first, second] = [kept, gone].map(({ id, revision }): [number, number] => [id, revision])
      if (!first || !second || first[0] === second[0])
        throw new CoreError('bad-request', { field: 'gone', reason: 'these are one person already' })
      return saved(change, writer.write('people.merge', change, at, first, second, toJson(person), key), [gone.id])
    },
    async importPeople(importId, rows, at) {
      const sortKey = await loadSortKey()
      const outcomes: ImportedRow[] = []
      for (let from = 0; from < rows.length; from += importRows) {
        const done = await Promise.all(
          rows.slice(from, from + importRows).map(async ({ row, person, onKnown }): Promise<ImportedRow> => {
            const json = toJson(person)
            const code = await writer.write('people.import', importId, at, row, onKnown, json, sortKey(person.name))
            return { row, outcome: importOutcomes[code % 4] ?? 'skipped', person: Math.floor(code / 4) }
          }),
        )
        outcomes.push(...done)
        changed(done.map(({ person }) => person))
      }
      return outcomes
    },
    async markInPbx(connection, canonicals, at) {
      const marked = await writer.write('people.in-pbx', connection, at, [...canonicals])
      if (marked > 0) changed([...new Set(canonicals.flatMap((canonical) => reads.withNumber(canonical)))])
    },
    async undo(change, { signal, onProgress } = {}): Promise<UndoOutcome> {
      let rows = 0
      const people = reads.peopleOf(change, mostLogged)
      while (reads.undoable(change) > 0) {
        if (signal?.aborted) throw new CoreError('cancelled', { reason: 'stopped; what was undone stays undone' })
        const looked = await writer.write('people.undo', change, now(), undoRows)
        if (looked === 0) break
        rows += looked
        changed(people.length < mostLogged ? people : null)
        onProgress?.(rows)
      }
      return reads.undone(change)
    },
    async sortNew(limit) {
      const unsorted = reads.unsorted(limit)
      if (unsorted.length === 0) return 0
      const sortKey = await loadSortKey()
      await writer.write(
        'people.sort',
        unsorted.map(({ id, name }) => [id, sortKey(name)]),
      )
      return unsorted.length
    },
    async lend(connection, people, at) {
      const sortKey = await loadSortKey()
      const rows = people.map((person): [string, string] => [toJson(person), sortKey(person.name)])
      await writer.write('people.lend', connection, at, rows)
      changed(null)
    },
    async forget(connection) {
      const gone = await writer.write('people.forget', connection)
      if (gone > 0) changed(null)
      return gone
    },
  }
}
