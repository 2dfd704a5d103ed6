import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { DirectoryRow, Person } from '../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'

export const pageRows = 100

export interface Look {
  kind: 'all' | 'colleague' | 'person' | 'learned'
  group: string | null
}

export interface DirectoryList {
  phase: 'loading' | 'failed' | 'ready'
  error: unknown
  total: number
  /** How far it can be scrolled. */
  reach: number
  counts: { colleague: number; person: number; learned: number } | null
  /** Undefined while its page is on the way. */
  rowAt(index: number): DirectoryRow | undefined
  /** The rows of the text before are still shown. */
  isOld: boolean
  retry(): void
}

/** Everything of the directory is asked for again when somebody was changed; what is shown stays until then. */
export function useDirectoryNews(): void {
  const version = useSnapshot('directory', (directory) => directory?.version ?? 0)
  const client = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every version
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['directory'] })
  }, [client, version])
}

/** The list, page by page: only the pages that are looked at are asked for. */
export function useDirectory(look: Look, text: string, pages: readonly number[]): DirectoryList {
  const key = ['directory', 'list', look.kind, look.group, text] as const
  const ask = (page: number) => rpc.directory.list({ ...look, text, offset: page * pageRows, limit: pageRows })
  const first = useQuery({
    queryKey: [...key, 0],
    queryFn: () => ask(0),
    placeholderData: keepPreviousData,
    meta: { operation: 'directory' },
  })
  const others = useQueries({
    queries: pages
      .filter((page) => page > 0 && page * pageRows < (first.data?.reach ?? 0))
      .map((page) => ({
        queryKey: [...key, page],
        queryFn: () => ask(page),
        meta: { operation: 'directory' },
      })),
    combine: (results) => results.map(({ data }) => data),
  })
  const asked = pages.filter((page) => page > 0 && page * pageRows < (first.data?.reach ?? 0))
  return {
    phase: first.data ? 'ready' : first.isError ? 'failed' : 'loading',
    error: first.error,
    total: first.data?.total ?? 0,
    reach: first.data?.reach ?? 0,
    counts: first.data?.counts ?? null,
    isOld: first.isPlaceholderData,
    rowAt(index) {
      const page = Math.floor(index / pageRows)
      const rows = page === 0 ? first.data?.rows : others[asked.indexOf(page)]?.rows
      return rows?.[index % pageRows]
    },
    retry: () => void first.refetch(),
  }
}

export function usePerson(id: number | null) {
  return useQuery<Person>({
    queryKey: ['directory', 'person', id],
    queryFn: () => rpc.directory.get({ id: id ?? 0 }),
    enabled: id !== null,
    retry: false,
    meta: { operation: 'directory' },
  })
}

export function useGroups() {
  return useQuery({
    queryKey: ['directory', 'groups'],
    queryFn: () => rpc.directory.groups(),
    meta: { operation: 'directory' },
  })
}
