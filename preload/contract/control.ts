import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Presence } from './board.ts'
import { errorMap } from './errors.ts'

export const Line = z.enum(['fixed', 'ip'])
/** Fixed telephone line or internet telephony line. */
export type Line = z.infer<typeof Line>

/** Up to 60 characters of what a person types or pastes; core/numbers makes sense of it. */
export const TypedNumber = z.string().min(1).max(60)

export const DialResult = z.object({
  /** The extension that rings first. */
  extension: z.string(),
  /** What was sent to the PBX. */
  dialled: z.string(),
  display: z.string(),
  /** "转 801" typed after the number; the caller keys it in by hand. */
  suffix: z.string().nullable(),
  /** Control id given by the PBX, if it gave one. */
  clickCallId: z.string().nullable(),
})
export type DialResult = z.infer<typeof DialResult>

export const control = {
  /** Ring my extension, then the number. Never retried. */
  dial: oc
    .errors(errorMap)
    .input(z.object({ number: TypedNumber, line: Line.optional() }))
    .output(DialResult),
  /** Hang up my live call (or the named one). Never retried. */
  hangup: oc
    .errors(errorMap)
    .input(z.object({ callId: z.string().optional() }))
    .output(z.void()),
  /** Blind transfer of my live call to an extension. Never retried. */
  transfer: oc
    .errors(errorMap)
    .input(z.object({ callId: z.string().optional(), target: z.string().min(1).max(20) }))
    .output(z.void()),
  /** Set presence: mine when no extension is named. */
  setPresence: oc
    .errors(errorMap)
    .input(z.object({ extension: z.string().max(20).optional(), presence: Presence }))
    .output(z.void()),
}
