import type { OperationResult, RequestPreview } from '../../../preload/contract/index.ts'
import type { CallOptions } from './capabilities.ts'

/** A file to send. `open` may be called again for a repetition. */
export interface UploadFile {
  readonly name: string
  /** MIME type. */
  readonly type: string
  /** Bytes. */
  readonly size: number
  open(): AsyncIterable<Uint8Array>
}

export interface RunOperationOptions extends CallOptions {
  /** A file in the answer goes here piece by piece instead of into memory. */
  sink?: { write(chunk: Uint8Array): Promise<void> | void }
  onProgress?(progress: { direction: 'upload' | 'download'; bytes: number; total: number | null }): void
}

/**
 * Any documented operation of an opened connection, by its id, with values under the vendor's names as they were typed
 * (text is turned into numbers, lists and objects where the description wants them; files are UploadFile).
 */
export interface OperationRunner {
  /**
   * The request that `run` would send, secrets masked; nothing of it is sent. A web service may be asked for its description, so errors are
   * those of a call, besides bad-request (field) and not-found (id).
   */
  preview(id: string, values: Readonly<Record<string, unknown>>): Promise<RequestPreview>
  /** Never rejects: a failure is the result's `problem`. */
  run(id: string, values: Readonly<Record<string, unknown>>, options?: RunOperationOptions): Promise<OperationResult>
}
