import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { explainError, i18n } from '../i18n/index.ts'
import { showToast } from '../ui/index.ts'

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** Which sentence: `errors:<operation>.<code>`. */
      operation?: string
      /** The component shows the error where it happened; no toast. */
      inline?: boolean
    }
    queryMeta: { operation?: string }
  }
}

function report(error: unknown, operation: string | undefined): void {
  const explained = explainError(i18n.t as unknown as TFunction, error, operation)
  showToast({ tone: 'error', text: explained.sentence, details: explained.details ?? undefined })
}

/** The page's only query client and its only error handler. Nothing that rings a telephone is ever retried. */
export const queryClient = new QueryClient({
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      if (!mutation.meta?.inline) report(error, mutation.meta?.operation)
    },
  }),
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.state.data !== undefined) report(error, query.meta?.operation)
    },
  }),
  defaultOptions: {
    queries: { retry: 1, retryDelay: 400, refetchOnWindowFocus: false, networkMode: 'always', staleTime: 5_000 },
    mutations: { retry: false, networkMode: 'always' },
  },
})
