import { useCallback, useEffect, useRef, useState } from 'react'
import type { Call } from '../../../preload/contract/index.ts'

const restMs = 1500

/**
 * Cards must not move under a pointer that is about to press: while it moves over the stack (and until it has rested
 * for 1.5 s or left), the same calls stay in the same places. What a card says stays current.
 */
export function useSteadyCards(cards: readonly Call[]) {
  const [held, setHeld] = useState<string[] | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const release = useCallback(() => {
    clearTimeout(timer.current)
    setHeld(null)
  }, [])
  const hold = useCallback((ids: string[]) => {
    setHeld((before) => before ?? ids)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setHeld(null), restMs)
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])
  return { cards: held ? steady(cards, held) : cards, isHeld: held !== null, hold, release }
}

/** Those of the held calls that still exist, as they are now. */
export function steady(cards: readonly Call[], held: readonly string[]): Call[] {
  const now = new Map(cards.map((call) => [call.callId, call]))
  return held.map((id) => now.get(id)).filter((call) => call !== undefined)
}
