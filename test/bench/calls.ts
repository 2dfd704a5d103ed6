import { performance } from 'node:perf_hooks'
import { Pool } from 'undici'
import { call } from '../../main/systems/kit/call.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { telcrmErrors } from '../../main/systems/telcrm/errors.ts'
import { extnumState } from '../../main/systems/telcrm/operations/agents.ts'
import { startChild } from './child.ts'
import { percentile } from './load.ts'
import { root } from './program.ts'
import { type Row, row } from './report.ts'

const rounds = 15
const callsPerRound = 1000
const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log }

/** Calls per second of `run`, `width` of them under way at a time. */
async function rate(run: () => Promise<unknown>, width: number): Promise<number> {
  let left = callsPerRound
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (left > 0) {
        left -= 1
        await run()
      }
    }),
  )
  return callsPerRound / ((performance.now() - startedAt) / 1000)
}

/** What describing an operation costs: `call()` against the same request made with undici and parsed, side by side. */
export async function calls(): Promise<Row[]> {
  const server = await startChild([`${root}/test/bench/call-server.ts`])
  const baseUrl = `http://127.0.0.1:${server.ready.port}`
  const session = openSession({ connection: 'pbx', system: 'telcrm', baseUrl, errors: telcrmErrors, log })
  const pool = new Pool(baseUrl, { connections: 16 })
  const ours = () => call(session, extnumState, {})
  const bare = async () => {
    const { body } = await pool.request({ method: 'GET', path: '/bridge/jsoncfg?opt=EXTNUM_STATE' })
    return body.json()
  }
  const rows: Row[] = []
  for (const [what, width] of [
    ['one after the other', 1],
    ['100 at once', 100],
  ] as const) {
    const took: { ours: number; bare: number }[] = []
    for (let round = -2; round < rounds; round += 1) {
      // Turn about, so that neither has the warmer or the quieter half.
      const first = round % 2 === 0
      const one = await rate(first ? ours : bare, width)
      const other = await rate(first ? bare : ours, width)
      if (round >= 0) took.push(first ? { ours: one, bare: other } : { ours: other, bare: one })
    }
    // The best round of each: whatever else the machine does only makes one slower.
    const best = (side: 'ours' | 'bare') => Math.max(...took.map((one) => one[side]))
    const middle = percentile(
      took.map((one) => one.bare / one.ours),
      0.5,
    )
    const note = `time × ${(best('bare') / best('ours')).toFixed(2)} at best, × ${middle.toFixed(2)} in the middle of ${rounds} rounds; floor: undici`
    rows.push(row(`calls ${what}`, best('ours'), '/s', { leastOfFloor: 0.67 }, best('bare'), note))
  }
  await session.close()
  await pool.close()
  await server.stop()
  return rows
}
