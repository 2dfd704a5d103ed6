import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CoreError } from '../core/errors.ts'
import type { Log } from '../core/ports/index.ts'
import type { Secrets } from '../core/settings/ports.ts'
import type { ElectronApi } from './electron-api.ts'

type SafeStorage = Pick<
  ElectronApi['safeStorage'],
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

export interface SecretsDeps {
  safeStorage: SafeStorage
  log: Log
  file: string
  platform: NodeJS.Platform
}

/**
 * Secrets encrypted with the key that the system keeps for this user, in a file of their own. Where the system keeps no
 * key (Linux without a key ring, whose "basic text" is no protection) nothing is written and `available` is false:
 * the settings then hold secrets in memory only. Call after the app is ready.
 */
export async function openSecrets({ safeStorage, log, file, platform }: SecretsDeps): Promise<Secrets> {
  const unprotected =
    platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
  const available = !unprotected && (await safeStorage.isAsyncEncryptionAvailable().catch(() => false))
  if (!available) log.warn('secrets-not-stored', { reason: 'this system offers no key for this user' })
  const sealed = available ? await readSealed(file, log) : new Map<string, string>()
  let writing: Promise<void> = Promise.resolve()

  /** One write after the other, each with everything known by then. */
  const save = (): Promise<void> => {
    const next = writing.catch(() => {}).then(() => writeSealed(file, sealed))
    writing = next
    return next
  }
  const seal = async (key: string, value: string) => {
    const bytes = await safeStorage.encryptStringAsync(value)
    sealed.set(key, bytes.toString('base64'))
  }

  return {
    available,
    async get(key) {
      const text = sealed.get(key)
      if (text === undefined) return null
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(text, 'base64'))
        if (shouldReEncrypt) {
          await seal(key, result)
          await save()
        }
        return result
      } catch (error) {
        // Another user's key, or a new machine: it cannot be read any more and must be entered again.
        log.warn('secret-unreadable', { key, error: error instanceof Error ? error.name : 'unknown' })
        return null
      }
    },
    async set(key, value) {
      if (!available) return
      if (value === null) sealed.delete(key)
      else await seal(key, value)
      await save()
    },
  }
}

async function readSealed(file: string, log: Log): Promise<Map<string, string>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw new CoreError('storage-failed', { reason: `${file} cannot be read` }, error)
  }
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>)
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    log.warn('secrets-file-damaged', { file })
    await rename(file, `${file}.faulty`)
    return new Map()
  }
}

/** Temp, fsync, rename: the old or the new secrets are there, whole, whatever happens. */
async function writeSealed(file: string, sealed: Map<string, string>): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`
  try {
    await mkdir(dirname(file), { recursive: true })
    const handle = await open(draft, 'w', 0o600)
    try {
      await handle.writeFile(`${JSON.stringify(Object.fromEntries(sealed), null, 2)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (error) {
    throw new CoreError('storage-failed', { reason: `${file} cannot be written` }, error)
  }
}
