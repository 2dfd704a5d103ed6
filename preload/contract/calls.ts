import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errorMap } from './errors.ts'
import { OpportunityStage } from './person.ts'

/** `missed` = ended without anyone having talked; `hungup` = ended after a talk. */
export const CallState = z.enum(['calling', 'ringing', 'talking', 'hungup', 'missed'])
export type CallState = z.infer<typeof CallState>

export const CallDirection = z.enum(['incoming', 'outgoing', 'internal'])
export type CallDirection = z.infer<typeof CallDirection>

/** A telephone number as the user should see it, and who it belongs to. */
export const Party = z.object({
  /** As the PBX gave it, e.g. `013500000002`. */
  number: z.string(),
  /** Canonical form for matching (core/numbers), e.g. `13500000002`. */
  canonical: z.string(),
  /** Grouped for reading, e.g. `135 0000 0002`. */
  display: z.string(),
  /** Province and city of a landline's area code, in Chinese, or null. */
  home: z.string().nullable(),
  name: z.string().nullable(),
  company: z.string().nullable(),
  /** Where the name comes from; `learned` = from the call log, not confirmed by anyone. */
  source: z.enum(['directory', 'learned', 'extension']).nullable(),
  /** Who it is in the directory, where that is one person. */
  person: z.number().int().optional(),
  /** Their newest open opportunity. */
  opportunity: z.object({ product: z.string(), stage: OpportunityStage, amountFen: z.number().nullable() }).optional(),
})
export type Party = z.infer<typeof Party>

export const CallLeg = z.object({
  extension: z.string(),
  /** The colleague's name on the board, if known. */
  name: z.string().nullable(),
  businessId: z.string(),
  group: z.string().nullable(),
  state: CallState,
})
export type CallLeg = z.infer<typeof CallLeg>

/** The previous conversation with this number. */
export const LastContact = z.object({
  at: z.number(),
  extension: z.string().nullable(),
  name: z.string().nullable(),
  direction: CallDirection,
  note: z.string().nullable(),
})
export type LastContact = z.infer<typeof LastContact>

/** One call as the page shows it. All times are epoch milliseconds on this PC's clock. */
export const Call = z.object({
  callId: z.string(),
  connection: z.string(),
  direction: CallDirection,
  state: CallState,
  caller: Party,
  callee: Party,
  group: z.string().nullable(),
  groupName: z.string().nullable(),
  legs: z.array(CallLeg),
  startedAt: z.number(),
  ringingAt: z.number().nullable(),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Extension that talked (last one after transfers). */
  answeredBy: z.string().nullable(),
  answeredByName: z.string().nullable(),
  /** My extension has a leg in it that has not ended. */
  mine: z.boolean(),
  /** No end was ever reported; closed by age. */
  unconfirmed: z.boolean(),
  /** Dialled by click: so far only the caller's own telephone rings. */
  ringsHere: z.boolean(),
  /** The system's log has it under this id; false for a call that is known only by the key it was dialled with. */
  hasLogId: z.boolean(),
  /** Another call id that this one belongs to (a transfer that the PBX reports under a new id). */
  linkedCallId: z.string().nullable(),
  lastContact: LastContact.nullable(),
  /** Missed calls of this number in the last 7 days, this one not counted. */
  recentMissed: z.number().int(),
  handledAt: z.number().nullable(),
})
export type Call = z.infer<typeof Call>

/** Where a page of the call list ended: its last row, as it stands in the store. Several calls may begin in one millisecond. */
export const CallsCursor = z.object({ startedAt: z.number().int(), row: z.number().int() })
export type CallsCursor = z.infer<typeof CallsCursor>

const callId = z.object({ callId: z.string().min(1).max(200) })

export const calls = {
  /** Calls known to the store, newest first. `before` = the `next` of the page before; `next` is null on the last page. */
  list: oc
    .errors(errorMap)
    .input(
      z.object({
        filter: z.enum(['all', 'missed', 'mine', 'today']).default('all'),
        text: z.string().max(100).default(''),
        before: CallsCursor.optional(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        rows: z.array(Call),
        counts: z.object({ all: z.number(), missed: z.number(), mine: z.number(), today: z.number() }),
        next: CallsCursor.nullable(),
      }),
    ),
  /** Put one card away. The call itself goes on. */
  dismiss: oc.errors(errorMap).input(callId).output(z.void()),
  /** A missed call is dealt with: it leaves the missed counter. */
  handle: oc.errors(errorMap).input(callId).output(z.void()),
  /** Undo of `handle`. */
  unhandle: oc.errors(errorMap).input(callId).output(z.void()),
  /** The page says that the card of this call is now visible; gives the measured pop latency. */
  popShown: oc.errors(errorMap).input(callId).output(z.void()),
}
