import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import pino from 'pino'
import type { Log } from '../core/ports/index.ts'
import { maskFields, secretFields } from './masks.ts'

const maxLogBytes = 5_000_000

/**
 * JSON lines to a file (kept to two files of 5 MB) or to stderr. Secret fields are removed, digit runs masked.
 * `level` as pino's; `debug` still never holds bodies or query strings.
 */
export function createLog(options: { file: string | null; level: string }): Log {
  const destination = options.file === null ? pino.destination(2) : logFile(options.file)
  const base = pino(
    {
      level: options.level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretFields.flatMap((name) => [name, `*.${name}`]), censor: '[removed]' },
    },
    destination,
  )
  return wrap(base)
}

function logFile(file: string) {
  mkdirSync(dirname(file), { recursive: true })
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxLogBytes) renameSync(file, `${file}.old`)
  return pino.destination({ dest: file, sync: true, mode: 0o600 })
}

function wrap(target: pino.Logger): Log {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: Record<string, unknown> = {}) =>
      target[level](maskFields(fields), event)
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (room) => wrap(target.child({ room })),
  }
}
