import { useQuery } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { rpc, useLinkState, useSnapshot } from '../../rpc/index.ts'
import { pageDrafts } from './drafts-of-page.ts'
import type { NoteKey } from './note-drafts.ts'

/** Note, tags, follow-up of a call, and notes of the person's other calls; newest as soon as anything of it changes. */
export function useDisposition({ connection, callId }: NoteKey) {
  const revision = useSnapshot('dispositions', (snapshot) => snapshot?.revision ?? 0)
  return useQuery({
    queryKey: ['disposition', connection, callId, revision],
    queryFn: () => rpc.dispositions.get({ connection, callId }),
    placeholderData: (previous, query) => (query?.queryKey[2] === callId ? previous : undefined),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    meta: { operation: 'note' },
  })
}

export interface NoteText {
  text: string
  state: 'empty' | 'saved' | 'waiting' | 'saving' | 'failed'
  error: unknown
  setText(text: string): void
  flush(): void
}

/** The text of a note while it is typed: what was typed stands, whatever arrives meanwhile. */
export function useNoteText(key: NoteKey, stored: string): NoteText {
  const drafts = pageDrafts()
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.read(key))
  return {
    text: draft?.text ?? stored,
    state: draft?.state ?? (stored === '' ? 'empty' : 'saved'),
    error: draft?.error ?? null,
    setText: (text) => drafts.edit(key, text, stored),
    flush: () => drafts.flush(key),
  }
}

/** What was left unsaved, by a reload or while the core was away, is saved once there is a link. Once per window. */
export function useUnsavedNotes(): void {
  const linked = useLinkState().lostAt === null
  useEffect(() => {
    if (linked) pageDrafts().flushAll()
  }, [linked])
}
