import type {
  PromptBackup,
  PromptCopy,
  PromptSound,
  PromptStore,
  PromptUpload,
} from '../../../main/core/ports/index.ts'

/** The store's promises in memory; the same as main/store/prompts.ts keeps them on a disk. */
export function memoryPromptStore(): PromptStore & { sounds: Map<string, PromptSound> } {
  const sounds = new Map<string, PromptSound>()
  const uploads = new Map<number, PromptUpload>()
  const copies = new Map<string, PromptCopy>()
  const backups = new Map<number, PromptBackup>()
  let next = 1
  const keyOf = (connection: string, prompt: number) => `${connection} ${prompt}`
  const backUp = (copy: PromptCopy, reason: PromptBackup['reason'], at: number, by: string | null) => {
    const { file: _file, savedAt: _at, savedBy: _by, ...rest } = copy
    const id = next++
    backups.set(id, { ...rest, id, reason, at, by })
  }
  return {
    sounds,
    uploads: () => structuredClone([...uploads.values()]),
    copies: (connection) => [...copies.values()].filter((one) => one.connection === connection),
    backups: (connection) => [...backups.values()].filter((one) => one.connection === connection).reverse(),
    backup: (id) => backups.get(id) ?? null,
    sound: (hash) => sounds.get(hash)?.bytes ?? null,
    async enqueue(upload, sound) {
      if (sound) sounds.set(sound.hash, sound)
      const id = next++
      uploads.set(id, { ...structuredClone(upload), id })
      return id
    },
    async setState(id, state) {
      const upload = uploads.get(id)
      if (upload) uploads.set(id, { ...upload, state: structuredClone(state) })
    },
    async confirm(id, { prompt, file, at, keepOld, state }) {
      const upload = uploads.get(id)
      if (!upload) return
      const { connection, title, description, sound, createdBy } = upload
      const key = keyOf(connection, prompt)
      const old = copies.get(key)
      if (sound === null) {
        if (old) copies.set(key, { ...old, title, description, file })
      } else {
        if (old && keepOld && old.sound !== sound) backUp(old, 'replaced', at, createdBy)
        const { facts } = sounds.get(sound)!
        const words = { connection, prompt, title, description, file }
        copies.set(key, { ...words, sound, facts, savedAt: at, savedBy: createdBy })
      }
      uploads.set(id, { ...upload, state })
    },
    async dropUpload(id) {
      uploads.delete(id)
    },
    async removed(connection, prompt, { at, by, keepOld }) {
      const copy = copies.get(keyOf(connection, prompt))
      if (copy && keepOld) backUp(copy, 'deleted', at, by)
      copies.delete(keyOf(connection, prompt))
    },
    async dropBackup(id) {
      backups.delete(id)
    },
    async prune() {},
    async keepCopy(copy, sound) {
      sounds.set(sound.hash, sound)
      copies.set(keyOf(copy.connection, copy.prompt), { ...copy, sound: sound.hash, facts: sound.facts })
    },
    async forget() {},
  }
}
