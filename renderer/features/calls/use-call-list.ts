import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo } from 'react'
import type { CallsCursor } from '../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { joinPages } from './day-rows.ts'

export const filters = ['today', 'missed', 'mine', 'all'] as const
export type CallFilter = (typeof filters)[number]

const pageSize = 100
/** A burst of calls asks for the list once per this time, not once per call. */
const refreshMs = 700

/** The call list: newest first, more pages on demand, and asked again when calls change. */
export function useCallList(filter: CallFilter, typed: string) {
  const text = useDeferredValue(typed.trim())
  const query = useInfiniteQuery({
    queryKey: ['calls', 'list', filter, text],
    queryFn: ({ pageParam }) =>
      rpc.calls.list({ filter, text, limit: pageSize, ...(pageParam !== null && { before: pageParam }) }),
    initialPageParam: null as CallsCursor | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    meta: { operation: 'history' },
  })
  useRefresh()
  const pages = query.data?.pages
  const calls = useMemo(() => joinPages((pages ?? []).map((page) => page.rows)), [pages])
  return { ...query, calls, counts: pages?.[0]?.counts ?? null, text }
}

function useRefresh(): void {
  const client = useQueryClient()
  const snapshot = useSnapshot('calls')
  useEffect(() => {
    if (!snapshot) return
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: ['calls', 'list'] }), refreshMs)
    return () => clearTimeout(timer)
  }, [client, snapshot])
}
