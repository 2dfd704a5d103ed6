import type {
  CallDirection,
  CallResult,
  CallsCursor,
  HistoryFilter,
  HistorySpan,
} from '../../../preload/contract/index.ts'
import type { CallOptions } from './capabilities.ts'

/** One call as a system's log tells it, in our words. Times are epoch ms on the system's clock. */
export interface LoggedCall {
  /** The same for one call in every answer of the system. */
  callId: string
  /** The log does not tell the id that the call has elsewhere: `callId` names the row of the log. */
  isRowId?: boolean
  /** Key that the click which dialled it was answered with, or null: the call may be known here by it. */
  clickCallId?: string | null
  caller: string
  callee: string
  /** Null where the log does not tell: it is read from the numbers then. */
  direction: CallDirection | null
  /** Name that the system knows for the outside party, or null. */
  name: string | null
  startedAt: number
  durationSec: number
  /** `unknown`: the system used a word that its manual does not list. */
  outcome: 'running' | 'answered' | 'unanswered' | 'unknown'
  /** Our side of the call where that is neither the caller nor the callee (a seat), or null. */
  extension: string | null
  group: string | null
  note: string | null
  causeCode: string | null
  causeText: string | null
  /** `kind` names the way to fetch it, `reference` is what that way takes. */
  recording: { kind: string; reference: string } | null
}

export interface HistoryPage {
  rows: LoggedCall[]
  /** Where the following page begins, in the source's own words; null = this was the last. It may turn out that nothing follows. */
  next: string | null
}

/**
 * A system's own record of past and running calls, page by page. The log may grow, and running calls may end, while it
 * is being read: the reader copes with that, a source only has to answer each request from one state of the log.
 * Errors of every method: as the operation's.
 */
export interface CallHistorySource {
  /** What is old is asked for in spans of this length, ms, that begin at `windowOffsetMs` after 00:00 UTC. */
  readonly windowMs: number
  readonly windowOffsetMs: number
  /** One reading of what is old may span so many of them. */
  readonly mostWindows: number
  /** Spans can be asked for in steps of this length, ms; a part of `windowMs`. */
  readonly stepMs: number
  /** A call may be in the log only so long after it began, ms. */
  readonly lateMs: number
  /** Most rows that one page may be asked for. */
  readonly pageRows: number
  /**
   * Calls that began in [from, to) (epoch ms; rounded outwards to whole steps), newest first; `cursor` is the `next` of
   * the page before, or null. A `next` may be moved back by `stepBack`.
   */
  page(
    request: { from: number; to: number; cursor: string | null; limit: number },
    options?: CallOptions,
  ): Promise<HistoryPage>
  /**
   * For logs whose pages are places in a list that shifts: the cursor `rows` places before this one. Absent where a
   * cursor is bound to a row and nothing can shift.
   */
  stepBack?(cursor: string, rows: number): string
  /** When the newest call before `at` began, epoch ms; null = there is none. */
  newestBefore(at: number, options?: CallOptions): Promise<number | null>
  /** Roughly how many calls began before `at`; null = the system does not tell. */
  estimateBefore(at: number, options?: CallOptions): Promise<number | null>
}

/** One call of the history as it is kept. */
export interface HistoryEntry {
  callId: string
  /** The system's log, a log that does not tell the call's own id (`callId` names its row), or what was reported while it lasted. */
  toldBy: 'log' | 'log-row' | 'report'
  /** As the log tells it (`LoggedCall`). */
  clickCallId?: string | null
  direction: CallDirection
  result: CallResult
  /** The outside party (of an internal call: the one who was called). `number` is as the log gave it. */
  number: string
  canonical: string
  name: string | null
  /** Pinyin and initials of the name, ready to be searched. */
  spelling: string
  /** Our side; '' when the log does not tell. */
  extension: string
  group: string | null
  startedAt: number
  durationSec: number
  note: string | null
  causeCode: string | null
  causeText: string | null
  recordingKind: string | null
  recording: string | null
}

export interface StoredHistoryEntry extends Omit<HistoryEntry, 'spelling' | 'toldBy' | 'clickCallId'> {
  row: number
  connection: string
  system: string
  handledAt: number | null
  /** Of a missed call: the first talk with this person after it. */
  calledBack: { at: number; extension: string } | null
  seenAt: number
  /** What was written at this desk about the call. */
  ownNote: string | null
  /** In the order in which they were given. */
  tags: string[]
  /** Something was promised and is not done yet: for when, epoch ms. */
  followUpAt: number | null
}

/** One word to be found. */
export interface HistoryTerm {
  scope: 'any' | 'number' | 'name' | 'note'
  /** NFKC, lower case, no blanks. */
  text: string
  /** Canonical numbers of the people in the directory whom the word fits. */
  canonicals: string[]
}

export interface HistoryQuery
  extends Omit<HistoryFilter, 'text' | 'number' | 'name' | 'note' | 'canonical' | 'person'> {
  terms: HistoryTerm[]
  /** Outside numbers in their canonical form, any of them; null = whoever it is. */
  canonicals: string[] | null
  before: CallsCursor | null
  limit: number
}

/** What was found by one look of bounded length; `next` = where to look on, null = everything was looked at. */
export interface HistorySlice {
  rows: StoredHistoryEntry[]
  next: CallsCursor | null
}

export interface HistoryTotalsSlice {
  calls: number
  answered: number
  missed: number
  talkSec: number
  next: CallsCursor | null
}

/** Calls that began in an hour of the day, 0 to 23. */
export interface HistoryHour {
  hour: number
  calls: number
  answered: number
  missed: number
  failed: number
}

export interface HistoryHoursSlice {
  hours: HistoryHour[]
  next: CallsCursor | null
}

export interface HistoryStore {
  /**
   * Add calls or bring them up to date, and remember that every call of the span `complete` is here; one transaction. A row of a
   * log that does not tell the call's id joins what was reported of the same call, whichever comes first. With `after`, the span
   * is complete only if that one is by then: the page before, which may be asked to be stored just before this one, and fail.
   * Resolves with how many rows are new or different. Errors: storage-failed.
   */
  save(
    source: { connection: string; system: string },
    rows: HistoryEntry[],
    seenAt: number,
    complete?: HistorySpan | null,
    after?: HistorySpan | null,
  ): Promise<number>
  /** What is complete from here on (epoch ms) is to be read again. Errors: storage-failed. */
  reopen(connection: string, from: number): Promise<void>
  /** What is known to be complete, oldest first, never overlapping. */
  spans(connection: string): HistorySpan[]
  /** When the oldest call began that is still said to run and began at or after `since`, epoch ms. */
  oldestRunning(connection: string, since: number): number | null
  /** Missed calls of the span that no screen pop ever told of. */
  unheardMissed(connection: string, span: HistorySpan): { count: number; from: number; to: number }
  get(connection: string, callId: string): StoredHistoryEntry | null
  /** A look of bounded length: some milliseconds. May bring fewer rows than asked for and still not be the end. */
  slice(query: HistoryQuery): HistorySlice
  totalsSlice(query: HistoryQuery): HistoryTotalsSlice
  /** The same, by the hour of a day that is `utcOffsetMs` from UTC; only hours with calls. */
  hoursSlice(query: HistoryQuery, utcOffsetMs: number): HistoryHoursSlice
  /** Delete calls that began before, some thousands at once, with everything that only they needed. → rows deleted */
  purge(before: number): Promise<number>
  /** Give some of the room that deleted rows left back to the disk. → true while there is more to give back */
  compact(): Promise<boolean>
}
