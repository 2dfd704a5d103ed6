import type { Statement } from './sqlite.ts'

/** Spans of time of which every call is in the history. */
export interface RangeWrites {
  /** Every call of this span is there. */
  isComplete(connection: string, from: number, to: number): boolean
  /** Joined with what it touches. */
  complete(connection: string, from: number, to: number): void
  /** What is complete ends here. → spans changed */
  reopen(connection: string, from: number): number
}

export function rangeWrites(statement: (sql: string) => Statement): RangeWrites {
  const touching = statement(
    'SELECT min(from_at), max(to_at) FROM history_ranges WHERE connection = ? AND from_at <= ? AND to_at >= ?',
  ).raw()
  const covering = statement(
    'SELECT 1 FROM history_ranges WHERE connection = ? AND from_at <= ? AND to_at >= ?',
  ).pluck()
  const dropTouching = statement('DELETE FROM history_ranges WHERE connection = ? AND from_at <= ? AND to_at >= ?')
  const add = statement('INSERT INTO history_ranges (connection, from_at, to_at) VALUES (?, ?, ?)')
  const dropLater = statement('DELETE FROM history_ranges WHERE connection = ? AND from_at >= ?')
  const clipLater = statement('UPDATE history_ranges SET to_at = ? WHERE connection = ? AND to_at > ?')

  return {
    isComplete: (connection, from, to) => covering.get(connection, from, to) !== undefined,
    complete(connection, from, to) {
      const [first, last] = touching.get(connection, to, from) as [number | null, number | null]
      // Nearly every poll: nothing that is not known.
      if (first !== null && last !== null && first <= from && last >= to && first === from && last === to) return
      dropTouching.run(connection, to, from)
      add.run(connection, Math.min(from, first ?? from), Math.max(to, last ?? to))
    },
    reopen(connection, from) {
      return dropLater.run(connection, from).changes + clipLater.run(from, connection, from).changes
    },
  }
}
