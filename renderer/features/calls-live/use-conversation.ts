import { useMutation } from '@tanstack/react-query'
import type { Conference, Consult, ConsultCommand } from '../../../preload/contract/conversation.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'

/** The consultation about this call that is going on. */
export function useConsultOf(callId: string): Consult | null {
  return useSnapshot('conversation', (seen) => {
    const consult = seen?.consult
    return consult && consult.callId === callId && consult.phase !== 'ended' ? consult : null
  })
}

/** Somebody waits while I ask somebody else; `taken`: and the PBX has said so. */
export function useIsConsulting(since: 'asked' | 'taken' = 'asked'): boolean {
  return useSnapshot('conversation', (seen) => {
    const phase = seen?.consult?.phase ?? 'ended'
    return phase !== 'ended' && (since === 'asked' || phase !== 'starting')
  })
}

/** The extension that I am talking with while my caller waits. */
export function useConsultedExtension(): string | null {
  return useSnapshot('conversation', (seen) => {
    const consult = seen?.consult
    return consult?.phase === 'open' && consult.third === 'answered' ? (consult.target?.number ?? null) : null
  })
}

export function useConferenceOf(callId: string): Conference | null {
  return useSnapshot('conversation', (seen) => seen?.conferences.find((one) => one.callId === callId) ?? null)
}

/** The last consultation, when it is over and nobody has put the words about it away. */
export function useConsultOutcome(): Consult | null {
  return useSnapshot('conversation', (seen) => (seen?.consult?.phase === 'ended' ? seen.consult : null))
}

/** The three buttons and the way to put the words away. What they bring is in the snapshot. */
export function useConsultActions() {
  const finish = useMutation({
    mutationFn: (input: { callId: string; command: ConsultCommand }) => rpc.conversation.finish(input),
    meta: { operation: 'finish' },
  })
  const dismiss = useMutation({
    mutationFn: (callId: string) => rpc.conversation.dismiss({ callId }),
    meta: { operation: 'finish' },
  })
  return { finish: finish.mutate, isSending: finish.isPending, dismiss: dismiss.mutate }
}
