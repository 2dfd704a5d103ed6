import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CoreError } from '../core/errors.ts'
import type { Log, RecordingFiles, StoredRecording } from '../core/ports/index.ts'

/** The sound of `key`. Exists only while it is whole: it is written under another name and renamed. */
export const soundFile = (dir: string, key: string) => join(dir, `${key}.sound`)
const factsFile = (dir: string, key: string) => join(dir, `${key}.json`)
const isKey = (text: string) => /^[0-9a-f]{64}$/.test(text)

/**
 * Recordings in a folder: `<key>.sound` with `<key>.json` about it. A recording counts when both are there and the
 * length is right; whatever else lies there (a download that was killed) is swept away when the folder is first read.
 */
export function createRecordingFiles(
  dir: string,
  log: Log,
): RecordingFiles & { get(key: string): Promise<StoredRecording | null> } {
  let read: Promise<Map<string, StoredRecording>> | null = null
  const all = () => {
    read ??= readFolder(dir, log).catch((error: unknown) => {
      read = null
      throw storageFailed(error)
    })
    return read
  }
  const saveFacts = (recording: StoredRecording) =>
    replaceFile(factsFile(dir, recording.key), JSON.stringify(recording)).catch((error: unknown) => {
      throw storageFailed(error)
    })

  return {
    keyOf: (text) => createHash('sha256').update(text).digest('hex'),
    list: async () => [...(await all()).values()],
    get: async (key) => (await all()).get(key) ?? null,
    async begin(key) {
      await all()
      const path = join(dir, `${key}.${randomUUID()}.part`)
      const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
        throw storageFailed(error)
      })
      const close = () => file.close().catch(() => undefined)
      return {
        async write(chunk) {
          await file.appendFile(chunk).catch((error: unknown) => {
            throw storageFailed(error)
          })
        },
        read: () => createReadStream(path),
        async finish(recording) {
          const recordings = await all()
          try {
            await file.sync()
            await close()
            // The facts of an older one first: sound without facts is swept away, facts never speak of another sound.
            await rm(factsFile(dir, key), { force: true })
            await rename(path, soundFile(dir, key))
            await saveFacts(recording)
          } catch (error) {
            await close()
            for (const left of [path, soundFile(dir, key)]) await rm(left, { force: true }).catch(() => undefined)
            recordings.delete(key)
            throw storageFailed(error)
          }
          recordings.set(key, recording)
        },
        async discard() {
          await close()
          await rm(path, { force: true }).catch((error: unknown) => {
            log.warn('recording-part-left', { reason: error instanceof Error ? error.name : 'unknown' })
          })
        },
      }
    },
    async touch(key, at) {
      const recordings = await all()
      const found = recordings.get(key)
      if (!found) return
      const used = { ...found, usedAt: at }
      recordings.set(key, used)
      // When it was last used decides only what goes first: a full disk must not keep it from being played.
      await saveFacts(used).catch((error: unknown) => log.warn('recording-not-touched', reasonOf(error)))
    },
    async remove(key) {
      const recordings = await all()
      try {
        await rm(soundFile(dir, key), { force: true })
        await rm(factsFile(dir, key), { force: true })
      } catch (error) {
        throw storageFailed(error)
      }
      recordings.delete(key)
    },
  }
}

async function readFolder(dir: string, log: Log): Promise<Map<string, StoredRecording>> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const recordings = new Map<string, StoredRecording>()
  const names = await readdir(dir)
  for (const name of names) {
    const key = name.slice(0, 64)
    if (name === `${key}.json` && isKey(key)) {
      const recording = await readOne(dir, key)
      if (recording) recordings.set(key, recording)
    }
  }
  const known = (name: string) => recordings.has(name.slice(0, 64)) && /^[0-9a-f]{64}\.(sound|json)$/.test(name)
  const swept = names.filter((name) => /^[0-9a-f]{64}\./.test(name) && !known(name))
  for (const name of swept) await rm(join(dir, name), { force: true })
  if (swept.length > 0) log.info('recordings-swept', { files: swept.length })
  return recordings
}

/** Null when sound and facts do not fit together. */
async function readOne(dir: string, key: string): Promise<StoredRecording | null> {
  try {
    const facts = JSON.parse(await readFile(factsFile(dir, key), 'utf8')) as StoredRecording
    const { size } = await stat(soundFile(dir, key))
    return facts.key === key && facts.bytes === size ? facts : null
  } catch {
    return null // not there, or no JSON: swept away with the rest
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.${randomUUID()}.part`
  try {
    await writeFile(next, text, { mode: 0o600 })
    await rename(next, path)
  } catch (error) {
    await rm(next, { force: true })
    throw error
  }
}

const reasonOf = (error: unknown) => ({ reason: error instanceof CoreError ? error.details.reason : 'unknown' })

function storageFailed(error: unknown): CoreError {
  if (error instanceof CoreError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  return new CoreError('storage-failed', { reason: isFull ? 'disk-full' : `recordings: ${code}` }, error)
}
