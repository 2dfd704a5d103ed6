import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationField, OperationInfo } from '../../../preload/contract/index.ts'
import { useReasonText } from '../../i18n/index.ts'
import { Button, isMac, Tag } from '../../ui/index.ts'
import { FieldRow } from './FieldRow.tsx'
import { type FormValues, fieldFault, fieldWidths } from './field-values.ts'
import styles from './form.module.css'
import { type Run, setValue, setValues } from './operation-store.ts'
import { useOperationWords } from './use-operations.ts'

/** What can be filled in, made from the operation's description. */
export function OperationForm(props: {
  info: OperationInfo
  values: FormValues
  /** Required fields that are empty, once somebody tried to send. */
  marked: readonly OperationField[]
  /** The field that the core does not accept. */
  refused: { field: OperationField; reason: string } | null
  ready: boolean
  run: Run | undefined
  onSend(): void
}) {
  const { t } = useTranslation('operations')
  const words = useOperationWords()
  const reasonText = useReasonText()
  const { info, values, marked, refused, run } = props
  const halves = fieldWidths(info.fields, words.text)
  const problemOf = (field: OperationField): string | null => {
    if (marked.includes(field)) return t('missing')
    const fault = fieldFault(field, values[field.key])
    if (fault !== null) return reasonText(fault)
    return refused?.field === field ? reasonText(refused.reason) : null
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onSend()
  }
  const isRunning = run?.phase === 'running'
  const isTyped = Object.values(values).some((value) => value !== '')
  return (
    <form className={styles.form} onSubmit={submit} aria-label={words.title(info)} noValidate>
      <header className={styles.head}>
        <h2 className={styles.title}>{words.title(info)}</h2>
        <Tag>
          <span translate="no">{info.doc}</span>
        </Tag>
      </header>
      <p className={styles.nature}>{info.changes ? t('changes') : t('reads')}</p>
      {info.fields.length === 0 && <p className="meta muted">{t('noFields')}</p>}
      <div className={styles.fields}>
        {info.fields.map((field, index) => (
          <FieldRow
            key={field.key}
            field={field}
            half={halves[index] === true}
            value={values[field.key] ?? ''}
            problem={problemOf(field)}
            onChange={(value) => setValue(info.id, field.key, value)}
          />
        ))}
      </div>
      <div className={styles.actions}>
        {/* Two buttons, not one that changes: a click on "cancel" must not end as a click on "send". */}
        {isRunning ? (
          <Button key="cancel" variant="default" icon="stop" onClick={run.cancel} data-testid="operation-cancel">
            {t('cancel')}
          </Button>
        ) : (
          <Button
            key="send"
            type="submit"
            variant="primary"
            icon="send"
            keys={isMac ? '⌘ ↵' : 'Ctrl ↵'}
            disabled={!props.ready}
            data-testid="operation-send"
          >
            {t('send')}
          </Button>
        )}
        <span className="grow" />
        {isTyped && !isRunning && (
          <Button variant="quiet" onClick={() => setValues(info.id, {})}>
            {t('clear')}
          </Button>
        )}
      </div>
    </form>
  )
}
