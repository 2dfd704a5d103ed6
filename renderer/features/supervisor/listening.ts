import { useSyncExternalStore } from 'react'
import type { Extension } from '../../../preload/contract/board.ts'

/** A call that was asked to be listened to. The PBX does not report who listens: this is only what was asked for. */
export interface Listening {
  agent: Extension
  /** Epoch ms. */
  since: number
}

let listening: Listening | null = null
const listeners = new Set<() => void>()

function set(next: Listening | null): void {
  listening = next
  for (const listener of listeners) listener()
}

export const beginListening = (agent: Extension): void => set({ agent, since: Date.now() })

/** Of this extension, or of any. */
export function stopListening(extension?: string): void {
  if (listening && (extension === undefined || listening.agent.extension === extension)) set(null)
}

export function useListening(): Listening | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => listening,
  )
}
