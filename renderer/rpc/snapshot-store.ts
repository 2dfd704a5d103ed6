import type { SnapshotEvent, Snapshots, Topic } from '../../preload/contract/index.ts'
import { reuse } from './reuse.ts'

/** The newest snapshot of each topic, and whoever wants to know. */
export interface SnapshotStore {
  read<T extends Topic>(topic: T): Snapshots[T] | null
  subscribe(topic: Topic, listener: () => void): () => void
  /** False when the message was older than what we have. Unchanged parts keep their identity, so rows need not render. */
  receive(event: SnapshotEvent): boolean
  /** A new subscription counts from its own start. What was known stays visible until it is replaced. */
  restart(): void
}

export function createSnapshotStore(): SnapshotStore {
  const newest: Partial<Snapshots> = {}
  const listeners = new Map<Topic, Set<() => void>>()
  let lastSeq = Number.NEGATIVE_INFINITY

  const put = <T extends Topic>(topic: T, snapshot: Snapshots[T]): void => {
    const before = newest[topic]
    const after = reuse(before, snapshot) as Snapshots[T]
    if (after === before) return
    newest[topic] = after
    for (const listener of listeners.get(topic) ?? []) listener()
  }

  return {
    read: <T extends Topic>(topic: T) => newest[topic] ?? null,
    subscribe(topic, listener) {
      const set = listeners.get(topic) ?? new Set()
      listeners.set(topic, set.add(listener))
      return () => {
        set.delete(listener)
      }
    },
    receive(event) {
      if (event.seq <= lastSeq) return false
      lastSeq = event.seq
      put(event.topic, event.snapshot)
      return true
    },
    restart() {
      lastSeq = Number.NEGATIVE_INFINITY
    },
  }
}
