import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { notify } from './burst.ts'
import { percentile } from './load.ts'
import { now, openBrowser, startProgram } from './program.ts'
import { type Row, row } from './report.ts'

/** Start, first paint, memory and CPU at rest. */
export async function start(): Promise<Row[]> {
  const ready: number[] = []
  for (let n = 0; n < 5; n += 1) {
    const program = await startProgram({ extensions: 24 })
    ready.push(program.readyMs)
    await program.close()
  }
  const program = await startProgram({ extensions: 200 })
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(program.url)
  await page.getByTestId('board-tile-801').waitFor()
  const paint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  )
  await wait(15_000)
  const cpuBefore = program.cpuSec()
  await wait(20_000)
  const cpu = ((program.cpuSec() - cpuBefore) / 20) * 100
  const rss = program.rssMb()
  await browser.close()
  await program.close()
  return [
    row('serve ready (median of 5)', percentile(ready, 0.5), 'ms', 600, `slowest ${Math.max(...ready).toFixed(0)} ms`),
    row('first paint', paint, 'ms', 1500),
    row('memory at rest, 200 extensions', rss, 'MB', 150, 'one page open, 35 s after start'),
    row('CPU at rest, 200 extensions', cpu, '%', 2, 'of one core, over 20 s'),
  ]
}

/** Webhook sent → the notification's helper program runs. The helper is a stand-in that writes down when it was started. */
export async function ringToNotification(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'frontbell-notify-'))
  const log = join(folder, 'started')
  writeFileSync(log, '')
  writeFileSync(join(folder, 'notify-send'), `#!/bin/sh\ndate +%s%N >> ${log}\n`)
  chmodSync(join(folder, 'notify-send'), 0o755)
  const program = await startProgram({ extensions: 24, notify: true, env: { PATH: `${folder}:${process.env.PATH}` } })
  const took: number[] = []
  for (let n = 0; n < 30; n += 1) {
    const sentAt = now()
    await notify(program.listenerPort, { id: `n-${n}`, caller: '13500000002', callee: '802', state: 'ringing' })
    const deadline = now() + 3000
    let lines: string[] = []
    while (lines.length <= n && now() < deadline) {
      await wait(10)
      lines = readFileSync(log, 'utf8').trim().split('\n').filter(Boolean)
    }
    took.push(lines[n] ? Number(lines[n]) / 1e6 - sentAt : Number.POSITIVE_INFINITY)
    await notify(program.listenerPort, { id: `n-${n}`, caller: '13500000002', callee: '802', state: 'hungup' })
    await wait(150)
  }
  await program.close()
  rmSync(folder, { recursive: true, force: true })
  return [
    row(
      'ring to notification started p95',
      percentile(took, 0.95),
      'ms',
      150,
      `median ${percentile(took, 0.5).toFixed(0)} ms`,
    ),
  ]
}
