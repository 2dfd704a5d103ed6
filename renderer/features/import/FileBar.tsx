import { useTranslation } from 'react-i18next'
import type { ImportProgress } from '../../../preload/contract/index.ts'
import { Button, Icon } from '../../ui/index.ts'
import styles from './import.module.css'
import { useNumber } from './use-number.ts'
import { actions, type Wizard } from './wizard.ts'

/** Which file this is about, always in view. */
export function FileBar({ wizard, shown }: { wizard: Wizard; shown: ImportProgress | undefined }) {
  const { t } = useTranslation('imports')
  const number = useNumber()
  const name = shown?.fileName ?? wizard.name
  if (name === '' || (!shown && wizard.step === 'file')) return null
  const sheet = shown ? shown.sheet : (wizard.inspection?.sheets.length ?? 0) > 0 ? wizard.reading.sheet : null
  const used = wizard.mapping.filter((field) => field !== 'skip' && field !== 'reason').length
  const facts = [
    sheet === null ? null : t('file.sheet', { name: sheet }),
    shown ? t('file.rows', { count: number(shown.total + shown.counts.leftOut) }) : null,
    !shown && wizard.check ? t('file.rows', { count: number(wizard.check.rows) }) : null,
    shown ? null : t('file.columns', { used, all: wizard.mapping.length }),
  ].filter((one) => one !== null)
  return (
    <div className={styles.fileBar} data-testid="import-file-bar">
      <Icon name="file" />
      <b className="cut">{name}</b>
      {facts.map((fact) => (
        <span key={fact} className={`${styles.fact} num`}>
          {fact}
        </span>
      ))}
      <span className="grow" />
      {!shown && (
        <Button variant="link" onClick={actions.reset} data-testid="import-other-file">
          {t('file.other')}
        </Button>
      )}
    </div>
  )
}
