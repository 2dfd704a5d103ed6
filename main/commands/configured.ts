import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Connection, Settings } from '../../preload/contract/index.ts'
import type { FieldProblem } from '../core/settings/check.ts'
import { plainSecrets } from '../core/settings/connection-secrets.ts'
import { createSettings } from '../core/settings/settings.ts'
import { defaultDataDir } from '../runtime/data-dir.ts'
import { createLog } from '../runtime/pino-log.ts'
import { createMemorySecrets } from '../settings-files/memory-secrets.ts'
import { createPolicyFile } from '../settings-files/policy-file.ts'
import { createReadOnlySettingsFile } from '../settings-files/read-only-settings-file.ts'
import { UsageError } from './usage.ts'

/** What a command works with: the settings in force, read once, nothing written. */
export interface Configured {
  settings: Settings
  settingsFile: string
  dataDir: string
  /** Wrong fields and files; they are not in force. */
  problems: readonly FieldProblem[]
  /** Every secret that is known here, by key. */
  secrets: ReadonlyMap<string, string>
  /** Secrets of a connection that only the desktop program can open. */
  sealedSecrets(connection: Connection): string[]
}

/** `--settings FILE`, else the settings of `--data-dir DIR`, else those of this user. The policy of this computer applies. */
export async function readConfigured(options: { settings?: string; 'data-dir'?: string }): Promise<Configured> {
  const dataDir = resolve(options['data-dir'] ?? defaultDataDir())
  const settingsFile = resolve(options.settings ?? join(dataDir, 'settings.json'))
  if (options.settings !== undefined && !existsSync(settingsFile))
    throw new UsageError(`there is no settings file ${settingsFile}`, `没有设置文件 ${settingsFile}`)
  const store = createSettings({
    file: createReadOnlySettingsFile(settingsFile),
    policy: createPolicyFile(),
    secrets: createMemorySecrets(),
    log: quietLog(),
  })
  await store.ready
  const settings = store.current()
  const { problems } = store.snapshot()
  store.close()
  const secrets = plainSecrets(settings)
  const sealed = sealedKeys(join(dataDir, 'secrets.json'))
  return {
    settings,
    settingsFile,
    dataDir,
    problems,
    secrets,
    sealedSecrets: ({ id }) =>
      sealed
        .filter((key) => key.startsWith(`connections.${id}.`) && !secrets.has(key))
        .map((key) => key.split('.')[2]!),
  }
}

/** Commands talk on stderr themselves; the log is for `FRONTBELL_LOG_LEVEL=debug`. */
export function quietLog() {
  return createLog({ file: null, level: process.env.FRONTBELL_LOG_LEVEL ?? 'silent' })
}

/** The names, not the secrets: those are encrypted with this user's key of the desktop program. */
function sealedKeys(file: string): string[] {
  try {
    return Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object)
  } catch {
    return [] // no such file, or a damaged one: then nothing is sealed
  }
}

/** The connection that an operation of `system` goes to. Errors: UsageError. Null = none is configured. */
export function chooseConnection({ settings }: Configured, system: string, id: string | undefined): Connection | null {
  const fitting = settings.connections.filter((one) => one.system === system)
  const names = fitting.map((one) => one.id).join(', ')
  if (id === undefined) {
    if (fitting.length > 1)
      throw new UsageError(
        `several connections of ${system}: choose one with --connection (${names})`,
        `${system} 有多个连接，请用 --connection 选一个（${names}）`,
      )
    return fitting[0] ?? null
  }
  const chosen = settings.connections.find((one) => one.id === id)
  if (chosen?.system === system) return chosen
  const [known, knownZh] =
    names === ''
      ? [`no connection of ${system} is configured`, `还没有设置 ${system} 的连接`]
      : [`there are: ${names}`, `可用的有：${names}`]
  throw chosen
    ? new UsageError(
        `connection ${id} is of ${chosen.system}, not of ${system}; ${known}`,
        `连接 ${id} 属于 ${chosen.system}，不是 ${system}；${knownZh}`,
      )
    : new UsageError(`no connection "${id}"; ${known}`, `没有“${id}”这个连接；${knownZh}`)
}

/** What to write into the settings for a first connection of a system. */
export function missingConnection(system: string, { settingsFile, problems }: Configured): { en: string; zh: string } {
  const wrong = problems.filter(({ field }) => field.startsWith('connections') || field === basename(settingsFile))
  if (wrong.length > 0) {
    const reasons = wrong.map(({ field, reason }) => `${field} ${reason}`).join('; ')
    return {
      en: `no usable connection of ${system}: in ${settingsFile}, ${reasons}`,
      zh: `没有可用的 ${system} 连接：${settingsFile} 里 ${reasons}`,
    }
  }
  const entry = `{"id":"…","system":"${system}","baseUrl":"http://…"}`
  return {
    en: `no connection of ${system} is configured: add ${entry} to "connections" in ${settingsFile}`,
    zh: `还没有设置 ${system} 的连接：请在 ${settingsFile} 的 "connections" 里加上 ${entry}`,
  }
}
