import { hasDisplay, openAddress } from '../runtime/open-address.ts'
import { type Served, serve } from '../serve.ts'
import { readOptions, readPort } from './arguments.ts'
import { UsageError } from './usage.ts'

/** Open our own loopback address; a machine without a browser only gets the printed URL. */
export function openBrowser(url: string): void {
  openAddress(url).catch(() => {
    process.stderr.write('No browser could be opened; open the address above yourself.\n')
  })
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
  if (!options['data-dir']) throw new UsageError('serve needs --data-dir DIR', 'serve 需要 --data-dir 目录')
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
