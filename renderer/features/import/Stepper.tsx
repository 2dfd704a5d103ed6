import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/index.ts'
import styles from './import.module.css'

const steps = ['file', 'columns', 'check', 'import', 'result'] as const

/** Where we are: done steps ticked, the current one filled. */
export function Stepper({ step }: { step: number }) {
  const { t } = useTranslation('imports')
  return (
    <ol className={styles.stepper} aria-label={t('stepper')}>
      {steps.map((name, at) => (
        <li key={name} className={at < step ? styles.done : undefined} aria-current={at === step ? 'step' : undefined}>
          <span className={`${styles.number} num`}>{at < step ? <Icon name="check" size="s" /> : at + 1}</span>
          <span className={styles.stepName}>
            {t(`steps.${name}`)}
            {at < step && <span className="vh">{t('stepDone')}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
