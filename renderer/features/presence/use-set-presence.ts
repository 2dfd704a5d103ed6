import { useMutation } from '@tanstack/react-query'
import type { Presence } from '../../../preload/contract/board.ts'
import { rpc } from '../../rpc/index.ts'

/** Set presence, mine unless an extension is named. The same function on every render. */
export function useSetPresence(): (change: { extension?: string; presence: Presence }) => void {
  const { mutate } = useMutation({
    mutationFn: (change: { extension?: string; presence: Presence }) => rpc.control.setPresence(change),
    meta: { operation: 'presence' },
  })
  return mutate
}
