import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findHelper, outsideArchive, vendorDir } from '../../main/notify/helper-program.ts'
import { createNotifier } from '../../main/notify/node-notifier.ts'
import { safeBody, safeTitle } from '../../main/notify/safe-text.ts'
import { until } from './desktop-session.ts'

let dir: string
const path = process.env.PATH ?? ''

/** A notify-send of our own, first in PATH. `$DIR` is its folder. */
function fakeHelper(script: string): void {
  const file = join(dir, 'notify-send')
  writeFileSync(file, `#!/bin/sh\nDIR='${dir}'\n${script}\n`)
  chmodSync(file, 0o755)
}
const runs = () => readFileSync(join(dir, 'runs'), 'utf8')
const notifier = () => createNotifier({ iconFile: '/icon.png', appName: '前铃', platform: 'linux' })

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'frontbell-helper-'))
  writeFileSync(join(dir, 'runs'), '')
  process.env.PATH = `${dir}${delimiter}${path}`
})
afterEach(() => {
  process.env.PATH = path
  rmSync(dir, { recursive: true, force: true })
})

test('whatever the words are, the helper gets exactly them, as words', async () => {
  fakeHelper('printf "%s\\0" "$@" > "$DIR/draft"; mv "$DIR/draft" "$DIR/runs"')
  const words = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        '"',
        '$',
        '`',
        '\\',
        '-',
        '\n',
        '\r',
        "'",
        ';',
        '&',
        '|',
        '<',
        '!',
        '(',
        '\0',
        ' ',
        '%',
        '\u202e',
      ),
      fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
    ),
    maxLength: 40,
  })
  const one = notifier()
  await fc.assert(
    fc.asyncProperty(words, words, async (title, body) => {
      writeFileSync(join(dir, 'runs'), '')
      await one.notify({ title, body })
      const [gotTitle = '', gotBody = '', ...options] = runs().split('\0').slice(0, -1)
      expect(gotTitle).toBe(safeTitle(title, '前铃'))
      // notify-send turns a written "\n" back into a line break.
      expect(gotBody).toBe(safeBody(body, true).replace(/\n/g, '\\n'))
      expect(gotTitle.startsWith('-') || gotBody.startsWith('-')).toBe(false)
      expect(options).toEqual(['--icon', '/icon.png', '--app-name', '前铃', '--expire-time', '10000'])
    }),
    { numRuns: 80 },
  )
}, 60_000)

test('a burst starts four helpers at a time; the newest message waits, older ones make room', async () => {
  writeFileSync(join(dir, 'hold'), '')
  fakeHelper('echo "$1" >> "$DIR/runs"; while [ -e "$DIR/hold" ]; do sleep 0.02; done')
  const one = notifier()
  const results = await Promise.allSettled([
    ...Array.from({ length: 4 }, (_, index) => one.notify({ title: `call ${index}`, body: 'x' })),
    ...Array.from({ length: 1000 }, (_, index) => one.notify({ title: `burst ${index}`, body: 'x' })).slice(0, -1),
  ])
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
  expect(
    results
      .flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
      .every((code) => code === 'cancelled'),
  ).toBe(true)
  expect(one.busy()).toBe(true)
  rmSync(join(dir, 'hold'))
  await until(() => runs().includes('burst 999'), 'the waiting message')
  expect(runs().trim().split('\n')).toHaveLength(5)
  await until(() => !one.busy(), 'the helpers to end')
})

test('without a helper: unavailable, and the package is named; a later install is noticed', async () => {
  process.env.PATH = dir
  const one = notifier()
  await expect(one.notify({ title: 'a', body: 'b' })).rejects.toMatchObject({
    code: 'unavailable',
    details: { reason: expect.stringContaining('apt-get install libnotify-bin') },
  })
  process.env.PATH = `${dir}${delimiter}${path}`
  fakeHelper('exit 0')
  await one.notify({ title: 'a', body: 'b' })
})

test('a helper that fails: unavailable with its own reason, and none of the words of the call', async () => {
  // Not at once: a bus without a notification server lets it wait.
  fakeHelper('sleep 0.3; echo "cannot reach the notification server" >&2; exit 1')
  const failure = await notifier()
    .notify({ title: '王芳 13500000002', body: 'secret' })
    .catch((error: unknown) => error)
  expect(failure).toMatchObject({
    code: 'unavailable',
    details: { reason: 'the notification helper failed: cannot reach the notification server' },
  })
  expect(String(failure)).not.toMatch(/13500000002|王芳|secret/)
})

test('grumbling on the side is no failure', async () => {
  fakeHelper('echo "Gtk-WARNING: theme" >&2')
  await notifier().notify({ title: 'a', body: 'b' })
})

test('texts are bounded, visible and in one direction', () => {
  expect(safeTitle('\u202eevil\u0007\ntwo', 'x')).toBe('evil two')
  expect(safeTitle('', '前铃')).toBe('前铃')
  expect([...safeTitle('铃'.repeat(500), 'x')]).toHaveLength(120)
  expect([...safeBody('铃'.repeat(5000), false)]).toHaveLength(400)
  expect(safeBody('', true)).toBe('…')
  expect(safeBody('a\r\nb\u2028c', false)).toBe('a\nb\nc')
})

test('helper programs of Windows and macOS are found outside the archive', () => {
  expect(outsideArchive('/opt/x/app.asar/node_modules/n', '/')).toBe('/opt/x/app.asar.unpacked/node_modules/n')
  expect(outsideArchive('C:\\x\\app.asar\\node_modules', '\\')).toBe('C:\\x\\app.asar.unpacked\\node_modules')
  expect(findHelper('win32', {}, vendorDir)).toMatch(/snoretoast-x(64|86)\.exe$/)
  expect(findHelper('darwin', {}, vendorDir)).toMatch(/terminal-notifier$/)
  expect(() => findHelper('darwin', {}, () => '/nowhere')).toThrowError(
    expect.objectContaining({ code: 'unavailable' }),
  )
})
