import { Popover } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ListenerStatus } from '../../../preload/contract/status.ts'
import { useTimeText } from '../../i18n/index.ts'
import { Button, Icon, useNow } from '../../ui/index.ts'
import styles from './StatusLine.module.css'

/** Can the PBX tell us about calls? Port, age of the last notice, and what to do when not. */
export function ListenerItem({
  listener,
  onSettings,
}: {
  listener: ListenerStatus
  onSettings: (section: string) => void
}) {
  const { t } = useTranslation('status-line')
  const look =
    listener.state === 'listening'
      ? 'ok'
      : listener.state === 'starting' || listener.state === 'stopped'
        ? 'connecting'
        : 'down'
  return (
    <Popover position="top-start" width={344}>
      <Popover.Target>
        <button
          type="button"
          className={`${styles.item} ${styles[look]}`}
          data-testid="status-listener"
          data-state={listener.state}
        >
          <Icon name={look === 'ok' ? 'check' : look === 'down' ? 'warn' : 'clock'} size="s" />
          <b>{t('callNotices')}</b>
          <span className="num">
            <ListenerWords listener={listener} />
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p>
          {look === 'ok'
            ? t('listenerFine')
            : listener.state === 'port-taken'
              ? t('listenerPortTaken', { port: listener.port })
              : t('listenerFailed')}
        </p>
        {look === 'ok' && (
          <dl className={styles.facts}>
            <dt>{t('urls')}</dt>
            {listener.urls.map((url) => (
              <dd key={url} className="mono">
                {url}
              </dd>
            ))}
          </dl>
        )}
        {listener.problem && <p className="mono muted">{listener.problem}</p>}
        <Button small onClick={() => onSettings('notices')}>
          {t('configure')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

function ListenerWords({ listener }: { listener: ListenerStatus }) {
  const { t } = useTranslation('status-line')
  const { ago } = useTimeText()
  const now = useNow()
  const { port, lastEventAt } = listener
  if (listener.state === 'listening')
    return lastEventAt === null
      ? t('noEvent', { port })
      : t('lastEvent', { port, ago: ago(lastEventAt, Math.max(now, lastEventAt)) })
  if (listener.state === 'port-taken') return t('portTaken', { port })
  if (listener.state === 'failed') return t('failed', { port })
  return t(listener.state)
}
