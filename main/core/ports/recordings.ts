import type { CallOptions } from './capabilities.ts'

/** A call whose recording is wanted. */
export interface RecordingRef {
  callId: string
  /** As the system's log names the file: `kind` is the way to fetch it, `reference` what that way takes. Null = by the call's id. */
  file: { kind: string; reference: string } | null
  /** When the call took place, epoch ms, or null: tells an expired recording from one that never was. */
  at: number | null
}

/** What came; the sound itself went into the sink. */
export interface FetchedSound {
  bytes: number
  /** Lower-case hex. */
  sha256: string
}

export interface FetchOptions extends CallOptions {
  sink: { write(chunk: Uint8Array): Promise<void> }
  /** `total` is null where the other side does not say. */
  onProgress(progress: { bytes: number; total: number | null }): void
}

/** One way to a recording. Errors: not-found (no such recording), and those of a call. Reads only. */
export interface RecordingWay {
  /** Only worth a try when the ways before were refused as such (an interface that is switched off), not when they found nothing. */
  readonly fallback: boolean
  fetch(options: FetchOptions): Promise<FetchedSound>
}

/** Recordings of a system. */
export interface RecordingSource {
  /** The ways to this recording, best first; none = this call has none. */
  ways(ref: RecordingRef): RecordingWay[]
  /** The system keeps recordings this long after the call, ms; null = it does not say. */
  readonly keptMs: number | null
}

/** What a file was found to be. */
export interface SoundFacts {
  /** MIME type by its first bytes, never by what the other side claimed. */
  type: 'audio/wav' | 'audio/mpeg' | 'audio/ogg' | 'audio/mp4' | 'audio/amr'
  /** Null where the format does not tell. */
  durationMs: number | null
  /** Loudness from 0 to 255 in equal steps of time, or null where we cannot read the samples. */
  peaks: number[] | null
  /** Its header promises more sound than there is. */
  isCut: boolean
}

/** A whole recording on this PC. */
export interface StoredRecording extends SoundFacts {
  key: string
  connection: string
  callId: string
  bytes: number
  sha256: string
  /** Epoch ms. */
  callAt: number | null
  storedAt: number
  usedAt: number
}

/** A recording on its way: nobody sees it before `finish`. */
export interface RecordingPart {
  /** Errors: storage-failed (reason `disk-full` where it is). */
  write(chunk: Uint8Array): Promise<void>
  /** What was written, from its beginning. */
  read(): AsyncIterable<Uint8Array>
  /** Whole and on disk under its key from here on; replaces an older one. Errors: storage-failed. */
  finish(recording: StoredRecording): Promise<void>
  /** Delete it. Never rejects. */
  discard(): Promise<void>
}

/** The files. Only whole recordings are ever listed. */
export interface RecordingFiles {
  /** The name that a text is stored under: the same for the same text, and nothing can be read from it. */
  keyOf(text: string): string
  /** Every recording that is there. Errors: storage-failed. */
  list(): Promise<StoredRecording[]>
  /** Errors: storage-failed. */
  begin(key: string): Promise<RecordingPart>
  /** It was used now. */
  touch(key: string, at: number): Promise<void>
  /** Errors: storage-failed. */
  remove(key: string): Promise<void>
}

/** An answer to a page that asks for a recording's bytes. */
export interface RecordingAnswer {
  status: 200 | 206 | 304 | 404 | 405 | 416
  headers: Record<string, string>
  /** Null = no body. */
  body: AsyncIterable<Uint8Array> | null
}

export interface RecordingRequest {
  method: string
  /** Path and query. */
  target: string
  /** The Range header. */
  range: string | null
}

/** Serves whole recordings below `/recordings/`, by Range too. The hosts check who asks. Never rejects. */
export type AnswerRecording = (request: RecordingRequest) => Promise<RecordingAnswer>
