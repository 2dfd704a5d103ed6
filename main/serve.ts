import { join, resolve } from 'node:path'
import { compose } from './compose.ts'
import type { Clock, Log } from './core/ports/index.ts'
import { createNotifier } from './notify/node-notifier.ts'
import { createRouter } from './rpc/router.ts'
import { giveBackMemory } from './runtime/give-back.ts'
import { takeInstanceLock } from './runtime/instance-lock.ts'
import { hasDisplay, openAddress } from './runtime/open-address.ts'
import { createLog } from './runtime/pino-log.ts'
import { programVersion, rendererDir, resourceFile } from './runtime/program-files.ts'
import { createSystemClock } from './runtime/system-clock.ts'
import { createConfSettingsFile } from './settings-files/conf-settings-file.ts'
import { createMemorySecrets } from './settings-files/memory-secrets.ts'
import { createPolicyFile } from './settings-files/policy-file.ts'
import { startWebHost } from './web-host/server.ts'

export interface ServeOptions {
  dataDir: string
  settingsFile: string | null
  /** Port of the page, 0 = any free one. */
  port: number
  listenerPort: number | undefined
  demo: boolean
}

export interface Served {
  /** With a one-time token. */
  url: string
  /** Where the PBX can reach us on this PC; null while the port is taken by another program. */
  listener: string | null
  dataDir: string
  close(): Promise<void>
}

/** The Node entry: the same program as in Electron, its page served to a browser on this PC's loopback only. */
export async function serve(options: ServeOptions): Promise<Served> {
  const dataDir = resolve(options.dataDir)
  const unlock = takeInstanceLock(dataDir)
  try {
    const log: Log = createLog({
      file: join(dataDir, 'logs', 'frontbell.log'),
      level: process.env.FRONTBELL_LOG_LEVEL ?? 'info',
    })
    const clock: Clock = createSystemClock(log)
    const app = await compose({
      host: 'browser',
      version: programVersion(),
      dataDir,
      settingsFile: createConfSettingsFile(resolve(options.settingsFile ?? join(dataDir, 'settings.json'))),
      policy: createPolicyFile(),
      secrets: createMemorySecrets(),
      clock,
      log,
      notifier: createNotifier({ iconFile: resourceFile('icons/app.png'), appName: '前铃' }),
      links: { pageOpensClicks: true, ...(hasDisplay() ? { web: openAddress } : {}) },
      demo: options.demo,
      listenerPort: options.listenerPort,
    })
    const host = await startWebHost({
      port: options.port,
      router: createRouter(app.desk, log.child('rpc')),
      answerRecording: app.answerRecording,
      rendererDir: rendererDir(),
      log: log.child('web-host'),
    }).catch(async (error: unknown) => {
      await app.stop()
      throw error
    })
    // Whoever waits for the address has it first.
    setImmediate(app.begin)
    const keepMemory = giveBackMemory({ clock, log: log.child('memory') })
    return {
      url: host.url,
      listener: app.listenerUrl(),
      dataDir,
      async close() {
        keepMemory()
        await host.close()
        await app.stop()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}
