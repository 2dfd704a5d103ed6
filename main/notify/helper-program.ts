import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, sep } from 'node:path'
import { CoreError } from '../core/errors.ts'

/** Programs cannot be started from inside an asar archive; they lie unpacked beside it. */
export function outsideArchive(path: string, separator: string = sep): string {
  return path.replace(`app.asar${separator}`, `app.asar.unpacked${separator}`)
}

/** node-notifier's own helper programs, inside its package. */
export function vendorDir(): string {
  return outsideArchive(join(dirname(createRequire(import.meta.url).resolve('node-notifier/package.json')), 'vendor'))
}

/** The helper that shows notifications on this system. Errors: unavailable, naming what to install. */
export function findHelper(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv = process.env,
  vendor: () => string = vendorDir,
): string {
  if (platform === 'win32') {
    return existing(
      join(vendor(), 'snoreToast', `snoretoast-${process.arch === 'x64' ? 'x64' : 'x86'}.exe`),
      constants.F_OK,
    )
  }
  if (platform === 'darwin') {
    return existing(
      join(vendor(), 'mac.noindex', 'terminal-notifier.app', 'Contents', 'MacOS', 'terminal-notifier'),
      constants.X_OK,
    )
  }
  const found = (env.PATH ?? '')
    .split(delimiter)
    .map((dir) => join(dir || '.', 'notify-send'))
    .find((path) => isThere(path, constants.X_OK))
  if (!found) {
    throw new CoreError('unavailable', {
      reason:
        'desktop notifications need the program notify-send; install it: apt-get install libnotify-bin (Debian, Ubuntu) or dnf install libnotify (Fedora)',
    })
  }
  return found
}

/** Windows has no mark for programs: there the file only has to be there. */
function existing(path: string, mode: number): string {
  if (!isThere(path, mode))
    throw new CoreError('unavailable', {
      reason: `the notification helper ${path} is missing or cannot be run; install the program again`,
    })
  return path
}

function isThere(path: string, mode: number): boolean {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}
