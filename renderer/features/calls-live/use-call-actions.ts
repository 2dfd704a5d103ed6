import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/calls.ts'
import { readSnapshot, rpc, useSnapshot } from '../../rpc/index.ts'
import { showToast } from '../../ui/index.ts'
import { myCallOf, partyOf } from './card-order.ts'
import { usePartyWords } from './use-party-words.ts'

/** The live call of mine that transfer and hang-up act on, or null. */
export function useMyCall(): Call | null {
  return useSnapshot('calls', (calls) => (calls ? myCallOf(calls.cards) : null))
}

/** The same call, read at the moment of a click. */
export function myCallNow(): Call | null {
  const calls = readSnapshot('calls')
  return calls ? myCallOf(calls.cards) : null
}

/** `807 周磊`, as the board knows the extension. */
export function extensionLabel(extension: string): string {
  const name = readSnapshot('board')?.extensions.find((one) => one.extension === extension)?.name
  return name ? `${extension} ${name}` : extension
}

/** What can be done with a call. Errors come as toasts; the functions stay the same between renders. */
export interface CallActions {
  hangup(call: Call): void
  transfer(call: Call, target: string): void
  /** Ask somebody while the caller waits; the card shows how it goes. */
  consult(call: Call, target: string): void
  /** The missed call is dealt with; the toast offers undo. */
  handle(call: Call): void
  dismiss(call: Call): void
}

export function useCallActions(): CallActions {
  const { t } = useTranslation(['calls-live', 'common'])
  const words = usePartyWords()
  const { mutate: hangup } = useMutation({
    mutationFn: (call: Call) => rpc.control.hangup({ callId: call.callId }),
    meta: { operation: 'hangup' },
  })
  const { mutate: transfer } = useMutation({
    mutationFn: ({ call, target }: { call: Call; target: string }) =>
      rpc.control.transfer({ callId: call.callId, target }),
    meta: { operation: 'transfer' },
  })
  const { mutate: consult } = useMutation({
    mutationFn: ({ call, target }: { call: Call; target: string }) =>
      rpc.conversation.consult({ callId: call.callId, target }),
    meta: { operation: 'consult' },
  })
  const { mutate: unhandle } = useMutation({ mutationFn: (call: Call) => rpc.calls.unhandle({ callId: call.callId }) })
  const { mutate: handle } = useMutation({ mutationFn: (call: Call) => rpc.calls.handle({ callId: call.callId }) })
  const { mutate: dismiss } = useMutation({ mutationFn: (call: Call) => rpc.calls.dismiss({ callId: call.callId }) })
  return useMemo(() => {
    const who = (call: Call) => words.who(partyOf(call, readSnapshot('me')?.extension ?? null))
    return {
      hangup,
      dismiss,
      consult: (call, target) => consult({ call, target }),
      transfer: (call, target) =>
        transfer(
          { call, target },
          {
            onSuccess: () =>
              showToast({
                tone: 'done',
                text: t('calls-live:transferred', { who: who(call), target: extensionLabel(target) }),
              }),
          },
        ),
      handle: (call) =>
        handle(call, {
          onSuccess: () =>
            showToast({
              tone: 'done',
              text: t('calls-live:handledDone', { who: who(call) }),
              action: { label: t('common:undo'), run: () => unhandle(call) },
            }),
        }),
    }
  }, [t, words, hangup, dismiss, transfer, consult, handle, unhandle])
}
