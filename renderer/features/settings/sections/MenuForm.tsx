import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../../preload/contract/index.ts'
import { Field } from '../../../ui/index.ts'
import styles from '../settings.module.css'
import { readMenuNumber } from '../text-values.ts'
import type { SaveState } from '../use-setting.ts'
import { EntryForm, Labelled } from './EntryForm.tsx'

export type VoiceMenu = Settings['voiceMenus'][number]

/** Number and name of one voice menu. */
export function MenuForm(props: {
  menu: VoiceMenu | null
  others: VoiceMenu[]
  save: SaveState
  onSave(menu: VoiceMenu): void
  onClose(): void
}) {
  const { t } = useTranslation('settings')
  const { menu, others, save } = props
  const [number, setNumber] = useState(menu ? String(menu.id) : '')
  const [name, setName] = useState(menu?.name ?? '')
  const [problem, setProblem] = useState<string | null>(null)

  const submit = () => {
    const id = readMenuNumber(number.normalize('NFKC').trim())
    if (id === null) return setProblem(t('menus.wrongNumber'))
    if (name.trim() === '') return setProblem(t('menus.missingName'))
    if (others.some((one) => one.id === id)) return setProblem(t('menus.duplicate', { id }))
    setProblem(null)
    props.onSave({ ...menu, id, name: name.trim() })
  }

  return (
    <EntryForm name="menu" save={save} problem={problem} onSubmit={submit} onClose={props.onClose}>
      <div className={styles.formGrid}>
        <Labelled label={t('menus.number')}>
          <Field
            autoFocus
            label={t('menus.number')}
            placeholder="3"
            inputMode="numeric"
            maxLength={6}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
            data-testid="menu-number"
          />
        </Labelled>
        <Labelled label={t('menus.name')}>
          <Field
            label={t('menus.name')}
            placeholder={t('menus.namePlaceholder')}
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
            data-testid="menu-name"
          />
        </Labelled>
      </div>
    </EntryForm>
  )
}
