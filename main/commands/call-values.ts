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
  const take = (word: string, form: string) => {
    const at = word.indexOf('=')
    if (at < 1) throw new UsageError(`"${word}" is not of the form ${form}`, `“${word}”不是 ${form} 的写法`)
    const [name, text] = [word.slice(0, at), word.slice(at + 1)]
    const field = findField(operation.fields, name)
    const isOfFamily = operation.fields.some(({ prefix }) => prefix !== undefined && name.startsWith(prefix))
    if (!field && !isOfFamily) throw unknownParameter(operation, name)
    return { field, name, text }
  }
  for (const word of words) {
    const { field, name, text } = take(word, 'name=value')
    if (field?.kind === 'file')
      throw new UsageError(
        `${spokenName(operation.fields, field)} is a file: --file ${name}=PATH`,
        `${spokenName(operation.fields, field)} 是文件，要写成 --file ${name}=路径`,
      )
    const value = text.startsWith('@@') ? text.slice(1) : text.startsWith('@') ? textOfFile(text.slice(1)) : text
    const key = field?.name ?? name
    if (key in values && field?.kind !== 'list') throw new UsageError(`${name} is given twice`, `${name} 写了两次`)
    values[key] = key in values ? [values[key], value].flat() : value
    if (field) given.add(field.key)
  }
  for (const word of files) {
    const { field, name, text } = take(word, '--file name=PATH')
    if (field?.kind !== 'file') throw new UsageError(`${name} is not a file`, `${name} 不是文件参数`)
    if (field.name in values) throw new UsageError(`${name} is given twice`, `${name} 写了两次`)
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
  return new UsageError(`${operation.id} also needs ${names.join(' ')}`, `${operation.id} 还需要 ${names.join(' ')}`)
}

function unknownParameter({ id, fields }: OperationInfo, name: string): UsageError {
  const names = fields.map((field) => spokenName(fields, field))
  const [meant] = nearest(name, names, 1)
  const [hint, hintZh] =
    meant !== undefined
      ? [`did you mean ${meant}?`, `是不是 ${meant}？`]
      : names.length === 0
        ? ['it takes none', '它不带参数']
        : [`there are: ${names.join(', ')}`, `可用的有：${names.join('、')}`]
  return new UsageError(`${id} has no parameter "${name}"; ${hint}`, `${id} 没有“${name}”这个参数；${hintZh}`)
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
    if (!found.isFile()) throw new UsageError(`${path} is not a file`, `${path} 不是文件`)
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
  return new UsageError(`${path} cannot be read (${code})`, `${path} 读不了（${code}）`)
}
