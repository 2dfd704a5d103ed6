import { useEffect, useRef } from 'react'

/** `mod` is Ctrl, on a Mac ⌘. Examples: `t`, `mod+k`, `ctrl+1`, `Escape`, `?`. */
export type KeyMap = Record<string, (event: KeyboardEvent) => void>

export const isMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.platform)

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** The name of a pressed key in the form that a KeyMap uses. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return `${event.ctrlKey ? 'ctrl+' : ''}${event.metaKey ? 'meta+' : ''}${event.altKey ? 'alt+' : ''}${key}`
}

/**
 * Page-wide keys. Plain keys do nothing while somebody types or an input method composes, on auto-repeat, or while a
 * dialog or menu is open; combinations with Ctrl or ⌘ work from anywhere.
 */
export function useKeys(keys: KeyMap): void {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return
      const name = keyName(event)
      const handler = current.current[name] ?? current.current[name.replace(isMac ? 'meta+' : 'ctrl+', 'mod+')]
      if (!handler) return
      const combined = event.ctrlKey || event.metaKey || event.altKey
      if (!combined && (isTyping(event.target) || document.querySelector('[role="dialog"],[role="menu"]'))) return
      event.preventDefault()
      handler(event)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
