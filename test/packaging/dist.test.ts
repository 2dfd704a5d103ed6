import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { extractFile, listPackage, statFile } from '@electron/asar'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** The real packager on the real build, with a stand-in for Electron's runtime only. `npm test` builds before this. */
const root = fileURLToPath(new URL('../../', import.meta.url))
let output: string
let app: string
let archive: string
let files: string[]
let said: string

beforeAll(async () => {
  output = mkdtempSync(join(tmpdir(), 'frontbell-packaged-'))
  const run = await promisify(execFile)(
    process.execPath,
    ['resources/packaging/dist.ts', '--dir', '--linux', '--stand-in', '--output', output],
    { cwd: root },
  )
  said = run.stderr
  app = join(output, process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked')
  archive = join(app, 'resources', 'app.asar')
  files = listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .filter((path) => !('files' in statFile(archive, path)))
}, 60_000)
afterAll(() => rmSync(output, { recursive: true, force: true }))

test('it says that the runtime is a stand-in', () => {
  expect(said).toContain('STAND-IN')
})

test('the program is in it', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'package.json',
      'out/main/index.js',
      'out/main/writer-worker.js',
      'out/preload/index.cjs',
      'out/renderer/index.html',
    ]),
  )
  const { main, type, scripts, devDependencies } = JSON.parse(extractFile(archive, 'package.json').toString())
  expect([main, type, scripts, devDependencies]).toEqual(['out/main/index.js', 'module', undefined, undefined])
})

test('every file that the program imports is in it too', () => {
  const missing: string[] = []
  let seen = 0
  for (const file of files.filter((name) => /^out\/main\/.*\.js$/.test(name))) {
    const code = extractFile(archive, file).toString()
    for (const [, imported] of code.matchAll(/\b(?:from|import)\s*\(?\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g)) {
      seen += 1
      const target = posix.join(dirname(file), imported!)
      if (!files.includes(target)) missing.push(`${file} → ${target}`)
    }
  }
  expect(missing).toEqual([])
  expect(seen, 'imports were really found').toBeGreaterThan(3)
})

test('nothing else is: no sources, tests, maps, documents, compilers or packages for building', () => {
  const packages = new Set(
    files
      .filter((name) => name.startsWith('node_modules/'))
      .map((name) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)![1]),
  )
  expect([...packages].toSorted()).toEqual([
    'better-sqlite3',
    'growly',
    'is-docker',
    'is-wsl',
    'isexe',
    'node-notifier',
    'semver',
    'shellwords',
    'uuid',
    'which',
  ])
  const top = new Set(files.map((name) => name.split('/')[0]))
  expect([...top].toSorted()).toEqual(['node_modules', 'out', 'package.json'])
  expect(files.filter((name) => /\.(ts|tsx|map|cpp|hpp|gyp)$|(^|\/)(test|tests|deps|src)\//.test(name))).toEqual([])
  expect(files.filter((name) => name.startsWith('out/main/cli'))).toEqual([])
})

test('the database program for this system, and only that one, lies unpacked where it can be loaded', () => {
  const unpacked = join(
    app,
    'resources',
    'app.asar.unpacked',
    'node_modules',
    'better-sqlite3',
    'prebuilds',
    `linux-${process.arch}.node`,
  )
  expect(readFileSync(unpacked).subarray(1, 4).toString()).toBe('ELF')
  expect(files.filter((name) => name.endsWith('.node'))).toEqual([
    `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
  ])
  expect(statFile(archive, `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`)).toMatchObject({
    unpacked: true,
  })
})

test('notifications: the library is in, the helper programs of other systems are not', () => {
  expect(files).toContain('node_modules/node-notifier/notifiers/notifysend.js')
  expect(files.filter((name) => name.includes('node-notifier/vendor'))).toEqual([])
})

test('the pictures lie outside the archive, where tray and notifications can read them', () => {
  for (const name of ['app.png', 'tray-connected.png', 'tray-cut-off@2x.png'])
    expect(statSync(join(app, 'resources', 'icons', name)).size).toBeGreaterThan(100)
})

test('every fuse was set in the program file', () => {
  const program = readFileSync(join(app, 'frontbell'))
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const wire = program.subarray(program.indexOf(sentinel) + sentinel.length)
  // Order of FuseV1Options: run as node, cookies, node options, inspect, asar integrity, only asar, snapshot, file privileges.
  expect([wire[0], wire.subarray(2, 2 + wire[1]!).toString('latin1')]).toEqual([1, '01001100'])
})

test('only the two languages, no start page of Electron, and small', () => {
  expect(readdirSync(join(app, 'locales')).toSorted()).toEqual(['en-US.pak', 'zh-CN.pak'])
  expect(readdirSync(join(app, 'resources')).toSorted()).toEqual(['app.asar', 'app.asar.unpacked', 'icons'])
  expect(statSync(archive).size).toBeLessThan(8_000_000)
})
