import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startChild } from './child.ts'
import { type LoadResult, load } from './load.ts'
import { root, startProgram } from './program.ts'
import { type Row, row } from './report.ts'

const total = 10_000
const connections = 200
/** Other work on the machine halves single runs. */
const rounds = 8

async function floor(): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), 'frontbell-floor-'))
  const child = await startChild([join(root, 'test/bench/floor-server.ts'), join(folder, 'floor.sqlite')])
  await load(Number(child.ready.port), 2000, connections)
  const result = await load(Number(child.ready.port), total, connections)
  await child.stop()
  rmSync(folder, { recursive: true, force: true })
  return result
}

/** 10,000 webhooks over 200 connections, in turn with the floor; the better run of each counts. */
export async function burst(): Promise<Row[]> {
  const floors: LoadResult[] = []
  const runs: LoadResult[] = []
  const program = await startProgram({ extensions: 24 })
  const all = [await load(program.listenerPort, 2000, connections)]
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await floor())
    // The listener takes 20,000 at once and 2,000 a second from one source: let it forget the last round.
    await wait(3000)
    runs.push(await load(program.listenerPort, total, connections))
  }
  await program.close()
  all.push(...runs)
  const best = (list: LoadResult[]) => list.reduce((a, b) => (a.perSec > b.perSec ? a : b))
  const ours = best(runs)
  const bare = best(floors)
  const wrong = all.reduce((sum, { lost, notOk }) => sum + lost + notOk, 0)
  const sent = all.reduce((sum, one) => sum + one.sent, 0)
  return [
    row('burst: lost or not 200', wrong, '', { most: 0 }, null, `of ${sent}`),
    row('burst: acknowledgement p99', ours.p99Ms, 'ms', { most: 250 }, bare.p99Ms),
    row('burst: throughput', ours.perSec, '/s', { leastOfFloor: 0.7 }, bare.perSec),
  ]
}
