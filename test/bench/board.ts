import { percentile } from './load.ts'
import { openBrowser, seenAt, startProgram, watchPage } from './program.ts'
import { type Row, row } from './report.ts'

/** Poll answered → tile changed in the page, and what the page's main thread had to do for it. */
export async function board(extensions: number, rounds: number): Promise<Row[]> {
  const program = await startProgram({ extensions, pollMs: 500 })
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await watchPage(page)
  await page.goto(program.url)
  await page.getByTestId('board-tile-801').waitFor()
  await page.waitForTimeout(1500)
  await page.evaluate(() => {
    ;(window as unknown as { benchLongTasks: number[] }).benchLongTasks.length = 0
  })
  const took: number[] = []
  for (let n = 0; n < rounds; n += 1) {
    await page.evaluate(() => {
      const seen = (window as unknown as { benchSeen: Record<string, number> }).benchSeen
      for (const key of Object.keys(seen)) delete seen[key]
    })
    const state = n % 2 === 0 ? 'talking' : 'idle'
    const first = program.fake.state.extensions.get('801')!
    // Change a tenth of the house at once, as a busy morning does.
    let index = 0
    for (const one of program.fake.state.extensions.values()) {
      if (index % 10 === 0) one.presence = state === 'talking' ? 'busy' : 'online'
      index += 1
    }
    const before = program.fake.requests.length
    const changed = await seenAt(page, `board-tile-801:${first.presence === 'busy' ? 'busy' : 'idle'}`, 5000)
    const answered = program.fake.requests.slice(before).find((request) => request.target.includes('EXTNUM_STATE'))
    if (changed === null || !answered) took.push(Number.POSITIVE_INFINITY)
    else took.push(changed - answered.at)
  }
  const longTasks = await page.evaluate(() => (window as unknown as { benchLongTasks: number[] }).benchLongTasks)
  await browser.close()
  await program.close()
  const longest = Math.max(0, ...longTasks)
  const strict = extensions <= 1000
  return [
    row(
      `board ${extensions}: poll to page p95`,
      percentile(took, 0.95),
      'ms',
      strict ? 60 : null,
      `median ${percentile(took, 0.5).toFixed(0)} ms, ${rounds} polls, each changes a tenth`,
    ),
    row(`board ${extensions}: longest task`, longest, 'ms', strict ? 50 : null, `${longTasks.length} over 50 ms`),
  ]
}
