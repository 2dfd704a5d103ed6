import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Snapshots, Topic } from '../../preload/contract/index.ts'
import { type LinkState, readLinkState, snapshots, subscribeLinkState } from './connection.ts'

/**
 * The newest snapshot of a topic, or null before the first. Equal parts keep their identity between snapshots, so with
 * `pick` (a part, a number, a text) the component renders only when that part changes.
 */
export function useSnapshot<T extends Topic>(topic: T): Snapshots[T] | null
export function useSnapshot<T extends Topic, Part>(topic: T, pick: (snapshot: Snapshots[T] | null) => Part): Part
export function useSnapshot<T extends Topic, Part>(topic: T, pick?: (snapshot: Snapshots[T] | null) => Part) {
  const subscribe = useCallback((listener: () => void) => snapshots.subscribe(topic, listener), [topic])
  return useSyncExternalStore(subscribe, () => (pick ? pick(snapshots.read(topic)) : snapshots.read(topic)))
}

/** The newest snapshot outside React. */
export function readSnapshot<T extends Topic>(topic: T): Snapshots[T] | null {
  return snapshots.read(topic)
}

export function useLinkState(): LinkState {
  return useSyncExternalStore(subscribeLinkState, readLinkState)
}

const patienceMs = 2000

/** The core has been away for more than two seconds: what the page shows may be old. */
export function useCoreAway(): boolean {
  const { lostAt } = useLinkState()
  const [away, setAway] = useState(false)
  useEffect(() => {
    if (lostAt === null) return setAway(false)
    const timer = setTimeout(() => setAway(true), Math.max(0, lostAt + patienceMs - Date.now()))
    return () => clearTimeout(timer)
  }, [lostAt])
  return away
}
