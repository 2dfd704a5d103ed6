import type { NumberLabel, OpportunityStage, PersonField } from '../../../preload/contract/index.ts'

/** A number as it is kept. `number` is as it was written, with an extension behind it where there was one. */
export interface KeptNumber {
  number: string
  canonical: string
  label: NumberLabel
}

export interface KeptOpportunity {
  /** Null = not stored yet. */
  id: number | null
  product: string
  comment: string
  stage: OpportunityStage
  amountFen: number | null
  /** `2026-12-31`. */
  expectedOn: string | null
  /** Epoch ms. */
  createdAt: number
  updatedAt: number
}

/** Everything that is said of a person. */
export interface PersonDocument {
  name: string
  company: string | null
  group: string | null
  /** Extension of the colleague who looks after them. */
  owner: string | null
  qq: string | null
  note: string
  numbers: KeptNumber[]
  fields: PersonField[]
  opportunities: KeptOpportunity[]
  /** Which PBX knows them too, since when (epoch ms). */
  pbx: { connection: string; at: number } | null
}

export interface StoredPerson extends PersonDocument {
  id: number
  /** They belong to this connection and go with it (demo); null = they are ours. */
  connection: string | null
  createdAt: number
  updatedAt: number
  /** Never the same twice, of whichever person. */
  revision: number
}

/** A person as a list shows them. */
export interface PersonRow {
  id: number
  name: string
  company: string | null
  group: string | null
  number: string | null
  numbers: number
  openOpportunities: number
}

/** What a search shows of a person. */
export type FoundRow = Pick<StoredPerson, 'id' | 'name' | 'company' | 'numbers'>

/** What became of a change that was taken back. */
export interface UndoOutcome {
  /** People as they were before. */
  undone: number
  /** People that somebody edited since: left as they are. */
  kept: number
}

/**
 * How a row of an import meets a person who has one of its numbers (the one of the same name first):
 * `skip` = leave them alone, `fill` = add what is missing, `replace` = what the row says wins, `create` = another person.
 */
export type OnKnown = 'skip' | 'fill' | 'replace' | 'create'

export interface ImportedPerson {
  /** The row's number in its file: the same row of the same import is never done twice. */
  row: number
  person: PersonDocument
  onKnown: OnKnown
}

export interface ImportedRow {
  row: number
  outcome: 'created' | 'updated' | 'unchanged' | 'skipped'
  /** Who it became, or whom it met. */
  person: number
}

/** Who is in the directory. Reads are quick; writes resolve after the commit. Errors of every write: storage-failed. */
export interface PeopleStore extends DirectoryWrites {
  get(id: number): StoredPerson | null
  /** In the order of their pinyin. `group` null = everybody. */
  list(query: { group: string | null; offset: number; limit: number }): PersonRow[]
  count(group: string | null): number
  rows(ids: readonly number[]): PersonRow[]
  /** Names and numbers of whom a search found, in one read; no order. */
  found(ids: readonly number[]): FoundRow[]
  /** Names from call logs of numbers that nobody entered, newest first. */
  learned(query: { offset: number; limit: number }): { canonical: string; name: string; at: number }[]
  learnedCount(): number
  /** People with this number. */
  withNumber(canonical: string): number[]
  /** Sets of people who share a number, or name and company; at most `limit`. */
  duplicates(limit: number): { reason: 'number' | 'name'; value: string; people: number[] }[]
  /** Groups in use, most used first. */
  groups(limit: number): string[]
  /** Newest open opportunity of anybody with this number. */
  openOpportunity(canonical: string): (KeptOpportunity & { id: number }) | null
  /** For the search index: people of ids above `after`, in order of id, and names from logs. */
  indexRows(after: number, limit: number): IndexRow[]
  indexRowsOf(ids: readonly number[]): IndexRow[]
  learnedRows(after: string, limit: number): LearnedRow[]
  /** How often and when last this office talked with these numbers. */
  contacts(after: string, limit: number): ContactRow[]
  /** The same of these numbers; one that nobody talked with has no row. */
  contactsOf(canonicals: readonly string[]): ContactRow[]
  /** The same of whomever a call since `at` (epoch ms) was with. */
  contactsSince(at: number): ContactRow[]
  /** Grows with every change of a person. */
  version(): number
  /** Who changed since a version; null = too many to say. */
  changedSince(version: number): number[] | null
  /** Grows when call logs brought or lost names. */
  learnedVersion(): number

  /** Create, or replace as a whole when still at `revision`. Errors: + not-found, conflict (edited meanwhile). */
  save(person: PersonDocument, over: { id: number; revision: number } | null, at: number): Promise<Saved>
  /** Errors: + not-found. */
  remove(id: number, at: number): Promise<Saved>
  /** `kept` becomes `person`, `gone` goes. Errors: + not-found, conflict. */
  merge(
    kept: { id: number; revision: number },
    gone: { id: number; revision: number },
    person: PersonDocument,
    at: number,
  ): Promise<Saved>
  /** Beside ours, people that belong to a connection (demo), in place of those that it had before. */
  lend(connection: string, people: readonly PersonDocument[], at: number): Promise<void>
  /** → how many of them went */
  forget(connection: string): Promise<number>
  /** Write pinyin that is missing, some hundreds at once. → how many */
  sortNew(limit: number): Promise<number>
}

/** `change` takes it back (`undo`). */
export interface Saved {
  id: number
  change: string
}

/** What an import needs of the directory. */
export interface DirectoryWrites {
  /**
   * One row each in turn; each with its own undo, in one transaction with it. The same row of the same `importId` again
   * changes nothing and gives the same outcome: after a crash, simply go on. People are matched by canonical number.
   */
  importPeople(importId: string, rows: readonly ImportedPerson[], at: number): Promise<ImportedRow[]>
  /**
   * Take back a change or a whole import, last row first. People that were edited since stay as they are and count as
   * `kept`. May be stopped by `signal` (cancelled) and called again. `progress` counts rows.
   */
  undo(change: string, options?: { signal?: AbortSignal; onProgress?(rows: number): void }): Promise<UndoOutcome>
  /** A PBX has these numbers now: whoever has one and was in none is marked. No edit: an undo is as free as before, and keeps it. */
  markInPbx(connection: string, canonicals: readonly string[], at: number): Promise<void>
  /** What can still be taken back of a change: rows not undone; 0 = nothing. */
  undoable(change: string): number
}

export interface IndexRow {
  id: number
  name: string
  company: string | null
  group: string | null
  /** Canonical numbers in order. */
  numbers: string[]
}

export interface LearnedRow {
  canonical: string
  name: string
}

export interface ContactRow {
  canonical: string
  calls: number
  /** Epoch ms. */
  lastAt: number
}
