import { useDebouncedValue } from '@mantine/hooks'
import { ORPCError } from '@orpc/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationField, OperationInfo, RunEvent } from '../../../preload/contract/index.ts'
import { LinkLostError, rpc } from '../../rpc/index.ts'
import { type FormValues, fieldFault, missingFields, wireValues } from './field-values.ts'
import { readRun, setRun } from './operation-store.ts'

const previewWaitMs = 120

export function useCatalogue() {
  return useQuery({
    queryKey: ['operations'],
    queryFn: () => rpc.operations.list(),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
}

/** Titles and descriptions in the page's language; the vendor's name where there is no text. */
export function useOperationWords() {
  const { i18n } = useTranslation()
  const english = i18n.language === 'en'
  return useMemo(
    () => ({
      english,
      title: (info: OperationInfo) => (english ? info.title : info.titleZh || info.title),
      text: (field: OperationField) => (english ? field.en : field.zh) || field.name,
      meaning: (one: { en: string; zh: string }) => (english ? one.en : one.zh),
    }),
    [english],
  )
}

/** The request as the core would send it, asked again a moment after every change. Null while something required is missing. */
export function usePreview(info: OperationInfo, connection: string | null, values: FormValues) {
  const sent = useMemo(
    () => wireValues(info.fields, values, (file) => ({ name: file.name, type: file.type, size: file.size })),
    [info, values],
  )
  const [settled] = useDebouncedValue(sent, previewWaitMs)
  const isWhole =
    missingFields(info.fields, values).length === 0 &&
    info.fields.every((field) => fieldFault(field, values[field.key]) === null)
  // While somebody types, the last request stands; what was said about it is out of date.
  const isCurrent = settled === sent
  const query = useQuery({
    queryKey: ['operation-preview', connection, info.id, settled],
    queryFn: ({ signal }) =>
      rpc.operations.preview({ operation: info.id, connection: connection ?? '', values: settled }, { signal }),
    enabled: connection !== null && info.direction === 'client' && isWhole && isCurrent,
    placeholderData: (previous, query) => (query?.queryKey[2] === info.id ? previous : undefined),
    retry: false,
    staleTime: 1000,
    // What was typed may be a secret: not kept longer than it is shown.
    gcTime: 0,
  })
  return { request: isWhole ? query.data : undefined, error: isWhole && isCurrent ? query.error : null }
}
export type Preview = ReturnType<typeof usePreview>

export const historyKey = ['operation-history'] as const

export function useHistory() {
  return useQuery({ queryKey: historyKey, queryFn: () => rpc.operations.history() })
}

/** Send once, never again by itself. The answer is found in the store; `cancel` of the running one stops it. */
export function useSend() {
  const client = useQueryClient()
  return useCallback(
    async (info: OperationInfo, connection: string, values: FormValues) => {
      if (readRun(info.id)?.phase === 'running') return
      const abort = new AbortController()
      const since = Date.now()
      const running = { phase: 'running' as const, since, cancel: () => abort.abort() }
      setRun(info.id, { ...running, progress: null })
      try {
        const input = { operation: info.id, connection, values: await withFiles(info, values) }
        const end = await follow(input, abort.signal, (progress) => setRun(info.id, { ...running, progress }))
        setRun(info.id, { phase: 'done', at: since, result: end.result, file: ownBytes(end.file) })
      } catch (error) {
        setRun(info.id, { phase: 'failed', at: since, error: abort.signal.aborted ? cancelled : error })
      } finally {
        void client.invalidateQueries({ queryKey: historyKey })
      }
    },
    [client],
  )
}

type RunInput = Parameters<typeof rpc.operations.run>[0]
type Step<Kind> = Extract<RunEvent, { kind: Kind }>

/** The end of a run. Whatever breaks the stream and is no answer of the core is a lost link. */
async function follow(
  input: RunInput,
  signal: AbortSignal,
  onProgress: (progress: Step<'progress'>) => void,
): Promise<Step<'done'>> {
  try {
    for await (const event of await rpc.operations.run(input, { signal })) {
      if (event.kind === 'done') return event
      onProgress(event)
    }
  } catch (error) {
    if (error instanceof ORPCError) throw error
  }
  throw new LinkLostError()
}

const cancelled = { code: 'cancelled', details: {} }
const ownBytes = (file: Uint8Array | null) => file as Uint8Array<ArrayBuffer> | null

async function withFiles(info: OperationInfo, values: FormValues) {
  const pending = wireValues(info.fields, values, async (file) => ({
    name: file.name,
    type: file.type,
    bytes: new Uint8Array(await file.arrayBuffer()),
  }))
  return Object.fromEntries(
    await Promise.all(Object.entries(pending).map(async ([name, value]) => [name, await value] as const)),
  )
}
