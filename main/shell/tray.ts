import { join } from 'node:path'
import type { Call } from '../../preload/contract/index.ts'
import type { Desk } from '../core/desk.ts'
import { toProblem } from '../core/errors.ts'
import type { Log } from '../core/ports/index.ts'
import type { ElectronApi } from './electron-api.ts'
import type { Seen } from './follow-desk.ts'
import { type ClipboardNumber, type TrayActions, trayMenu } from './tray-menu.ts'
import { localeOf, type TrayState, trayLook } from './tray-view.ts'
import { failureSentence, wordsFor } from './words.ts'

/** Enough rows to find five different callers among them. */
const rowsAsked = 50
/** Linux shows a menu that was made beforehand; it is made again this often for the sake of the clipboard. */
const clipboardLookMs = 5000

export interface ShellTray {
  update(seen: Seen): void
  close(): void
}

export interface TrayDeps {
  electron: Pick<ElectronApi, 'Tray' | 'Menu' | 'clipboard' | 'app' | 'dialog'>
  log: Log
  desk: Pick<Desk, 'calls' | 'control' | 'demo'>
  platform: NodeJS.Platform
  iconsDir: string
  /** A number in this text that could be dialled, or null. */
  dialable(text: string): ClipboardNumber | null
  open(): void
  quit(): void
}

/** The icon beside the clock. Says by shape and colour whether calls come in, and by words why not. */
export function createTray(deps: TrayDeps): ShellTray {
  const { electron, desk, platform, log } = deps
  let seen: Seen = {}
  let recent: Call[] = []
  let shownState: TrayState | null = null
  let asking = false
  let askAgain = false
  const tray = new electron.Tray(iconFile(deps.iconsDir, 'cut-off', platform))

  const tried = (what: 'dial' | 'presence', work: Promise<unknown>) => {
    work.catch((error: unknown) => {
      const { code } = toProblem(error)
      log.warn('tray-action-failed', { what, code })
      const locale = localeOf(seen)
      void electron.dialog.showMessageBox({
        type: 'error',
        title: wordsFor(locale).app,
        message: failureSentence(locale, code, what),
      })
    })
  }
  const actions: TrayActions = {
    setPresence: (presence) =>
      tried(
        'presence',
        call(() => desk.control.setPresence({ presence })),
      ),
    dial: (number) =>
      tried(
        'dial',
        call(() => desk.control.dial({ number })),
      ),
    ring: (caller) =>
      tried(
        'dial',
        call(() => desk.demo.ring({ caller })),
      ),
    open: deps.open,
    quit: deps.quit,
  }

  const buildMenu = async () => {
    const text = await electron.clipboard.readText().catch(() => '')
    return electron.Menu.buildFromTemplate(
      trayMenu(seen, recent, text.length <= 60 ? deps.dialable(text) : null, actions),
    )
  }
  /** Windows and macOS ask for the menu when it is wanted; Linux must have it beforehand. */
  const popUp = () => {
    buildMenu().then((menu) => tray.popUpContextMenu(menu), logFailure)
  }
  const offerMenu = () => {
    if (platform === 'linux') buildMenu().then((menu) => tray.setContextMenu(menu), logFailure)
  }
  const logFailure = (error: unknown) =>
    log.error('tray-menu-failed', { error: error instanceof Error ? error.message : 'unknown' })

  /** One question at a time; the newest change is always asked for. */
  const askRecent = async (): Promise<void> => {
    askAgain = true
    if (asking) return
    asking = true
    try {
      while (askAgain) {
        askAgain = false
        recent = (await desk.calls.list({ filter: 'all', text: '', limit: rowsAsked })).rows
      }
      offerMenu()
    } catch (error) {
      logFailure(error)
    } finally {
      asking = false
    }
  }

  tray.on('click', platform === 'darwin' ? popUp : deps.open)
  tray.on('right-click', popUp)
  const timer = platform === 'linux' ? setInterval(offerMenu, clipboardLookMs) : null
  timer?.unref()

  return {
    update(next) {
      const callsChanged = next.calls !== seen.calls
      seen = { ...next }
      const { state, tooltip, missedCount } = trayLook(seen)
      if (state !== shownState) tray.setImage(iconFile(deps.iconsDir, state, platform))
      shownState = state
      tray.setToolTip(tooltip)
      if (platform === 'darwin') tray.setTitle(missedCount > 0 ? String(missedCount) : '')
      if (platform === 'darwin') electron.app.dock?.setBadge(missedCount > 0 ? String(missedCount) : '')
      if (callsChanged) void askRecent()
      else offerMenu()
    },
    close() {
      if (timer) clearInterval(timer)
      tray.destroy()
    },
  }
}

/** A desk method may throw at once or later; both are one rejected promise. */
async function call<T>(work: () => Promise<T> | T): Promise<T> {
  return work()
}

/** macOS colours "template" pictures itself, to match its menu bar. */
export function iconFile(iconsDir: string, state: TrayState, platform: NodeJS.Platform): string {
  return join(iconsDir, platform === 'darwin' ? `tray-${state}Template.png` : `tray-${state}.png`)
}
