import { useCallback, useSyncExternalStore } from 'react'

/** One clock for every visible timer: it ticks on the full second, and only while somebody looks. */
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined
let now = Date.now()

function tick(): void {
  now = Date.now()
  timer = setTimeout(tick, 1000 - (now % 1000))
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) tick()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearTimeout(timer)
    timer = undefined
  }
}

/** Epoch ms, renewed every `stepMs` (a multiple of 1000). Re-renders only the component that asks. */
export function useNow(stepMs = 1000): number {
  const read = useCallback(() => (stepMs <= 1000 ? now : Math.floor(now / stepMs) * stepMs), [stepMs])
  return useSyncExternalStore(subscribe, read)
}
