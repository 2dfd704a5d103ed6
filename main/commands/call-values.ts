import { createReadStream, readFileSync, statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { OperationField, OperationInfo } from '../../preload/contract/index.ts'
import type { UploadFile } from '../core/ports/index.ts'
import { findField, spokenName } from '../systems/kit/params.ts'
import { nearest } from './nearest.ts'
import { UsageError } from './usage.ts'

const types: Record<string, string> = {
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.amr': 'audio/amr',
  '.ogg': 'audio/ogg',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.xml': 'application/xml',
  '.vxml': 'application/voicexml+xml',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.zip': 'application/zip',
  '.xls': 'application/vnd.ms-excel',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
}

/**
 * `name=value` words and `--file name=PATH` as values of an operation, by the vendor's names. `@PATH` is the text of a
 * file, `@@…` text that begins with @. A list may be given by repeating its name. Errors: UsageError for a name that does
 * not exist, a value that is missing, a file that cannot be read.
 */
export function readValues(operation: OperationInfo, words: string[], files: string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  const given = new Map<string, OperationField>()
  const take = (word: string, hint: string) => {
    const at = word.indexOf('=')
    if (at < 1) throw new UsageError(`"${word}" is not ${hint}`)
    const [name, text] = [word.slice(0, at), word.slice(at + 1)]
    const field = findField(operation.fields, name)
    if (!field) throw new UsageError(`${operation.id} has no parameter "${name}"${known(operation, name)}`)
    return { field, text }
  }
  for (const word of words) {
    const { field, text } = take(word, 'of the form name=value')
    if (field.kind === 'file')
      throw new UsageError(`${spokenName(operation.fields, field)} is a file: --file ${word.split('=')[0]}=PATH`)
    const value = text.startsWith('@@') ? text.slice(1) : text.startsWith('@') ? textOfFile(text.slice(1)) : text
    if (given.has(field.key) && field.kind !== 'list')
      throw new UsageError(`${spokenName(operation.fields, field)} is given twice`)
    values[field.name] = given.has(field.key) ? [values[field.name], value].flat() : value
    given.set(field.key, field)
  }
  for (const word of files) {
    const { field, text } = take(word, 'of the form --file name=PATH')
    if (field.kind !== 'file') throw new UsageError(`${spokenName(operation.fields, field)} is not a file`)
    if (given.has(field.key)) throw new UsageError(`${spokenName(operation.fields, field)} is given twice`)
    values[field.name] = fileToSend(text)
    given.set(field.key, field)
  }
  const missing = operation.fields.filter((field) => field.required && !given.has(field.key))
  if (missing.length > 0) {
    const names = missing.map(
      (field) => `${field.kind === 'file' ? '--file ' : ''}${spokenName(operation.fields, field)}=…`,
    )
    throw new UsageError(`${operation.id} also needs ${names.join(' ')}`)
  }
  return values
}

function known({ fields }: OperationInfo, name: string): string {
  const names = fields.map((field) => spokenName(fields, field))
  const [meant] = nearest(name, names, 1)
  if (meant !== undefined) return `; did you mean ${meant}?`
  return names.length === 0 ? '; it takes none' : `; there are: ${names.join(', ')}`
}

function textOfFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      .trimEnd()
  } catch (error) {
    throw unreadable(path, error)
  }
}

function fileToSend(path: string): UploadFile {
  let size: number
  try {
    const found = statSync(path)
    if (!found.isFile()) throw new UsageError(`${path} is not a file`)
    size = found.size
  } catch (error) {
    throw error instanceof UsageError ? error : unreadable(path, error)
  }
  return {
    name: basename(path),
    type: types[extname(path).toLowerCase()] ?? 'application/octet-stream',
    size,
    open: () => createReadStream(path),
  }
}

function unreadable(path: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown failure'
  return new UsageError(`${path} cannot be read (${code})`)
}
