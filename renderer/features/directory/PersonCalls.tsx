import { useQuery } from '@tanstack/react-query'
import { go } from '../../app/route.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { OtherCalls, personSection } from '../calls/index.ts'

const shown = 6

/** The newest calls with somebody, over all their numbers (`version` changes with them), or with one number. */
export function PersonCalls(props: { name: string; who: { person: number; version: number } | { canonical: string } }) {
  const { name, who } = props
  const revision = useSnapshot('history', (history) => history?.revision ?? 0)
  const query = useQuery({
    queryKey: ['history', 'person', who, revision],
    queryFn: () =>
      rpc.history.search({
        filter: 'person' in who ? { person: who.person } : { canonical: who.canonical },
        limit: shown,
      }),
    meta: { operation: 'history' },
    placeholderData: (before) => before,
  })
  return (
    <OtherCalls
      who={name}
      others={query.data?.rows}
      isFailed={query.isError}
      onRetry={() => void query.refetch()}
      onAll={() => go('calls', 'person' in who ? personSection(who.person) : who.canonical)}
    />
  )
}
