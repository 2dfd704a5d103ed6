import type { PromptSound, PromptStore, PromptUpload } from '../core/ports/index.ts'

/** Uploads of one command, in memory: a command writes nothing on this PC. Copies and backups are the program's. */
export function sessionPromptStore(): PromptStore {
  const uploads = new Map<number, PromptUpload>()
  const sounds = new Map<string, PromptSound>()
  const nothing = async (): Promise<void> => undefined
  return {
    uploads: () => [...uploads.values()],
    copies: () => [],
    backups: () => [],
    backup: () => null,
    sound: (hash) => sounds.get(hash)?.bytes ?? null,
    async enqueue(upload, sound) {
      if (sound) sounds.set(sound.hash, sound)
      const id = uploads.size + 1
      uploads.set(id, { ...upload, id })
      return id
    },
    async dropUpload(id) {
      uploads.delete(id)
    },
    setState: nothing,
    confirm: nothing,
    removed: nothing,
    dropBackup: nothing,
    prune: nothing,
    keepCopy: nothing,
    forget: nothing,
  }
}
