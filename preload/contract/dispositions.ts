import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Party } from './calls.ts'
import { errorMap } from './errors.ts'
import { longestTag, mostTags } from './note-limits.ts'

/** A call by its id, the same while it rings and in the history. */
export const CallKey = z.object({ connection: z.string().min(1).max(40), callId: z.string().min(1).max(200) })
export type CallKey = z.infer<typeof CallKey>

/** Two texts of a note that were written at once are both kept. */
const longestMerged = 20_000

/** A tag as it is kept: no blanks around it, never empty. */
export const CallTag = z.string().trim().min(1).max(longestTag)

/** What was written about a call. Times are epoch ms. */
export const CallNote = CallKey.extend({
  party: Party,
  callStartedAt: z.number(),
  text: z.string(),
  tags: z.array(z.string()),
  /** Extension that wrote last, and its name on the board. */
  author: z.string().nullable(),
  authorName: z.string().nullable(),
  updatedAt: z.number(),
})
export type CallNote = z.infer<typeof CallNote>

/** What was promised to the other party of a call, and for when. Times are epoch ms. */
export const FollowUp = CallKey.extend({
  party: Party,
  callStartedAt: z.number(),
  promise: z.string(),
  dueAt: z.number(),
  createdAt: z.number(),
  doneAt: z.number().nullable(),
})
export type FollowUp = z.infer<typeof FollowUp>

/** Somebody spoke, or tried to speak, to the other party. */
export const Spoken = z.object({
  at: z.number(),
  /** Extension, where it is known, and its name on the board. */
  by: z.string().nullable(),
  byName: z.string().nullable(),
})

/** How the caller of a missed call was spoken to afterwards. */
export const Returned = Spoken.extend({ how: z.enum(['called-back', 'rang-again']) })
export type Returned = z.infer<typeof Returned>

export interface DispositionsSnapshot {
  /** Grows with every change of a note, tag or follow-up. */
  revision: number
  /** Open ones, soonest first, at most 200; `openCount` counts all. */
  followUps: FollowUp[]
  openCount: number
  /** Tags to choose from: the list in the settings, then, where free ones are allowed, those used last. */
  tags: string[]
  freeTags: boolean
  /** The reminder that was clicked last; `at` makes each click new. */
  focus: { connection: string; callId: string; at: number } | null
}

const followUp = oc.errors(errorMap)

export const dispositions = {
  /**
   * Everything that is known of a call besides the call itself; `earlier` = notes of other calls with the same person, newest
   * first; `returned` = of a missed call, the talk since.
   */
  get: oc
    .errors(errorMap)
    .input(CallKey)
    .output(
      z.object({
        note: CallNote.nullable(),
        followUp: FollowUp.nullable(),
        earlier: z.array(CallNote),
        returned: Returned.nullable(),
      }),
    ),
  /**
   * Write the note; resolves once it is on the disk. `base` is the text that was changed: what somebody else wrote meanwhile is
   * kept, the answer has both. Errors: not-found (no such call).
   */
  saveText: oc
    .errors(errorMap)
    .input(CallKey.extend({ text: z.string().max(longestMerged), base: z.string().max(longestMerged) }))
    .output(CallNote.nullable()),
  /** Replace the tags. Errors: not-found, bad-request (`tags`: not in the list, where only the list is allowed). */
  setTags: oc
    .errors(errorMap)
    .input(CallKey.extend({ tags: z.array(CallTag).max(mostTags) }))
    .output(CallNote.nullable()),
  /** Promise something, or move it to another time (`promise` absent = as it was). Errors: not-found, bad-request (`dueAt` lies behind). */
  setFollowUp: followUp
    .input(CallKey.extend({ dueAt: z.number().int(), promise: z.string().trim().max(500).optional() }))
    .output(FollowUp),
  /** It is done. Errors: not-found. */
  finishFollowUp: followUp.input(CallKey).output(FollowUp),
  /** Undo of `finishFollowUp`. Errors: not-found. */
  reopenFollowUp: followUp.input(CallKey).output(FollowUp),
  /** Open ones behind one of the list, soonest first: what the snapshot has no room for. */
  openFollowUps: oc
    .errors(errorMap)
    .input(z.object({ after: CallKey.extend({ dueAt: z.number() }), limit: z.number().int().min(1).max(5000) }))
    .output(z.array(FollowUp)),
  /** Those that are done, newest first. */
  doneFollowUps: oc
    .errors(errorMap)
    .input(z.object({ limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.array(FollowUp)),
}
