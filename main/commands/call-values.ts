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

export interface GivenValues {
  values: Record<string, unknown>
  /** Required ones that were not given: the connection's settings may know them. */
  missing: OperationField[]
}

/**
 * `name=value` words and `--file name=PATH` as values of an operation, by the vendor's names. `@PATH` is the text of a
 * file, `@@…` text that begins with @. A list may be given by repeating its name. Errors: UsageError for a name that does
 * not exist, a file that cannot be read.
 */
export function readValues(operation: OperationInfo, words: string[], files: string[]): GivenValues {
  const values: Record<string, unknown> = Object.create(null)
  const given = new Set<string>()
  const take = (word: string, hint: string) => {
    const at = word.indexOf('=')
    if (at < 1) throw new UsageError(`"${word}" is not ${hint}`)
    const [name, text] = [word.slice(0, at), word.slice(at + 1)]
    const field = findField(operation.fields, name)
    const isOfFamily = operation.fields.some(({ prefix }) => prefix !== undefined && name.startsWith(prefix))
    if (!field && !isOfFamily)
      throw new UsageError(`${operation.id} has no parameter "${name}"${known(operation, name)}`)
    return { field, name, text }
  }
  for (const word of words) {
    const { field, name, text } = take(word, 'of the form name=value')
    if (field?.kind === 'file')
      throw new UsageError(`${spokenName(operation.fields, field)} is a file: --file ${name}=PATH`)
    const value = text.startsWith('@@') ? text.slice(1) : text.startsWith('@') ? textOfFile(text.slice(1)) : text
    const key = field?.name ?? name
    if (key in values && field?.kind !== 'list') throw new UsageError(`${name} is given twice`)
    values[key] = key in values ? [values[key], value].flat() : value
    if (field) given.add(field.key)
  }
  for (const word of files) {
    const { field, name, text } = take(word, 'of the form --file name=PATH')
    if (field?.kind !== 'file') throw new UsageError(`${name} is not a file`)
    if (field.name in values) throw new UsageError(`${name} is given twice`)
    values[field.name] = fileToSend(text)
    given.add(field.key)
  }
  return { values, missing: operation.fields.filter((field) => field.required && !given.has(field.key)) }
}

/** The sentence for parameters that turned out to be missing. */
export function missingValues(operation: OperationInfo, missing: readonly OperationField[]): UsageError {
  const names = missing.map(
    (field) => `${field.kind === 'file' ? '--file ' : ''}${spokenName(operation.fields, field)}=…`,
  )
  return new UsageError(`${operation.id} also needs ${names.join(' ')}`)
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
