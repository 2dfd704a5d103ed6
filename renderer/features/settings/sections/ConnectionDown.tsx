import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ConnectionStatus } from '../../../../preload/contract/index.ts'
import { useErrorSentence, useTimeText } from '../../../i18n/index.ts'
import { rpc } from '../../../rpc/index.ts'
import { Banner, Button, Details, useNow } from '../../../ui/index.ts'
import styles from '../settings.module.css'
import { systemKey } from '../system-name.ts'

/** A connection that is cut off: what happened, what still works, what comes next. */
export function ConnectionDown({ connection }: { connection: ConnectionStatus }) {
  const { t } = useTranslation(['settings', 'common'])
  const { span, clock } = useTimeText()
  const now = useNow()
  const explained = useErrorSentence()(connection.problem)
  const test = useMutation({ mutationFn: () => rpc.settings.testConnection({ address: connection.address }) })
  const why = connection.problem ? explained.sentence : ''
  const text =
    connection.lastOkAt === null
      ? t('connections.banner.textNever', { why })
      : t('connections.banner.text', { why, at: clock(connection.lastOkAt) })
  return (
    <Banner
      tone="failed"
      title={t('connections.banner.title', {
        name: t(`common:system.${systemKey(connection.system)}`),
        time: span(Math.max(0, now - connection.since)),
      })}
      action={
        <div className={styles.bannerActions}>
          <Button small icon="refresh" busy={test.isPending} onClick={() => test.mutate()}>
            {t('connections.banner.retryNow')}
          </Button>
        </div>
      }
    >
      {text}
      {connection.retryAt !== null &&
        connection.retryAt > now &&
        ` ${t('connections.banner.retry', { retry: span(connection.retryAt - now) })}`}
      {connection.problem && <Details explained={explained} />}
    </Banner>
  )
}
