import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Platform } from 'electron-builder'
import { expect, test } from 'vitest'
import { readDistOptions } from '../../resources/packaging/dist.ts'

const file = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
const config = file('electron-builder.yml')
const section = (name: string) => new RegExp(`^${name}:\\n((?:(?: .*|#.*)?\\n)+)`, 'm').exec(config)?.[1] ?? ''

test('every fuse that electron-builder knows is written out, with a value', () => {
  const declared =
    /export interface FuseOptionsV1 \{([\s\S]*?)\n\}/.exec(
      file('node_modules/app-builder-lib/out/configuration.d.ts'),
    )?.[1] ?? ''
  const fuses = [...declared.matchAll(/^ {4}(?:readonly )?(\w+)\?: /gm)].map(([, name]) => name!)
  expect(fuses.length).toBeGreaterThanOrEqual(9)
  const written = [...section('electronFuses').matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name]) => name!)
  expect(written.toSorted()).toEqual(fuses.toSorted())
})

test('the program cannot be turned into Node, debugged, or fed other code', () => {
  for (const line of [
    'runAsNode: false',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'onlyLoadAppFromAsar: true',
    'enableEmbeddedAsarIntegrityValidation: true',
    'grantFileProtocolExtraPrivileges: false',
  ]) {
    expect(section('electronFuses')).toContain(`  ${line}\n`)
  }
})

test('per machine, hardened, nothing rebuilt, nothing published', () => {
  expect(config).toMatch(/^publish: null$/m)
  expect(config).toMatch(/^npmRebuild: false/m)
  expect(section('nsis')).toContain('perMachine: true')
  expect(section('mac')).toContain('hardenedRuntime: true')
  expect(section('asarUnpack')).toContain('node_modules/node-notifier/vendor/**')
})

test('a list of a system never consists of excludes only, which would pack the whole folder', () => {
  for (const name of ['win', 'mac', 'linux']) expect(section(name), name).toMatch(/ {2}files:\n {4}- package\.json\n/)
})

test.each([
  [['--bogus'], /bogus/],
  [['--win', '--mac'], /name one of/],
  [['--stand-in'], /--dir for Linux/],
  [['--dir', '--win', '--stand-in'], /--dir for Linux/],
  [['extra'], /extra/],
])('npm run dist -- %j is refused with a reason', (args, reason) => {
  expect(() => readDistOptions(args)).toThrow(reason)
})

test('npm run dist -- options are understood', () => {
  expect(readDistOptions(['--dir', '--linux', '--stand-in', '--output', '/tmp/x'])).toMatchObject({
    dir: true,
    platform: Platform.LINUX,
    standIn: true,
    output: '/tmp/x',
  })
  expect(readDistOptions(['--win', '--electron-dist', '/e'])).toMatchObject({
    dir: false,
    platform: Platform.WINDOWS,
    electronDist: '/e',
    standIn: false,
  })
  expect(readDistOptions(['--dir', '--electron-dist', '/e'])).toMatchObject({ standIn: false, electronDist: '/e' })
})
