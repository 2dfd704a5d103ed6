import { useCallback, useState } from 'react'

const key = 'calls-charts'

/** Whether the charts stand above the list: as it was left. */
export function useChartsOpen(): [isOpen: boolean, toggle: () => void] {
  const [isOpen, setOpen] = useState(() => localStorage.getItem(key) !== 'closed')
  const toggle = useCallback(() => {
    localStorage.setItem(key, isOpen ? 'closed' : 'open')
    setOpen(!isOpen)
  }, [isOpen])
  return [isOpen, toggle]
}
