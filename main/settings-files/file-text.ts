import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { secretFieldNames } from '../core/settings/connection-secrets.ts'

/** The file's text, or null when there is no file. Throws on everything else. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Write a file for its owner only; whatever happens, the old or the new text is there, whole. */
export function replaceFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`
  const handle = openSync(draft, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(draft, path)
  syncFolder(dirname(path))
}

/** Make a rename durable. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const secretField = new RegExp(`("(?:${secretFieldNames.join('|')})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, 'g')

/** Blank secret fields in text that may not be valid JSON. */
export function blankSecrets(text: string): string {
  return text.replace(secretField, '$1null')
}
