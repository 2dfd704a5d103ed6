import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/index.ts'
import styles from '../settings.module.css'

/** Up, edit, remove: what can be done with an entry of an ordered list. */
export function RowButtons(props: {
  name: string
  /** Null for the first, undefined where the order says nothing. */
  onUp?: (() => void) | null
  onEdit(): void
  onRemove(): void
  busy: boolean
}) {
  const { t } = useTranslation('settings')
  const { name, onUp, busy } = props
  return (
    <div className={styles.buttons}>
      {onUp !== undefined && (
        <Button
          small
          only
          variant="quiet"
          icon="arrow-up"
          disabled={onUp === null || busy}
          aria-label={t('answers.moveUp', { name })}
          onClick={() => onUp?.()}
        />
      )}
      <Button small disabled={busy} onClick={props.onEdit} aria-label={t('answers.edit', { name })}>
        {t('connections.edit')}
      </Button>
      <Button small variant="quiet" disabled={busy} onClick={props.onRemove} aria-label={t('answers.remove', { name })}>
        {t('connections.remove')}
      </Button>
    </div>
  )
}
