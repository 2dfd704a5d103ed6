import { SegmentedControl, Select, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConnectionTest } from '../../../../preload/contract/index.ts'
import { Field } from '../../../ui/index.ts'
import { extensionOptions } from '../connection-edit.ts'
import type { ConnectionField, SecretEdit, SystemName } from '../connection-fields.ts'
import { useFieldWords } from '../field-words.ts'
import { SecretField } from '../SecretField.tsx'
import { LockMark } from '../SettingRow.tsx'
import styles from '../settings.module.css'

interface InputProps {
  id: string
  system: SystemName
  field: ConnectionField
  text: string
  secret: SecretEdit
  /** A secret is stored. */
  stored: boolean
  locked: boolean
  problem: string | null
  autoFocus: boolean
  /** What the PBX said, for the choice of an extension. */
  pbx: ConnectionTest | null
  onText(text: string): void
  onSecret(edit: SecretEdit): void
}

/** One field of a connection: its name, the control that fits, and a hint or what is wrong. */
export function ConnectionInput(props: InputProps) {
  const words = useFieldWords()
  const { id, field, system, locked, problem, pbx } = props
  const label = words.label(field.name)
  const hint = words.hint(system, field.name, pbx)
  return (
    <div data-testid={`connection-field-${field.name}`}>
      <span className={styles.labelRow}>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {locked && <LockMark />}
      </span>
      {field.kind === 'secret' ? (
        <SecretField
          id={id}
          label={label}
          stored={props.stored}
          edit={props.secret}
          disabled={locked}
          onChange={props.onSecret}
        />
      ) : (
        <PlainInput {...props} label={label} described={problem !== null || hint !== null} />
      )}
      {problem !== null ? (
        <span id={`${id}-note`} className={`${styles.labelHint} ${styles.error}`} role="alert">
          {problem}
        </span>
      ) : (
        hint !== null && (
          <span id={`${id}-note`} className={styles.labelHint}>
            {hint}
          </span>
        )
      )}
    </div>
  )
}

function PlainInput(props: InputProps & { label: string; described: boolean }) {
  const { t } = useTranslation('settings')
  const words = useFieldWords()
  const { id, field, system, text, label, locked, pbx, onText } = props
  if (system === 'telcrm' && field.name === 'extension' && pbx?.ok) {
    const options = extensionOptions(pbx.extensions, text, (extension) =>
      t('connections.extensionUnlisted', { extension }),
    )
    return (
      <Select
        id={id}
        searchable
        disabled={locked}
        aria-label={label}
        data={[{ value: '', label: t('connections.extensionNone') }, ...options]}
        value={text}
        onChange={(value) => onText(value ?? '')}
      />
    )
  }
  if (field.kind === 'flag') {
    return (
      <div className={styles.flag}>
        <Switch
          id={id}
          aria-label={label}
          disabled={locked}
          className={locked ? styles.disabledSwitch : undefined}
          checked={text === 'true'}
          onChange={(event) => onText(String(event.currentTarget.checked))}
        />
      </div>
    )
  }
  if (field.kind === 'choice') {
    return (
      <SegmentedControl
        id={id}
        aria-label={label}
        disabled={locked}
        value={text}
        onChange={onText}
        data={field.choices.map((value) => ({ value, label: words.choice(field.name, value) }))}
      />
    )
  }
  return (
    <Field
      id={id}
      autoFocus={props.autoFocus}
      label={label}
      className={locked ? styles.lockedField : undefined}
      readOnly={locked}
      value={text}
      maxLength={500}
      invalid={props.problem !== null}
      aria-describedby={props.described ? `${id}-note` : undefined}
      onChange={(event) => onText(event.target.value)}
    />
  )
}
