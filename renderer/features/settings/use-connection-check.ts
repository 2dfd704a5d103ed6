import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { rpc } from '../../rpc/index.ts'

/** Ask a configured connection, on demand and once after it was saved. */
export function useConnectionCheck(id: string, atOnce: boolean, onStarted: () => void) {
  const check = useMutation({
    mutationFn: () => rpc.settings.checkConnection({ id }),
    meta: { operation: 'operation' },
  })
  const { mutate } = check
  useEffect(() => {
    if (!atOnce) return
    onStarted()
    mutate()
  }, [atOnce, onStarted, mutate])
  return check
}
