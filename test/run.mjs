/**
 * `npm test` on a fresh clone: installs what is missing, builds, then runs every suite one after the other, the checks
 * that only read beside the last one, and ends with one line `N passed, N failed`. Plain JavaScript, because at first there are
 * no packages.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt, ensureInstalled, projectNode } from '../main/launch.mjs'
import { whatFailed } from './what-failed.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const results = join(root, 'test-results')

/** What the suites need from the system: a browser, Chinese glyphs, and a desktop to show a notification on. */
const wanted = [
  [
    'chromium-headless-shell chromium', // either; not every Debian has the small one
    ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`),
  ],
  ['fonts-noto-cjk', ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc']],
  ['xvfb', ['/usr/bin/Xvfb']],
  ['dunst', ['/usr/bin/dunst']],
  ['dbus-x11', ['/usr/bin/dbus-launch']],
  ['libnotify-bin', ['/usr/bin/notify-send']],
  ['imagemagick', ['/usr/bin/import']],
]

const missingPackages = () =>
  wanted.filter(([, files]) => !files.some((file) => existsSync(file))).map(([name]) => name)
const isKnown = (name) => spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0

function ensureDebianPackages() {
  if (missingPackages().length === 0) return
  const root0 = process.getuid?.() === 0
  if (existsSync('/usr/bin/apt-get') && root0) {
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    spawnSync('apt-get', ['update', '-qq'], quiet)
    const names = missingPackages().map((name) => name.split(' ').find(isKnown) ?? name.split(' ').at(-1))
    console.error(`installing from Debian: ${names.join(' ')} …`)
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...names], quiet)
  }
  const still = missingPackages().map((name) => name.split(' ').at(-1))
  if (still.length === 0) return
  const command = `sudo apt-get install ${still.join(' ')}`
  throw new Error(`missing on this machine: ${still.join(', ')}. Install them first, on Debian: ${command}`)
}

function run(file, args, env) {
  return new Promise((done) => {
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', () => done(1))
    child.on('exit', (code) => done(code ?? 1))
  })
}

/** Behind whatever else runs, and its words together at its end. */
function runBehind(file, args, env) {
  return new Promise((done) => {
    const words = []
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => words.push(chunk))
    child.on('spawn', () => {
      try {
        setPriority(child.pid ?? 0, constants.priority.PRIORITY_LOW)
      } catch (error) {
        console.error(`the priority stays as it is: ${error.message}`)
      }
    })
    child.on('error', (error) => {
      console.error(error.message)
      done(1)
    })
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(words))
      done(code ?? 1)
    })
  })
}

/** Counts from a JSON report; a report that is missing or empty is a failure, so a suite that never ran cannot pass. */
function count(name, read) {
  try {
    const { passed, failed } = read(JSON.parse(readFileSync(join(results, `${name}.json`), 'utf8')))
    if (passed + failed > 0) return { passed, failed }
    console.error(`${name}: no test ran`)
  } catch (error) {
    console.error(`${name}: no report (${error.message})`)
  }
  return { passed: 0, failed: 1 }
}

async function main() {
  await ensureInstalled()
  ensureDebianPackages()
  await ensureBuilt()
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  const node = projectNode()
  const bin = (name) => join(root, 'node_modules', name)
  const totals = { passed: 0, failed: 0 }
  const add = ({ passed, failed }) => {
    totals.passed += passed
    totals.failed += failed
  }
  const started = Date.now()
  const step = async (title, file, args, how = run) => {
    const from = Date.now()
    const code = await how(node.file, [file, ...args], node.env)
    console.log(`${title}: ${code === 0 ? 'ok' : `exit ${code}`} in ${Math.round((Date.now() - from) / 1000)} s`)
    return code
  }
  /** A check without tests of its own counts as one. */
  const failedChecks = []
  const check = async (title, ...args) => {
    const code = await step(title, ...args, runBehind)
    if (code !== 0) failedChecks.push(`failed: ${title}: exit ${code}`)
    add(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })
  }

  // Hundreds of processes and threads read the same sources: each file is compiled once.
  node.env.NODE_COMPILE_CACHE = join(root, 'node_modules', '.cache', 'compiled')
  // What is built starts in a fraction of the time that its sources take.
  node.env.FRONTBELL_TEST_CLI = join(root, 'out/main/cli.js')
  const unitCode = await step('unit', bin('vitest/vitest.mjs'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--reporter=${join(root, 'test/outside-errors.mjs')}`,
    `--outputFile.json=${join(results, 'unit.json')}`,
  ])
  const unit = count('unit', (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }))
  if (unitCode !== 0 && unit.failed === 0) unit.failed = 1
  add(unit)

  // The browser waits much of the time: the checks fill the gaps, one after the other for the sake of memory. Not beside the
  // unit tests: those of the import rules plant files that must be complained of.
  const checks = (async () => {
    await check('types', bin('typescript/bin/tsc'), ['--noEmit'])
    await check('lint', bin('@biomejs/biome/bin/biome'), ['check', '--max-diagnostics=50', '.'])
    await check('unused', bin('knip/bin/knip.js'), [])
  })()

  const e2eCode = await step('e2e', bin('@playwright/test/cli.js'), ['test', '-c', 'test/e2e/playwright.config.ts'])
  const e2e = count('e2e', ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }))
  if (e2eCode !== 0 && e2e.failed === 0) e2e.failed = 1
  add(e2e)
  await checks

  // Often only the end of the log is kept.
  for (const said of [...failedChecks, ...whatFailed(results)]) console.log(said)
  console.log(`all suites in ${Math.round((Date.now() - started) / 1000)} s`)
  console.log(`${totals.passed} passed, ${totals.failed} failed`)
  return totals.failed === 0 ? 0 : 1
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    console.error(error.message)
    console.log('0 passed, 1 failed')
    process.exitCode = 1
  },
)
