import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { useNow } from '../../ui/index.ts'
import { dayOf } from './day-rows.ts'
import { filterOf, lookOf, type View } from './look.ts'
import { useNews } from './use-news.ts'

/** Counted no further than this. */
export const mostCounted = 1000
/** What may be far apart in the history (calls with a recording) would have to be looked for in all of it. */
const counted = ['today', 'missed', 'callBack', 'mine'] as const satisfies View[]
/** The list comes first. */
export const countAfterMs = 1500

/** How many calls stand behind the entries on the left, as far as they are counted; `enabled` once the list is there. */
export function useViewCounts(enabled: boolean): Partial<Record<View, number>> {
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
    enabled,
    meta: { operation: 'history' },
  })
  useNews(() => void query.refetch(), countAfterMs)
  return query.data ?? {}
}
