import type {
  FindingGroup,
  ImportCheck,
  ImportFix,
  ImportInspection,
  ImportKind,
  ImportPlan,
  ImportProgress,
  ImportReading,
  KnownChoice,
} from '../../../preload/contract/index.ts'
import type { RawFinding } from '../imports/check-rows.ts'
import type { NumberOptions } from '../numbers/index.ts'
import type { CallOptions } from './capabilities.ts'

/** A customer as a PBX is given one. */
export interface CustomerRecord {
  name: string
  /** -1 = everybody's. */
  assistant: number
  group: number
  mobiles: string[]
  landlines: string[]
  /** Details by the number that the PBX's own template gives them. */
  fields: { tid: number; value: string }[]
  qq: string
}

export interface OpportunityRecord {
  name: string
  number: string
  product: string
  comment: string
  qq: string
}

/** Many records in one request that is accepted or refused as a whole. */
export interface RecordTarget<Item> {
  /** Bytes of an address without records, and those that one record adds to it. */
  readonly baseBytes: number
  bytesOf(record: Item): number
  /** Never retried. Errors: conflict (one of the numbers is known), bad-request, and those of every call. */
  create(records: readonly Item[], options?: CallOptions): Promise<void>
}

/** Customers and opportunities, created in a PBX. */
export interface CustomerImport {
  readonly contacts: RecordTarget<CustomerRecord>
  readonly opportunities: RecordTarget<OpportunityRecord>
}

/** What becomes of a row here. */
export const localStates = { none: 0, queued: 1, created: 2, filled: 3, overwritten: 4, unchanged: 5 } as const
/** And on the PBX. `lost`: its answer was lost and it must be asked again; `unknown`: given up. */
export const pbxStates = {
  none: 0,
  queued: 1,
  sending: 2,
  sent: 3,
  duplicate: 4,
  refused: 5,
  probable: 6,
  lost: 7,
  unknown: 8,
} as const

export interface StagedRow {
  row: number
  cells: string[]
  local: number
  pbx: number
  known: KnownChoice | null
  /** Why it was not imported, as JSON; null = it was, or it was left out by hand. */
  reason: string | null
}

export type RowSettled = [row: number, local: number | null, pbx: number | null, reason: string | null]

/** An import as it is kept. */
export interface ImportHead extends Omit<ImportProgress, 'rowsPerSec' | 'lastAnswerAt'> {
  createdAt: number
  plan: ImportPlan
  /** Headings of the file and the row that they stand in, 0 = none. */
  columns: string[]
}

export interface MarkedNumber {
  canonical: string
  isMarked: boolean
}

export interface ImportStore {
  /** Newest first. */
  list(): ImportHead[]
  save(head: ImportHead): Promise<void>
  stage(id: string, rows: readonly StagedRow[]): Promise<void>
  /** States of rows and the head, in one transaction. */
  settle(head: ImportHead, rows: readonly RowSettled[]): Promise<void>
  /** In order of their rows. */
  localWaiting(id: string, limit: number): StagedRow[]
  pbxWaiting(id: string, state: number, after: number, limit: number): StagedRow[]
  /** Rows that the report shows: left out with a reason, refused, not certain. */
  failed(id: string, after: number, limit: number): StagedRow[]
  /** What was being sent when the program ended is lost. */
  recover(id: string): Promise<void>
  /** Drop rows that nobody needs any more, in pieces; `all`: everything, and the import itself. */
  forget(id: string, all: boolean): Promise<void>
  mapping(kind: ImportKind, headers: string): string | null
  rememberMapping(kind: ImportKind, headers: string, mapping: string): Promise<void>
  /** Numbers in the directory, and numbers with a name from the PBX's log, in pieces. */
  knownNumbers(after: string, limit: number): string[]
  namedNumbers(after: string, limit: number): string[]
  /** The directory's numbers again, each with whether somebody who has it is marked as known to this PBX. */
  markedNumbers(connection: string, after: string, limit: number): MarkedNumber[]
}

/** A file that is being imported, on this PC's disk. */
export interface ImportFile {
  readonly name: string
  readonly size: number
}

export interface FileReading {
  reading: ImportReading
  kind: ImportKind
}

/** Everything that looking at each row needs. */
export interface CheckRequest {
  reading: ImportReading
  plan: ImportPlan
  fixes: readonly ImportFix[]
  columns: readonly string[]
  numbers: NumberOptions
  /** Pieces of canonical numbers. */
  directory: Iterable<readonly string[]>
  pbx: Iterable<readonly string[]>
}

export interface CheckOutcome {
  check: ImportCheck
  findings: Record<FindingGroup, RawFinding[]>
  /** Columns of the widest row; the first rows of a file, where the headings are counted, may have fewer. */
  width: number
}

/** Files that are to be imported: kept aside while they are, read by a thread of its own with little memory. */
export interface ImportFiles {
  /** Errors: bad-request `too-large`. */
  begin(id: string, file: ImportFile): Promise<void>
  /** Bytes of the file from `at` on. Errors: bad-request, storage-failed. */
  append(id: string, at: number, bytes: Uint8Array): Promise<void>
  /** Errors: bad-request with the reason, cancelled. */
  inspect(id: string, request: FileReading, signal?: AbortSignal): Promise<ImportInspection>
  /** `onRows` gets every row that is not empty and may take its time; without it nothing is handed over. */
  check(
    id: string,
    request: CheckRequest,
    options: {
      signal?: AbortSignal | undefined
      onProgress?(rows: number, share: number): void
      onRows?(rows: StagedRow[]): Promise<void>
    },
  ): Promise<CheckOutcome>
  discard(id: string): Promise<void>
  /** Files that a kill left behind. */
  sweep(): Promise<void>
}
