import { join } from 'node:path'
import type { MessagePortMain } from 'electron'
import type { Desk } from '../core/desk.ts'
import type { AnswerRecording, Log } from '../core/ports/index.ts'
import { serveAppPages } from './app-protocol.ts'
import type { ElectronApi } from './electron-api.ts'
import { followDesk } from './follow-desk.ts'
import { hardenSession } from './hardening.ts'
import { applyLoginItem } from './login-item.ts'
import { createMainWindow } from './main-window.ts'
import { createPopWindow } from './pop-window.ts'
import { servePages } from './serve-pages.ts'
import { createTray } from './tray.ts'
import type { ClipboardNumber } from './tray-menu.ts'
import { localeOf } from './tray-view.ts'
import { wordsFor } from './words.ts'

export interface DesktopDeps {
  electron: ElectronApi
  log: Log
  desk: Desk
  answerRecording: AnswerRecording
  /** Serve one page load; returns the closer. */
  serve(port: MessagePortMain, client: string): () => void
  dialable(text: string): ClipboardNumber | null
  /** The machine woke up. */
  onResume(): void
  quit(): void
  settings: { startMinimised: boolean; overFullScreen: boolean; locale: 'zh-CN' | 'en' }
  /** The page has just asked for the microphone. */
  wantsMicrophone(): boolean
  dataDir: string
  rendererDir: string
  preloadFile: string
  iconsDir: string
  autostartDir: string
  /** This program's file, for starting at login. */
  program: string
  platform: NodeJS.Platform
}

export interface Desktop {
  /** The main window to the front. */
  show(): void
  /** Windows and tray go; closing is real now. */
  close(): void
}

/** Windows, tray and pop around a running core. Call once, after the app is ready. */
export function openDesktop(deps: DesktopDeps): Desktop {
  const { electron, log, desk, platform, preloadFile } = deps
  hardenSession(electron.session.defaultSession, deps.wantsMicrophone)
  serveAppPages(electron.protocol, deps.rendererDir, deps.answerRecording)
  servePages({ electron, log, serve: deps.serve })

  const main = createMainWindow({
    electron,
    log,
    preloadFile,
    iconFile: join(deps.iconsDir, 'app.png'),
    placeFile: join(deps.dataDir, 'window.json'),
    title: wordsFor(deps.settings.locale).app,
    startHidden: deps.settings.startMinimised,
  })
  const pop = createPopWindow({ electron, log, preloadFile, platform, overFullScreen: deps.settings.overFullScreen })
  const tray = createTray({
    electron,
    log,
    desk,
    platform,
    iconsDir: deps.iconsDir,
    dialable: deps.dialable,
    open: main.show,
    quit: deps.quit,
  })

  let overFullScreen = deps.settings.overFullScreen
  let startAtLogin: boolean | null = null
  let title = ''
  const stopFollowing = followDesk(desk, log, (seen, topic) => {
    tray.update(seen)
    if (topic === 'calls') pop.setCards(seen.calls?.cards.length ?? 0)
    const values = topic === 'settings' ? seen.settings?.values : undefined
    if (!values) return
    if (values.pop.overFullScreen !== overFullScreen) pop.setOverFullScreen(values.pop.overFullScreen)
    overFullScreen = values.pop.overFullScreen
    if (values.startAtLogin !== startAtLogin) applyLogin(values.startAtLogin)
    startAtLogin = values.startAtLogin
    const nextTitle = wordsFor(localeOf(seen)).app
    if (nextTitle !== title) main.window.setTitle(nextTitle)
    title = nextTitle
  })
  const applyLogin = (wanted: boolean) => {
    try {
      applyLoginItem({ app: electron.app, platform, program: deps.program, autostartDir: deps.autostartDir }, wanted)
    } catch (error) {
      log.warn('login-item-not-set', { error: error instanceof Error ? error.message : 'unknown' })
    }
  }

  electron.powerMonitor.on('resume', deps.onResume)
  electron.app.on('activate', main.show)
  // The program lives in the tray; it ends through its menu.
  electron.app.on('window-all-closed', () => {})
  electron.app.on('before-quit', () => {
    main.allowClose()
    // From here on windows go away one by one; no snapshot may reach for them.
    stopFollowing()
  })

  return {
    show: main.show,
    close() {
      main.allowClose()
      stopFollowing()
      tray.close()
      pop.close()
      if (!main.window.isDestroyed()) main.window.destroy()
    },
  }
}
