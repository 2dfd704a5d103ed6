import { useEffect } from 'react'
import type { HistoryCall } from '../../../preload/contract/index.ts'
import { useDisposition } from '../notes/index.ts'

/** What is written on the opened call stands on its row at once, wherever in the list that is. */
export function useOwnMarks(call: HistoryCall, onPatch: (change: Partial<HistoryCall>) => void): void {
  const { data } = useDisposition(call)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only news from the core
  useEffect(() => {
    if (!data) return
    const { note, followUp } = data
    const now = {
      ownNote: note === null || note.text === '' ? null : note.text,
      tags: note?.tags ?? [],
      followUpAt: followUp === null || followUp.doneAt !== null ? null : followUp.dueAt,
    }
    const { ownNote, tags, followUpAt } = call
    if (JSON.stringify(now) !== JSON.stringify({ ownNote, tags, followUpAt })) onPatch(now)
  }, [data])
}
