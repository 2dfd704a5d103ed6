import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { startChild } from './child.ts'
import { percentile } from './load.ts'
import { now, openBrowser, root, seenAt, startProgram, watchPage } from './program.ts'
import { type Row, row } from './report.ts'

const forgetSeen = (page: Page) =>
  page.evaluate(() => {
    const seen = (window as unknown as { benchSeen: Record<string, number> }).benchSeen
    for (const key of Object.keys(seen)) delete seen[key]
  })
const p95 = (took: number[]) => percentile(took, 0.95)

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await watchPage(page)
  await page.goto(url)
  return page
}

/** The same change pushed to a bare page: server has it → attribute set. */
async function floor(browser: Browser, extensions: number, rounds: number): Promise<number[]> {
  const child = await startChild([join(root, 'test/bench/floor-page.ts')])
  const origin = `http://127.0.0.1:${child.ready.port}`
  const page = await openPage(browser, `${origin}/`)
  const took: number[] = []
  for (let n = 0; n < rounds + 1; n += 1) {
    await forgetSeen(page)
    const state = n % 2 === 0 ? 'busy' : 'online'
    const answer = await fetch(`${origin}/tiles?count=${extensions}&state=${state}`)
    const { sentAt } = (await answer.json()) as { sentAt: number }
    const at = await seenAt(page, `board-tile-801:${state}`, 5000)
    // The first one makes the tiles.
    if (n > 0) took.push(at === null ? Number.POSITIVE_INFINITY : at - sentAt)
  }
  await page.close()
  await child.stop()
  return took
}

/** Poll answered → tile changed in the page, and what the page's main thread had to do for it. */
export async function board(extensions: number, rounds: number): Promise<Row[]> {
  const browser = await openBrowser()
  const bare = await floor(browser, extensions, rounds)
  const program = await startProgram({ extensions, pollMs: 500 })
  const page = await openPage(browser, program.url)
  await page.getByTestId('board-tile-801').waitFor()
  await page.waitForTimeout(1500)
  await page.evaluate(() => {
    ;(window as unknown as { benchLongTasks: number[] }).benchLongTasks.length = 0
  })
  const took: number[] = []
  for (let n = 0; n < rounds; n += 1) {
    await forgetSeen(page)
    const busy = n % 2 === 0
    // Change a tenth of the house at once, as a busy morning does.
    const all = [...program.fake.state.extensions.values()]
    for (let at = 0; at < all.length; at += 10) all[at]!.presence = busy ? 'busy' : 'online'
    const before = program.fake.requests.length
    const changed = await seenAt(page, `board-tile-801:${busy ? 'busy' : 'idle'}`, 5000)
    const answered = program.fake.requests.slice(before).find(({ target }) => target.includes('EXTNUM_STATE'))
    took.push(changed === null || !answered?.answeredAt ? Number.POSITIVE_INFINITY : changed - answered.answeredAt)
  }
  const longTasks = await page.evaluate(() => (window as unknown as { benchLongTasks: number[] }).benchLongTasks)
  const filterMs = await filterFor(page, String(800 + extensions))
  await browser.close()
  await program.close()
  const strict = extensions <= 1000
  const name = `board ${extensions}`
  const note = `median ${percentile(took, 0.5).toFixed(0)} ms, ${rounds} polls, each changes a tenth`
  return [
    row(`${name}: poll to page p95`, p95(took), 'ms', strict ? { most: 60 } : null, p95(bare), note),
    row(
      `${name}: longest task`,
      Math.max(0, ...longTasks),
      'ms',
      strict ? { most: 50 } : null,
      null,
      `${longTasks.length} over 50 ms`,
    ),
    row(`${name}: filter for the last one`, filterMs, 'ms', null, null, 'last key to its tile, polls going on'),
  ]
}

/** Last key typed → the tile of `extension`, far below the fold, stands in the page. */
async function filterFor(page: Page, extension: string): Promise<number> {
  await page.getByTestId('board-filter-open').click()
  await page.keyboard.type(extension.slice(0, -1))
  await page.waitForTimeout(500)
  const startedAt = now()
  await page.keyboard.type(extension.slice(-1))
  await page.getByTestId(`board-tile-${extension}`).waitFor()
  return now() - startedAt
}
