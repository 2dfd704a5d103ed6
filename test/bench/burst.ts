import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from './child.ts'
import { load, percentile } from './load.ts'
import { now, openBrowser, root, seenAt, startProgram, watchPage } from './program.ts'
import { type Row, row } from './report.ts'

const total = 10_000
const connections = 200

export function notify(port: number, fields: Record<string, string>): Promise<number> {
  const query = new URLSearchParams({ direction: 'incoming', businessId: `leg-${fields.id}`, group: '3002', ...fields })
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: `/srvlt?${query}`, agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    }).on('error', reject)
  })
}

async function floor() {
  const folder = mkdtempSync(join(tmpdir(), 'frontbell-floor-'))
  const child = await startChild([join(root, 'test/bench/floor-server.ts'), join(folder, 'floor.sqlite')])
  await load(Number(child.ready.port), 2000, connections)
  const result = await load(Number(child.ready.port), total, connections)
  await child.stop()
  rmSync(folder, { recursive: true, force: true })
  return result
}

/** 10,000 webhooks over 200 connections, with a page open, then ring-to-pop idle and inside a burst. */
export async function burst(): Promise<Row[]> {
  const rows: Row[] = []
  const floors = [await floor()]
  const program = await startProgram({ extensions: 24 })
  const warm = await load(program.listenerPort, 2000, connections)
  const runs = [await load(program.listenerPort, total, connections)]
  floors.push(await floor())
  runs.push(await load(program.listenerPort, total, connections))
  const best = (list: typeof runs) => list.reduce((a, b) => (a.perSec > b.perSec ? a : b))
  const ours = best(runs)
  const bare = best(floors)
  const lost = [warm, ...runs].reduce((sum, one) => sum + one.lost, 0)
  const notOk = [warm, ...runs].reduce((sum, one) => sum + one.notOk, 0)
  rows.push(row('burst: lost or not 200', lost + notOk, '', 0, `of ${warm.sent + 2 * total}`))
  rows.push(row('burst: acknowledgement p99', ours.p99Ms, 'ms', 250, `floor ${bare.p99Ms.toFixed(0)} ms`))
  rows.push(row('burst: throughput', ours.perSec, '/s', null, `floor ${bare.perSec}/s`))
  rows.push(row('burst: throughput ÷ floor', ours.perSec / bare.perSec, '×', 0.7, 'at least', true))
  await program.close()
  return rows
}

export async function ringToPop(): Promise<Row[]> {
  const program = await startProgram({ extensions: 24 })
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await watchPage(page)
  await page.goto(program.url)
  await page.getByTestId('board-tile-802').waitFor()
  const measure = async (id: string, waitMs: number) => {
    const sentAt = now()
    await notify(program.listenerPort, { id, caller: '13500000002', callee: '802', state: 'ringing' })
    const at = await seenAt(page, `card:${id}`, waitMs)
    await notify(program.listenerPort, { id, caller: '13500000002', callee: '802', state: 'talking' })
    await notify(program.listenerPort, { id, caller: '13500000002', callee: '802', state: 'hungup' })
    return at === null ? Number.POSITIVE_INFINITY : at - sentAt
  }
  for (let n = 0; n < 5; n += 1) await measure(`warm-${n}`, 2000)
  const idle: number[] = []
  for (let n = 0; n < 60; n += 1) idle.push(await measure(`idle-${n}`, 2000))
  const storm = load(program.listenerPort, total, connections)
  let storming = true
  void storm.finally(() => {
    storming = false
  })
  const busy: number[] = []
  for (let n = 0; storming && n < 200; n += 1) busy.push(await measure(`storm-${n}`, 5000))
  await storm
  await browser.close()
  await program.close()
  return [
    row(
      'ring to pop, idle p95',
      percentile(idle, 0.95),
      'ms',
      100,
      `median ${percentile(idle, 0.5).toFixed(0)} ms, ${idle.length} calls`,
    ),
    row('ring to pop, in the burst p95', percentile(busy, 0.95), 'ms', 1000, `${busy.length} calls`),
  ]
}
