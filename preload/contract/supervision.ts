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
}
