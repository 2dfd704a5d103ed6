import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { App } from './compose/platform.ts'
import { compose } from './compose.ts'
import { parseNumber } from './core/numbers/index.ts'
import { createNotifier } from './notify/node-notifier.ts'
import { servePort } from './rpc/port.ts'
import { createRouter } from './rpc/router.ts'
import { defaultDataDir } from './runtime/data-dir.ts'
import { giveBackMemory } from './runtime/give-back.ts'
import { takeInstanceLock } from './runtime/instance-lock.ts'
import { createLog } from './runtime/pino-log.ts'
import { programRoot, rendererDir } from './runtime/program-files.ts'
import { createSystemClock } from './runtime/system-clock.ts'
import { createPolicyFile } from './settings-files/policy-file.ts'
import { registerAppScheme } from './shell/app-protocol.ts'
import { type Desktop, openDesktop } from './shell/desktop.ts'
import { ElectronStore, electron } from './shell/electron-api.ts'
import { hardenApp } from './shell/hardening.ts'
import { openMail, openWebPage } from './shell/links.ts'
import { openSecrets } from './shell/secrets.ts'
import { createElectronSettingsFile } from './shell/settings-file.ts'
import { takeSingleInstance } from './shell/single-instance.ts'
import { reportStartFailure } from './shell/start-failure.ts'

const { app } = electron
const option = (name: string) => app.commandLine.getSwitchValue(name) || null
const dataDir = option('data-dir') ?? defaultDataDir()
const packagedIcons = join(process.resourcesPath, 'icons')
const iconsDir = existsSync(packagedIcons) ? packagedIcons : join(programRoot(), 'resources', 'icons')
let desktop: Desktop | null = null

/** The Electron entry. Switches: --demo, --data-dir=DIR, --settings=FILE, --listener-port=N. */
async function start(): Promise<void> {
  const unlock = takeInstanceLock(dataDir)
  const log = createLog({
    file: join(dataDir, 'logs', 'frontbell.log'),
    level: process.env.FRONTBELL_LOG_LEVEL ?? 'info',
  })
  const listenerPort = option('listener-port')
  const clock = createSystemClock(log)
  const core: App = await compose({
    host: 'electron',
    version: app.getVersion(),
    dataDir,
    settingsFile: createElectronSettingsFile(option('settings') ?? join(dataDir, 'settings.json'), {
      Store: ElectronStore,
      ipcMain: electron.ipcMain,
    }),
    policy: createPolicyFile(),
    secrets: await openSecrets({
      safeStorage: electron.safeStorage,
      log: log.child('secrets'),
      file: join(dataDir, 'secrets.json'),
      platform: process.platform,
    }),
    clock,
    log,
    notifier: createNotifier({
      iconFile: join(iconsDir, 'app.png'),
      appName: '前铃',
      appId: app.isPackaged ? 'com.frontbell.app' : null,
    }),
    links: {
      web: (address, host) => openWebPage(electron.shell, address, host),
      mail: (link) => openMail(electron.shell, link),
    },
    demo: app.commandLine.hasSwitch('demo'),
    listenerPort: listenerPort === null ? undefined : Number(listenerPort),
    bringToFront: () => desktop?.show(),
  })
  const router = createRouter(core.desk, log.child('rpc'))
  const { startMinimised, pop, locale } = core.settings.current()
  desktop = openDesktop({
    electron,
    log: log.child('shell'),
    desk: core.desk,
    answerRecording: core.answerRecording,
    wantsMicrophone: core.wantsMicrophone,
    serve: (port, client) => servePort(router, port, client),
    dialable: (text) => {
      const { kind, display } = parseNumber(text, core.settings.current().dialing)
      return kind === 'unknown' || kind === 'masked' ? null : { number: text, display }
    },
    onResume: core.resume,
    quit: () => app.quit(),
    settings: { startMinimised, overFullScreen: pop.overFullScreen, locale },
    dataDir,
    rendererDir: rendererDir(),
    preloadFile: join(programRoot(), 'out', 'preload', 'index.cjs'),
    iconsDir,
    autostartDir: join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart'),
    program: process.env.APPIMAGE ?? process.execPath,
    platform: process.platform,
  })
  core.begin()
  const keepMemory = giveBackMemory({ clock, log: log.child('memory') })
  app.once('will-quit', (event) => {
    event.preventDefault()
    keepMemory()
    desktop?.close()
    const done = () => {
      unlock()
      app.exit(0)
    }
    core.stop().then(done, (error: unknown) => {
      log.error('stop-failed', { error: error instanceof Error ? error.message : 'unknown' })
      done()
    })
  })
}

registerAppScheme(electron.protocol)
hardenApp(app)
app.setPath('userData', dataDir)
app.setPath('sessionData', join(dataDir, 'browser'))
app.setAppUserModelId('com.frontbell.app')
if (takeSingleInstance(app, () => desktop?.show()))
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => reportStartFailure(electron, error))
else app.quit()
