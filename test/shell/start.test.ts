import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { applyLoginItem } from '../../main/shell/login-item.ts'
import { takeSingleInstance } from '../../main/shell/single-instance.ts'
import { reportStartFailure, startFailure } from '../../main/shell/start-failure.ts'
import { failureSentence } from '../../main/shell/words.ts'
import { FakeElectron } from './stand-in.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'frontbell-start-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('the first program runs and hears of later starts; a later one is told to end', () => {
  const fake = new FakeElectron()
  let second = 0
  expect(takeSingleInstance(fake.api.app, () => second++)).toBe(true)
  fake.app.emit('second-instance', {}, [], '/', null)
  expect(second).toBe(1)
  fake.firstInstance = false
  expect(takeSingleInstance(fake.api.app, () => second++)).toBe(false)
  expect(fake.app.listenerCount('second-instance')).toBe(1)
})

test('a database of a newer version: a box that says what happened and what to do, then the end', () => {
  const fake = new FakeElectron()
  reportStartFailure(
    fake.api,
    new CoreError('storage-failed', { reason: 'frontbell.sqlite is version 90, this program knows 40' }),
  )
  expect(fake.dialog.named('showErrorBox')).toEqual([
    [
      '前铃无法启动',
      '本机数据库打不开。请更新程序或联系网管；旧文件没有改动。\n\nfrontbell.sqlite is version 90, this program knows 40',
    ],
  ])
  expect(fake.app.named('exit')).toEqual([[1]])
})

test.each([
  [
    new CoreError('conflict', { reason: 'process 12' }),
    'Frontbell is already running. Open it from its icon in the task bar.\n\nprocess 12',
  ],
  [new CoreError('forbidden'), 'Please give the line below to IT.\n\nforbidden'],
  [new Error('disk on fire'), 'Please give the line below to IT.\n\ndisk on fire'],
  ['odd', 'Please give the line below to IT.\n\nodd'],
])('why it cannot start: %s', (error, text) => {
  expect(startFailure(error, 'en')).toEqual({ title: 'Frontbell cannot start', text })
})

test('start at login: the system setting on Windows and macOS, only for an installed program', () => {
  const fake = new FakeElectron()
  const deps = { app: fake.api.app, platform: 'win32' as const, program: 'C:\\x.exe', autostartDir: dir }
  applyLoginItem(deps, true)
  applyLoginItem(deps, false)
  applyLoginItem(
    { ...deps, app: { ...fake.api.app, isPackaged: false, setLoginItemSettings: fake.api.app.setLoginItemSettings } },
    true,
  )
  expect(fake.app.named('setLoginItemSettings')).toEqual([[{ openAtLogin: true }], [{ openAtLogin: false }]])
})

test('start at login on Linux: a file where desktops look, gone again when switched off', () => {
  const fake = new FakeElectron()
  const deps = {
    app: fake.api.app,
    platform: 'linux' as const,
    program: '/opt/前铃 "x"/100%/frontbell',
    autostartDir: join(dir, 'autostart'),
  }
  applyLoginItem(deps, true)
  expect(readFileSync(join(dir, 'autostart', 'frontbell.desktop'), 'utf8')).toContain(
    'Exec="/opt/前铃 \\\\"x\\\\"/100%%/frontbell"\n',
  )
  applyLoginItem(deps, false)
  applyLoginItem(deps, false)
  expect(existsSync(join(dir, 'autostart', 'frontbell.desktop'))).toBe(false)
})

test('failures have the sentences of the page, in both languages', () => {
  expect(failureSentence('en', 'unreachable', 'dial')).not.toBe(failureSentence('en', 'unreachable', 'presence'))
  expect(failureSentence('zh-CN', 'storage-failed', 'dial')).toBe(
    '本机数据库读写失败，刚才的内容没有保存。请检查磁盘空间。',
  )
})
