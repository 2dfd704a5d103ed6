import { basename, dirname, extname } from 'node:path'
import Conf from 'conf'
import { CoreError } from '../core/errors.ts'
import type { SettingsFile } from '../core/settings/ports.ts'
import { blankSecrets, readText, replaceFile, syncFolder } from './file-text.ts'
import { createJsonFormat, type JsonFormat, parseObject } from './json-format.ts'
import { watchFile } from './watch-file.ts'

/** What conf and electron-store (which extends it) have in common, as far as it is used here. */
export interface ConfLike {
  readonly path: string
  store: Record<string, unknown>
}

/**
 * Options for conf; electron-store wants `configName` as `name` and the rest as it is. The file is exactly `path`.
 * A faulty file is never cleared: it is the user's, and it is named to them.
 */
export function confOptions(path: string, format: JsonFormat) {
  const extension = extname(path)
  return {
    cwd: dirname(path),
    configName: basename(path, extension),
    fileExtension: extension.slice(1),
    projectSuffix: '',
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
    serialize: format.serialize,
    deserialize: format.deserialize,
  }
}

/** The settings file of the Node host. Errors: storage-failed when the file cannot be opened at all. */
export function createConfSettingsFile(path: string): SettingsFile {
  const format = createJsonFormat()
  try {
    return settingsFileOn(new Conf<Record<string, unknown>>(confOptions(path, format)), format)
  } catch (error) {
    throw storageFailed(path, 'cannot be opened', error)
  }
}

/** The settings file on top of an open conf or electron-store. Beside it stand `.last-good` and, at need, `.faulty`. */
export function settingsFileOn(conf: ConfLike, format: JsonFormat): SettingsFile {
  const { path } = conf
  const goodPath = `${path}.last-good`
  /** The text of our own last write or read: what differs from it was written by somebody else. */
  let known = readText(path)

  return {
    path,
    read() {
      const text = readText(path)
      known = text
      if (text === null) return null
      const values = { ...conf.store }
      const problem = format.problem()
      if (problem !== null) throw new CoreError('bad-request', { reason: problem, field: basename(path) })
      return values
    },
    async write(values) {
      try {
        conf.store = values
        syncFolder(dirname(path))
      } catch (error) {
        throw storageFailed(path, 'cannot be written', error)
      }
      known = readText(path)
    },
    watch: (onChange) =>
      watchFile(path, () => {
        if (readText(path) !== known) onChange()
      }),
    lastGood() {
      try {
        const text = readText(goodPath)
        return text === null ? null : parseObject(text)
      } catch {
        // The copy is as broken as the file, and the file's fault is already being told.
        return null
      }
    },
    keepGood(values) {
      const text = format.serialize(values)
      if (text !== readText(goodPath)) replaceFile(goodPath, text)
    },
    keepFaulty() {
      const text = readText(path)
      if (text !== null) replaceFile(`${path}.faulty`, blankSecrets(text))
    },
  }
}

function storageFailed(path: string, what: string, cause: unknown): CoreError {
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
  return new CoreError('storage-failed', { field: basename(path), reason: `${path} ${what}${code}` }, cause)
}
