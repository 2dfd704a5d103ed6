import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field } from '../../../ui/index.ts'
import { FieldError } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import { readExtensions } from '../text-values.ts'
import type { SaveState } from '../use-setting.ts'
import type { Group } from './GroupsSection.tsx'

/** Number, name and members of one group. */
export function GroupForm(props: {
  group: Group | null
  others: Group[]
  save: SaveState
  onSave(group: Group): void
  onClose(): void
}) {
  const { t } = useTranslation('settings')
  const { group, others, save } = props
  const [id, setId] = useState(group?.id ?? '')
  const [name, setName] = useState(group?.name ?? '')
  const [extensions, setExtensions] = useState(group?.extensions.join(' ') ?? '')
  const [problem, setProblem] = useState<string | null>(null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const number = id.normalize('NFKC').trim()
    if (number === '') return setProblem(t('groups.missingNumber'))
    if (name.trim() === '') return setProblem(t('groups.missingName'))
    if (others.some((one) => one.id === number)) return setProblem(t('groups.duplicate', { id: number }))
    setProblem(null)
    props.onSave({ ...group, id: number, name: name.trim(), extensions: readExtensions(extensions) })
  }

  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onClose()
      }}
    >
      <div className={styles.formGrid}>
        <div>
          <span className={styles.label}>{t('groups.number')}</span>
          <Field
            autoFocus
            label={t('groups.number')}
            placeholder={t('groups.numberPlaceholder')}
            maxLength={40}
            value={id}
            onChange={(event) => setId(event.target.value)}
          />
        </div>
        <div>
          <span className={styles.label}>{t('groups.name')}</span>
          <Field
            label={t('groups.name')}
            placeholder={t('groups.namePlaceholder')}
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
      </div>
      <div>
        <span className={styles.label}>{t('groups.extensions')}</span>
        <Field
          label={t('groups.extensions')}
          placeholder={t('groups.extensionsPlaceholder')}
          value={extensions}
          onChange={(event) => setExtensions(event.target.value)}
        />
        <span className={styles.labelHint}>
          {t('groups.extensionsHint')} · {t('groups.members', { count: readExtensions(extensions).length })}
        </span>
      </div>
      {problem && (
        <p className={styles.error} role="alert">
          {problem}
        </p>
      )}
      {!problem && <FieldError state={save} />}
      <div className={styles.formActions}>
        <Button type="submit" variant="primary" busy={save.saving}>
          {t('save')}
        </Button>
        <Button onClick={props.onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
