import { Popover } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConnectionStatus } from '../../../preload/contract/status.ts'
import { useErrorSentence, useTimeText } from '../../i18n/index.ts'
import { Age, Button, Details, Icon, type IconName, useNow } from '../../ui/index.ts'
import styles from './StatusLine.module.css'

const icons: Record<ConnectionStatus['state'], IconName> = {
  ok: 'check',
  connecting: 'clock',
  down: 'warn',
  unchecked: 'circle',
}
const knownSystems = ['telcrm', 'cti-realtime', 'dialback', 'voice-openapi', 'cloud-cs'] as const

/** One connection: icon, word and age; a click tells the rest. */
export function ConnectionItem({
  connection,
  onSettings,
}: {
  connection: ConnectionStatus
  onSettings: (section: string) => void
}) {
  const { t } = useTranslation(['status-line', 'common'])
  const explain = useErrorSentence()
  const system = knownSystems.find((known) => known === connection.system)
  const problem = connection.problem && explain(connection.problem, connection.polled ? undefined : 'operation')
  return (
    <Popover position="top-start" width={320}>
      <Popover.Target>
        <button
          type="button"
          className={`${styles.item} ${styles[connection.state]}`}
          data-testid={`status-connection-${connection.id}`}
          data-state={connection.state}
        >
          <Icon name={icons[connection.state]} size="s" />
          <b>{system ? t(`common:system.${system}`) : connection.id}</b>
          <span className="num">
            <ConnectionAge connection={connection} />
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {problem && <p>{problem.sentence}</p>}
        <dl className={styles.facts}>
          <dt>{t('status-line:address')}</dt>
          <dd className="mono">{connection.address}</dd>
          <dt>{t('status-line:lastOk')}</dt>
          <dd>{connection.lastOkAt === null ? t('status-line:never') : <Age at={connection.lastOkAt} />}</dd>
          {connection.latencyMs !== null && (
            <>
              <dt>{t('status-line:latency')}</dt>
              <dd className="num">{t('status-line:ms', { ms: Math.round(connection.latencyMs) })}</dd>
            </>
          )}
        </dl>
        {problem && <Details explained={problem} />}
        <Button small onClick={() => onSettings('connections')}>
          {t('status-line:configure')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

function ConnectionAge({ connection }: { connection: ConnectionStatus }) {
  const { t } = useTranslation('status-line')
  const { span, ago } = useTimeText()
  const now = useNow()
  if (connection.state === 'connecting' || connection.state === 'unchecked') return t(connection.state)
  if (connection.state === 'ok') return connection.lastOkAt === null ? null : ago(connection.lastOkAt, now)
  if (!connection.polled) return t('checkFailed')
  const away = span(now - connection.since)
  const retryInMs = connection.retryAt === null ? 0 : connection.retryAt - now
  return retryInMs >= 3000 ? t('downRetry', { span: away, retry: span(retryInMs) }) : t('down', { span: away })
}
