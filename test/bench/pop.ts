import { get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { startChild } from './child.ts'
import { load, percentile } from './load.ts'
import { now, openBrowser, root, seenAt, startProgram, watchPage } from './program.ts'
import { type Row, row } from './report.ts'

/** One screen pop, on a connection of its own as a PBX sends it. Resolves with the status. */
export function notify(port: number, fields: Record<string, string>): Promise<number> {
  const query = new URLSearchParams({ direction: 'incoming', businessId: `leg-${fields.id}`, group: '3002', ...fields })
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: `/srvlt?${query}`, agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    }).on('error', reject)
  })
}

interface Pops {
  /** Webhook sent → card in the DOM, ms. */
  idle: number[]
  busy: number[]
}

/** One call after the other, each rings, is answered and ends; first alone, then while a burst comes in. */
async function measure(page: Page, port: number): Promise<Pops> {
  const call = async (id: string, waitMs: number) => {
    const fields = { id, caller: '13500000002', callee: '802' }
    const sentAt = now()
    await notify(port, { ...fields, state: 'ringing' })
    const at = await seenAt(page, `card:${id}`, waitMs)
    await notify(port, { ...fields, state: 'talking' })
    await notify(port, { ...fields, state: 'hungup' })
    return at === null ? Number.POSITIVE_INFINITY : at - sentAt
  }
  const pops: Pops = { idle: [], busy: [] }
  for (let n = 0; n < 5; n += 1) await call(`warm-${n}`, 2000)
  for (let n = 0; n < 60; n += 1) {
    // Idle means that the last call is done with; the odd waits keep clear of the beat of the polls.
    await wait(50 + ((n * 37) % 90))
    pops.idle.push(await call(`idle-${n}`, 2000))
  }
  let storming = true
  const storm = load(port, 10_000, 200).finally(() => {
    storming = false
  })
  for (let n = 0; storming && n < 200; n += 1) pops.busy.push(await call(`storm-${n}`, 5000))
  await storm
  return pops
}

export async function ringToPop(): Promise<Row[]> {
  const browser = await openBrowser()
  const openPage = async (url: string) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await watchPage(page)
    await page.goto(url)
    return page
  }
  const bare = await startChild([join(root, 'test/bench/floor-page.ts')])
  const barePage = await openPage(`http://127.0.0.1:${bare.ready.port}/`)
  const floor = await measure(barePage, Number(bare.ready.port))
  await barePage.close()
  await bare.stop()

  const program = await startProgram({ extensions: 24 })
  const page = await openPage(program.url)
  await page.getByTestId('board-tile-802').waitFor()
  const ours = await measure(page, program.listenerPort)
  await browser.close()
  await program.close()

  const p95 = (list: number[]) => percentile(list, 0.95)
  const note = (list: number[]) => `median ${percentile(list, 0.5).toFixed(0)} ms, ${list.length} calls`
  return [
    row('ring to pop, idle p95', p95(ours.idle), 'ms', { most: 100 }, p95(floor.idle), note(ours.idle)),
    row('ring to pop, in the burst p95', p95(ours.busy), 'ms', { most: 1000 }, p95(floor.busy), note(ours.busy)),
  ]
}
