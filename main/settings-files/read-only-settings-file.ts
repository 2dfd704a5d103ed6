import { basename } from 'node:path'
import { CoreError } from '../core/errors.ts'
import type { SettingsFile } from '../core/settings/ports.ts'
import { readText } from './file-text.ts'
import { parseObject } from './json-format.ts'

/** A settings file that is only looked at: nothing is written, in it or beside it. */
export function createReadOnlySettingsFile(path: string): SettingsFile {
  return {
    path,
    read() {
      const text = readText(path)
      return text === null ? null : parseObject(text)
    },
    async write() {
      throw new CoreError('forbidden', { field: basename(path), reason: `${path} is only read here` })
    },
    watch: () => () => {},
    lastGood: () => null,
    keepGood: () => {},
    keepFaulty: () => {},
  }
}
