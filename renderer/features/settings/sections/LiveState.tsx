import { useTranslation } from 'react-i18next'
import type { ConnectionStatus } from '../../../../preload/contract/index.ts'
import { useTimeText } from '../../../i18n/index.ts'
import { StateWord, useNow } from '../../../ui/index.ts'

/** How a connection is: of one that is asked all the time its state, of the others how the last check went. */
export function LiveState({ live, checking }: { live: ConnectionStatus | null; checking: boolean }) {
  const { t } = useTranslation('settings')
  const { span, ago } = useTimeText()
  const now = useNow()
  if (checking) return <StateWord tone="plain" icon="clock" word={<b>{t('connections.testing')}</b>} />
  if (!live) return <StateWord tone="plain" icon="slash" word={<b>{t('connections.off')}</b>} />
  if (live.state === 'connecting')
    return <StateWord tone="plain" icon="clock" word={<b>{t('connections.connecting')}</b>} />
  if (live.state === 'unchecked')
    return <StateWord tone="plain" icon="circle" word={<b>{t('connections.unchecked')}</b>} />
  if (live.state === 'ok') {
    const params = {
      ago: live.lastOkAt === null ? '' : ago(live.lastOkAt, Math.max(now, live.lastOkAt)),
      latency: live.latencyMs ?? '—',
    }
    return (
      <div>
        <StateWord tone="talking" icon="check" word={<b>{t('connections.ok')}</b>} />
        <div className="meta muted num">
          {live.polled ? t('connections.okMeta', params) : t('connections.checkedMeta', params)}
        </div>
      </div>
    )
  }
  const time = span(Math.max(0, now - live.since))
  const retry = live.retryAt !== null && live.retryAt > now ? span(live.retryAt - now) : null
  return (
    <div>
      <StateWord
        tone="failed"
        icon="warn"
        word={<b>{live.polled ? t('connections.down') : t('connections.checkFailed')}</b>}
      />
      <div className="meta muted num">
        {retry
          ? t('connections.downRetry', { time, retry })
          : live.polled
            ? t('connections.downFor', { time })
            : ago(live.since, Math.max(now, live.since))}
      </div>
    </div>
  )
}
