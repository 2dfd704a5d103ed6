import { type KeyboardEvent, useEffect, useId, useState } from 'react'

/**
 * Keyboard of a field with a list under it (combobox pattern): ↑↓ move, Home/End stay with the text, Enter picks, and
 * the field keeps the focus. Spread `field` on the input, `list` on the list, `option(i)` on each row.
 */
export function useOptionList(count: number, open: boolean, pick: (index: number) => void) {
  const id = useId()
  const [active, setActive] = useState(0)
  const index = Math.min(active, Math.max(count - 1, 0))

  useEffect(() => {
    if (open) document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, index, open])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || !open || count === 0) return
    if (event.key === 'ArrowDown') setActive((index + 1) % count)
    else if (event.key === 'ArrowUp') setActive((index - 1 + count) % count)
    else if (event.key === 'Enter') pick(index)
    else return
    event.preventDefault()
  }

  return {
    index,
    setActive,
    onKeyDown,
    field: {
      role: 'combobox' as const,
      'aria-expanded': open && count > 0,
      'aria-controls': open && count > 0 ? `${id}-list` : undefined,
      'aria-autocomplete': 'list' as const,
      'aria-activedescendant': open && count > 0 ? `${id}-${index}` : undefined,
    },
    list: { id: `${id}-list`, role: 'listbox' as const },
    option: (row: number) => ({
      id: `${id}-${row}`,
      role: 'option' as const,
      'aria-selected': row === index,
      onPointerMove: () => setActive(row),
      onClick: () => pick(row),
      /** A press must not take the focus from the field. */
      onMouseDown: (event: { preventDefault(): void }) => event.preventDefault(),
    }),
  }
}
