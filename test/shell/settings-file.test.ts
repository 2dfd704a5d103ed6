import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Conf from 'conf'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createElectronSettingsFile } from '../../main/shell/settings-file.ts'
import { FakeElectron } from './stand-in.ts'

/** What electron-store adds to conf: `name` for `configName`, and a channel to pages. The real one cannot be loaded without Electron. */
let fake: FakeElectron
class Store extends Conf<Record<string, unknown>> {
  constructor({ name, ...options }: { name: string }) {
    fake.ipc.on('electron-store-get-data', () => {})
    super({ ...options, configName: name })
  }
}

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'frontbell-settings-'))
  fake = new FakeElectron()
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))
const open = (path: string) => createElectronSettingsFile(path, { Store, ipcMain: fake.api.ipcMain })

test('the file is exactly the one named, read and written whole', async () => {
  const path = join(dir, 'settings.json')
  const file = open(path)
  expect([file.path, file.read()]).toEqual([path, null])
  await file.write({ locale: 'en', unknownKey: [1] })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ locale: 'en', unknownKey: [1] })
  expect(open(path).read()).toEqual({ locale: 'en', unknownKey: [1] })
})

test('a faulty file is named, never cleared', () => {
  const path = join(dir, 'settings.json')
  writeFileSync(path, '{"locale": }')
  expect(() => open(path).read()).toThrowError(expect.objectContaining({ code: 'bad-request' }))
  expect(readFileSync(path, 'utf8')).toBe('{"locale": }')
})

test('pages get no channel to it', () => {
  open(join(dir, 'settings.json'))
  expect(fake.ipc.listenerCount('electron-store-get-data')).toBe(0)
})

test('a place that cannot be used is a storage failure', () => {
  writeFileSync(join(dir, 'file'), '')
  expect(() => open(join(dir, 'file', 'settings.json'))).toThrowError(
    expect.objectContaining({ code: 'storage-failed' }),
  )
  expect(existsSync(join(dir, 'settings.json'))).toBe(false)
})
