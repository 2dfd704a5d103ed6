import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../../preload/contract/index.ts'
import { Button, Field } from '../../../ui/index.ts'
import { FieldError } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import { readMenuNumber } from '../text-values.ts'
import type { SaveState } from '../use-setting.ts'

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

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const id = readMenuNumber(number.normalize('NFKC').trim())
    if (id === null) return setProblem(t('menus.wrongNumber'))
    if (name.trim() === '') return setProblem(t('menus.missingName'))
    if (others.some((one) => one.id === id)) return setProblem(t('menus.duplicate', { id }))
    setProblem(null)
    props.onSave({ ...menu, id, name: name.trim() })
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
          <span className={styles.label}>{t('menus.number')}</span>
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
        </div>
        <div>
          <span className={styles.label}>{t('menus.name')}</span>
          <Field
            label={t('menus.name')}
            placeholder={t('menus.namePlaceholder')}
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
            data-testid="menu-name"
          />
        </div>
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
