import { z } from 'zod'
import { CallDirection } from './calls.ts'
import { CallTag } from './dispositions.ts'

/** How a call of the history ended. `missed` = an outside caller whom nobody answered; `failed` = any other that nobody answered. */
export const CallResult = z.enum(['running', 'answered', 'missed', 'failed', 'unknown'])
export type CallResult = z.infer<typeof CallResult>

/** Spans that move with the calendar of whoever looks: `week` and `month` are the last 7 and 30 days, today included. */
export const HistoryPeriod = z.enum(['today', 'yesterday', 'week', 'month'])
export type HistoryPeriod = z.infer<typeof HistoryPeriod>

const words = z.string().max(100).default('')

/** Each tag is a way of its own through the calls. */
export const mostFilterTags = 10

/** What to look for in the history; everything that is set must hold. Several words of one field must all be found. */
export const HistoryFilter = z.object({
  /** In the outside number (any part), the name (characters, pinyin, initials), the notes or the tags. */
  text: words,
  number: words,
  name: words,
  note: words,
  /** Exactly this number: the canonical form of the outside one. */
  canonical: z.string().max(60).nullable().default(null),
  /** Somebody of the directory: with any of the numbers that they have when it is looked for. */
  person: z.number().int().positive().nullable().default(null),
  connection: z.string().max(40).nullable().default(null),
  extension: z.string().max(40).nullable().default(null),
  group: z.string().max(40).nullable().default(null),
  direction: CallDirection.nullable().default(null),
  result: CallResult.nullable().default(null),
  /** Missed calls that nobody has dealt with. */
  unhandled: z.boolean().default(false),
  /** Of those, the ones whose caller has not been talked with since. */
  toCallBack: z.boolean().default(false),
  /** With any of these tags; none = whatever the tags. */
  tags: z.array(CallTag).max(mostFilterTags).default([]),
  /** Something was promised and is not done yet. */
  followUp: z.boolean().default(false),
  /** With a recording, or without; null = either. */
  recorded: z.boolean().nullable().default(null),
  /** Began at or after / before, epoch ms. */
  from: z.number().int().min(0).nullable().default(null),
  to: z.number().int().min(0).nullable().default(null),
  minDurationSec: z.number().int().min(0).nullable().default(null),
  maxDurationSec: z.number().int().min(0).nullable().default(null),
})
export type HistoryFilter = z.infer<typeof HistoryFilter>
