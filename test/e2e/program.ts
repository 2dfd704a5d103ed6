import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AppOptions, test as base, cliFile, expect, type RunningApp, startApp } from './app-fixture.ts'

export { get, popUrl, settingsFor } from './app-fixture.ts'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs a program to its end. */
export function run(
  file: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, FRONTBELL_POLICY: '/no/policy.json', ...options.env }
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: options.cwd, env })
    const ended: Ended = { code: null, stdout: '', stderr: '' }
    child.stdout.on('data', (chunk: Buffer) => {
      ended.stdout += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      ended.stderr += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...ended, code }))
  })
}

/** The built command line, to its end. */
export const frontbell = (...args: string[]): Promise<Ended> => run(process.execPath, [cliFile, ...args])

export interface CallRow {
  callId: string
  caller: string
  callee: string
  direction: string
  state: string
  startedAt: string
  answeredAt: string | null
  endedAt: string | null
  group: string | null
  contact: string | null
}

/** What `frontbell calls --json` says about a data folder. */
export async function callRows(dataDir: string, ...more: string[]): Promise<CallRow[]> {
  const { code, stdout, stderr } = await frontbell('calls', '--json', '--data-dir', dataDir, ...more)
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return JSON.parse(stdout) as CallRow[]
}

/** A port that nobody had a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

interface Fixtures {
  /** A fresh data folder, gone after the test. */
  dataDir: string
  /** Starts the program on it; whatever still runs is stopped after the test. */
  start(options?: AppOptions): Promise<RunningApp>
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  dataDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'frontbell-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  start: async ({ dataDir }, use) => {
    const started: RunningApp[] = []
    await use(async (options = {}) => {
      const app = await startApp({ dataDir, ...options })
      started.push(app)
      return app
    })
    for (const app of started) await app.stop()
  },
})

export { expect }
