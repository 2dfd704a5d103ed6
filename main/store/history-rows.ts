import type { PartyCounts } from './history-parties.ts'

/** One call for `history.save`; numbers stand for words as in migration 0060. */
export type HistoryRow = [
  callId: string,
  direction: number,
  result: number,
  number: string,
  canonical: string,
  name: string,
  spelling: string,
  extension: string,
  group: string | null,
  startedAt: number,
  durationSec: number,
  note: string | null,
  causeCode: string | null,
  causeText: string | null,
  recordingKind: string | null,
  recording: string | null,
  toldBy: number,
]

/** Key of the click that dialled a call, and the call's own id. */
export type Click = [clickCallId: string, callId: string]

/** In the order of their numbers. */
export const tellers = ['log', 'log-row', 'report'] as const
export const toldByLogRow = 1
export const toldByReport = 2

/** What one save goes by. */
export interface Save {
  source: number
  connection: string
  seenAt: number
  counts: PartyCounts
  /** Ids of the rows that are new, or have a new call id. */
  inserted: number[]
}

export interface HistoryWriteArguments {
  /** → rows that are new or different */
  'history.save': [
    connection: string,
    system: string,
    rows: HistoryRow[],
    seenAt: number,
    complete: [from: number, to: number] | null,
    /** Complete only if this is. */
    after: [from: number, to: number] | null,
    clicks: readonly Click[],
  ]
  /** What is complete ends here. → spans changed */
  'history.reopen': [connection: string, from: number]
  /** Delete calls that began before, some thousands. → rows deleted */
  'history.purge': [before: number]
  /** Give room back to the disk. → pages given back */
  'history.compact': []
  /** → rows deleted */
  'history.forget': [connection: string]
}

export type HistoryWrites = { [N in keyof HistoryWriteArguments]: (...args: HistoryWriteArguments[N]) => number }

/** A row's id is its time × this + its place among the calls of that moment. */
export const idsPerMs = 1024
