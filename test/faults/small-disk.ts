import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

function mount(...args: string[]): void {
  try {
    execFileSync('mount', args, { stdio: 'pipe' })
  } catch (error) {
    throw new Error(
      'This test fills a disk and must mount a small tmpfs: run it as root, or with CAP_SYS_ADMIN (docker run --cap-add SYS_ADMIN).',
      { cause: error },
    )
  }
}

/** A disk of its own, so that it can be filled for real; gone after the test. */
export function smallDisk(size: string): { dir: string; fill(): void; empty(): void; grow(size: string): void } {
  const folder = mkdtempSync(join(tmpdir(), 'frontbell-disk-'))
  const dir = join(folder, 'disk')
  mkdirSync(dir)
  mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', dir)
  onTestFinished(() => {
    execFileSync('umount', ['-l', dir])
    rmSync(folder, { recursive: true, force: true })
  })
  const ballast = join(folder, 'disk', 'ballast')
  return {
    dir,
    /** Not a byte is free any more. */
    fill() {
      const file = openSync(ballast, 'w')
      try {
        for (const piece = Buffer.alloc(64 * 1024); writeSync(file, piece) > 0; );
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(file)
      }
    },
    empty: () => rmSync(ballast),
    grow: (to) => mount('-o', `remount,size=${to}`, dir),
  }
}
