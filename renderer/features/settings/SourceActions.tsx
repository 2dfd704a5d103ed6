import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button } from '../../ui/index.ts'
import { isLocked } from './locked.ts'

/** "信任" and "忽略" for an address that knocked without being on the list. With a locked list only the second. */
export function SourceActions({ address, primary }: { address: string; primary?: boolean }) {
  const { t } = useTranslation('settings')
  const locked = isLocked('listener.allow', useSnapshot('settings')?.locked ?? [])
  const trust = useMutation({
    mutationFn: () => rpc.settings.trustSource({ address }),
    meta: { operation: 'settings' },
  })
  const ignore = useMutation({
    mutationFn: () => rpc.settings.dismissSource({ address }),
    meta: { operation: 'settings' },
  })
  const busy = trust.isPending || ignore.isPending
  return (
    <>
      {!locked && (
        <Button
          small
          variant={primary ? 'primary' : 'default'}
          busy={busy}
          onClick={() => trust.mutate()}
          data-testid={`trust-${address}`}
        >
          {primary ? t('source.trust', { address }) : t('notices.trust')}
        </Button>
      )}
      <Button small variant="quiet" busy={busy} onClick={() => ignore.mutate()}>
        {t('notices.ignore')}
      </Button>
    </>
  )
}
