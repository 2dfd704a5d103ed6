import type { Statement } from './sqlite.ts'

export type RekeyCall = (connection: string, from: string, to: string) => void

/**
 * A call that was known by its row of the log, or by the click that dialled it, is met under its own id: what was written on it, and that it was missed and
 * dealt with, follow. What stands under both ids is put together; the rows of the history are the caller's.
 */
export function callRekey(statement: (sql: string) => Statement): RekeyCall {
  const moved = 'connection = @connection AND call_id = @from'
  const there = 'connection = @connection AND call_id = @to'
  const old = (column: string, table: string) => `(SELECT ${column} FROM ${table} WHERE ${moved})`
  const move = (table: string) => [
    `UPDATE OR IGNORE ${table} SET call_id = @to WHERE ${moved}`,
    `DELETE FROM ${table} WHERE ${moved}`,
  ]
  const steps = [
    `UPDATE call_notes SET words = words || ' ' || ${old('words', 'call_notes')},
       note = trim(note || char(10) || ${old('note', 'call_notes')}, char(10))
     WHERE ${there} AND EXISTS (SELECT 1 FROM call_notes WHERE ${moved})`,
    ...move('call_notes'),
    ...move('call_tags'),
    // Of two promises the open one is kept.
    `DELETE FROM follow_ups WHERE ${there} AND done_at IS NOT NULL AND EXISTS (SELECT 1 FROM follow_ups WHERE ${moved} AND done_at IS NULL)`,
    ...move('follow_ups'),
    ...move('crm_opens'),
    `UPDATE calls SET handled_at = ${old('handled_at', 'calls')} WHERE ${there} AND handled_at IS NULL AND missed = 1`,
    `UPDATE call_legs SET missed = 2 WHERE missed = 1 AND call = (SELECT id FROM calls WHERE ${there} AND handled_at IS NOT NULL)`,
    ...move('calls'),
  ].map((sql) => statement(sql))

  return (connection, from, to) => {
    for (const step of steps) step.run({ connection, from, to })
  }
}
