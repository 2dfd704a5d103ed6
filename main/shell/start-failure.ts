import { CoreError } from '../core/errors.ts'
import type { ElectronApi } from './electron-api.ts'
import { type Locale, wordsFor } from './words.ts'

/** Why the program cannot start, as a title and a text for people: what happened, what to do, and the line for IT. */
export function startFailure(error: unknown, locale: Locale): { title: string; text: string } {
  const words = wordsFor(locale)
  const code = error instanceof CoreError ? error.code : null
  const reason =
    error instanceof CoreError
      ? (error.details.reason ?? error.code)
      : error instanceof Error
        ? error.message
        : String(error)
  const advice =
    code === 'storage-failed' ? words.databaseFailed : code === 'conflict' ? words.alreadyRunning : words.portOrFile
  return { title: words.cannotStart, text: `${advice}\n\n${reason}` }
}

/** Say it in a box and end: a program without a window must not fail in silence. */
export function reportStartFailure(electron: Pick<ElectronApi, 'app' | 'dialog'>, error: unknown): void {
  const { title, text } = startFailure(error, electron.app.getLocale().startsWith('zh') ? 'zh-CN' : 'en')
  electron.dialog.showErrorBox(title, text)
  electron.app.exit(1)
}
