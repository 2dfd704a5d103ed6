import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createStatistics } from '../../main/core/supervision/statistics.ts'
import { openStore } from '../../main/store/open.ts'
import { createTestLog, realClock } from '../store/samples.ts'
import { historyFile } from './history-file.ts'
import { percentile } from './load.ts'
import { type Row, row } from './report.ts'

const calls = Number(process.env.FRONTBELL_BENCH_CALLS ?? 1_000_000)
const dayMs = 86_400_000
const rounds = 10
const newestAt = 1_760_000_000_000
const clock = { ...realClock, now: () => newestAt }

/** The worst house: a million calls, all of them in the thirty days that are asked for. */
export async function statistics(): Promise<Row[]> {
  const file = await historyFile({ name: 'statistics', calls, people: 1000, newestAt, spanMs: 29 * dayMs })
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'statistics-'))
  copyFileSync(file, join(folder, 'frontbell.sqlite'))
  const store = await openStore({ file: join(folder, 'frontbell.sqlite'), clock, log: createTestLog().log })
  try {
    const looks: number[] = []
    const first: number[] = []
    const again: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const counted = createStatistics({
        clock,
        history: store.history,
        groupOf: () => null,
        store: {
          tally(query) {
            const from = performance.now()
            const tally = store.statistics.tally(query)
            looks.push(performance.now() - from)
            return tally
          },
        },
      })
      for (const times of [first, again]) {
        const from = performance.now()
        const { totals } = await counted.of({ connection: 'pbx', range: '30d', group: null })
        times.push(performance.now() - from)
        if (totals.answered === 0) throw new Error('nothing was counted')
      }
    }
    return [
      row('statistics: one look p95', percentile(looks, 0.95), 'ms', { most: 50 }, null, 'what the loop waits for'),
      row(
        'statistics: 30 days, first time',
        percentile(first, 0.5),
        'ms',
        { most: 2000 },
        null,
        `${calls} calls in them`,
      ),
      row('statistics: 30 days, again', percentile(again, 0.95), 'ms', { most: 100 }, null, 'only today is looked up'),
    ]
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
