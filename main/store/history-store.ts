import type { HistoryEntry, HistoryStore } from '../core/ports/index.ts'
import { directions, results } from './history-arms.ts'
import type { HistoryReads } from './history-reads.ts'
import { type Click, type HistoryRow, tellers } from './history-rows.ts'
import type { Writer } from './writer.ts'

/** The history port over the reads of this thread and the writes of the worker. */
export function historyStore(reads: HistoryReads, writer: Writer): HistoryStore {
  return {
    save: ({ connection, system }, entries, seenAt, complete = null, after = null) =>
      writer.write(
        'history.save',
        connection,
        system,
        entries.map(toRow),
        seenAt,
        complete && [complete.from, complete.to],
        after && [after.from, after.to],
        clicksOf(entries),
      ),
    async reopen(connection, from) {
      await writer.write('history.reopen', connection, from)
    },
    spans: reads.spans,
    oldestRunning: reads.oldestRunning,
    unheardMissed: reads.unheardMissed,
    get: reads.get,
    slice: reads.slice,
    totalsSlice: reads.totalsSlice,
    hoursSlice: reads.hoursSlice,
    purge: (before) => writer.write('history.purge', before),
    compact: async () => (await writer.write('history.compact')) > 0,
  }
}

/** Calls that may be known here by the click that dialled them. */
const clicksOf = (entries: readonly HistoryEntry[]): Click[] =>
  entries.flatMap(({ callId, clickCallId }): Click[] => (clickCallId ? [[clickCallId, callId]] : []))

export const toRow = (entry: HistoryEntry): HistoryRow => [
  entry.callId,
  directions.indexOf(entry.direction),
  results.indexOf(entry.result),
  entry.number,
  entry.canonical,
  entry.name ?? '',
  entry.spelling,
  entry.extension,
  entry.group,
  entry.startedAt,
  entry.durationSec,
  entry.note,
  entry.causeCode,
  entry.causeText,
  entry.recordingKind,
  entry.recording,
  tellers.indexOf(entry.toldBy),
]
