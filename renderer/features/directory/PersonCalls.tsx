import { useQuery } from '@tanstack/react-query'
import { go } from '../../app/route.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { OtherCalls } from '../calls/index.ts'

const shown = 6
/** Numbers of one person whose calls are looked for. */
const mostNumbers = 5

/** The newest calls with somebody, over all their numbers. */
export function PersonCalls({ name, canonicals }: { name: string; canonicals: readonly string[] }) {
  const revision = useSnapshot('history', (history) => history?.revision ?? 0)
  const numbers = canonicals.slice(0, mostNumbers)
  const query = useQuery({
    queryKey: ['history', 'person', numbers, revision],
    queryFn: async () => {
      const lists = await Promise.all(
        numbers.map((canonical) => rpc.history.search({ filter: { canonical }, limit: shown })),
      )
      return lists.flatMap(({ rows }) => rows).sort((a, b) => b.startedAt - a.startedAt)
    },
    meta: { operation: 'history' },
    placeholderData: (before) => before,
  })
  return (
    <OtherCalls
      who={name}
      others={query.data}
      isFailed={query.isError}
      onRetry={() => void query.refetch()}
      onAll={() => go('calls', numbers[0] ?? '')}
    />
  )
}
