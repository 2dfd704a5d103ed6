import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/index.ts'
import styles from './first-run.module.css'
import { stepNames } from './use-wizard.ts'

/** Where we are: done steps ticked, the current one filled. */
export function Stepper({ step }: { step: number }) {
  const { t } = useTranslation('first-run')
  return (
    <ol className={styles.stepper} aria-label={t('stepper')}>
      {stepNames.map((name, index) => (
        <li
          key={name}
          className={index < step ? styles.done : undefined}
          aria-current={index === step ? 'step' : undefined}
        >
          <span className={`${styles.number} num`}>{index < step ? <Icon name="check" size="s" /> : index + 1}</span>
          <span className={styles.stepName}>
            {t(`steps.${name}`)}
            {index < step && <span className="vh">{t('done')}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
