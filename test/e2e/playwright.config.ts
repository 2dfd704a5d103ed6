import { defineConfig } from '@playwright/test'
import { chromiumLaunch } from '../chromium-launch.ts'
import { electronProgram } from './electron-runtime.ts'

const electronSpec = 'electron.spec.ts'
/** They wait for most of their time: one of them at once costs the others nothing. */
const waiting = [
  'attended-codes',
  'cli',
  'demo',
  'desk',
  'faults',
  'history-fill',
  'recordings',
  'retention',
  'soap-calls',
  'soap-log',
].map((name) => `${name}.spec.ts`)
const hasElectron = electronProgram() !== null
// Once, not again in every worker.
if (!hasElectron && process.env.TEST_WORKER_INDEX === undefined)
  console.log('electron suite skipped: runtime not present')

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'waiting', testMatch: waiting, workers: 1 },
    { name: 'browser', testIgnore: [electronSpec, ...waiting], workers: 2 },
    ...(hasElectron ? [{ name: 'electron', testMatch: electronSpec }] : []),
  ],
  outputDir: '../../test-results/e2e',
  timeout: 45_000,
  expect: { timeout: 7_000 },
  fullyParallel: true,
  workers: 3,
  forbidOnly: true,
  // A browser on a busy machine stumbles now and then; who needed it is named at the end as flaky.
  retries: 1,
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  use: {
    // Else a click or a wait for what never comes uses up the whole time of its test.
    actionTimeout: 20_000,
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    launchOptions: chromiumLaunch(),
  },
})
