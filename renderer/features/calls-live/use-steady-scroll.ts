import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { typingIn } from './use-held-order.ts'

/**
 * While the pointer is over a card, or somebody types in one, that card stays where it is: cards that come or go above
 * are scrolled away, with room made at the ends where the list is too short. Leaving the list puts things back.
 * `above` = there is something new above.
 */
export function useSteadyScroll(list: RefObject<HTMLElement | null>, firstKey: string | undefined) {
  const anchor = useRef<{ element: Element; top: number } | null>(null)
  const shifted = useRef(false)
  const [above, setAbove] = useState(false)

  const remember = useCallback(() => {
    const box = list.current
    const element = box && anchorOf(box)
    anchor.current = element ? { element, top: element.getBoundingClientRect().top } : null
  }, [list])

  // After every commit: has the card that is in use moved?
  useLayoutEffect(() => {
    const box = list.current
    const held = anchor.current
    if (!box || !held) return
    if (!held.element.isConnected || held.element !== anchorOf(box, held.element)) return remember()
    const moved = held.element.getBoundingClientRect().top - held.top
    if (Math.abs(moved) < 1) return
    shifted.current = true
    const wanted = box.scrollTop + moved
    const style = getComputedStyle(box)
    if (wanted < 0) box.style.paddingTop = `${Number.parseFloat(style.paddingTop) - wanted}px`
    const room = roomBelow(box, style)
    // Room for a whole view, so that a card that gets shorter (a list that is filtered) does not pull everything down.
    const lack = wanted + box.clientHeight - room
    if (lack > 0) box.style.paddingBottom = `${Number.parseFloat(style.paddingBottom) + lack}px`
    box.scrollTop = wanted
  })

  // A new first card while the list is held is out of sight: say so.
  const seenFirst = useRef(firstKey)
  useLayoutEffect(() => {
    if (seenFirst.current === firstKey) return
    seenFirst.current = firstKey
    if (firstKey && shifted.current && (list.current?.scrollTop ?? 0) > 0) setAbove(true)
  }, [firstKey, list])

  const release = useCallback(() => {
    const box = list.current
    if (box && typingIn(box)) return remember()
    anchor.current = null
    setAbove(false)
    if (!box || !shifted.current) return
    shifted.current = false
    box.style.paddingTop = ''
    box.style.paddingBottom = ''
    box.scrollTo({ top: 0 })
  }, [list, remember])

  return { above, release, hold: remember }
}

/** How far the list could be scrolled with all its cards; negative when they do not fill it. */
function roomBelow(box: HTMLElement, style: CSSStyleDeclaration): number {
  const last = box.lastElementChild?.getBoundingClientRect().bottom ?? 0
  const end = last - box.getBoundingClientRect().top + box.scrollTop + Number.parseFloat(style.paddingBottom)
  return end - box.clientHeight
}

/** The card that must not move: under the pointer (`preferred` even if it has just been moved away), else the one typed in. */
function anchorOf(box: HTMLElement, preferred?: Element): Element | null {
  const cards = [...box.children]
  const field = typingIn(box)
  const typed = field && cards.find((card) => card.contains(field))
  if (preferred && (preferred === typed || preferred.matches(':hover'))) return preferred
  return cards.find((card) => card.matches(':hover')) ?? typed ?? null
}
