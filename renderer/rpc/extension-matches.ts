import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { rpc } from './connection.ts'

const none: ReadonlySet<string> = new Set()

/** Extensions whose name matches Latin letters as pinyin (full or initials); the core does the matching. */
export function useExtensionMatches(text: string): ReadonlySet<string> {
  const word = text.trim()
  const enabled = /^[a-z ]+$/i.test(word)
  const { data } = useQuery({
    queryKey: ['extension-matches', word],
    queryFn: () => rpc.directory.search({ text: word, limit: 1000, only: 'extension' }),
    enabled,
    placeholderData: (previous) => previous,
    staleTime: 10_000,
    gcTime: 30_000,
  })
  return useMemo(() => (enabled && data ? new Set(data.map((hit) => hit.number)) : none), [enabled, data])
}
