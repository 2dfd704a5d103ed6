import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../../preload/contract/index.ts'
import { rpc } from '../../rpc/index.ts'
import { showToast } from '../../ui/index.ts'

const keyOf = ({ connection, callId }: FollowUp) => ({ connection, callId })
const whoOf = ({ party }: FollowUp) => party.name ?? party.display

/** Done (with undo), open again, later. Errors come as toasts. */
export function useFollowUpActions() {
  const { t } = useTranslation(['notes', 'common'])
  const meta = { operation: 'followUp' }
  const { mutate: reopen } = useMutation({
    mutationFn: (one: FollowUp) => rpc.dispositions.reopenFollowUp(keyOf(one)),
    meta,
  })
  const { mutate: finish } = useMutation({
    mutationFn: (one: FollowUp) => rpc.dispositions.finishFollowUp(keyOf(one)),
    meta,
  })
  const { mutate: move } = useMutation({
    mutationFn: ({ one, dueAt }: { one: FollowUp; dueAt: number }) =>
      rpc.dispositions.setFollowUp({ ...keyOf(one), dueAt }),
    meta,
  })
  return useMemo(
    () => ({
      reopen: (one: FollowUp) => reopen(one),
      snooze: (one: FollowUp, dueAt: number) => move({ one, dueAt }),
      finish: (one: FollowUp) =>
        finish(one, {
          onSuccess: () =>
            showToast({
              tone: 'done',
              text: t('notes:finished', { who: whoOf(one) }),
              action: { label: t('common:undo'), run: () => reopen(one) },
            }),
        }),
    }),
    [t, reopen, finish, move],
  )
}
