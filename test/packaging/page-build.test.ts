import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, createLogger, type UserConfig } from 'vite'
import { expect, it, vi } from 'vitest'
import config from '../../electron.vite.config.ts'

it('the page builds without a warning, so that a new one is seen', async () => {
  // As it is shipped: with the test runner's value React's development build would be measured.
  vi.stubEnv('NODE_ENV', 'production')
  const outDir = mkdtempSync(join(tmpdir(), 'frontbell-page-'))
  const said: string[] = []
  const customLogger = createLogger('warn')
  for (const level of ['warn', 'warnOnce', 'error'] as const) customLogger[level] = (text) => void said.push(text)
  const { renderer } = config as { renderer: UserConfig }
  try {
    await build({
      ...renderer,
      configFile: false,
      customLogger,
      build: { ...renderer.build, outDir, emptyOutDir: true },
    })
  } finally {
    vi.unstubAllEnvs()
    rmSync(outDir, { recursive: true, force: true })
  }
  expect(said).toEqual([])
})
