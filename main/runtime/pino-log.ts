import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import pino from 'pino'
import type { Log } from '../core/ports/index.ts'

/** Field names that never reach a log, wherever they stand. */
const secretFields = [
  'password',
  'secret',
  'token',
  'appSecret',
  'clientSecret',
  'captchaSecret',
  'authorization',
  'cookie',
  'digest',
  'pwd',
]
const maxLogBytes = 5_000_000

/** Runs of 7 to 15 digits in free text, with the separators people use: the second net behind `maskNumber`. */
const digitRun = /(?:\+|%2B)?\d(?:[\s\-.()]?\d){6,14}/gi

function maskText(text: string): string {
  return text.replace(digitRun, (run) => {
    const digits = run.replace(/\D/g, '')
    return digits.length < 8 ? '***' : `${digits.slice(0, 3)}****${digits.slice(-4)}`
  })
}

/** Identifiers, paths and times are long digit runs too, and no one's telephone number. */
const plainFields = new Set([
  'time',
  'pid',
  'port',
  'file',
  'dataDir',
  'ms',
  'bytes',
  'count',
  'version',
  'address',
  'url',
])

function maskFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'string' && !plainFields.has(key) ? maskText(value) : value,
    ]),
  )
}

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
