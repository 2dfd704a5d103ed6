import { useSyncExternalStore } from 'react'
import type { Call } from '../../../preload/contract/calls.ts'

let call: Call | null = null
const listeners = new Set<() => void>()

/** The card under the pointer while it is dragged; the board's tiles then say what a drop would do. */
export const draggedCall = {
  read: (): Call | null => call,
  set(next: Call | null): void {
    call = next
    for (const listener of listeners) listener()
  },
}

export function useDraggedCall(): Call | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, draggedCall.read)
}
