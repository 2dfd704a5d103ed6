import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { BrowserWindow } from 'electron'
import type { Log } from '../core/ports/index.ts'
import { mainPageUrl } from './app-protocol.ts'
import type { ElectronApi } from './electron-api.ts'
import { pagePreferences } from './hardening.ts'
import { readRectangle, safePlace } from './window-place.ts'

const wanted = { width: 1280, height: 800 }
const smallest = { width: 960, height: 600 }

export interface MainWindow {
  readonly window: BrowserWindow
  /** To the front, wherever it was; on a display that is there. */
  show(): void
  /** From now on closing closes. Call before the program ends. */
  allowClose(): void
}

export interface MainWindowDeps {
  electron: Pick<ElectronApi, 'BrowserWindow' | 'screen'>
  log: Log
  preloadFile: string
  iconFile: string
  /** Where the window's place is remembered, a small JSON file. */
  placeFile: string
  title: string
  startHidden: boolean
}

/** The desk. Closing hides it to the tray; the program goes on answering the PBX. */
export function createMainWindow(deps: MainWindowDeps): MainWindow {
  const { electron, log } = deps
  let mayClose = false
  const place = () =>
    safePlace(
      readPlace(deps.placeFile),
      electron.screen.getAllDisplays(),
      electron.screen.getPrimaryDisplay().workArea,
      wanted,
    )
  const window = new electron.BrowserWindow({
    ...place(),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: deps.title,
    icon: deps.iconFile,
    autoHideMenuBar: true,
    webPreferences: { ...pagePreferences, preload: deps.preloadFile },
  })
  window.removeMenu()

  const remember = () => {
    if (window.isMinimized() || window.isFullScreen()) return
    writeFile(deps.placeFile, `${JSON.stringify(window.getNormalBounds())}\n`, { mode: 0o600 }).catch(
      (error: unknown) => log.warn('window-place-not-kept', { error: error instanceof Error ? error.name : 'unknown' }),
    )
  }
  /** After a display went away the window may lie where nothing is. */
  const comeBack = () => {
    if (window.isDestroyed()) return
    const bounds = window.getNormalBounds()
    const now = safePlace(
      bounds,
      electron.screen.getAllDisplays(),
      electron.screen.getPrimaryDisplay().workArea,
      wanted,
    )
    if (now.x !== bounds.x || now.y !== bounds.y || now.width !== bounds.width || now.height !== bounds.height)
      window.setBounds(now)
  }
  const show = () => {
    comeBack()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  window.on('close', (event) => {
    remember()
    if (mayClose) return
    event.preventDefault()
    window.hide()
  })
  window.on('moved', remember)
  window.on('resized', remember)
  window.once('ready-to-show', () => {
    if (!deps.startHidden) show()
  })
  electron.screen.on('display-removed', comeBack)
  electron.screen.on('display-metrics-changed', comeBack)
  window
    .loadURL(mainPageUrl)
    .catch((error: unknown) =>
      log.error('page-not-loaded', { error: error instanceof Error ? error.message : 'unknown' }),
    )

  return {
    window,
    show,
    allowClose() {
      mayClose = true
    },
  }
}

function readPlace(file: string) {
  try {
    return readRectangle(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // No file yet, or not ours any more: the window opens at its usual place.
    return null
  }
}
