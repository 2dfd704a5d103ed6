import type { Connection } from '../../../preload/contract/index.ts'
import { CoreError } from '../errors.ts'
import type { SettingsStore } from './settings.ts'

/** Takes connections out of the settings and puts them back. What was removed is kept in memory, secrets included. */
export interface ConnectionRemoval {
  /** Errors: not-found, and those of `SettingsStore.update`. */
  remove(id: string): Promise<void>
  /** Back where it stood. Errors: not-found (not removed here), conflict (its id is taken by now), and those of `update`. */
  restore(id: string): Promise<void>
}

export function createConnectionRemoval(
  settings: Pick<SettingsStore, 'current' | 'snapshot' | 'update'>,
): ConnectionRemoval {
  const removed = new Map<string, { connection: Connection; index: number }>()
  // Secrets of the others stay as they are: in a snapshot they are null, and null leaves them alone.
  const others = () => settings.snapshot().values.connections
  return {
    async remove(id) {
      const { connections } = settings.current()
      const index = connections.findIndex((one) => one.id === id)
      const connection = connections[index]
      if (!connection) throw new CoreError('not-found', { connection: id, reason: 'no such connection' })
      await settings.update({ connections: others().filter((one) => one.id !== id) })
      removed.set(id, { connection, index })
    },
    async restore(id) {
      const kept = removed.get(id)
      if (!kept) throw new CoreError('not-found', { connection: id, reason: 'it was not removed here' })
      const list = others()
      if (list.some((one) => one.id === id))
        throw new CoreError('conflict', { connection: id, reason: 'there is a connection of this name again' })
      await settings.update({ connections: list.toSpliced(kept.index, 0, kept.connection) })
      removed.delete(id)
    },
  }
}
