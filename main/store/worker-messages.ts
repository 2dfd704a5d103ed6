import type { BatchOutcome } from './batch-runner.ts'
import type { WriteOperation } from './write-operations.ts'

/** What a store worker is started for. */
export type WorkerTask = { role: 'writer' } | { role: 'backup'; file: string; now: number }

/** One message at a time; a batch is answered by `done`. */
export type ToWorker =
  | { kind: 'open'; file: string }
  | { kind: 'batch'; operations: WriteOperation[] }
  | { kind: 'checkpoint' }
  | { kind: 'close' }

export type FromWorker =
  | { kind: 'ready' }
  | ({ kind: 'done' } & BatchOutcome)
  | { kind: 'closed' }
  | { kind: 'backup-made'; file: string }
  /** Opening, a checkpoint, closing or a backup went wrong. `code` is SQLite's or Node's, '' when there is none. */
  | { kind: 'failed'; code: string; name: string }
