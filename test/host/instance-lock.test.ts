import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir, uptime } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeInstanceLock } from '../../main/runtime/instance-lock.ts'

test.skipIf(process.platform === 'win32')('a data folder that the program makes is open to its user only', () => {
  const parent = mkdtempSync(join(tmpdir(), 'frontbell-lock-'))
  const dataDir = join(parent, 'data')
  const unlock = takeInstanceLock(dataDir)
  try {
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
  } finally {
    unlock()
    rmSync(parent, { recursive: true })
  }
})

test('the lock of a running process counts, but not after a power cut gave its number to another', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontbell-lock-'))
  const file = join(dataDir, 'instance.lock')
  try {
    writeFileSync(file, String(process.ppid))
    expect(() => takeInstanceLock(dataDir)).toThrow(/already running/)
    const beforeBoot = Date.now() / 1000 - uptime() - 3600
    utimesSync(file, beforeBoot, beforeBoot)
    const unlock = takeInstanceLock(dataDir)
    expect(readFileSync(file, 'utf8')).toBe(String(process.pid))
    unlock()
  } finally {
    rmSync(dataDir, { recursive: true })
  }
})

test('a data folder that cannot be made ends with one sentence that names it and why', () => {
  const parent = mkdtempSync(join(tmpdir(), 'frontbell-lock-'))
  const file = join(parent, 'file')
  writeFileSync(file, '')
  try {
    const underFile = join(file, 'a', 'b')
    expect(() => takeInstanceLock(underFile)).toThrow(
      `cannot create the data folder ${underFile}: ${file} is not a folder`,
    )
    expect(() => takeInstanceLock(file)).toThrow(`cannot create the data folder ${file}: ${file} is not a folder`)
    const long = join(parent, 'made', 'x'.repeat(300))
    expect(() => takeInstanceLock(long)).toThrow(/cannot create the data folder .*: the name is too long/)
  } finally {
    rmSync(parent, { recursive: true })
  }
})

test.runIf(existsSync('/proc/self'))('a folder under /proc is refused, not tried for ever', () => {
  expect(() => takeInstanceLock('/proc/frontbell/data')).toThrow(
    'cannot create the data folder /proc/frontbell/data: no folder can be made there (ENOENT)',
  )
})

test('missing parents are made too', () => {
  const parent = mkdtempSync(join(tmpdir(), 'frontbell-lock-'))
  try {
    takeInstanceLock(join(parent, 'a', 'b', 'c'))()
    expect(existsSync(join(parent, 'a', 'b', 'c'))).toBe(true)
  } finally {
    rmSync(parent, { recursive: true })
  }
})
