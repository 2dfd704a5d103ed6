import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../ui/index.ts'
import styles from '../settings.module.css'
import { readExtensions } from '../text-values.ts'
import type { SaveState } from '../use-setting.ts'
import { EntryForm, Labelled } from './EntryForm.tsx'
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

  const submit = () => {
    const number = id.normalize('NFKC').trim()
    if (number === '') return setProblem(t('groups.missingNumber'))
    if (name.trim() === '') return setProblem(t('groups.missingName'))
    if (others.some((one) => one.id === number)) return setProblem(t('groups.duplicate', { id: number }))
    setProblem(null)
    props.onSave({ ...group, id: number, name: name.trim(), extensions: readExtensions(extensions) })
  }

  return (
    <EntryForm name="group" save={save} problem={problem} onSubmit={submit} onClose={props.onClose}>
      <div className={styles.formGrid}>
        <Labelled label={t('groups.number')}>
          <Field
            autoFocus
            label={t('groups.number')}
            placeholder={t('groups.numberPlaceholder')}
            maxLength={40}
            value={id}
            onChange={(event) => setId(event.target.value)}
          />
        </Labelled>
        <Labelled label={t('groups.name')}>
          <Field
            label={t('groups.name')}
            placeholder={t('groups.namePlaceholder')}
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Labelled>
      </div>
      <Labelled
        label={t('groups.extensions')}
        hint={`${t('groups.extensionsHint')} · ${t('groups.members', { count: readExtensions(extensions).length })}`}
      >
        <Field
          label={t('groups.extensions')}
          placeholder={t('groups.extensionsPlaceholder')}
          value={extensions}
          onChange={(event) => setExtensions(event.target.value)}
        />
      </Labelled>
    </EntryForm>
  )
}
