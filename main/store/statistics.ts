import type { CallTally, StatisticsStore } from '../core/ports/index.ts'
import { directions, results } from './history-arms.ts'
import { idsPerMs } from './history-rows.ts'
import { idAt } from './history-terms.ts'
import type { Queries } from './queries.ts'

const hourMs = 3_600_000

/** A row's id is its time: a span of time is one piece of the table, read once. Numbers are bound as fractions: whole hours want a whole number. */
export function createStatisticsReads({ query }: Queries): StatisticsStore {
  const tally = query<Omit<CallTally, 'direction' | 'result'> & { direction: number; result: number }>(
    'history-tally',
    `SELECT (id / ${idsPerMs} - CAST(@from AS INTEGER)) / ${hourMs} AS hour, extension, direction, result, count(*) AS calls,
       sum(duration_sec) AS talkSec
     FROM history WHERE id >= @firstId AND id < @endId AND source = (SELECT id FROM history_sources WHERE connection = @connection)
     GROUP BY 1, 2, 3, 4`,
  )
  return {
    tally: ({ connection, from, until }) =>
      tally.all({ connection, from, firstId: idAt(from), endId: idAt(until) }).map((row) => ({
        ...row,
        direction: directions[row.direction] ?? 'incoming',
        result: results[row.result] ?? 'failed',
      })),
  }
}
