import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationField } from '../../../preload/contract/index.ts'
import { Button, Icon } from '../../ui/index.ts'
import { type FieldValue, fieldId } from './field-values.ts'
import styles from './form.module.css'
import { sizeText } from './sizes.ts'

/** A file: chosen or dropped. Its bytes are read when it is sent. */
export function FileField(props: {
  field: OperationField
  label: string
  value: FieldValue
  problem: string | null
  describedBy: string | undefined
  onChange(value: FieldValue): void
}) {
  const { t } = useTranslation('operations')
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const { field, label, value, onChange } = props
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    const [file] = event.dataTransfer.files
    if (file) onChange(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      data-wrong={props.problem !== null || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) onChange(file)
          event.target.value = ''
        }}
        data-testid={`file-${field.name}`}
      />
      <Icon name="file" />
      {typeof value === 'string' ? (
        <span className="grow muted">{t('dropHere')}</span>
      ) : (
        <span className="grow cut">
          {value.name} <span className="muted num">{sizeText(value.size)}</span>
        </span>
      )}
      {typeof value !== 'string' && (
        <Button small only variant="quiet" icon="close" aria-label={t('fileRemove')} onClick={() => onChange('')} />
      )}
      <Button
        id={fieldId(field.key)}
        small
        aria-label={`${t('fileChoose')}: ${label}`}
        aria-describedby={props.describedBy}
        onClick={() => input.current?.click()}
      >
        {t('fileChoose')}
      </Button>
    </div>
  )
}
