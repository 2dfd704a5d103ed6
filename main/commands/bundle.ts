import { existsSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { withoutSecrets } from '../core/settings/connection-secrets.ts'
import { maskText, secretFields } from '../runtime/masks.ts'
import { type ZipEntry, zipOf } from '../runtime/zip-file.ts'
import type { Configured } from './configured.ts'
import type { Finding } from './findings.ts'

/** Of each log file, the end. */
const logBytes = 2_000_000
const removed = '[removed]'

/** What IT needs to help: findings, settings and logs, without secrets and with telephone numbers masked. */
export async function bundleOf(findings: readonly Finding[], configured: Configured, at: Date): Promise<Buffer> {
  const { settings, dataDir, settingsFile } = configured
  const scrub = scrubber([...configured.secrets.values()])
  const json = (name: string, value: unknown): ZipEntry => ({
    name,
    bytes: Buffer.from(scrub(`${JSON.stringify(value, null, 2)}\n`)),
  })
  const logs = await Promise.all(
    ['frontbell.log.old', 'frontbell.log'].map(async (name): Promise<ZipEntry[]> => {
      const file = join(dataDir, 'logs', name)
      if (!existsSync(file)) return []
      return [{ name: `logs/${name}`, bytes: Buffer.from(scrub(maskLog(await endOf(file)))) }]
    }),
  )
  const entries = [
    json('diagnose.json', { at: at.toISOString(), settingsFile, dataDir, findings }),
    json('settings.json', maskValue(withoutSecrets(settings))),
    ...logs.flat(),
  ]
  return zipOf(entries, at)
}

/** Whole lines only. */
async function endOf(file: string): Promise<string> {
  const { size } = await stat(file)
  const from = Math.max(0, size - logBytes)
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from)
    const text = buffer.toString('utf8', 0, bytesRead)
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1)
  } finally {
    await handle.close()
  }
}

/** The secrets that are known, wherever they stand, also as they are written inside JSON. Short ones would hit anything. */
function scrubber(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((one) => one.length >= 4)
    .flatMap((one) => [one, JSON.stringify(one).slice(1, -1), encodeURIComponent(one)])
  return (text) => forms.reduce((left, form) => left.replaceAll(form, removed), text)
}

/** Numbers were masked when the line was written; this is the second look, for lines of older versions. */
function maskLog(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      try {
        return JSON.stringify(maskValue(JSON.parse(line)))
      } catch {
        return maskText(line)
      }
    })
    .join('\n')
}

/** Addresses, times and program facts are digits too, and no one's telephone number. */
const plainNames = /^(time|at|pid|port|file|dataDir|ms|bytes|count|version|address|url|baseUrl|host|allow|id|level)$/
const secretNames = new RegExp(`^(${secretFields.join('|')})$|secret|password|token`, 'i')

function maskValue(value: unknown, name = ''): unknown {
  if (secretNames.test(name)) return value === null || value === '' ? value : removed
  if (Array.isArray(value)) return value.map((one) => maskValue(one, name))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskValue(inner, key)]))
  if (typeof value === 'string') return plainNames.test(name) ? withoutUser(value) : maskText(value)
  const isLong = typeof value === 'number' && Math.abs(value) >= 1e7
  return isLong && !plainNames.test(name) ? maskText(String(value)) : value
}

/** `http://user:password@host` → `http://host`. */
const withoutUser = (text: string) => text.replace(/(\/\/)[^/@\s]*@/, '$1')
