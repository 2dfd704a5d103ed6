import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CallKey, DispositionsSnapshot, FollowUp } from '../../../preload/contract/index.ts'
import { rpc } from '../../rpc/index.ts'

const none: FollowUp[] = []
const step = 200
/** As many as the core hands over at once. */
const most = 5000

export const isSame = (one: CallKey, other: CallKey) =>
  one.callId === other.callId && one.connection === other.connection

/** Open follow-ups that the snapshot has no room for: shown when asked for, or when a reminder of one of them was clicked. */
export function useMoreFollowUps(snapshot: DispositionsSnapshot | null, focus: DispositionsSnapshot['focus']) {
  const [asked, setAsked] = useState(0)
  const rows = snapshot?.followUps ?? none
  const last = rows.at(-1)
  const behind = (snapshot?.openCount ?? 0) - rows.length
  const isHidden = focus !== null && !rows.some((one) => isSame(one, focus))
  const limit = Math.min(isHidden ? Math.max(asked, behind) : asked, most)
  const query = useQuery({
    queryKey: ['follow-ups', 'open', snapshot?.revision, limit],
    queryFn: () => {
      if (!last) return none
      const { connection, callId, dueAt } = last
      return rpc.dispositions.openFollowUps({ after: { connection, callId, dueAt }, limit })
    },
    enabled: limit > 0 && behind > 0,
    placeholderData: (previous) => previous,
    meta: { operation: 'followUp' },
  })
  const known = new Set(rows.map(({ connection, callId }) => `${connection} ${callId}`))
  return {
    // While the next piece comes, one of the last piece may have moved up into the snapshot.
    rows:
      behind > 0 && limit > 0
        ? (query.data ?? none).filter((one) => !known.has(`${one.connection} ${one.callId}`))
        : none,
    isFetching: query.isFetching,
    error: query.error,
    show: () => setAsked(limit + step),
    retry: () => void query.refetch(),
  }
}
