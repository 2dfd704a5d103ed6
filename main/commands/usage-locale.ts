import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Settings } from '../../preload/contract/index.ts'
import { defaultDataDir } from '../runtime/data-dir.ts'

/** The language of the settings that wrong words were meant for; where there are none, that of this user's system. */
export async function usageLocale(args: string[]): Promise<Settings['locale']> {
  const place = { settings: { type: 'string' }, 'data-dir': { type: 'string' } } as const
  const { values } = parseArgs({ args, options: place, strict: false, allowPositionals: true })
  // A value that is missing is read as true.
  const said = (value: unknown) => (typeof value === 'string' ? value : undefined)
  const dataDir = said(values['data-dir']) ?? defaultDataDir()
  const settings = resolve(said(values.settings) ?? join(dataDir, 'settings.json'))
  if (!existsSync(settings)) return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh') ? 'zh-CN' : 'en'
  const { readConfigured } = await import('./configured.ts')
  return (await readConfigured({ settings, 'data-dir': dataDir })).settings.locale
}
