import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { type Child, startChild } from './child.ts'
import { percentile } from './load.ts'
import { openBrowser, type Program, root, startProgram } from './program.ts'
import { type Row, row } from './report.ts'

const starts = 5
const settleSec = 40
const restSec = 20

const startFloor = (folder: string, pollUrl = '') =>
  startChild([join(root, 'test/bench/floor-start.mjs'), join(folder, 'floor.sqlite'), pollUrl])

async function paintOf(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(url)
  const paint = await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime)
  return Number(await paint.jsonValue())
}

/** Both side by side, program and floor, with a page open in each: CPU of one core in %, and MB at the end. */
async function atRest(children: Child[]): Promise<{ cpu: number; rss: number }[]> {
  await wait(settleSec * 1000)
  const before = children.map((child) => child.cpuSec())
  await wait(restSec * 1000)
  return children.map((child, at) => ({ cpu: ((child.cpuSec() - before[at]!) / restSec) * 100, rss: child.rssMb() }))
}

/** Start, first paint, memory and CPU at rest. */
export async function start(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'frontbell-floor-'))
  const ready: number[] = []
  const bareReady: number[] = []
  for (let n = 0; n < starts; n += 1) {
    const bare = await startFloor(folder)
    bareReady.push(bare.readyMs)
    await bare.stop()
    const program = await startProgram({ extensions: 24 })
    ready.push(program.readyMs)
    await program.close()
  }
  const program: Program = await startProgram({ extensions: 200 })
  const bare = await startFloor(folder, `${program.fake.baseUrl}/bridge/jsoncfg?opt=EXTNUM_STATE`)
  const browser = await openBrowser()
  const barePaint = await paintOf(browser, `http://127.0.0.1:${bare.ready.port}/`)
  const paint = await paintOf(browser, program.url)
  const [ours, floor] = await atRest([program, bare])
  await browser.close()
  await bare.stop()
  await program.close()
  rmSync(folder, { recursive: true, force: true })
  const median = (list: number[]) => percentile(list, 0.5)
  const note = `median of ${starts}, the first without compiled code kept; slowest ${Math.max(...ready).toFixed(0)} ms`
  return [
    row('serve ready', median(ready), 'ms', { most: 600 }, median(bareReady), note),
    row('first paint', paint, 'ms', { most: 1500 }, barePaint),
    row(
      'memory at rest, 200 extensions',
      ours!.rss,
      'MB',
      { most: 150 },
      floor!.rss,
      `one page open, ${settleSec + restSec} s after start`,
    ),
    row('CPU at rest, 200 extensions', ours!.cpu, '%', { most: 2 }, floor!.cpu, `of one core, over ${restSec} s`),
  ]
}
