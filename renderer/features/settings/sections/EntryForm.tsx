import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/index.ts'
import { FieldError } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import type { SaveState } from '../use-setting.ts'

/** The form of one entry of a list: Enter saves, Escape closes; what is wrong stands above the buttons. */
export function EntryForm(props: {
  /** Becomes the test ids `<name>-form` and `<name>-save`. */
  name: string
  save: SaveState
  /** What is wrong with what was typed; it goes before what the last save said. */
  problem: string | null
  /** The problem stands beside its field already. */
  isProblemShown?: boolean
  onSubmit(): void
  onClose(): void
  children: ReactNode
}) {
  const { t } = useTranslation('settings')
  const { save, problem, isProblemShown = false } = props
  return (
    <form
      className={styles.form}
      data-testid={`${props.name}-form`}
      onSubmit={(event) => {
        event.preventDefault()
        props.onSubmit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onClose()
      }}
    >
      {props.children}
      {problem !== null && !isProblemShown && (
        <p className={styles.error} role="alert">
          {problem}
        </p>
      )}
      {problem === null && <FieldError state={save} />}
      <div className={styles.formActions}>
        <Button type="submit" variant="primary" busy={save.saving} data-testid={`${props.name}-save`}>
          {t('save')}
        </Button>
        <Button onClick={props.onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}

/** A field of such a form under its name, with a hint below it. */
export function Labelled(props: { label: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <span className={styles.label}>{props.label}</span>
      {props.children}
      {props.hint !== undefined && <span className={styles.labelHint}>{props.hint}</span>}
    </div>
  )
}
