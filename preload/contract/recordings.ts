import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import { errorMap } from './errors.ts'

/** A call's recording: what the page needs to name it. */
export const RecordingRequest = z.object({
  connection: z.string().min(1).max(40),
  callId: z.string().min(1).max(400),
  /** As the call history has it: the way to fetch the file and what that way takes. Null = by the call's id. */
  file: z
    .object({ kind: z.string().max(60), reference: z.string().max(2000) })
    .nullable()
    .default(null),
  /** When the call took place, epoch ms, or null: tells expired from never recorded. */
  at: z.number().nullable().default(null),
})

/** A whole recording on this PC. */
export interface PlayableRecording {
  /** Below the page's own address; answers Range requests. `?save=<name>` makes it a download. */
  url: string
  /** MIME type by its first bytes. */
  type: string
  bytes: number
  /** Null where the format does not tell. */
  durationMs: number | null
  /** Loudness in equal steps of time, 0 to 255; null where only the page's own decoder can tell. */
  peaks: number[] | null
  /** The file that the system keeps ends before its own header says. */
  isCut: boolean
}

export type RecordingEvent =
  | { kind: 'progress'; bytes: number; total: number | null }
  /** Only with `onlyHere`: it would have to be downloaded. */
  | { kind: 'absent' }
  | { kind: 'ready'; recording: PlayableRecording }

/** Recordings of calls, downloaded to this PC and played from there. */
export const recordings = {
  /**
   * Ends with `ready` (or `absent`). Cancelled by the call's signal. Errors: not-found (reason `expired`, `no-recording`),
   * unexpected-response (`not-a-file`, `truncated`), storage-failed (`disk-full`), unavailable (`still-recording`), and those of a call.
   */
  open: oc
    .errors(errorMap)
    .input(RecordingRequest.extend({ onlyHere: z.boolean().default(false) }))
    .output(eventIterator(type<RecordingEvent>())),
  usage: oc.errors(errorMap).output(z.object({ files: z.number().int(), bytes: z.number(), limitBytes: z.number() })),
  /** Delete every downloaded recording of this PC; the systems keep theirs. → files deleted */
  clear: oc.errors(errorMap).output(z.object({ files: z.number().int() })),
}
