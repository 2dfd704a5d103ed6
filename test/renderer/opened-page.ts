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
import { chromiumLaunch } from '../chromium-launch.ts'
import { answerNoRecording } from '../core/recordings/no-recordings.ts'
import { createFixtureDesk, type FixtureDesk } from './desk-fixture.ts'

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet }

export interface OpenedPage {
  page: Page
  fixture: FixtureDesk
  /** What went wrong in the page: thrown errors and console errors that are no lost connection. */
  complaints: string[]
  stopHost(): Promise<void>
  /** The program is started again on the same port: it knows no key of before. Gives its count of refused requests. */
  restartHost(): Promise<() => number>
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
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome140',
      minify: false,
      cssCodeSplit: false,
      chunkSizeWarningLimit: 10_000,
    },
  })
  const browser: Browser = await chromium.launch(chromiumLaunch())

  return {
    async open() {
      const fixture = createFixtureDesk()
      let refused = 0
      const log: Log = {
        ...quiet,
        warn(event) {
          if (event === 'web-host-refused') refused += 1
        },
      }
      const startHost = (port: number): Promise<WebHost> =>
        startWebHost({
          answerRecording: answerNoRecording,
          port,
          router: createRouter(fixture.desk, quiet),
          rendererDir: outDir,
          log,
        })
      let host = await startHost(0)
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        // A host that is stopped ends also the requests that are on their way.
        const isLoss = /WebSocket|ERR_CONNECTION|ERR_EMPTY_RESPONSE|status of 401/.test(message.text())
        if (message.type() === 'error' && !isLoss) complaints.push(message.text())
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
        async restartHost() {
          const port = Number(new URL(host.origin).port)
          await stopHost()
          host = await startHost(port)
          stopped = false
          return () => refused
        },
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
