import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConnectionStatus } from '../../../preload/contract/status.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Icon } from '../../ui/index.ts'
import { ConnectionItem } from './ConnectionItem.tsx'
import { DemoItem } from './DemoItem.tsx'
import { ListenerItem } from './ListenerItem.tsx'
import styles from './StatusLine.module.css'
import { UnknownSourceItem } from './UnknownSourceItem.tsx'

/** Foot of the window: is every connection alive, since when; for IT how fast the last pop was. */
export function StatusLine({ onKeys, onSettings }: { onKeys: () => void; onSettings: (section: string) => void }) {
  const { t } = useTranslation('status-line')
  const status = useSnapshot('status')
  const settings = useSnapshot('settings')
  const latency = status?.popLatency
  const connectionItem = (connection: ConnectionStatus) => (
    <ConnectionItem key={connection.id} connection={connection} onSettings={onSettings} />
  )
  return (
    <section className={styles.status} aria-label={t('label')}>
      {status?.connections.slice(0, 1).map(connectionItem)}
      {status?.connections.length === 0 && (
        <button type="button" className={styles.item} onClick={() => onSettings('connections')}>
          <Icon name="unplug" size="s" />
          <span>{t('none')}</span>
        </button>
      )}
      {status && <ListenerItem listener={status.listener} onSettings={onSettings} />}
      {status?.connections.slice(1).map(connectionItem)}
      {status?.unknownSources.slice(0, 2).map((source) => (
        <UnknownSourceItem key={source.address} source={source} />
      ))}
      <span className="grow" />
      {status?.demo.running && <DemoItem callers={status.demo.callers} />}
      {settings?.values.pop.showLatency && latency?.lastMs != null && (
        <Tooltip
          label={t('popLatencyHint', { count: latency.count, p95: Math.round(latency.p95Ms ?? latency.lastMs) })}
        >
          <span className="num" data-testid="pop-latency">
            {t('popLatency', { ms: Math.round(latency.lastMs) })}
          </span>
        </Tooltip>
      )}
      <button type="button" className={styles.item} onClick={onKeys}>
        <span className="kbd" aria-hidden="true">
          ?
        </span>
        <span>{t('keys')}</span>
      </button>
    </section>
  )
}
