import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import { errorMap, type Problem } from './errors.ts'
import type { ExportEvent } from './history.ts'
import { type FindingGroup, findingGroups, type NumberFault } from './import-findings.ts'
import {
  type ImportDelimiter,
  type ImportEncoding,
  type ImportField,
  ImportFix,
  ImportKind,
  ImportPlan,
  ImportReading,
  type KnownChoice,
} from './import-plan.ts'

/** The largest piece of a file in one message, bytes. */
export const importPieceBytes = 512 * 1024

/** What a file looks like before anything is decided. */
export interface ImportInspection {
  format: 'csv' | 'xlsx'
  sheets: string[]
  sheet: string | null
  encoding: ImportEncoding | null
  delimiter: ImportDelimiter | null
  hasHeader: boolean
  /** Names of the columns; `A`, `B` … where the file has no header. */
  columns: string[]
  /** The first rows below the header, with their numbers in the file. */
  preview: { row: number; cells: string[] }[]
  /** What each column seems to mean. */
  mapping: ImportField[]
  /** The mapping is the one that was used the last time for these headers. */
  remembered: boolean
}

export interface ImportFinding {
  row: number
  group: FindingGroup
  /** What the row calls the person. */
  name: string
  column: number
  /** As it stands in the file. */
  value: string
  /** Digits that there are, where their count is what is wrong. */
  digits: number | null
  fault: NumberFault | 'empty' | 'amount' | 'date' | 'length' | 'unreadable' | null
  /** What the cell was probably meant to be. */
  suggestion: string | null
  /** Row of the file that has the number first. */
  firstRow: number | null
  /** Who has the number. */
  person: { name: string; company: string | null } | null
  choice: KnownChoice | null
}

export interface ImportCheck {
  /** Rows below the header. */
  rows: number
  /** Rows that would be imported now. */
  ready: number
  empty: number
  /** Left out by hand. */
  skipped: number
  groups: { group: FindingGroup; count: number; suggestions: number }[]
  /** Names of columns that are not used. */
  unused: string[]
}

export type CheckEvent = { kind: 'progress'; rows: number; share: number } | { kind: 'done'; check: ImportCheck }

export const importStates = [
  'open',
  'staging',
  'running',
  'paused',
  'waiting',
  'done',
  'cancelled',
  'undone',
  'failed',
] as const
/**
 * `open`: being prepared on the page. `staging`: rows are being written down. `waiting`: the PBX does not answer, it will be
 * tried again. The others as they say.
 */
export type ImportState = (typeof importStates)[number]

export interface ImportCounts {
  created: number
  filled: number
  overwritten: number
  localSkipped: number
  /** The PBX said yes. */
  sent: number
  /** The PBX has the number: 483. */
  duplicate: number
  refused: number
  /** The answer was lost, and asked again the PBX had the number: most likely from this import. */
  probable: number
  /** The answer was lost and could not be had. */
  uncertain: number
  /** Rows that were never tried because they are wrong or left out. */
  leftOut: number
}

export interface ImportProgress {
  id: string
  fileName: string
  sheet: string | null
  kind: ImportKind
  target: 'local' | 'pbx' | 'both'
  connection: string | null
  state: ImportState
  /** Rows to import, and rows of them that are through. */
  total: number
  done: number
  counts: ImportCounts
  /** Over the last half minute; null before there is anything to measure. */
  rowsPerSec: number | null
  /** Requests that the PBX has answered, rows in the newest one, and when that was, epoch ms. */
  requests: number
  batchRows: number
  lastAnswerAt: number | null
  problem: Problem | null
  /** The first refused rows with what the PBX said. */
  refusals: { row: number; name: string; reason: string }[]
  startedAt: number | null
  endedAt: number | null
  undo: 'none' | 'possible' | 'running' | 'done'
  /** Rows that undo left alone because somebody changed them since. */
  undoKept: number
}

export interface ImportsSnapshot {
  /** Newest first. */
  imports: ImportProgress[]
}

const one = z.object({ id: z.string().regex(/^[a-z0-9]{8,40}$/) })

/** Files of customers and opportunities, into the directory of this PC and into the PBX. */
export const imports = {
  /** Room for a file; its pieces follow. `text`: what was pasted is a file too. Errors: bad-request (`too-large`, `xls-file`). */
  begin: oc
    .errors(errorMap)
    .input(z.object({ name: z.string().min(1).max(255), size: z.number().int().min(0) }))
    .output(one),
  append: oc
    .errors(errorMap)
    .input(one.extend({ at: z.number().int().min(0), bytes: z.instanceof(Uint8Array) }))
    .output(z.void()),
  /**
   * What the file looks like, read as asked or as guessed. Errors: bad-request with a reason for each kind of file that cannot
   * be read (`xls-file`, `not-a-table`, `empty-file`, `too-large`, `too-many-rows`, `too-many-columns`, `too-many-parts`,
   * `too-much-inside`, `has-doctype`, `damaged`, `encrypted`, `unclosed-quote`, `wrong-encoding`, `too-slow`), cancelled.
   */
  inspect: oc
    .errors(errorMap)
    .input(one.extend({ kind: ImportKind, reading: ImportReading.prefault({}) }))
    .output(type<ImportInspection>()),
  /** Try everything without writing anything. Ends when the signal aborts. */
  check: oc
    .errors(errorMap)
    .input(one.extend({ reading: ImportReading, plan: ImportPlan, fixes: z.array(ImportFix).max(20_000).default([]) }))
    .output(eventIterator(type<CheckEvent>())),
  /** Rows of one group of the newest check, in order; at most 2,000 of each group are kept. */
  findings: oc
    .errors(errorMap)
    .input(
      one.extend({
        group: z.enum(findingGroups),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(type<{ findings: ImportFinding[]; kept: number }>()),
  /** Connections that take customers and opportunities. */
  targets: oc.errors(errorMap).output(z.array(z.object({ connection: z.string() }))),
  /** Begin with the newest check's reading, plan and fixes. Errors: conflict while another import runs. */
  start: oc.errors(errorMap).input(one).output(z.void()),
  pause: oc.errors(errorMap).input(one).output(z.void()),
  resume: oc.errors(errorMap).input(one).output(z.void()),
  /** What is done stays done. */
  cancel: oc.errors(errorMap).input(one).output(z.void()),
  /** Take back what came into the directory of this PC. */
  undo: oc.errors(errorMap).input(one).output(z.void()),
  /** The rows that did not get through, with the file's own columns and the reasons behind them. */
  report: oc.errors(errorMap).input(one).output(eventIterator(type<ExportEvent>())),
  /** Forget a file that was not started, or an import that is over. */
  discard: oc.errors(errorMap).input(one).output(z.void()),
}
