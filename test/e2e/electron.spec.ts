import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test'
import { electronProgram, programFolder } from './electron-runtime.ts'
import { demoCallPops, transferLiveCall } from './first-steps.ts'

interface Fixtures {
  /** A screen of our own on Linux, so that nothing appears on anybody's; the environment that names it. */
  display: Record<string, string>
  app: ElectronApplication
  /** The main window, not the pop window. */
  desk: Page
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  display: async ({}, use) => {
    if (process.platform !== 'linux') return use({})
    const xvfb: ChildProcess = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    const [line] = (await once(xvfb.stdio[3] as Readable, 'data')) as [Buffer]
    await use({ DISPLAY: `:${line.toString().trim()}`, XDG_SESSION_TYPE: 'x11' })
    const gone = once(xvfb, 'exit')
    xvfb.kill()
    await gone
  },
  app: async ({ display }, use) => {
    const executablePath = electronProgram()
    if (!executablePath) throw new Error("Electron's runtime is not present")
    const dataDir = mkdtempSync(join(tmpdir(), 'frontbell-electron-'))
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const app = await _electron.launch({
      executablePath,
      args: [...asRoot, programFolder, '--demo', `--data-dir=${dataDir}`, '--listener-port=0', '--lang=zh-CN'],
      env: {
        ...(process.env as Record<string, string>),
        ...display,
        FRONTBELL_POLICY: join(dataDir, 'no-policy.json'),
      },
    })
    await use(app)
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  },
  desk: async ({ app }, use) => {
    const isMain = (page: Page) => page.url() !== '' && page.url() !== 'about:blank' && !page.url().includes('#/pop')
    await expect.poll(() => app.windows().filter(isMain).length, { timeout: 20_000 }).toBe(1)
    const desk = app.windows().find(isMain)
    if (!desk) throw new Error('the main window is gone again')
    await use(desk)
  },
})

test('in Electron the window opens, the demo caller pops and a live call is transferred', async ({ desk }) => {
  await demoCallPops(desk)
  await transferLiveCall(desk)
})

test('in Electron the page finds its way back when its port has ended', async ({ desk }) => {
  await demoCallPops(desk)
  await desk.reload()
  await expect(desk.getByTestId('status-connection-demo')).toHaveAttribute('data-state', 'ok', { timeout: 15_000 })
})
