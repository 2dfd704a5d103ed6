import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Party } from './calls.ts'
import { CallKey, Returned, Spoken } from './dispositions.ts'
import { errorMap } from './errors.ts'

/** The missed calls of one caller. Times are epoch ms. */
export const MissedParty = z.object({
  party: Party,
  /** Newest first; as many as were missed. */
  calls: z.array(CallKey),
  firstAt: z.number(),
  lastAt: z.number(),
  group: z.string().nullable(),
  groupName: z.string().nullable(),
  /** Somebody tried to call back and reached nobody. */
  attempt: Spoken.nullable(),
  /** Somebody spoke to the caller since: the calls are dealt with. */
  returned: Returned.nullable(),
  handledAt: z.number().nullable(),
})
export type MissedParty = z.infer<typeof MissedParty>

const someCalls = z.object({ calls: z.array(CallKey).min(1).max(500) })

export const missed = {
  /**
   * `open`: nobody has dealt with them yet, newest first: those that the counters count, the newest 500 calls and how many there
   * are besides (`more`). `done`: dealt with, by hand or by a talk since, the newest 200 calls.
   */
  list: oc
    .errors(errorMap)
    .input(z.object({ state: z.enum(['open', 'done']).default('open') }))
    .output(z.object({ parties: z.array(MissedParty), more: z.number().int() })),
  /** These missed calls are dealt with. Errors: not-found. */
  handle: oc.errors(errorMap).input(someCalls).output(z.void()),
  /** Undo of `handle`. Errors: not-found. */
  unhandle: oc.errors(errorMap).input(someCalls).output(z.void()),
}
