import { useTranslation } from 'react-i18next'
import { useTimeText } from '../i18n/index.ts'
import { useCoreAway, useLinkState } from '../rpc/index.ts'
import { Banner, useNow } from '../ui/index.ts'
import styles from './Frame.module.css'

/** Says that the core is away, once that has lasted for two seconds; at once when it is there but will not have this page. */
export function LinkBanner() {
  const { phase, lostAt } = useLinkState()
  const away = useCoreAway()
  if (phase === 'refused') return <Refused />
  if (!away || lostAt === null) return null
  return <LostFor lostAt={lostAt} />
}

function LostFor({ lostAt }: { lostAt: number }) {
  const { t } = useTranslation('app')
  const { span } = useTimeText()
  const awayMs = useNow() - lostAt
  return (
    <div className={styles.link} data-testid="link-lost">
      <Banner tone="failed" title={t('link.lost', { span: span(awayMs) })}>
        {t(awayMs > 30_000 ? 'link.stillAway' : 'link.lostText')}
      </Banner>
    </div>
  )
}

function Refused() {
  const { t } = useTranslation('app')
  return (
    <div className={styles.link} data-testid="link-refused">
      <Banner tone="failed" title={t('link.refused')}>
        {t('link.refusedText')}
      </Banner>
    </div>
  )
}
