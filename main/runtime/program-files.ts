import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The program's own folder: the checkout, or the packaged app. Found from this file, wherever the bundler put it. */
export function programRoot(from = fileURLToPath(import.meta.url)): string {
  let folder = dirname(from)
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('package.json not found above the program')
    folder = parent
  }
  return folder
}

export function programVersion(): string {
  return (JSON.parse(readFileSync(join(programRoot(), 'package.json'), 'utf8')) as { version: string }).version
}

/** A file under resources/. */
export function resourceFile(name: string): string {
  return join(programRoot(), 'resources', name)
}

/** The built page. */
export function rendererDir(): string {
  return join(programRoot(), 'out', 'renderer')
}
