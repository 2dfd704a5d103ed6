import { useSyncExternalStore } from 'react'

export interface Toast {
  id: number
  tone: 'done' | 'error'
  text: string
  /** Technical lines, folded under "详情". */
  details?: string | undefined
  /** One action: undo, try again. */
  action?: { label: string; run: () => void } | undefined
}

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** Show a short message at the foot of the page. Newest last, three at most; the same error twice is shown once. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  lastId += 1
  const others = toasts.filter((one) => one.tone !== toast.tone || one.text !== toast.text)
  set([...others, { ...toast, id: lastId }].slice(-3))
  return lastId
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id))
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
}
