import { useTranslation } from 'react-i18next'
import { useTimeText } from '../i18n/index.ts'
import { useLinkState } from '../rpc/index.ts'
import { Banner, useNow } from '../ui/index.ts'
import styles from './Frame.module.css'

const patienceMs = 2000

/** Says that the core is away, once that has lasted for two seconds. */
export function LinkBanner() {
  const { phase, lostAt } = useLinkState()
  if (phase === 'open' || lostAt === null) return null
  return <LostFor lostAt={lostAt} />
}

function LostFor({ lostAt }: { lostAt: number }) {
  const { t } = useTranslation('app')
  const { span } = useTimeText()
  const awayMs = useNow() - lostAt
  if (awayMs < patienceMs) return null
  return (
    <div className={styles.link} data-testid="link-lost">
      <Banner tone="failed" title={t('link.lost', { span: span(awayMs) })}>
        {t(awayMs > 30_000 ? 'link.stillAway' : 'link.lostText')}
      </Banner>
    </div>
  )
}
