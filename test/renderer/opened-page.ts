import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import type { Log } from '../../main/core/ports/index.ts'
import { createRouter } from '../../main/rpc/router.ts'
import { startWebHost, type WebHost } from '../../main/web-host/server.ts'
import { createFixtureDesk, type FixtureDesk } from './desk-fixture.ts'

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet }
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface OpenedPage {
  page: Page
  fixture: FixtureDesk
  /** What went wrong in the page: thrown errors and console errors that are no lost connection. */
  complaints: string[]
  stopHost(): Promise<void>
  close(): Promise<void>
}

/** Builds the page once into a temp folder and opens it in Chromium, each time with its own made-up desk behind real rpc. */
export async function createPages(): Promise<{ open(): Promise<OpenedPage>; close(): Promise<void> }> {
  const outDir = mkdtempSync(join(tmpdir(), 'frontbell-page-'))
  const root = fileURLToPath(new URL('../../renderer', import.meta.url))
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    plugins: [react()],
    build: { outDir, emptyOutDir: true, target: 'chrome140', minify: false, chunkSizeWarningLimit: 10_000 },
  })
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
  })

  return {
    async open() {
      const fixture = createFixtureDesk()
      const host: WebHost = await startWebHost({
        port: 0,
        router: createRouter(fixture.desk, quiet),
        rendererDir: outDir,
        log: quiet,
      })
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && !/WebSocket|ERR_CONNECTION/.test(message.text()))
          complaints.push(message.text())
      })
      await page.goto(host.url)
      await page.getByTestId('board-tile-824').waitFor()
      let stopped = false
      const stopHost = async () => {
        if (!stopped) await host.close()
        stopped = true
      }
      return {
        page,
        fixture,
        complaints,
        stopHost,
        async close() {
          await context.close()
          await stopHost()
        },
      }
    },
    async close() {
      await browser.close()
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}
