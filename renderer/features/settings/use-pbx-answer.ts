import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { ConnectionTest } from '../../../preload/contract/index.ts'
import { rpc } from '../../rpc/index.ts'

/**
 * What the PBX at a typed address says, asked on demand and once for the address that is configured: the choices of the
 * extension field, and the address in full. `address` null: this is no PBX.
 */
export function usePbxAnswer(address: string | null, configured: string | null) {
  const { mutate, mutateAsync, variables, data, isPending } = useMutation({
    mutationFn: (asked: string) => rpc.settings.testConnection({ address: asked }),
    meta: { operation: 'settings' },
  })
  const isPbx = address !== null
  useEffect(() => {
    if (isPbx && configured) mutate(configured)
  }, [isPbx, configured, mutate])
  return {
    /** Only while it is about the address that stands there. */
    answer: isPbx && variables === address.trim() ? data : undefined,
    isAsking: isPending,
    ask: (asked: string): Promise<ConnectionTest | null> => mutateAsync(asked).catch(() => null),
  }
}
