import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../rpc/index.ts'
import { Banner } from '../../ui/index.ts'
import { isLocked } from './locked.ts'
import { SourceActions } from './SourceActions.tsx'
import styles from './settings.module.css'

/** "192.168.1.90想通知来电，信任它吗？" — the newest unknown source; the others are counted. Nothing when there is none. */
export function UnknownSourceBanner() {
  const { t } = useTranslation('settings')
  const sources = useSnapshot('status')?.unknownSources ?? []
  const locked = isLocked('listener.allow', useSnapshot('settings')?.locked ?? [])
  const newest = [...sources].sort((a, b) => b.lastAt - a.lastAt)[0]
  if (!newest) return null
  return (
    <div data-testid="unknown-source" data-address={newest.address}>
      <Banner
        tone="caution"
        title={t('source.title', { address: newest.address })}
        action={
          <div className={styles.bannerActions}>
            <SourceActions address={newest.address} primary />
          </div>
        }
      >
        {locked ? t('source.locked') : t('source.text', { count: newest.count })}
        {sources.length > 1 && ` ${t('source.more', { count: sources.length - 1 })}`}
      </Banner>
    </div>
  )
}
