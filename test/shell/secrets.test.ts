import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ElectronApi } from '../../main/shell/electron-api.ts'
import { openSecrets } from '../../main/shell/secrets.ts'
import { recordedLog } from '../notify/recorded-log.ts'
import { standIn } from './stand-in.ts'

type SafeStorage = ElectronApi['safeStorage']
let dir: string
let file: string
let rotated = false
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'frontbell-secrets-'))
  file = join(dir, 'deep', 'secrets.json')
  rotated = false
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** Encrypts enough for a test: each byte turned over, with the name of the key in front. */
const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xa5))
const safeStorage = (
  options: { available?: boolean; backend?: ReturnType<SafeStorage['getSelectedStorageBackend']>; key?: string } = {},
) =>
  standIn<SafeStorage>('safeStorage', {
    isAsyncEncryptionAvailable: async () => options.available ?? true,
    getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
    encryptStringAsync: async (text) => turn(Buffer.from(`${options.key ?? 'k1'}:${text}`)),
    decryptStringAsync: async (bytes) => {
      const text = turn(bytes).toString()
      if (!text.startsWith(`${options.key ?? 'k1'}:`)) throw new Error('cannot decrypt')
      return { result: text.slice(3), shouldReEncrypt: rotated }
    },
  })
const open = (storage = safeStorage(), log = recordedLog(), platform: NodeJS.Platform = 'linux') =>
  openSecrets({ safeStorage: storage, log, file, platform })

test('kept over a restart, never in the clear, for this user only', async () => {
  const first = await open()
  expect(first.available).toBe(true)
  await first.set('connections.pbx.captchaSecret', 'canary-密-42')
  expect(await (await open()).get('connections.pbx.captchaSecret')).toBe('canary-密-42')
  const text = readFileSync(file, 'utf8')
  for (const form of [
    'canary-密-42',
    Buffer.from('canary-密-42').toString('base64'),
    Buffer.from('canary-密-42').toString('hex'),
  ])
    expect(text).not.toContain(form)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(dir, 'deep'))).toEqual(['secrets.json'])
})

test('null forgets; an unknown key is null', async () => {
  const secrets = await open()
  await secrets.set('a', 'x')
  await secrets.set('a', null)
  expect([await secrets.get('a'), await secrets.get('b'), readFileSync(file, 'utf8').trim()]).toEqual([
    null,
    null,
    '{}',
  ])
})

test('many at once are all there', async () => {
  const secrets = await open()
  await Promise.all(Array.from({ length: 30 }, (_, index) => secrets.set(`key-${index}`, `value-${index}`)))
  const again = await open()
  expect(await Promise.all(Array.from({ length: 30 }, (_, index) => again.get(`key-${index}`)))).toEqual(
    Array.from({ length: 30 }, (_, index) => `value-${index}`),
  )
})

test.each([
  ['no encryption', safeStorage({ available: false }), 'win32'],
  ['Linux without a key ring', safeStorage({ backend: 'basic_text' }), 'linux'],
  ['Linux, not known yet', safeStorage({ backend: 'unknown' }), 'linux'],
  [
    'the question itself fails',
    standIn<SafeStorage>('safeStorage', {
      isAsyncEncryptionAvailable: async () => Promise.reject(new Error('locked')),
    }),
    'darwin',
  ],
] as const)('%s: not available, and nothing is written', async (_what, storage, platform) => {
  const secrets = await open(storage, recordedLog(), platform)
  expect(secrets.available).toBe(false)
  await secrets.set('a', 'plain')
  expect([await secrets.get('a'), readdirSync(dir)]).toEqual([null, []])
})

test('a key that changed: the secret is gone, said by its name only, and can be entered again', async () => {
  await (await open()).set('a', 'canary')
  const log = recordedLog()
  const other = await open(safeStorage({ key: 'k2' }), log)
  expect(await other.get('a')).toBeNull()
  expect(log.lines).toMatchObject([{ level: 'warn', event: 'secret-unreadable', fields: { key: 'a' } }])
  expect(JSON.stringify(log.lines)).not.toContain('canary')
  await other.set('a', 'new')
  expect(await other.get('a')).toBe('new')
})

test('a rotated key: read, and written again with the new one', async () => {
  const secrets = await open()
  await secrets.set('a', 'x')
  writeFileSync(file, readFileSync(file, 'utf8').replace('{', '{ '))
  rotated = true
  expect(await secrets.get('a')).toBe('x')
  expect(readFileSync(file, 'utf8')).not.toContain('{ ')
})

test('a damaged file is put aside, not overwritten', async () => {
  await (await open()).set('a', 'x')
  writeFileSync(file, '{"a": "tru')
  const log = recordedLog()
  expect(await (await open(safeStorage(), log)).get('a')).toBeNull()
  expect(log.lines).toMatchObject([{ event: 'secrets-file-damaged' }])
  expect(readFileSync(`${file}.faulty`, 'utf8')).toBe('{"a": "tru')
})

test('a folder that cannot be written is said, and the next write is tried anew', async () => {
  const secrets = await open()
  await secrets.set('a', 'x')
  rmSync(join(dir, 'deep'), { recursive: true })
  writeFileSync(join(dir, 'deep'), 'a file where the folder should be')
  await expect(secrets.set('b', 'y')).rejects.toMatchObject({ code: 'storage-failed' })
  rmSync(join(dir, 'deep'))
  await secrets.set('c', 'z')
  expect(await (await open()).get('b')).toBe('y')
})
