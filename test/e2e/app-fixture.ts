import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'
import { type FakeTelcrm, startFakeTelcrm } from '../fakes/telcrm/index.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** The built command line. */
export const cliFile = join(root, 'out/main/cli.js')

export interface RunningApp {
  url: string
  listener: string
  dataDir: string
  settingsFile: string
  process: ChildProcess
  stderr(): string
  stop(signal?: NodeJS.Signals): Promise<void>
}

export interface AppOptions {
  settings?: object
  demo?: boolean
  dataDir?: string
  /** Null: as the settings say. */
  listenerPort?: number | null
  env?: Record<string, string>
}

/** The built program as a child process, exactly as a user starts it. */
export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'frontbell-e2e-'))
  const settingsFile = join(dataDir, 'settings.json')
  if (options.settings) writeFileSync(settingsFile, JSON.stringify(options.settings, null, 2))
  const args = [cliFile, 'serve', '--data-dir', dataDir, '--port', '0', '--no-open']
  if (options.listenerPort !== null) args.push('--listener-port', String(options.listenerPort ?? 0))
  if (options.demo) args.push('--demo')
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FRONTBELL_POLICY: join(dataDir, 'no-policy.json'), ...options.env },
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const ready = await new Promise<{ url: string; listener: string }>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)))
    child.once('exit', (code) => reject(new Error(`serve ended with code ${code}: ${errors}`)))
  })
  return {
    ...ready,
    dataDir,
    settingsFile,
    process: child,
    stderr: () => errors,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await exited
    },
  }
}

/** GET with a chosen source address; the listener only hears allowed ones. */
export function get(url: string, from = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { localAddress: from, agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
      .on('error', reject)
      .end()
  })
}

export interface PopFields {
  id: string
  caller: string
  callee: string
  state: string
  businessId?: string
  group?: string
}

/** One screen-pop notification, written as the manual's sample URL. */
export function popUrl(listener: string, fields: PopFields): string {
  const query = new URLSearchParams({
    direction: 'incoming',
    businessId: `14310454421088926826-${fields.callee}@192.168.1.102`,
    group: '3002',
    ...fields,
  })
  return `${listener}/srvlt?${query.toString()}`
}

export function settingsFor(fake: { baseUrl: string }, more: object = {}): object {
  return {
    connections: [
      {
        id: 'pbx',
        system: 'telcrm',
        baseUrl: fake.baseUrl,
        extension: '802',
        supervisorExtension: null,
        line: 'fixed',
        captchaSecret: null,
      },
    ],
    listener: { host: '127.0.0.1', port: 12180, allow: [] },
    polling: { extensionStateMs: 500, callLogMs: 15000 },
    groups: [{ id: '3002', name: '售前组', extensions: ['802', '806', '807'] }],
    locale: 'zh-CN',
    setupDone: true,
    ...more,
  }
}

interface Fixtures {
  fake: FakeTelcrm
  /** Settings laid over the usual ones; set with `test.use`. */
  settings: object
  app: RunningApp
  /** A page on the running app, signed in by its one-time token. */
  desk: Page
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  fake: async ({}, use) => {
    const fake = await startFakeTelcrm()
    await use(fake)
    await fake.stop()
  },
  settings: [{}, { option: true }],
  app: async ({ fake, settings }, use) => {
    const app = await startApp({ settings: settingsFor(fake, settings) })
    await use(app)
    await app.stop()
    rmSync(app.dataDir, { recursive: true, force: true })
  },
  desk: async ({ app, page }, use) => {
    await page.goto(app.url)
    await expect(page.getByTestId('board-tile-802')).toBeVisible()
    await use(page)
  },
})

export { expect }
