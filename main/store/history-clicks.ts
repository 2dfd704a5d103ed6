import { callIdParams, hasCallId } from './call-id.ts'
import type { RekeyCall } from './history-rekey.ts'
import type { Click, Save } from './history-rows.ts'
import type { Statement } from './sqlite.ts'

/**
 * A call goes by the key of its click as long as it is on the screen, and what is written on it meanwhile too; ended calls
 * leave the memory of the desk after ten minutes (core/calls/call-book.ts). Later than this nothing but the disk knows the key, ms.
 */
const restedMs = 15 * 60_000

export interface HistoryClicks {
  /** What stands under the keys of clicks goes to the calls that they dialled. → ids of the rows that it was for */
  meet(clicks: readonly Click[], save: Save): number[]
}

/** Calls that were dialled here and followed under the key of the click: only the log tells which of its calls each is. */
export function historyClicks(statement: (sql: string) => Statement, rekey: RekeyCall): HistoryClicks {
  const isRested = statement('SELECT 1 FROM calls WHERE connection = ? AND call_id = ? AND ended_at < ?').pluck()
  const idOf = statement(`SELECT h.id FROM history h WHERE ${hasCallId('h.')} AND h.source = ?`).pluck()

  return {
    meet(clicks, { connection, source, seenAt }) {
      const met: number[] = []
      for (const [clickCallId, callId] of clicks) {
        if (clickCallId === callId) continue
        if (isRested.get(connection, clickCallId, seenAt - restedMs) === undefined) continue
        const id = idOf.get(...callIdParams(callId), source)
        // A log that does not tell the calls' ids: its row is joined first, and the next look finds it.
        if (id === undefined) continue
        rekey(connection, clickCallId, callId)
        met.push(Number(id))
      }
      return met
    },
  }
}
