import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { percentile } from './load.ts'
import { notify } from './pop.ts'
import { now, startProgram } from './program.ts'
import { type Row, row } from './report.ts'

const rounds = 30

/** Webhook sent → the notification's helper program runs. The helper is a stand-in that writes down when it was started. */
export async function ringToNotification(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'frontbell-notify-'))
  const helper = join(folder, 'notify-send')
  const log = join(folder, 'started')
  writeFileSync(helper, `#!/bin/sh\ndate +%s%N >> ${log}\n`)
  chmodSync(helper, 0o755)

  async function measure(one: (n: number) => Promise<void>, after: (n: number) => Promise<void>): Promise<number[]> {
    const took: number[] = []
    writeFileSync(log, '')
    for (let n = 0; n < rounds; n += 1) {
      const sentAt = now()
      await one(n)
      const deadline = now() + 3000
      let lines: string[] = []
      while (lines.length <= n && now() < deadline) {
        await wait(10)
        lines = readFileSync(log, 'utf8').trim().split('\n').filter(Boolean)
      }
      took.push(lines[n] ? Number(lines[n]) / 1e6 - sentAt : Number.POSITIVE_INFINITY)
      await after(n)
      await wait(150)
    }
    return took
  }

  const bare = await measure(
    async () => void spawn(helper, { stdio: 'ignore' }),
    async () => {},
  )
  const program = await startProgram({ extensions: 24, notify: true, env: { PATH: `${folder}:${process.env.PATH}` } })
  const state = (word: string) => async (n: number) => {
    await notify(program.listenerPort, { id: `n-${n}`, caller: '13500000002', callee: '802', state: word })
  }
  const took = await measure(state('ringing'), state('hungup'))
  await program.close()
  rmSync(folder, { recursive: true, force: true })
  const p95 = (list: number[]) => percentile(list, 0.95)
  const note = `median ${percentile(took, 0.5).toFixed(0)} ms; floor: the helper started directly`
  return [row('ring to notification started p95', p95(took), 'ms', { most: 150 }, p95(bare), note)]
}
