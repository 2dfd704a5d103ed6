import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** `npm test` has built it; else its sources. */
const built = process.env.FRONTBELL_TEST_CLI
const cli = built ?? fileURLToPath(new URL('../../main/cli.ts', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** The command line, to its end. `started` gets the process once it runs. */
export function frontbell(
  args: string[],
  started?: (child: ChildProcess) => void,
  more: Record<string, string> = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      FRONTBELL_POLICY: '/no/policy.json',
      FRONTBELL_LOG_LEVEL: 'silent',
      ...(built === undefined && { NODE_DISABLE_COMPILE_CACHE: '1' }),
      LC_ALL: 'C',
      ...more,
    }
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env })
    const ended: Ended = { code: null, stdout: '', stderr: '' }
    child.stdout.on('data', (chunk: Buffer) => {
      ended.stdout += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      ended.stderr += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...ended, code }))
    started?.(child)
  })
}

/** A folder that is gone after the test, with settings in it. */
export function folderWith(settings: object): { dir: string; settingsFile: string; end(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'frontbell-command-'))
  const settingsFile = join(dir, 'settings.json')
  writeFileSync(settingsFile, JSON.stringify(settings))
  return { dir, settingsFile, end: () => rmSync(dir, { recursive: true, force: true }) }
}
