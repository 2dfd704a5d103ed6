import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import { CallDirection, CallState, CallsCursor, Party } from './calls.ts'
import { errorMap, Problem } from './errors.ts'
import { CallResult, HistoryFilter, HistoryPeriod } from './history-filter.ts'

/** One call of a system's own log. Times are epoch ms on the system's clock. */
export const HistoryCall = z.object({
  /** Its place in the store; grows with the time it began. */
  row: z.number().int(),
  callId: z.string(),
  connection: z.string(),
  system: z.string(),
  direction: CallDirection,
  result: CallResult,
  caller: Party,
  callee: Party,
  /** Our side of the call; '' when the log does not tell. */
  extension: z.string(),
  group: z.string().nullable(),
  groupName: z.string().nullable(),
  startedAt: z.number().int(),
  durationSec: z.number().int(),
  /** As the system's log has it. */
  note: z.string().nullable(),
  /** What was written at this desk. */
  ownNote: z.string().nullable(),
  tags: z.array(z.string()),
  /** What was promised and is not done yet is due then. */
  followUpAt: z.number().nullable(),
  /** Why it ended, in the vendor's own code and words; `explained` where the manual explains the code. */
  cause: z
    .object({
      code: z.string().nullable(),
      text: z.string().nullable(),
      explained: z.object({ zh: z.string(), en: z.string() }).nullable(),
    })
    .nullable(),
  /** `kind` says which operation fetches it, `reference` is what that operation takes. */
  recording: z.object({ kind: z.string(), reference: z.string() }).nullable(),
  handledAt: z.number().nullable(),
  /** Of a missed call: the first talk with this person after it, whoever rang whom. */
  calledBack: z.object({ at: z.number().int(), extension: z.string() }).nullable(),
  /** When this program first saw the row. */
  seenAt: z.number(),
})
export type HistoryCall = z.infer<typeof HistoryCall>

export const HistoryTotals = z.object({
  calls: z.number().int(),
  answered: z.number().int(),
  missed: z.number().int(),
  /** Seconds talked in all of them together. */
  talkSec: z.number().int(),
  /** False: counting stopped at `atMost`, there are more. */
  isComplete: z.boolean(),
})
export type HistoryTotals = z.infer<typeof HistoryTotals>

/** A span of time, epoch ms on the system's clock, `to` not included. `from` 0 = from the very first call. */
export const HistorySpan = z.object({ from: z.number().int(), to: z.number().int() })
export type HistorySpan = z.infer<typeof HistorySpan>

/** How far a connection's history has come. */
export const HistorySync = z.object({
  connection: z.string(),
  state: z.enum(['waiting', 'reading', 'filling', 'cancelled', 'failing']),
  /** Last time that everything up to then was in the history, epoch ms. */
  lastSyncAt: z.number().nullable(),
  /** Everything of these spans is here, newest first; what lies between is missing. */
  complete: z.array(HistorySpan),
  /** While older calls are being fetched: rows read, an estimate of all there are, and the span read so far. */
  progress: z
    .object({ done: z.number().int(), total: z.number().int().nullable(), from: z.number(), to: z.number() })
    .nullable(),
  problem: Problem.nullable(),
})
export type HistorySync = z.infer<typeof HistorySync>

/** What a telephone did in one call, as the PBX told while it lasted. `at`: epoch ms on this PC's clock. */
export const HistoryStep = z.object({
  at: z.number(),
  extension: z.string(),
  /** The colleague's name on the board. */
  name: z.string().nullable(),
  state: CallState,
})
export type HistoryStep = z.infer<typeof HistoryStep>

/** A file on its way to the page. The pieces of `data` put together are the file; `done` comes last. */
export type ExportEvent =
  | { kind: 'data'; bytes: Uint8Array }
  /** `total` is null until everything that fits was counted. */
  | { kind: 'progress'; rows: number; total: number | null }
  | { kind: 'done'; rows: number; fileName: string; type: string }

export interface HistorySnapshot {
  /** Another number whenever calls came in or changed since the program started. */
  revision: number
  connections: HistorySync[]
}

const filterOf = z.object({ filter: HistoryFilter.prefault({}) })
const pageOf = filterOf.extend({ before: CallsCursor.optional() })
const oneCall = z.object({ connection: z.string().max(40), callId: z.string().min(1).max(200) })

export const history = {
  /** Newest first. `before` = the `next` of the page before; `next` is null on the last page. */
  search: oc
    .errors(errorMap)
    .input(pageOf.extend({ limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.object({ rows: z.array(HistoryCall), next: CallsCursor.nullable() })),
  /** Of everything that fits, not of a page; or of so many calls that counting on is not worth it. */
  totals: oc
    .errors(errorMap)
    .input(filterOf.extend({ atMost: z.number().int().min(1).nullable().default(null) }))
    .output(HistoryTotals),
  /**
   * One call; what the telephones did in it, oldest first, where this PC was told; and the newest other calls with the same
   * person. Errors: not-found.
   */
  get: oc
    .errors(errorMap)
    .input(oneCall)
    .output(z.object({ call: HistoryCall, steps: z.array(HistoryStep), others: z.array(HistoryCall) })),
  /** Everything that fits as a file, newest first, in the language of the settings. Ends when the call's signal aborts. */
  export: oc
    .errors(errorMap)
    .input(filterOf.extend({ format: z.enum(['csv', 'xlsx']) }))
    .output(eventIterator(type<ExportEvent>())),
  /**
   * Keep a filter under a name; the same name again replaces it, and `insteadOf` gives the place of another. `period`: a
   * span of the calendar that takes the place of the filter's `from` and `to` whenever it is used.
   */
  saveFilter: oc
    .errors(errorMap)
    .input(
      filterOf.extend({
        name: z.string().trim().min(1).max(60),
        period: HistoryPeriod.nullable().default(null),
        insteadOf: z.string().min(1).max(60).optional(),
      }),
    )
    .output(z.void()),
  removeFilter: oc
    .errors(errorMap)
    .input(z.object({ name: z.string().min(1).max(60) }))
    .output(z.void()),
  /** Ask the systems now; also goes on with a filling that was cancelled. */
  sync: oc.errors(errorMap).output(z.void()),
  /** Stop fetching older calls; new ones still come in. */
  cancelSync: oc.errors(errorMap).output(z.void()),
}
