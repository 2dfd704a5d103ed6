import { useTranslation } from 'react-i18next'
import { Button, Field } from '../../ui/index.ts'
import type { SecretEdit } from './connection-fields.ts'
import styles from './settings.module.css'

/** Write-only: a stored secret is dots and can be replaced or cleared, never seen. */
export function SecretField(props: {
  id: string
  label: string
  stored: boolean
  edit: SecretEdit
  disabled: boolean
  onChange(edit: SecretEdit): void
}) {
  const { t } = useTranslation('settings')
  const { id, label, stored, edit, disabled, onChange } = props
  if (stored && edit.kind === 'keep') {
    return (
      <div className={styles.secret}>
        <span className="grow">
          <span aria-hidden="true">••••••••</span> <span className="meta muted">{t('connections.secretSet')}</span>
        </span>
        {!disabled && (
          <>
            <Button
              id={id}
              small
              aria-label={`${t('connections.secretReplace')}: ${label}`}
              onClick={() => onChange({ kind: 'replace', text: '' })}
            >
              {t('connections.secretReplace')}
            </Button>
            <Button
              small
              variant="quiet"
              aria-label={`${t('connections.secretClear')}: ${label}`}
              onClick={() => onChange({ kind: 'clear' })}
            >
              {t('connections.secretClear')}
            </Button>
          </>
        )}
      </div>
    )
  }
  return (
    <Field
      id={id}
      type="password"
      autoComplete="new-password"
      autoFocus={edit.kind === 'replace' && edit.text === ''}
      label={label}
      disabled={disabled}
      placeholder={
        edit.kind === 'clear'
          ? t('connections.secretWillClear')
          : stored
            ? t('connections.secretNew')
            : t('connections.secretUnset')
      }
      value={edit.kind === 'replace' ? edit.text : ''}
      onChange={(event) => onChange({ kind: 'replace', text: event.target.value })}
      trailing={
        stored ? (
          <Button small variant="quiet" onClick={() => onChange({ kind: 'keep' })}>
            {t('connections.secretKeep')}
          </Button>
        ) : undefined
      }
    />
  )
}
