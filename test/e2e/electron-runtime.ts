import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const programFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Electron's program where its runtime was fetched (`dist` and `path.txt`); null on machines that only have the package. */
export function electronProgram(): string | null {
  const folder = join(programFolder, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(program) ? program : null
}
