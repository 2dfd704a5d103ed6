import type { CallDirection } from '../../../preload/contract/index.ts'
import type { InboxEvent } from './inbox-event.ts'

/** What is remembered of one leg: for each state, when it was first reported. Merging takes minima (of `expired`, which is ours, maxima), so order cannot matter. */
export interface LegRecord {
  /** `maincall` or the PBX's leg id. */
  businessId: string
  extension: string
  group: string
  /** First time each state was reported, epoch ms. `expired` keeps the newest: a call can come back to life and expire again. */
  seen: Partial<Record<InboxEvent['state'], number>>
}

/**
 * One call as folded from events. Everything here is a merge of what was reported (minima, unions; of `expired` and
 * `handledAt` the newest), nothing depends on arrival order; state, times and who answered are computed from it
 * (`call-state.ts`).
 */
export interface CallRecord {
  callId: string
  connection: string
  caller: string
  /** Canonical form of the outside party's number, for matching. */
  canonical: string
  direction: CallDirection
  /** Keyed by businessId + extension, sorted by key. */
  legs: LegRecord[]
  /** A missed call that somebody dealt with. */
  handledAt: number | null
}
