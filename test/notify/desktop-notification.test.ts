import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNotifier } from '../../main/notify/node-notifier.ts'
import { type DesktopSession, startDesktopSession, until } from './desktop-session.ts'

const iconFile = fileURLToPath(new URL('../../resources/icons/app.png', import.meta.url))
const results = fileURLToPath(new URL('../../test-results/', import.meta.url))
const colours = (file: string) => Number(spawnSync('identify', ['-format', '%k', file], { encoding: 'utf8' }).stdout)
let desktop: DesktopSession

beforeAll(async () => {
  desktop = await startDesktopSession()
  Object.assign(process.env, desktop.env)
})
afterAll(() => desktop?.stop())

test('an incoming call is really on the screen, with its words, its name and its icon', async () => {
  mkdirSync(results, { recursive: true })
  const before = `${results}before-notification.png`
  const after = `${results}notification.png`
  desktop.screenshot(before)
  expect(colours(before), 'an empty screen has one colour').toBe(1)

  const notifier = createNotifier({ iconFile, appName: '前铃' })
  await notifier.notify({ title: '来电：王芳', body: '东莞立讯 <采购> & 财务\n135 0000 0002 · 售前组' })
  await until(() => desktop.displayed() === 1, 'the notification to appear')
  await until(() => {
    desktop.screenshot(after)
    return colours(after) > 20
  }, 'the notification to be drawn')

  expect(desktop.closeAll()).toEqual([
    {
      summary: '来电：王芳',
      body: '东莞立讯 &lt;采购&gt; &amp; 财务\n135 0000 0002 · 售前组',
      appName: '前铃',
      iconPath: iconFile,
    },
  ])
})

test('text from outside stays text: no option, no shell, no markup, no picture of its own', async () => {
  const notifier = createNotifier({ iconFile, appName: '前铃' })
  const nasty = [
    '--icon=/etc/passwd',
    '-h string:x:y',
    '$(touch /tmp/frontbell-owned)',
    '`id`',
    '"; id; "',
    '<img src="file:///etc/hostname"/>',
    "it's \\ 50% off",
    '!!',
  ]
  for (const text of nasty) await notifier.notify({ title: text, body: text })
  await until(() => desktop.displayed() >= 1, 'a notification')
  const seen = desktop.closeAll()
  expect(seen.map(({ summary }) => summary.trim()).toSorted()).toEqual(nasty.toSorted())
  expect(new Set(seen.map(({ iconPath }) => iconPath))).toEqual(new Set([iconFile]))
  expect(seen.find(({ summary }) => summary.startsWith('<img'))?.body).toBe('&lt;img src="file:///etc/hostname"/&gt;')
  expect(spawnSync('ls', ['/tmp/frontbell-owned']).status).not.toBe(0)
})

test('ring to helper started: within 150 ms mostly, as far as this machine starts programs at all', async () => {
  const notifier = createNotifier({ iconFile, appName: '前铃' })
  await notifier.notify({ title: 'first', body: 'loads the library' })
  const startMs: number[] = []
  const floorMs: number[] = []
  const timed = async (into: number[], work: () => Promise<unknown>) => {
    const from = performance.now()
    await work()
    into.push(performance.now() - from)
  }
  for (let index = 0; index < 20; index++) {
    await timed(startMs, () => notifier.notify({ title: `call ${index}`, body: 'x' }))
    await timed(floorMs, () => promisify(execFile)('/bin/sh', ['-c', 'notify-send --version']))
  }
  // Of twenty, two that met something else on the machine would make a p95.
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[10]!
  const ratio = median(startMs) / median(floorMs)
  console.log(
    `notification helper started: median ${median(startMs).toFixed(0)} ms, ${ratio.toFixed(1)} × starting notify-send alone`,
  )
  expect(median(startMs) <= 150 || ratio <= 4, `median ${median(startMs)} ms, ratio ${ratio}`).toBe(true)
  desktop.closeAll()
})
