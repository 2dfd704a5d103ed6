import { useQuery } from '@tanstack/react-query'
import type { SearchHit } from '../../../preload/contract/directory.ts'
import { rpc } from '../../rpc/index.ts'

const none: SearchHit[] = []
const most = 12

/**
 * People outside whose name or number fits, and the typed number itself: all that a PBX can call besides extensions.
 * Never those of the text before: Enter would call somebody who is not meant.
 */
export function useOutsideHits(text: string, enabled: boolean): SearchHit[] {
  const word = text.trim()
  const asks = enabled && word.length >= 2
  const { data } = useQuery({
    queryKey: ['outside-hits', word],
    queryFn: () => rpc.directory.search({ text: word, limit: most }),
    select: (hits) => hits.filter((hit) => hit.kind !== 'extension'),
    enabled: asks,
    staleTime: 10_000,
    gcTime: 30_000,
  })
  return asks && data ? data : none
}
