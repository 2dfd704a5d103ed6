import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { migrations } from '../../main/store/migrations/index.ts'
import { prepareFile } from '../../main/store/prepare-file.ts'
import { createQueries } from '../../main/store/queries.ts'
import { prepareReads } from '../../main/store/reads.ts'
import { openForReading } from '../../main/store/sqlite.ts'
import { createTestLog, open, realClock, tempFile } from '../store/temp-store.ts'

const rounds = Number(process.env.KILL_ROUNDS ?? 20)
const lanes = 2
const child = fileURLToPath(new URL('./append-child.ts', import.meta.url))

/** Let a child append until it is killed at a random moment after its first acknowledgement. → acknowledged call ids */
async function appendUntilKilled(file: string, round: number): Promise<string[]> {
  const running = spawn(process.execPath, [child, file, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    running.kill('SIGKILL')
  })
  let printed = ''
  running.stdout.setEncoding('latin1').on('data', (chunk: string) => {
    if (printed === '') setTimeout(() => running.kill('SIGKILL'), Math.random() * 100)
    printed += chunk
  })
  const [, signal] = await once(running, 'close')
  expect(signal).toBe('SIGKILL')
  // The last line may be cut off in the middle.
  return printed.split('\n').slice(0, -1)
}

/** What the next start does, without the worker: check, repair, read. */
async function expectEverything(file: string, callIds: string[]): Promise<void> {
  const { log, lines } = createTestLog()
  expect(await prepareFile({ file, clock: realClock, log, migrations })).toEqual([])
  expect(lines).toEqual([])
  const db = openForReading(file)
  const reads = prepareReads(createQueries({ db, mono: () => 0, onSlow() {} }))
  const unfolded = new Set(reads.inbox.unfolded().map((row) => row.callId))
  const missing = callIds.filter((callId) => !unfolded.has(callId) && !reads.calls.get(callId))
  expect(missing).toEqual([])
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
}

it(
  `R17: ${rounds} kills while writing lose no acknowledged event and no fold`,
  async () => {
    let count = 0
    async function lane(first: number): Promise<void> {
      const file = tempFile(tmpdir())
      for (let round = first; round < rounds; round += lanes) {
        const acknowledged = await appendUntilKilled(file, round)
        count += acknowledged.length
        await expectEverything(file, acknowledged)
      }
      // And as the program opens it, worker and all.
      const store = await open(file)
      expect(store.notices).toEqual([])
    }
    await Promise.all(Array.from({ length: lanes }, (_, first) => lane(first)))
    console.log(`${rounds} kills, ${count} acknowledged events, 0 missing`)
    expect(count).toBeGreaterThan(rounds * 20)
  },
  60_000 + rounds * 3000,
)
