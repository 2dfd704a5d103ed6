import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { MissedParty } from '../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { showToast } from '../../ui/index.ts'

/** The missed calls by caller; asked again whenever a missed call or a card changes. */
export function useMissed(state: 'open' | 'done') {
  const stamp = useSnapshot('calls', (calls) =>
    [
      calls?.missedCount,
      ...(calls?.missed.map(({ callId }) => callId) ?? []),
      ...(calls?.cards.map((one) => `${one.callId}${one.state}`) ?? []),
    ].join(),
  )
  return useQuery({
    queryKey: ['missed', state, stamp],
    queryFn: () => rpc.missed.list({ state }),
    placeholderData: (previous) => previous,
    // An attempt that only the PBX's log tells of changes no snapshot.
    refetchInterval: 15_000,
    meta: { operation: 'missed' },
  })
}

/** By hand: dealt with (with undo), and open again. */
export function useMissedActions() {
  const { t } = useTranslation(['follow-ups', 'common'])
  const client = useQueryClient()
  const done = () => client.invalidateQueries({ queryKey: ['missed'] })
  const meta = { operation: 'missed' }
  const { mutate: reopen } = useMutation({
    mutationFn: ({ calls }: MissedParty) => rpc.missed.unhandle({ calls }),
    onSuccess: done,
    meta,
  })
  // The row goes with the snapshot, maybe before the answer: what follows belongs to the mutation, not to the row.
  const { mutate: handle } = useMutation({
    mutationFn: ({ one }: { one: MissedParty; who: string }) => rpc.missed.handle({ calls: one.calls }),
    onSuccess(_done, { one, who }) {
      showToast({
        tone: 'done',
        text: t('follow-ups:handled', { who }),
        action: { label: t('common:undo'), run: () => reopen(one) },
      })
      return done()
    },
    meta,
  })
  return { reopen, handle: (one: MissedParty, who: string) => handle({ one, who }) }
}
