import type { CallDirection, CallResult } from '../../../preload/contract/index.ts'

/** Calls of one extension within one hour that went the same way. */
export interface CallTally {
  /** Whole hours since the beginning of the span. */
  hour: number
  extension: string
  direction: CallDirection
  result: CallResult
  calls: number
  talkSec: number
}

export interface StatisticsStore {
  /** The calls of a connection that began in [from, until), epoch ms, counted. One look: ask for a day at most. */
  tally(query: { connection: string; from: number; until: number }): CallTally[]
}
