import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { useNow } from '../../ui/index.ts'
import { dayOf } from './day-rows.ts'
import { filterOf, lookOf, type View } from './look.ts'

/** Counted no further than this. */
export const mostCounted = 1000
/** What may be far apart in the history (calls with a recording) would have to be looked for in all of it. */
const counted = ['today', 'missed', 'callBack', 'mine'] as const satisfies View[]
/** The list comes first. */
const refreshMs = 1500

/** How many calls stand behind the entries on the left, as far as they are counted. */
export function useViewCounts(): Partial<Record<View, number>> {
  const mine = useSnapshot('me', (me) => me?.extension ?? null)
  const day = dayOf(useNow(60_000))
  const query = useQuery({
    queryKey: ['history', 'counts', mine, day],
    queryFn: async () => {
      const counts: Partial<Record<View, number>> = {}
      for (const view of counted) {
        const filter = filterOf(lookOf(view, mine), '', Date.now())
        counts[view] = (await rpc.history.totals({ filter, atMost: mostCounted })).calls
      }
      return counts
    },
    placeholderData: keepPreviousData,
    meta: { operation: 'history' },
  })
  useNews(() => void query.refetch())
  return query.data ?? {}
}

/** Runs some time after calls or logs changed, not once per change. */
export function useNews(run: () => void): void {
  const calls = useSnapshot('calls')
  const history = useSnapshot('history')
  const latest = useRef(run)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isFirst = useRef(true)
  useEffect(() => {
    latest.current = run
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: every news counts
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      latest.current()
    }, refreshMs)
  }, [calls, history])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
}
