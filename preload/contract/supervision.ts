import { oc } from '@orpc/contract'
import { z } from 'zod'
import { SeenPresence } from './board.ts'
import { errorMap } from './errors.ts'

/** Whose call, and with whom it was when the button was pressed: another call in the meantime is left alone. */
const agentCall = z.object({
  extension: z.string().min(1).max(20),
  /** The other party's number as the board gave it. */
  remote: z.string().max(60).nullable(),
})

export const PresenceSpan = z.object({
  /** Epoch ms, [from, until). */
  from: z.number(),
  until: z.number(),
  presence: SeenPresence,
})
/** So long an extension was seen in one presence. Between two spans nobody looked: nothing is known about that time. */
export type PresenceSpan = z.infer<typeof PresenceSpan>

export const StatisticsRange = z.enum(['today', '7d', '30d'])
/** Whole days of the office up to and with today. */
export type StatisticsRange = z.infer<typeof StatisticsRange>

const counts = z.object({
  /** Incoming calls that somebody answered, or that are going on. */
  answered: z.number().int(),
  /** Incoming calls that nobody answered. */
  missed: z.number().int(),
  /** Calls that we made to somebody outside, answered or not. */
  outgoing: z.number().int(),
  /** Calls from one extension to another, answered or not; each counts for who called. */
  internal: z.number().int(),
})

export const CallStatistics = z.object({
  /** Epoch ms, [from, until). */
  from: z.number(),
  until: z.number(),
  totals: counts.extend({ talkSec: z.number().int() }),
  /** By the hour of the day, 0 to 23, all days together. */
  hours: z.array(counts),
  /** By day, oldest first; `at` is its midnight. */
  days: z.array(counts.extend({ at: z.number() })),
  /** Extensions that had a call. `talkSec` is all they talked, whoever called. */
  agents: z.array(counts.extend({ extension: z.string(), talkSec: z.number().int() })),
  /** Since when every call is known, epoch ms; `from` when that is the whole time; null = nothing was fetched yet. */
  completeFrom: z.number().nullable(),
})
/** Counted from the cached call log of the connection in use. */
export type CallStatistics = z.infer<typeof CallStatistics>

/** What a supervisor may do with the call of an agent, and what was seen of the agents. */
export const supervision = {
  /** The supervisor's telephone rings and then hears the call; neither side hears the supervisor. Never retried. */
  listen: oc.errors(errorMap).input(agentCall).output(z.void()),
  /** The supervisor takes the agent's place in the call. Never retried. */
  takeOver: oc.errors(errorMap).input(agentCall).output(z.void()),
  /** End the call of an agent. Never retried. */
  hangUp: oc.errors(errorMap).input(agentCall).output(z.void()),
  /** Presence of one extension in a span of time, as the polls saw it, oldest first. */
  presence: oc
    .errors(errorMap)
    .input(z.object({ extension: z.string().min(1).max(20), from: z.number(), until: z.number() }))
    .output(z.array(PresenceSpan)),
  /** Calls of a group (null = everybody's) in a range of days. */
  statistics: oc
    .errors(errorMap)
    .input(z.object({ range: StatisticsRange, group: z.string().max(40).nullable().default(null) }))
    .output(CallStatistics),
}
