import type { Problem, PromptSoundFacts } from '../../../preload/contract/index.ts'
import type { CallOptions } from './capabilities.ts'

/** One voice file (announcement) as its system lists it. */
export interface ListedPrompt {
  /** The number that voice menus and calls name it by. */
  id: number
  title: string
  description: string
  /** What the system calls its file; '' when it does not say. */
  file: string
}

/** What is to be kept on the system. */
export interface PromptToSave {
  /** Null = a new one. */
  id: number | null
  title: string
  description: string
  /** A WAVE file, μ-law, 8000 Hz, one channel; null = the entry keeps its sound. */
  sound: Uint8Array | null
}

/**
 * Voice files that a system plays to callers. None of it is ever retried here. Sounds cannot be fetched back: no system's
 * document has a way. Errors (all): those of a call.
 */
export interface PromptLibrary {
  list(options?: CallOptions): Promise<ListedPrompt[]>
  /** → its number. Errors: + server-error with vendor code 0 (not saved). */
  save(
    prompt: PromptToSave,
    options?: CallOptions & { onProgress?(progress: { bytes: number; total: number | null }): void },
  ): Promise<number>
  /** Errors: + not-found. */
  remove(id: number, options?: CallOptions): Promise<void>
}

/** A system that rings somebody up and records what is said as a voice file. Nothing here is ever retried. */
export interface PhoneRecorder {
  /** Ring this number; whoever answers speaks after the tone. Errors: + bad-request. */
  ring(number: string, options?: CallOptions): Promise<void>
  /** Keep the recording that lies at this path of the system as a voice file. Errors: + bad-request. */
  keep(path: string, options?: CallOptions): Promise<void>
}

/** The sound of a voice file as this PC uploaded it. */
export interface PromptCopy {
  connection: string
  prompt: number
  title: string
  description: string
  /** The system's file when it was uploaded: another one there means another sound. */
  file: string
  /** SHA-256 of the file, lower-case hex. */
  sound: string
  facts: PromptSoundFacts
  /** Epoch ms. */
  savedAt: number
  savedBy: string | null
}

/** A sound that was replaced or deleted from this PC. */
export interface PromptBackup {
  id: number
  connection: string
  prompt: number
  title: string
  description: string
  sound: string
  facts: PromptSoundFacts
  reason: 'replaced' | 'deleted'
  /** Epoch ms. */
  at: number
  by: string | null
}

/** How far an upload is; core/prompts/upload-state.ts says what leads to what. */
export type UploadState =
  | { phase: 'queued'; sent: number; problem: Problem | null }
  | { phase: 'sending'; sent: number; before: ListedPrompt[] }
  | { phase: 'unsure'; sent: number; before: ListedPrompt[]; looks: number; problem: Problem }
  | {
      phase: 'saved'
      sent: number
      before: ListedPrompt[]
      prompt: number
      looks: number
      problem: Problem | null
    }
  | { phase: 'confirmed'; prompt: number; file: string }
  | { phase: 'failed'; sent: number; problem: Problem; before: ListedPrompt[] | null }

export interface PromptUpload {
  id: number
  connection: string
  /** Null = a new voice file. */
  prompt: number | null
  title: string
  description: string
  /** SHA-256 of its sound; null = only the words change. */
  sound: string | null
  state: UploadState
  /** Epoch ms. */
  createdAt: number
  createdBy: string | null
}

/** A sound to be kept with whatever is written. */
export interface PromptSound {
  hash: string
  bytes: Uint8Array
  facts: PromptSoundFacts
}

/** Voice files as this PC knows them: uploads under way, copies of what was uploaded, and what was replaced or deleted. */
export interface PromptStore {
  uploads(): PromptUpload[]
  copies(connection: string): PromptCopy[]
  /** Newest first. */
  backups(connection: string): PromptBackup[]
  backup(id: number): PromptBackup | null
  /** The file; null when it is not here. */
  sound(hash: string): Uint8Array | null
  /** → its id. */
  enqueue(upload: Omit<PromptUpload, 'id'>, sound: PromptSound | null): Promise<number>
  setState(id: number, state: UploadState): Promise<void>
  /**
   * The upload is on the system: its sound becomes the copy, the one before it a backup (unless `keepOld` is false: then it
   * was not what the system played).
   */
  confirm(
    id: number,
    now: { prompt: number; file: string; at: number; keepOld: boolean; state: UploadState },
  ): Promise<void>
  dropUpload(id: number): Promise<void>
  /** The voice file is gone from the system; its copy becomes a backup where `keepOld`. */
  removed(connection: string, prompt: number, gone: { at: number; by: string | null; keepOld: boolean }): Promise<void>
  dropBackup(id: number): Promise<void>
  /** Forget backups from before this time, then the oldest until the rest is no larger; and sounds that nothing names. */
  prune(before: number, mostBytes: number): Promise<void>
  /** A copy of what plays already (the demo's). */
  keepCopy(copy: Omit<PromptCopy, 'sound' | 'facts'>, sound: PromptSound): Promise<void>
  forget(connection: string): Promise<void>
}
