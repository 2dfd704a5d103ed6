import { spawn } from 'node:child_process'
import { CoreError } from '../core/errors.ts'

/** A display to open a window on. */
export function hasDisplay(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** Each system's own way to open an address in the user's browser; the address is one argument, no shell sees it. */
const openers: Partial<Record<NodeJS.Platform, readonly [file: string, ...args: string[]]>> = {
  win32: ['rundll32.exe', 'url.dll,FileProtocolHandler'],
  darwin: ['open'],
}

/**
 * Start the user's browser with a web address. Resolves once the opener has been started.
 * Errors: bad-request (not http: or https:), unavailable (no opener).
 */
export async function openAddress(address: string): Promise<void> {
  const url = URL.parse(address)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new CoreError('bad-request', { field: 'link', reason: 'only http: and https: addresses are opened' })
  const [file, ...args] = openers[process.platform] ?? ['xdg-open']
  await new Promise<void>((started, failed) => {
    const child = spawn(file, [...args, url.href], { stdio: 'ignore', detached: true })
    child.once('spawn', started)
    child.once('error', (error) =>
      failed(new CoreError('unavailable', { reason: `no browser could be opened: ${file} did not start` }, error)),
    )
    child.unref()
  })
}
