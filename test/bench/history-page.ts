import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { historyFile } from './history-file.ts'
import { percentile } from './load.ts'
import { openBrowser, startProgram, watchPage } from './program.ts'
import { type Row, row } from './report.ts'

const calls = Number(process.env.FRONTBELL_BENCH_PAGE_CALLS ?? 1_000_000)
const rounds = 12
const hourMs = 3_600_000
const p95 = (took: number[]) => percentile(took, 0.95)

/** A file with `calls` calls, the newest of them of this hour. */
async function fill(dataDir: string): Promise<void> {
  const newestAt = Math.floor(Date.now() / hourMs) * hourMs
  const people = Math.max(1000, calls / 10)
  const file = await historyFile({ name: 'page', calls, people, newestAt, spanMs: 365 * 24 * hourMs })
  copyFileSync(file, join(dataDir, 'frontbell.sqlite'))
}

/** Hash changed → the frame with the first rows is on the screen, ms. */
function openingTime(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const from = performance.now()
        const look = () => {
          if (document.querySelector('[data-testid="calls-row"]')) {
            // The frame that shows it begins after this one.
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)))
          } else requestAnimationFrame(look)
        }
        location.hash = '#/calls'
        requestAnimationFrame(look)
      }),
  )
}

/** The same for a bare page that has its rows already and only puts them there. */
async function floor(browser: Browser): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.setContent('<main></main>')
  await page.evaluate(() => {
    addEventListener('hashchange', () => {
      const cells = '<span>↙</span><b>李建国</b><span>802</span><span>10:38</span><span>02:14</span><span>已接</span>'
      const row = `<div data-testid="calls-row" style="display:grid;grid-template-columns:repeat(6,1fr)">${cells}</div>`
      document.querySelector('main')!.innerHTML = row.repeat(32)
    })
  })
  const took: number[] = []
  for (let n = 0; n < rounds; n += 1) {
    took.push(await openingTime(page))
    await page.evaluate(() => {
      document.querySelector('main')!.innerHTML = ''
      history.replaceState(null, '', '#/desk')
    })
  }
  await page.close()
  return took
}

/** Tasks over 50 ms while the list is scrolled through, page after page. */
async function scrollTasks(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const tasks = (window as unknown as { benchLongTasks: number[] }).benchLongTasks
    tasks.length = 0
    const list = document.querySelector('#calls-grid')!.parentElement!
    for (let n = 0; n < 150; n += 1) {
      list.scrollBy({ top: 900 })
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 15)))
    }
    return [...tasks]
  })
}

/** Opening the call history over a big file, for the first time in a page and again, and scrolling through it. */
export async function historyPage(): Promise<Row[]> {
  const browser = await openBrowser()
  const bare = await floor(browser)
  const program = await startProgram({ extensions: 50, prepare: fill })
  const first: number[] = []
  const again: number[] = []
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await watchPage(page)
  await page.goto(program.url)
  for (let n = 0; n < rounds; n += 1) {
    await page.getByTestId('board-tile-801').waitFor()
    await page.waitForTimeout(400)
    first.push(await openingTime(page))
    await page.waitForTimeout(300)
    await page.evaluate(() => {
      location.hash = '#/desk'
    })
    await page.getByTestId('board-tile-801').waitFor()
    await page.waitForTimeout(300)
    again.push(await openingTime(page))
    if (n < rounds - 1) {
      await page.evaluate(() => {
        location.hash = '#/desk'
      })
      await page.reload()
    }
  }
  await page.getByTestId('calls-filter-all').click()
  await page.waitForTimeout(1000)
  const tasks = await scrollTasks(page)
  await browser.close()
  await program.close()
  const name = `history page, ${calls} calls`
  const note = (took: number[]) => `median ${percentile(took, 0.5).toFixed(0)} ms, ${took.length} times`
  return [
    row(`${name}: opened first p95`, p95(first), 'ms', { most: 100 }, p95(bare), note(first)),
    row(`${name}: opened again p95`, p95(again), 'ms', { most: 100 }, p95(bare), note(again)),
    row(
      `${name}: longest task while scrolling`,
      Math.max(0, ...tasks),
      'ms',
      { most: 50 },
      null,
      `${tasks.length} over 50 ms`,
    ),
  ]
}
