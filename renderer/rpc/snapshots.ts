import { useCallback, useSyncExternalStore } from 'react'
import type { Snapshots, Topic } from '../../preload/contract/index.ts'
import { type LinkState, readLinkState, snapshots, subscribeLinkState } from './connection.ts'

/** The newest snapshot of a topic, or null before the first. Equal parts keep their identity between snapshots. */
export function useSnapshot<T extends Topic>(topic: T): Snapshots[T] | null {
  const subscribe = useCallback((listener: () => void) => snapshots.subscribe(topic, listener), [topic])
  return useSyncExternalStore(subscribe, () => snapshots.read(topic))
}

/** The newest snapshot outside React. */
export function readSnapshot<T extends Topic>(topic: T): Snapshots[T] | null {
  return snapshots.read(topic)
}

export function useLinkState(): LinkState {
  return useSyncExternalStore(subscribeLinkState, readLinkState)
}
