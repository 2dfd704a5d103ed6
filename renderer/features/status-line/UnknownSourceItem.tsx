import { Popover } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { UnknownSource } from '../../../preload/contract/status.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, Icon } from '../../ui/index.ts'
import styles from './StatusLine.module.css'

/** A machine off the allow-list reports calls: trust it or ignore it. */
export function UnknownSourceItem({ source }: { source: UnknownSource }) {
  const { t } = useTranslation('status-line')
  const trust = useMutation({
    mutationFn: () => rpc.settings.trustSource({ address: source.address }),
    meta: { operation: 'settings' },
  })
  const dismiss = useMutation({
    mutationFn: () => rpc.settings.dismissSource({ address: source.address }),
    meta: { operation: 'settings' },
  })
  return (
    <Popover position="top-start" width={344}>
      <Popover.Target>
        <button type="button" className={`${styles.item} ${styles.caution}`} data-testid="status-unknown-source">
          <Icon name="warn" size="s" />
          <span className="num">{t('unknownSource', { address: source.address })}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p>
          <b>{t('unknownTitle')}</b>
        </p>
        <p>{t('unknownText', { address: source.address, count: source.count })}</p>
        <div className={styles.actions}>
          <Button variant="primary" busy={trust.isPending} onClick={() => trust.mutate()}>
            {t('trust')}
          </Button>
          <Button busy={dismiss.isPending} onClick={() => dismiss.mutate()}>
            {t('ignore')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
