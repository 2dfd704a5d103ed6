import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import type { ImportProgress } from '../../preload/contract/index.ts'
import { startFakeTelcrm } from '../fakes/telcrm/index.ts'

const child = fileURLToPath(new URL('./import-child.ts', import.meta.url))
const count = 900

/** Kill the importing program whenever it has come a little further, until it is through. → what it says at the end, kills */
async function runWithKills(
  start: () => ChildProcess,
  atRequests: readonly number[],
  requests: () => number,
): Promise<{ end: ImportProgress; kills: number }> {
  let kills = 0
  for (;;) {
    const running = start()
    const at = atRequests[kills] ?? Number.POSITIVE_INFINITY
    const from = requests()
    const watch = setInterval(() => {
      if (requests() - from >= at) running.kill('SIGKILL')
    }, 1)
    let said: ImportProgress | null = null
    createInterface({ input: running.stdout! }).on('line', (line) => {
      said = JSON.parse(line) as ImportProgress
    })
    const [, signal] = await once(running, 'close')
    clearInterval(watch)
    if (signal === 'SIGKILL') kills += 1
    else if (said) return { end: said, kills }
    else throw new Error('the importing program ended without a word')
  }
}

it('R23: an import that is killed again and again loses no row, creates none twice and reports what is true', async () => {
  const fake = await startFakeTelcrm()
  const dir = mkdtempSync(join(tmpdir(), 'frontbell-import-kill-'))
  onTestFinished(async () => {
    await fake.stop()
    rmSync(dir, { recursive: true, force: true })
  })
  mkdirSync(dir, { recursive: true })
  const number = (at: number) => `139${String(10_000_000 + at).padStart(8, '0')}`
  const known = Array.from({ length: 18 }, (_, at) => at * 50 + 7)
  fake.state.addContacts(
    known.map((at) => ({ cname: '已有', localuser: -1, gid: 1, details: [{ tid: 1, cvalue: number(at) }] })),
  )
  const file = join(dir, '客户.csv')
  writeFileSync(file, `姓名,手机\n${Array.from({ length: count }, (_, at) => `客户${at},${number(at)}\n`).join('')}`)
  const start = () => {
    const running = spawn(process.execPath, [child, dir, file, fake.baseUrl], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void running.kill('SIGKILL'))
    return running
  }
  const { end, kills } = await runWithKills(start, [2, 5, 1, 9], () => fake.requests.length)

  expect(kills).toBe(4)
  const { counts } = end
  expect(end).toMatchObject({ state: 'done', total: count, done: count })
  // Every number is on the PBX exactly once: the fake refuses doubles, so it would have said so.
  const numbers = fake.state.customerBase.contacts.flatMap(({ details }) => details.map(({ cvalue }) => cvalue))
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers).toHaveLength(count)
  expect(counts.created).toBe(count)
  expect(counts.sent + counts.duplicate + counts.probable).toBe(count)
  expect(counts.refused + counts.uncertain).toBe(0)
  // What the answer of was lost with a kill is called probable, and nothing else is: at most one request each.
  expect(counts.probable).toBeLessThanOrEqual(kills * 40)
  expect(counts.sent).toBeLessThanOrEqual(count - known.length)
  expect(counts.duplicate).toBeLessThanOrEqual(known.length)
}, 120_000)
