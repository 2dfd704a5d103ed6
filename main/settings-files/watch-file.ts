import { type FSWatcher, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Editors write in several steps; look when they are done. */
const settleMs = 100

/** Watches the folder, because editors and atomic writes replace the file itself. Returns the canceller. */
export function watchFile(path: string, onSettled: () => void): () => void {
  const name = basename(path)
  let timer: NodeJS.Timeout | undefined
  let watcher: FSWatcher | undefined
  const close = () => {
    clearTimeout(timer)
    watcher?.close()
  }
  watcher = watch(dirname(path), { persistent: false }, (_event, changed) => {
    if (changed !== null && changed !== name) return
    clearTimeout(timer)
    timer = setTimeout(onSettled, settleMs)
    timer.unref()
  })
  // The folder went away: there is nothing left to watch, the settings in memory go on.
  watcher.on('error', close)
  return close
}
