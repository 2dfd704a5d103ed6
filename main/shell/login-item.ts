import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApi } from './electron-api.ts'

export interface LoginItemDeps {
  app: Pick<ElectronApi['app'], 'isPackaged' | 'setLoginItemSettings'>
  platform: NodeJS.Platform
  /** The program to start: this one. */
  program: string
  /** `$XDG_CONFIG_HOME/autostart`, where Linux desktops look. */
  autostartDir: string
}

/**
 * Start at login, or not. Only for an installed program: from a checkout it would register Electron's own demo.
 * Electron knows Windows and macOS; on Linux it is a file of the desktop.
 */
export function applyLoginItem({ app, platform, program, autostartDir }: LoginItemDeps, startAtLogin: boolean): void {
  if (!app.isPackaged) return
  if (platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: startAtLogin })
    return
  }
  const file = join(autostartDir, 'frontbell.desktop')
  if (!startAtLogin) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(autostartDir, { recursive: true })
  writeFileSync(
    file,
    `[Desktop Entry]\nType=Application\nName=前铃\nName[en]=Frontbell\nExec=${quoteExec(program)}\nX-GNOME-Autostart-enabled=true\n`,
  )
}

/** Quoting of the desktop entry standard: in double quotes, with the four special characters escaped; `%` doubled. */
function quoteExec(path: string): string {
  return `"${path
    .replace(/["`$\\]/g, '\\$&')
    .replace(/\\/g, '\\\\')
    .replace(/%/g, '%%')}"`
}
