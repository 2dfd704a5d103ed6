import type { BrowserWindow, IpcMainEvent } from 'electron'
import type { Log } from '../core/ports/index.ts'
import { isAppUrl, popPageUrl } from './app-protocol.ts'
import type { ElectronApi } from './electron-api.ts'
import { pagePreferences } from './hardening.ts'
import { displayInUse, popPlace, popWidth } from './window-place.ts'

/** The pop page tells how tall its cards are. */
export const popHeightChannel = 'frontbell-pop-height'
/** The user opened a form on a card (true), or it is closed again (false). */
export const popTypingChannel = 'frontbell-pop-typing'
/** Lets the preload script know which of our two windows it is in. */
export const popArgument = '--frontbell-surface=pop'

export interface PopWindow {
  readonly window: BrowserWindow
  /** Cards to show now; none hides the window. */
  setCards(count: number): void
  setOverFullScreen(allowed: boolean): void
  close(): void
}

export interface PopWindowDeps {
  electron: Pick<ElectronApi, 'BrowserWindow' | 'screen' | 'ipcMain'>
  log: Log
  preloadFile: string
  platform: NodeJS.Platform
  overFullScreen: boolean
}

/**
 * The cards at the bottom right. Above other windows, but it never takes the keyboard by itself: it cannot be focused at
 * all, except while the user types into a form that he opened on a card.
 */
export function createPopWindow(deps: PopWindowDeps): PopWindow {
  const { electron, log, platform } = deps
  let cards = 0
  let contentHeight = 0
  let displayId: number | null = null
  const window = new electron.BrowserWindow({
    width: popWidth,
    height: 1,
    show: false,
    frame: false,
    transparent: true,
    hasShadow: false,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    focusable: false,
    alwaysOnTop: true,
    acceptFirstMouse: true,
    // macOS: a panel, which does not activate the program. X11: a notification, which no window manager focuses.
    ...(platform === 'darwin' ? { type: 'panel' } : platform === 'linux' ? { type: 'notification' } : {}),
    webPreferences: {
      ...pagePreferences,
      preload: deps.preloadFile,
      additionalArguments: [popArgument],
      backgroundThrottling: false,
    },
  })

  const setOverFullScreen = (allowed: boolean) => {
    window.setAlwaysOnTop(true, allowed ? 'screen-saver' : 'floating')
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: allowed, skipTransformProcessType: true })
  }
  /** Stays on its display while shown; the one in use is chosen anew each time, or when its own is gone. */
  const place = () => {
    const known = electron.screen.getAllDisplays().find(({ id }) => id === displayId)
    const display = window.isVisible() && known ? known : displayInUse(electron.screen)
    displayId = display.id
    window.setBounds(popPlace(display.workArea, contentHeight))
  }
  const refresh = () => {
    if (cards === 0 || contentHeight === 0) {
      if (window.isVisible()) window.hide()
      window.setFocusable(false)
      return
    }
    place()
    if (!window.isVisible()) window.showInactive()
  }
  const isFromPop = (event: IpcMainEvent) =>
    event.sender === window.webContents && event.senderFrame !== null && isAppUrl(event.senderFrame.url)
  const onTyping = (event: IpcMainEvent, typing: unknown) => {
    if (!isFromPop(event) || typeof typing !== 'boolean') return
    window.setFocusable(typing)
    if (typing && window.isVisible()) window.focus()
    else window.blur()
  }
  const onHeight = (event: IpcMainEvent, height: unknown) => {
    if (!isFromPop(event)) return
    if (typeof height !== 'number' || !Number.isFinite(height) || height < 0) return
    contentHeight = height
    refresh()
  }
  const onDisplays = () => {
    if (!window.isDestroyed() && window.isVisible()) place()
  }

  setOverFullScreen(deps.overFullScreen)
  electron.ipcMain.on(popHeightChannel, onHeight)
  electron.ipcMain.on(popTypingChannel, onTyping)
  electron.screen.on('display-removed', onDisplays)
  electron.screen.on('display-metrics-changed', onDisplays)
  window
    .loadURL(popPageUrl)
    .catch((error: unknown) =>
      log.error('pop-not-loaded', { error: error instanceof Error ? error.message : 'unknown' }),
    )

  return {
    window,
    setCards(count) {
      cards = count
      refresh()
    },
    setOverFullScreen,
    close() {
      electron.ipcMain.off(popHeightChannel, onHeight)
      electron.ipcMain.off(popTypingChannel, onTyping)
      electron.screen.off('display-removed', onDisplays)
      electron.screen.off('display-metrics-changed', onDisplays)
      if (!window.isDestroyed()) window.destroy()
    },
  }
}
