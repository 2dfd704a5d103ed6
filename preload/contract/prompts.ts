import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { maxFileBytes } from './bytes.ts'
import { errorMap, type Problem } from './errors.ts'

/** What was measured of a sound. */
export interface PromptSoundFacts {
  durationMs: number
  /** Loudest sample in equal steps of time, 0 to 255. */
  peaks: number[]
  /** ITU-R BS.1770; null = silence. */
  lufs: number | null
  peakDb: number | null
  clips: number
}

/** A voice file of a telephone system, with what this PC knows of its sound. */
export interface PromptFile {
  /** The number that voice menus and calls name it by. */
  id: number
  title: string
  description: string
  /** What the system calls its file. */
  file: string
  /** Null: it was not uploaded from this PC, and the system does not hand sounds out. */
  copy: {
    facts: PromptSoundFacts
    savedAt: number
    savedBy: string | null
    /** Title, description or file are others now: it was changed elsewhere, and its sound may be another one. */
    isOutdated: boolean
  } | null
}

export interface PromptList {
  connection: string
  prompts: PromptFile[]
  /** Epoch ms. */
  checkedAt: number
  backups: PromptBackup[]
}

/** A sound that was replaced or deleted from this PC, and can be put back. */
export interface PromptBackup {
  id: number
  prompt: number
  title: string
  description: string
  facts: PromptSoundFacts
  reason: 'replaced' | 'deleted'
  at: number
  by: string | null
}

export interface PromptUploadView {
  id: number
  connection: string
  /** The voice file that it changes, or became; null = a new one that has no number yet. */
  prompt: number | null
  isNew: boolean
  title: string
  /** `unsure`: it was cut and is looked for before anything is sent again; `saved`: the list is asked to show it. */
  phase: 'queued' | 'sending' | 'unsure' | 'saved' | 'confirmed' | 'failed'
  /** Why it waits, is looked for, or failed. */
  problem: Problem | null
  /** Failed, but it may lie on the system. */
  mayHaveArrived: boolean
  progress: { bytes: number; total: number | null } | null
  /** When it is tried next, epoch ms. */
  nextAt: number | null
}

/** Which connections keep voice files, what is on its way, and a number that grows when a list became another one. */
export interface PromptsSnapshot {
  /** Connections that keep voice files. */
  libraries: { id: string; system: string }[]
  /** Connections that record a voice file by telephone. */
  recorders: { id: string; system: string }[]
  uploads: PromptUploadView[]
  listVersion: number
  /** Backups are kept so long. */
  keepDays: number
}

const connection = z.string().min(1).max(40)
const promptId = z.number().int().positive()
const words = {
  title: z.string().trim().min(1, 'must not be empty').max(60),
  description: z.string().trim().min(1, 'must not be empty').max(200),
}
/** A WAVE file, μ-law, 8000 Hz, one channel. */
const sound = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.length <= maxFileBytes, { error: 'too large' }) as z.ZodType<Uint8Array>
const upload = z.object({ upload: z.number().int() })
const accepted = type<{ upload: number }>()

/** Voice files that telephone systems play to callers. */
export const prompts = {
  /** Errors: unavailable, and those of a call. */
  list: oc.errors(errorMap).input(z.object({ connection })).output(type<PromptList>()),
  /** The copy of a voice file on this PC, μ-law WAVE. Errors: not-found. */
  sound: oc
    .errors(errorMap)
    .input(z.object({ connection, prompt: promptId }))
    .output(type<{ bytes: Uint8Array }>()),
  /** The sound of a backup. Errors: not-found. */
  backupSound: oc
    .errors(errorMap)
    .input(z.object({ backup: z.number().int() }))
    .output(type<{ bytes: Uint8Array }>()),
  /**
   * A new voice file; what becomes of it is in the snapshot. Errors: bad-request (`sound`: it must be μ-law, 8000 Hz, one
   * channel), conflict (`title`: one with the same words is there, or on its way).
   */
  add: oc
    .errors(errorMap)
    .input(z.object({ connection, ...words, sound }))
    .output(accepted),
  /** Another sound for a voice file, with its words. What it replaces becomes a backup where this PC has it. */
  replace: oc
    .errors(errorMap)
    .input(z.object({ connection, prompt: promptId, ...words, sound }))
    .output(accepted),
  /** Other words for the same sound. */
  rename: oc
    .errors(errorMap)
    .input(z.object({ connection, prompt: promptId, ...words }))
    .output(accepted),
  /** `title` as it was shown: another one meanwhile is left alone (conflict). Its sound becomes a backup where this PC has it. */
  remove: oc
    .errors(errorMap)
    .input(z.object({ connection, prompt: promptId, title: z.string().max(400) }))
    .output(type<{ backup: boolean }>()),
  /** Put a sound back: in its old place, or as a new voice file with a new number when that one is gone. */
  restore: oc
    .errors(errorMap)
    .input(z.object({ backup: z.number().int() }))
    .output(type<{ upload: number; isNew: boolean }>()),
  dropBackup: oc
    .errors(errorMap)
    .input(z.object({ backup: z.number().int() }))
    .output(z.void()),
  /** Break off an upload, or stop waiting for the system. */
  cancelUpload: oc.errors(errorMap).input(upload).output(z.void()),
  /** A failed upload once more: what may have arrived is looked for first. */
  retryUpload: oc.errors(errorMap).input(upload).output(z.void()),
  /** Forget an upload that failed. Errors: conflict (it is under way). */
  dismissUpload: oc.errors(errorMap).input(upload).output(z.void()),
  /** The page wants the microphone, or no longer: the desktop program lets it have it only in between. */
  microphone: oc
    .errors(errorMap)
    .input(z.object({ wanted: z.boolean() }))
    .output(z.void()),
  /** Ring this number; whoever answers speaks the voice file after the tone. Never retried. Errors: unavailable, bad-request. */
  ringRecorder: oc
    .errors(errorMap)
    .input(z.object({ connection, number: z.string().trim().min(1).max(40) }))
    .output(z.void()),
  /** Keep what was recorded by telephone: its path on that system. Never retried. Errors: unavailable, bad-request. */
  keepRecorded: oc
    .errors(errorMap)
    .input(z.object({ connection, path: z.string().trim().min(1).max(400) }))
    .output(z.void()),
}
