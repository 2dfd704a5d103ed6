import type { ImportInspection } from '../../preload/contract/index.ts'
import type { CheckOutcome, CheckRequest, FileReading, StagedRow } from '../core/ports/index.ts'
import type { FileReason } from './file-problem.ts'

/** What the thread is started for. */
export type ImportTask =
  | { kind: 'inspect'; path: string; request: FileReading }
  | { kind: 'check'; path: string; request: Omit<CheckRequest, 'directory' | 'pbx'>; handsOver: boolean }

export type ToImportWorker =
  | { kind: 'known'; set: 'directory' | 'pbx'; numbers: readonly string[] }
  | { kind: 'go' }
  /** The rows before were taken: go on. */
  | { kind: 'taken' }
  /** Nothing more is wanted: stop reading, close what is open, and end. */
  | { kind: 'end' }

export type FromImportWorker =
  | { kind: 'inspected'; inspection: Inspected }
  | { kind: 'progress'; rows: number; share: number }
  | { kind: 'rows'; rows: StagedRow[] }
  | { kind: 'checked'; outcome: CheckOutcome }
  | { kind: 'failed'; reason: FileReason | null; row: number | null; name: string }

export type Inspected = Omit<ImportInspection, 'remembered'>
