import type { CallDirection, CallResult } from '../../../preload/contract/index.ts'
import type { HistoryEntry, LoggedCall } from '../ports/index.ts'

export interface NumberFacts {
  canonicalOf(number: string): string
  /** The board knows it as one of ours. The board may not have been read yet, and forgets extensions that are gone. */
  isExtension(number: string): boolean
}

/** Numbers of the house are short, whatever the board knows of them at the moment. */
const isShort = (number: string) => /^[\d*#]{1,6}$/.test(number)
/** Times beyond this are no times (and would leave the range in which a row's place is exact). */
const latestTime = 8_000_000_000_000

function directionOf(row: LoggedCall, { isExtension }: NumberFacts): CallDirection {
  if (row.direction !== null) return row.direction
  const ownCaller = isExtension(row.caller)
  const ownCallee = isExtension(row.callee)
  if (ownCaller && ownCallee) return 'internal'
  if (ownCaller !== ownCallee) return ownCaller ? 'outgoing' : 'incoming'
  return isShort(row.caller) && !isShort(row.callee) ? 'outgoing' : 'incoming'
}

function resultOf(row: LoggedCall, direction: CallDirection): CallResult {
  if (row.outcome !== 'unanswered') return row.outcome
  return direction === 'incoming' ? 'missed' : 'failed'
}

const orNull = (text: string | null) => (text === null || text.trim() === '' ? null : text.trim())

/** A row of a system's log as it is kept; null for one that has no usable time or id. */
export function toHistoryEntry(
  row: LoggedCall,
  facts: NumberFacts,
  spell: (name: string) => string,
): HistoryEntry | null {
  if (row.callId === '' || !(row.startedAt >= 0 && row.startedAt < latestTime)) return null
  const direction = directionOf(row, facts)
  const outside = direction === 'incoming' ? row.caller : row.callee
  const ours = row.extension ?? (direction === 'incoming' ? row.callee : row.caller)
  const name = direction === 'internal' ? null : orNull(row.name)
  return {
    callId: row.callId,
    toldBy: row.isRowId ? 'log-row' : 'log',
    clickCallId: row.clickCallId ?? null,
    direction,
    result: resultOf(row, direction),
    number: outside,
    canonical: facts.canonicalOf(outside),
    name,
    spelling: name === null ? '' : spell(name),
    extension: ours,
    group: orNull(row.group),
    startedAt: Math.floor(row.startedAt),
    durationSec: Math.max(0, Math.round(row.durationSec)),
    note: orNull(row.note),
    causeCode: orNull(row.causeCode),
    causeText: orNull(row.causeText),
    recordingKind: row.recording?.kind ?? null,
    recording: orNull(row.recording?.reference ?? null),
  }
}
