import { useMemo, useRef, useSyncExternalStore } from 'react'
import type { Call } from '../../../preload/contract/calls.ts'

let open: ReadonlySet<string> = new Set()
/** The note that was asked for last and did not get the keyboard yet: only a click or a key gives it, never a page that opens. */
let wanted: string | null = null
const listeners = new Set<() => void>()

function change(callId: string, isOpen: boolean): void {
  if (open.has(callId) === isOpen) return
  const next = new Set(open)
  if (isOpen) next.add(callId)
  else next.delete(callId)
  open = next
  wanted = isOpen ? callId : null
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Is the note of this call open? Shared by every part that draws the call. */
export function useNotesOpen(callId: string): [isOpen: boolean, setOpen: (isOpen: boolean) => void] {
  const isOpen = useSyncExternalStore(subscribe, () => open.has(callId))
  return [isOpen, (next) => change(callId, next)]
}

/** Open the note of a call from elsewhere: a key. */
export const openNotes = (callId: string): void => change(callId, true)

/** Should the field of this note take the keyboard? True once. */
export function takeKeyboard(callId: string): boolean {
  if (wanted !== callId) return false
  wanted = null
  return true
}

/** The cards, and behind them those whose note is still open: a card does not go away under the hands of who writes on it. */
export function useKeptCards(cards: readonly Call[]): readonly Call[] {
  const now = useSyncExternalStore(subscribe, () => open)
  const seen = useRef(new Map<string, Call>())
  return useMemo(() => {
    const known = seen.current
    for (const call of cards) known.set(call.callId, call)
    const here = new Set(cards.map((call) => call.callId))
    for (const callId of known.keys()) if (!now.has(callId) && !here.has(callId)) known.delete(callId)
    const gone = [...known.values()].filter((call) => !here.has(call.callId))
    return gone.length === 0 ? cards : [...cards, ...gone]
  }, [cards, now])
}
