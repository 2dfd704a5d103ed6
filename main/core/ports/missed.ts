import type { CallRecord } from '../calls/call-record.ts'
import type { StoredHistoryEntry } from './history.ts'

/** How the caller of a missed call was spoken to afterwards. Times are epoch ms. */
export interface MissedReturn {
  at: number
  /** Extension that talked, or null when unknown. */
  by: string | null
  how: 'called-back' | 'rang-again'
}

export interface MissedStore {
  /** Missed calls that somebody dealt with or whose caller was spoken to since, newest first. */
  dealtWith(query: {
    extensions: string[] | null
    limit: number
  }): { record: CallRecord; returned: MissedReturn | null }[]
  /** Null: nobody has spoken to the caller since. */
  returnOf(call: { connection: string; callId: string }): MissedReturn | null
  /** The newest call of anyone to this number that began after `since`, answered or not. */
  attemptSince(canonical: string, since: number): { at: number; by: string | null } | null
  /** Missed calls of the systems' logs that no screen pop told of and that began before `to`, newest first. */
  unheard(query: {
    since: number
    to: number
    limit: number
  }): Pick<StoredHistoryEntry, 'connection' | 'callId' | 'number' | 'extension' | 'group' | 'startedAt'>[]
}
