import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/calls.ts'
import { crmRuleFor } from '../../../preload/contract/crm-link.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button } from '../../ui/index.ts'

type Linked = Pick<Call, 'connection' | 'callId' | 'group' | 'direction'>

/** Open the customer system for a call: by the core where the host can, else in a tab of this browser. */
export function useOpenCrm() {
  return useMutation({
    mutationFn: async ({ connection, callId }: Pick<Linked, 'connection' | 'callId'>) => {
      const { url, opened } = await rpc.crm.open({ connection, callId })
      if (!opened) window.open(url, '_blank', 'noopener,noreferrer')
    },
    meta: { operation: 'crm' },
  })
}

/** Is there a customer system for this call? */
export function useHasCrm(call: Pick<Linked, 'group' | 'direction'> | null): boolean {
  return useSnapshot(
    'settings',
    (settings) => call !== null && crmRuleFor(settings?.values.crm.rules ?? [], call) !== null,
  )
}

/** 打开CRM O; nothing where no rule is for the call. */
export function CrmButton({ call, hasKeys }: { call: Linked; hasKeys?: boolean }) {
  const { t } = useTranslation('notes')
  const open = useOpenCrm()
  if (!useHasCrm(call)) return null
  return (
    <Button
      icon={hasKeys ? undefined : 'open'}
      keys={hasKeys ? 'O' : undefined}
      busy={open.isPending}
      data-testid="crm-open"
      onClick={() => open.mutate(call)}
    >
      {t('openCrm')}
    </Button>
  )
}
