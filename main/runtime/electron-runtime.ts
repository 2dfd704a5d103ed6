import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { programRoot } from './program-files.ts'

export function electronFolder(): string {
  return join(programRoot(), 'node_modules', 'electron')
}

/** Path of Electron's program when its runtime is complete on this machine. */
export function electronProgram(): string | null {
  const folder = electronFolder()
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), readFileSync(pathFile, 'utf8'))
  return existsSync(program) ? program : null
}

/** Of the package; null in a packaged program, which is Electron itself. */
export function electronVersion(): string | null {
  const file = join(electronFolder(), 'package.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : null
}
