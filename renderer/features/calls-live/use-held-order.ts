import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { Call } from '../../../preload/contract/calls.ts'
import { holdOrder, orderCards } from './card-order.ts'

/**
 * The cards in order. While the pointer is over the list or somebody types in it, known cards keep their places among
 * each other: a call that is answered just then sinks to its place afterwards. Tell it with `hold` that one of both began.
 */
export function useHeldOrder(list: RefObject<HTMLElement | null>, cards: readonly Call[]) {
  const [held, setHeld] = useState(false)
  const shown = useRef<string[]>([])
  const ordered = useMemo(() => {
    const wanted = orderCards(cards)
    return held ? holdOrder(wanted, shown.current) : wanted
  }, [cards, held])
  useEffect(() => {
    shown.current = ordered.map((call) => call.callId)
    // A field that went with its card tells nobody that it lost the focus.
    if (held && !isInUse(list.current)) setHeld(false)
  }, [ordered, held, list])
  return { cards: ordered, update: () => setHeld(isInUse(list.current)) }
}

/** The pointer is over it, or somebody types in it. */
export function isInUse(list: HTMLElement | null): boolean {
  return list !== null && (list.matches(':hover') || typingIn(list) !== null)
}

/** The field of the list that has the focus. */
export function typingIn(list: HTMLElement): HTMLInputElement | HTMLTextAreaElement | null {
  const { activeElement } = document
  const isField = activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement
  return isField && list.contains(activeElement) ? activeElement : null
}
