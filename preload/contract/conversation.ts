import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Party } from './calls.ts'
import { TypedNumber } from './control.ts'
import { errorMap, type Problem } from './errors.ts'

/** What ends a consultation: the caller goes to the third party, all three talk, or the caller comes back to me. */
export const ConsultCommand = z.enum(['put-through', 'three-way', 'back'])
export type ConsultCommand = z.infer<typeof ConsultCommand>

/**
 * The third party's telephone. `calling`: asked for, nothing heard yet; `gone`: the PBX knows of no consultation any
 * more; `unknown`: the PBX has not said anything for a while, so whoever listens knows better.
 */
export type ThirdState = 'calling' | 'ringing' | 'answered' | 'refused' | 'gone' | 'unknown'

/** Why a button cannot be pressed now. */
export type ConsultBlock = 'starting' | 'calling' | 'refused' | 'gone' | 'sending' | 'checking' | 'ended'

/**
 * How it ended. `not-started`: the third party was never called; `caller-left`: the caller hung up; `moved`: the call was
 * passed on in another way (a key of the telephone); `over`: the PBX knows of no consultation any more.
 */
export type ConsultOutcome = ConsultCommand | 'not-started' | 'caller-left' | 'moved' | 'over'

/** An attended transfer: the caller waits with music, I talk with somebody else. Times are epoch ms. */
export interface Consult {
  /** The waiting caller's call. */
  callId: string
  caller: Party
  /** Who is asked. Null: it began before the program was started, and the PBX does not say whom it called. */
  target: Party | null
  /** `sending`: a command is on its way; `checking`: its answer was lost, the PBX is asked what became of it. */
  phase: 'starting' | 'open' | 'sending' | 'checking' | 'ended'
  /** The command that is on its way or being checked. */
  command: ConsultCommand | null
  third: ThirdState
  /** When the third party was first seen as it is now. */
  thirdSince: number
  waitingSince: number
  /** Null = it can be pressed. */
  blocked: Record<ConsultCommand, ConsultBlock | null>
  /** What was tried last and did not work. `done`: `no` = nothing happened, `unknown` = it may have. */
  trouble: { what: 'start' | ConsultCommand; done: 'no' | 'unknown'; problem: Problem } | null
  outcome: ConsultOutcome | null
  /** The PBX never confirmed the outcome; it follows from what it said afterwards. */
  assumed: boolean
  endedAt: number | null
}

/**
 * Who is in a conference, and how we know: `call` = he is a party of the call; `answered` = the PBX said so during the
 * consultation; `talking` and `left` = the board shows his extension on the phone with nobody else, then free again;
 * `asked` = the PBX took the invitation, and reports nothing more about it.
 */
export interface ConferenceMember {
  party: Party
  role: 'caller' | 'me' | 'invited'
  evidence: 'call' | 'answered' | 'talking' | 'left' | 'asked'
  /** When the PBX took the invitation, epoch ms. */
  invitedAt: number | null
}

export interface Conference {
  /** The call that it was made from. */
  callId: string
  startedAt: number
  members: ConferenceMember[]
}

/** More than two people in one of my calls. */
export interface Conversation {
  /** The running one, or the last one until it was put away. */
  consult: Consult | null
  conferences: Conference[]
}

const callId = z.string().min(1).max(200)

/** Nothing here is ever retried by itself. */
export const conversation = {
  /** Call somebody while my caller waits with music. */
  consult: oc
    .errors(errorMap)
    .input(z.object({ callId: callId.optional(), target: TypedNumber }))
    .output(z.void()),
  /** One of the three buttons. What came of it is in the snapshot, so that every window says the same. */
  finish: oc
    .errors(errorMap)
    .input(z.object({ callId, command: ConsultCommand }))
    .output(z.void()),
  /** Put the words about an ended consultation away, or one that the PBX has forgotten. */
  dismiss: oc.errors(errorMap).input(z.object({ callId })).output(z.void()),
  /** Call somebody into my call: the first time that makes it a conference. */
  invite: oc
    .errors(errorMap)
    .input(z.object({ callId: callId.optional(), target: TypedNumber }))
    .output(z.object({ display: z.string(), name: z.string().nullable() })),
  /** Send my caller to a voice menu, by its number on the PBX. */
  toMenu: oc
    .errors(errorMap)
    .input(z.object({ callId: callId.optional(), menu: z.number().int().min(1) }))
    .output(z.void()),
}
