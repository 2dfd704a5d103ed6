import { useTranslation } from 'react-i18next'
import { Banner } from '../../ui/index.ts'
import styles from './supervisor.module.css'

/** Nobody supervises from here yet: what is missing, and where it is set. */
export function SetSupervisor() {
  const { t } = useTranslation('supervisor')
  return (
    <div data-testid="supervisor-not-set">
      <Banner
        tone="info"
        title={t('notSet')}
        action={
          <a className={styles.link} href="#/settings/connections">
            {t('notSetAction')}
          </a>
        }
      >
        {t('notSetText')}
      </Banner>
    </div>
  )
}
