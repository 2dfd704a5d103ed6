import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { CallStatistics, StatisticsRange } from '../../../preload/contract/supervision.ts'
import { rpc } from '../../rpc/index.ts'

export const ranges = ['today', '7d', '30d'] as const satisfies StatisticsRange[]
export const rangeOf = (text: string): StatisticsRange => ranges.find((one) => one === text) ?? 'today'

/** What the table shows of an agent. */
export interface AgentCounts {
  calls: number
  talkSec: number
}

/** The log is read every quarter of a minute; so often there may be something new to count. */
const everyMs = 15_000

export function useStatistics(range: StatisticsRange, group: string | null) {
  const query = useQuery({
    queryKey: ['statistics', range, group],
    queryFn: () => rpc.supervision.statistics({ range, group }),
    refetchInterval: everyMs,
    // What stands there stays until the next is counted: nothing jumps.
    placeholderData: (before: CallStatistics | undefined) => before,
  })
  const agents = query.data?.agents
  const counted = useMemo(
    () =>
      new Map<string, AgentCounts>(
        agents?.map(({ extension, answered, outgoing, internal, talkSec }) => [
          extension,
          { calls: answered + outgoing + internal, talkSec },
        ]),
      ),
    [agents],
  )
  const talkSec = useMemo(() => new Map([...counted].map(([extension, one]) => [extension, one.talkSec])), [counted])
  return { query, counted, talkSec }
}

export type StatisticsQuery = ReturnType<typeof useStatistics>['query']
