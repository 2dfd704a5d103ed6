import { defineConfig } from 'vitest/config'

/**
 * Tests that leave nothing behind in their process share one: starting a process for every file takes a quarter of the
 * time. Whatever sets the environment, measures its own process, builds or runs a desktop has one to itself.
 */
const testsOf = (rooms: string[]) => rooms.map((room) => `test/${room}/**/*.test.{ts,tsx}`)
const pure = ['core', 'renderer']
const together = [
  'architecture',
  'commands',
  'demo',
  'host',
  'imports',
  'intake',
  'polling',
  'recordings',
  'rpc',
  'runtime',
  'shell',
  'sound',
  'store',
  'systems',
]
const others = `test/!(${[...pure, ...together, 'e2e', 'bench'].join('|')})/**/*.test.{ts,tsx}`
/** Sockets, files, processes and clocks of a busy machine stumble now and then; who needed it is named at the end as flaky. */
const retry = 1
const alone = ['test/renderer/desk-page.test.ts', 'test/systems/fault-*.test.ts', 'test/systems/kit-transfer.test.ts']

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A wait says that something comes, not how soon: a machine that is busy with other suites may take its time.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    maxWorkers: 3,
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          retry,
          include: [others, ...alone],
        },
      },
      { extends: true, test: { name: 'pure', isolate: false, include: testsOf(pure), exclude: alone } },
      { extends: true, test: { name: 'together', isolate: false, include: testsOf(together), exclude: alone, retry } },
    ],
  },
})
