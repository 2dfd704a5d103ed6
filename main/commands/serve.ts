import { spawn } from 'node:child_process'
import { type Served, serve } from '../serve.ts'
import { readOptions, readPort } from './arguments.ts'
import { UsageError } from './usage.ts'

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

/** Open our own loopback address; a machine without a browser only gets the printed URL. */
export function openBrowser(url: string): void {
  const [file, ...args] = openers[process.platform] ?? ['xdg-open']
  const child = spawn(file, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => process.stderr.write('No browser could be opened; open the address above yourself.\n'))
  child.unref()
}

/** Runs until SIGTERM, SIGINT or SIGHUP, then stops within 2 s. */
export async function untilStopped(served: Served): Promise<void> {
  await new Promise<void>((stopped) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => stopped())
  })
  setTimeout(() => process.exit(1), 2000).unref()
  await served.close()
}

export async function serveCommand(args: string[]): Promise<void> {
  const options = readOptions(args, {
    'data-dir': { type: 'string' },
    settings: { type: 'string' },
    port: { type: 'string' },
    'listener-port': { type: 'string' },
    demo: { type: 'boolean' },
    'no-open': { type: 'boolean' },
  })
  if (!options['data-dir']) throw new UsageError('serve needs --data-dir DIR')
  const served = await serve({
    dataDir: options['data-dir'],
    settingsFile: options.settings ?? null,
    port: readPort(options.port, 'port') ?? 0,
    listenerPort: readPort(options['listener-port'], 'listener-port'),
    demo: options.demo ?? false,
  })
  process.stdout.write(
    `${JSON.stringify({ ready: true, url: served.url, listener: served.listener, pid: process.pid, dataDir: served.dataDir })}\n`,
  )
  if (!options['no-open'] && hasDisplay()) openBrowser(served.url)
  await untilStopped(served)
}
