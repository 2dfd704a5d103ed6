import { ORPCError } from '@orpc/client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PlayableRecording } from '../../../preload/contract/index.ts'
import { LinkLostError, rpc } from '../../rpc/index.ts'

/** A call whose recording may be played. */
export interface RecordingOf {
  connection: string
  callId: string
  /** As the call history has it; null = by the call's id. */
  file: { kind: string; reference: string } | null
  /** When the call took place, epoch ms, or null. */
  at: number | null
}

export type Phase =
  /** Is it here already? */
  | { is: 'looking' }
  /** It would have to be downloaded. */
  | { is: 'absent' }
  | { is: 'loading'; bytes: number; total: number | null }
  | { is: 'ready'; recording: PlayableRecording }
  | { is: 'failed'; error: unknown }

/** A recording: looked for on this PC at once, downloaded when it is asked for. Whatever runs ends with the component. */
export function useRecording({ connection, callId, file, at }: RecordingOf) {
  const [phase, setPhase] = useState<Phase>({ is: 'looking' })
  const running = useRef<AbortController | null>(null)
  const { kind, reference } = file ?? { kind: null, reference: null }

  const open = useCallback(
    async (onlyHere: boolean) => {
      running.current?.abort()
      const abort = new AbortController()
      running.current = abort
      const set = (next: Phase) => {
        if (!abort.signal.aborted) setPhase(next)
      }
      if (!onlyHere) set({ is: 'loading', bytes: 0, total: null })
      try {
        const named = kind === null || reference === null ? null : { kind, reference }
        const input = { connection, callId, file: named, at, onlyHere }
        for await (const event of await rpc.recordings.open(input, { signal: abort.signal })) {
          if (event.kind === 'progress') set({ is: 'loading', bytes: event.bytes, total: event.total })
          else set(event.kind === 'ready' ? { is: 'ready', recording: event.recording } : { is: 'absent' })
        }
      } catch (error) {
        // A folder that cannot be looked into is told when somebody wants to hear something.
        if (onlyHere) set({ is: 'absent' })
        else set({ is: 'failed', error: error instanceof ORPCError ? error : new LinkLostError() })
      }
    },
    [connection, callId, kind, reference, at],
  )

  useEffect(() => {
    void open(true)
    return () => running.current?.abort()
  }, [open])

  return {
    phase,
    load: useCallback(() => open(false), [open]),
    cancel: useCallback(() => {
      running.current?.abort()
      setPhase({ is: 'absent' })
    }, []),
  }
}
