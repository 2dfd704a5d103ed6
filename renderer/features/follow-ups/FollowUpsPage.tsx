import { useTranslation } from 'react-i18next'
import { PageHead } from '../../ui/index.ts'
import styles from './follow-ups.module.css'
import { MissedSection } from './MissedSection.tsx'
import { PromisedSection } from './PromisedSection.tsx'

/** What this desk still owes somebody: promised calls, and calls that were missed. */
export function FollowUpsPage() {
  const { t } = useTranslation('follow-ups')
  return (
    <div className={styles.page}>
      <PageHead title={t('title')}>
        <span className="grow" />
        <a className={styles.importLink} href="#/import" data-testid="open-import">
          {t('import')}
        </a>
      </PageHead>
      <div className={styles.body}>
        <MissedSection />
        <PromisedSection />
      </div>
    </div>
  )
}
