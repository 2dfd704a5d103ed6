import { SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OperationField } from '../../../preload/contract/index.ts'
import { Field } from '../../ui/index.ts'
import { FileField } from './FileField.tsx'
import { type FieldValue, fieldId } from './field-values.ts'
import styles from './form.module.css'
import { useOperationWords } from './use-operations.ts'

const mostCharacters = 300_000

interface Control {
  field: OperationField
  label: string
  value: FieldValue
  placeholder: string
  problem: string | null
  describedBy: string | undefined
  onChange(value: FieldValue): void
}

/** One parameter: what it means, what the vendor calls it, and the control that its kind wants. */
export function FieldRow(props: {
  field: OperationField
  half: boolean
  value: FieldValue
  problem: string | null
  onChange(value: FieldValue): void
}) {
  const { t } = useTranslation('operations')
  const words = useOperationWords()
  const { field, problem } = props
  const label = words.text(field)
  const id = fieldId(field.key)
  const hint =
    field.kind === 'list'
      ? t('listHint')
      : field.kind === 'json'
        ? t('jsonHint')
        : field.secret
          ? t('secretHint')
          : null
  const describedBy = problem ? `${id}-problem` : hint ? `${id}-hint` : undefined
  const placeholder = field.preset !== null ? t('preset', { value: String(field.preset) }) : ''
  return (
    <div className={styles.row} data-half={props.half || undefined} data-testid={`field-${field.name}`}>
      <div className={styles.label}>
        <label htmlFor={id}>
          {label}
          {field.required && (
            <span className={styles.star} aria-hidden="true">
              *
            </span>
          )}
          {!field.required && <span className={styles.optional}>{t('optional')}</span>}
        </label>
        {label !== field.name && (
          <code className="mono muted" translate="no">
            {field.name}
          </code>
        )}
      </div>
      <FieldControl {...{ ...props, label, placeholder, describedBy }} />
      {problem ? (
        <p id={`${id}-problem`} className={styles.problem} role="alert">
          {problem}
        </p>
      ) : (
        hint && (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        )
      )}
    </div>
  )
}

function FieldControl(props: Control) {
  const { field, value } = props
  const text = typeof value === 'string' ? value : ''
  if (field.kind === 'file') return <FileField {...props} />
  if (field.kind === 'choice' || field.kind === 'flag') return <Choice {...props} text={text} />
  if (field.long || field.kind === 'list' || field.kind === 'json') return <Lines {...props} text={text} />
  return (
    <Field
      id={fieldId(field.key)}
      label={props.label}
      type={field.secret ? 'password' : 'text'}
      autoComplete={field.secret ? 'new-password' : 'off'}
      inputMode={field.kind === 'number' ? 'numeric' : undefined}
      maxLength={mostCharacters}
      value={text}
      placeholder={props.placeholder}
      invalid={props.problem !== null}
      aria-required={field.required || undefined}
      aria-describedby={props.describedBy}
      onChange={(event) => props.onChange(event.target.value)}
    />
  )
}

function Lines({ field, label, text, placeholder, problem, describedBy, onChange }: Control & { text: string }) {
  return (
    <textarea
      id={fieldId(field.key)}
      className={`${styles.lines} ${field.kind === 'json' ? 'mono' : ''}`}
      rows={Math.min(10, Math.max(field.kind === 'json' ? 4 : 3, text.split('\n').length))}
      spellCheck={false}
      aria-label={label}
      aria-invalid={problem !== null || undefined}
      aria-required={field.required || undefined}
      aria-describedby={describedBy}
      maxLength={mostCharacters}
      value={text}
      placeholder={placeholder}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

const mostSegments = 3
const mostSegmentRoom = 18

/** Few short choices stand open, more are a list. What is not chosen is not sent. */
function Choice({ field, label, text, problem, describedBy, onChange }: Control & { text: string }) {
  const { t } = useTranslation('operations')
  const words = useOperationWords()
  const options =
    field.kind === 'flag'
      ? ['true', 'false'].map((value) => ({ value, label: t(value === 'true' ? 'yes' : 'no') }))
      : field.choices.map((one) => {
          const meaning = words.meaning(one)
          return { value: one.value, label: meaning && meaning !== one.value ? `${one.value} ${meaning}` : one.value }
        })
  const preset = field.preset === null ? null : String(field.preset)
  // What is sent anyway stands first, once.
  const usual = options.find((one) => one.value === preset)
  const none = {
    value: '',
    label: preset === null ? t('notSent') : t('presetChoice', { value: usual?.label ?? preset }),
  }
  const whole = field.required ? options : [none, ...options.filter((one) => one !== usual)]
  const room = whole.reduce((sum, one) => sum + one.label.length, 0)
  if (!field.required && whole.length <= mostSegments && room <= mostSegmentRoom) {
    return (
      <SegmentedControl
        fullWidth
        id={fieldId(field.key)}
        aria-label={label}
        value={text}
        onChange={(value) => onChange(value)}
        data={whole}
      />
    )
  }
  return (
    <Select
      id={fieldId(field.key)}
      aria-label={label}
      aria-required={field.required || undefined}
      aria-describedby={describedBy}
      error={problem !== null}
      searchable={whole.length > 8}
      placeholder={t('choose')}
      data={whole}
      value={text === '' && field.required ? null : text}
      onChange={(value) => onChange(value ?? '')}
    />
  )
}
